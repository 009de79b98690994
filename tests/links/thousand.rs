//! A thousand links on twenty hosts: politeness, as the server sees it.

use crate::server::{Reply, Server};
use crate::world::Book;
use mdbook_booklet::links::{End, Options};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

#[test]
fn a_thousand_links_on_twenty_hosts_are_asked_politely() {
    let book = Book::new("", "archive = \"\"\n");
    let pages = AtomicU32::new(0);
    let server = Server::start(book.now(), move |request| match request.path.as_str() {
        // One host wishes for more time than others.
        "/robots.txt" if request.host == "h7.test" => {
            Reply::Full(200, String::new(), "User-agent: *\nCrawl-delay: 5\n".into())
        }
        "/robots.txt" => Reply::code(404),
        path => {
            // So that requests overlap.
            std::thread::yield_now();
            // And one is busy for a while, once.
            match request.host.as_str() {
                "h3.test" if pages.fetch_add(1, Ordering::SeqCst) == 10 => {
                    Reply::Full(429, "Retry-After: 40\r\n".into(), Vec::new())
                }
                host => Reply::page(&format!("{host}{path}")),
            }
        }
    });
    let links = (0..1000).map(|n| format!("<http://h{}.test:{}/{n}>\n", n % 20, server.port));
    book.write("src/one.md", &links.collect::<String>());
    let done = book.run(1, &Options::default());
    assert_eq!(done.end, End::Fine, "{}", crate::world::said(&book, &done));
    assert_eq!(done.counts().alive, 1000);
    // Every page once, robots.txt once a host, and one page again.
    assert_eq!(done.requests, 1000 + 20 + 1);

    let (at_host, in_all) = server.most();
    assert_eq!(at_host, 1);
    assert!((2..=6).contains(&in_all), "{in_all}");
    let mut hosts: BTreeMap<_, Vec<Duration>> = BTreeMap::new();
    for (host, _, at) in server.requests() {
        hosts.entry(host).or_default().push(at);
    }
    assert_eq!(hosts.len(), 20);
    for (host, times) in hosts {
        let gaps: Vec<_> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let pace = Duration::from_secs(if host == "h7.test" { 5 } else { 1 });
        // The first gap follows robots.txt, whose wish is known only then.
        let too_soon = gaps.iter().skip(1).filter(|gap| **gap < pace).count();
        assert_eq!(too_soon, 0, "{host}: {gaps:?}");
        let longest = gaps.iter().max().unwrap();
        if host == "h3.test" {
            assert!(*longest >= Duration::from_secs(40), "{longest:?}");
        }
    }
}
