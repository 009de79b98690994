//! A hostile web over a month of daily runs.

use crate::server::{Reply, Request, Server, nothing_at};
use crate::world::{Book, day, letter};
use mdbook_booklet::ledger::Trouble;
use mdbook_booklet::links::Options;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use snapbox::{assert_data_eq, file};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

const DAYS: u32 = 31;

/// The hosts, each of which behaves in its own way, with the path that the book
/// links to.
const CASES: &[(&str, &str)] = &[
    // In order, and moved.
    ("ok", "/page"),
    ("moved-301-302-307-308", "/1"),
    ("moved-to-another-host", "/page"),
    ("loop", "/a"),
    ("endless-redirects", "/1"),
    ("redirect-without-location", "/page"),
    ("redirect-to-private-address", "/page"),
    ("redirect-to-private-name", "/page"),
    ("redirect-to-ftp", "/page"),
    ("redirect-to-javascript", "/page"),
    // Codes.
    ("forbidden-403", "/page"),
    ("missing-404-from-5", "/page"),
    ("missing-404-on-3-4-and-from-8", "/page"),
    ("missing-404-every-other-day", "/page"),
    ("missing-404-on-5-6-7", "/page"),
    ("gone-410", "/page"),
    ("busy-429-on-3-to-9", "/page"),
    ("busy-429-for-30-seconds", "/page"),
    ("busy-429-for-a-day", "/page"),
    ("legal-451", "/page"),
    ("failing-500-on-3-to-9", "/page"),
    ("failing-503-that-recovers", "/page"),
    ("strange-999", "/page"),
    // The network.
    ("silent-on-3-to-6", "/page"),
    ("drip-in-the-head-on-3-to-6", "/page"),
    ("drip-in-the-body-on-3-to-6", "/page"),
    ("cut-before-the-head", "/page"),
    ("cut-in-the-head", "/page"),
    ("cut-in-the-body", "/page"),
    ("length-too-great", "/page"),
    ("length-too-small", "/page"),
    ("no-http", "/page"),
    ("five-gigabytes", "/page"),
    ("header-without-end", "/page"),
    ("bomb", "/page"),
    ("no-range", "/page"),
    ("vanished-from-5", "/page"),
    ("name-service-down-on-3-to-9", "/page"),
    // Pages.
    ("wrong-encoding", "/page"),
    ("shift-jis", "/page"),
    ("cyrillic-unlabeled", "/page"),
    ("hijacked-from-6", "/page"),
    ("parked-from-6", "/page"),
    ("parked-at-a-market-from-6", "/page"),
    ("soft-404-from-6", "/page"),
    ("soft-404-at-first", "/page"),
    ("home-from-6", "/page"),
    ("renamed-a-little-from-6", "/page"),
    ("titleless-from-6", "/page"),
    ("wall-from-6", "/page"),
    ("dead-then-hijacked", "/page"),
    // robots.txt
    ("robots-say-no", "/page"),
    ("robots-fail", "/page"),
    ("robots-are-busy", "/page"),
    // The archive.
    ("copy-of-another-page", "/page"),
    ("copy-that-is-missing", "/page"),
    ("copy-that-vanishes-on-15", "/page"),
    ("copy-on-another-site", "/page"),
    ("copy-nonsense", "/page"),
    ("copy-none", "/page"),
];

struct Web {
    day: Arc<AtomicU32>,
    /// Requests of a host on a day.
    asked: Mutex<BTreeMap<(String, u32), u32>>,
    port: Arc<AtomicU32>,
    bomb: Vec<u8>,
}

impl Web {
    fn reply(&self, request: &Request) -> Reply {
        let day = self.day.load(Ordering::SeqCst);
        let host = request.host.strip_suffix(".test").unwrap_or(&request.host);
        let port = self.port.load(Ordering::SeqCst);
        if host == "archive" {
            return archive(&request.path, day, port);
        }
        if request.path == "/robots.txt" {
            return match host {
                "robots-say-no" => {
                    Reply::Full(200, String::new(), "User-agent: *\nDisallow: /page".into())
                }
                "robots-fail" => Reply::code(503),
                "robots-are-busy" => Reply::code(429),
                _ => Reply::code(404),
            };
        }
        let nth = {
            let mut asked = self.asked.lock().unwrap();
            let nth = asked.entry((host.into(), day)).or_default();
            *nth += 1;
            *nth
        };
        let at = |host: &str| format!("http://{host}.test:{port}/page");
        let page = || Reply::page(&format!("The page of {host}"));
        let raw = |text: &[u8]| Reply::Raw(vec![text.to_vec()], Duration::ZERO);
        let on = |range: std::ops::RangeInclusive<u32>| range.contains(&day);
        match (host, request.path.as_str()) {
            ("moved-301-302-307-308", "/1") => Reply::to(301, "/2"),
            ("moved-301-302-307-308", "/2") => Reply::to(302, "3?x=1"),
            ("moved-301-302-307-308", "/3?x=1") => Reply::to(307, "//moved-301-302-307-308.test:PORT/4").port(port),
            ("moved-301-302-307-308", "/4") => Reply::to(308, &at("moved-301-302-307-308")),
            ("moved-to-another-host", _) => Reply::to(301, &at("ok")),
            ("loop", "/a") => Reply::to(302, "/b"),
            ("loop", _) => Reply::to(302, "/a"),
            ("endless-redirects", path) => Reply::to(302, &format!("{path}1")),
            ("redirect-without-location", _) => Reply::code(302),
            ("redirect-to-private-address", _) => Reply::to(302, &format!("http://127.0.0.1:{port}/page")),
            ("redirect-to-private-name", _) => Reply::to(302, &format!("http://inner.example:{port}/page")),
            ("redirect-to-ftp", _) => Reply::to(302, "ftp://ok.test/page"),
            ("redirect-to-javascript", _) => Reply::to(302, "javascript:alert(1)"),
            ("forbidden-403", _) => Reply::code(403),
            ("missing-404-from-5", _) if day >= 5 => Reply::code(404),
            ("missing-404-on-3-4-and-from-8", _) if on(3..=4) || day >= 8 => Reply::code(404),
            ("missing-404-every-other-day", _) if day.is_multiple_of(2) => Reply::code(404),
            ("missing-404-on-5-6-7", _) if on(5..=7) => Reply::code(404),
            ("gone-410", _) => Reply::code(410),
            ("busy-429-on-3-to-9", _) if on(3..=9) => Reply::code(429),
            ("busy-429-for-30-seconds", _) if nth == 1 => Reply::Full(429, "Retry-After: 30\r\n".into(), Vec::new()),
            ("busy-429-for-a-day", _) => Reply::Full(429, "Retry-After: 86400\r\n".into(), Vec::new()),
            ("legal-451", _) => Reply::code(451),
            ("failing-500-on-3-to-9", _) if on(3..=9) => Reply::code(500),
            ("failing-503-that-recovers", _) if nth < 3 => Reply::code(503),
            ("strange-999", _) => Reply::code(999),
            ("silent-on-3-to-6", _) if on(3..=6) => Reply::Silence(Duration::from_secs(4)),
            ("drip-in-the-head-on-3-to-6", _) if on(3..=6) => drip("HTTP/1.1 200 OK\r\nX: "),
            ("drip-in-the-body-on-3-to-6", _) if on(3..=6) => drip("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>The page"),
            ("cut-before-the-head", _) => raw(b""),
            ("cut-in-the-head", _) => raw(b"HTTP/1.1 200 OK\r\nContent-"),
            ("cut-in-the-body", _) => raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n<title>The page of "),
            ("length-too-great", _) => raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n<title>Short</title>"),
            ("length-too-small", _) => raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 21\r\n\r\n<title>Long</title> and more"),
            ("no-http", _) => raw(b"SSH-2.0-OpenSSH_9.9\r\n"),
            ("five-gigabytes", _) => Reply::Endless(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5368709120\r\n\r\n<title>The page of five gigabytes</title>".to_vec(),
                vec![b' '; 64 << 10],
            ),
            ("header-without-end", _) => Reply::Endless(b"HTTP/1.1 200 OK\r\n".to_vec(), b"X-More: and more\r\n".repeat(1000)),
            ("bomb", _) => Reply::Full(200, "Content-Type: text/html\r\nContent-Encoding: gzip\r\n".into(), self.bomb.clone()),
            ("no-range", _) if request.headers.contains_key("range") => Reply::code(416),
            ("wrong-encoding", _) => Reply::Full(200, "Content-Type: text/html; charset=shift_jis\r\n".into(), b"\xef\xbb\xbf<title>Gr\xc3\xb6\xc3\x9fe</title>".to_vec()),
            ("shift-jis", _) => Reply::Full(200, "Content-Type: text/html\r\n".into(), b"<meta charset=Shift_JIS><title>\x8b\x40\x8a\x42\x8a\x77\x8f\x4b</title>".to_vec()),
            ("cyrillic-unlabeled", _) => Reply::Full(200, "Content-Type: text/html\r\n".into(), "<title>Машинное обучение</title>".into()),
            ("hijacked-from-6", _) if day >= 6 => Reply::page("Online casino: the best bonus"),
            ("parked-from-6", _) if day >= 6 => Reply::page("This domain is for sale!"),
            ("parked-at-a-market-from-6", _) if day >= 6 => Reply::to(302, &format!("http://hugedomains.com:{port}/parked-at-a-market-from-6.test")),
            ("hugedomains.com", _) => Reply::page("The page of parked-at-a-market-from-6"),
            ("soft-404-from-6", _) if day >= 6 => Reply::page("Page not found"),
            ("soft-404-at-first", _) => Reply::page("404 Not Found"),
            ("home-from-6", "/page") if day >= 6 => Reply::to(302, "/"),
            ("home-from-6", "/") => Reply::page("Welcome"),
            ("renamed-a-little-from-6", _) if day >= 6 => Reply::page("The page of renamed-a-little | Our new site"),
            ("titleless-from-6", _) if day >= 6 => Reply::html(200, "<p>Loading"),
            ("wall-from-6", _) if day >= 6 => Reply::page("Just a moment..."),
            ("dead-then-hijacked", _) if on(3..=9) => Reply::code(404),
            ("dead-then-hijacked", _) if day >= 10 => Reply::page("Online casino: the best bonus"),
            _ => page(),
        }
    }
}

impl Reply {
    fn port(self, port: u32) -> Self {
        match self {
            Self::Full(code, headers, body) => {
                Self::Full(code, headers.replace("PORT", &port.to_string()), body)
            }
            other => other,
        }
    }
}

fn drip(start: &str) -> Reply {
    let pieces = std::iter::once(start.into()).chain(std::iter::repeat_n(b"x".to_vec(), 40));
    Reply::Raw(pieces.collect(), Duration::from_millis(100))
}

/// The archive: its look-up, and its copies.
fn archive(path: &str, day: u32, port: u32) -> Reply {
    let asked = |host: &str| path.contains(&format!("{host}.test"));
    if let Some(copy) = path.strip_prefix("/web/") {
        return match () {
            () if asked("copy-that-is-missing") => Reply::code(404),
            () if asked("copy-that-vanishes-on-15") && day >= 15 => Reply::code(404),
            () => Reply::page(copy),
        };
    }
    let json = |copy: &str| {
        Reply::Full(
            200,
            "Content-Type: application/json\r\n".into(),
            format!(r#"{{"archived_snapshots":{{"closest":{{"available":true,"url":"{copy}","timestamp":"20261115044612","status":"200"}}}}}}"#).into(),
        )
    };
    let copy_of = |page: &str| format!("http://archive.test:{port}/web/20261115044612/{page}");
    let empty = || Reply::Full(200, String::new(), r#"{"archived_snapshots":{}}"#.into());
    match () {
        () if asked("copy-nonsense") => Reply::page("Sorry"),
        () if asked("copy-on-another-site") => json(&format!(
            "http://ok.test:{port}/web/x/http://copy-on-another-site.test:{port}/page"
        )),
        () if asked("copy-of-another-page") => json(&copy_of("http://example.org/other")),
        () if asked("copy-that") => {
            let host = path
                .split("copy-that-")
                .nth(1)
                .unwrap()
                .split('.')
                .next()
                .unwrap();
            json(&copy_of(&format!(
                "http://copy-that-{host}.test:{port}/page"
            )))
        }
        () if asked("ok") => json(&copy_of(&format!("http://ok.test:{port}/page"))),
        () => empty(),
    }
}

fn bomb() -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(b"<title>The page of the bomb</title>")
        .unwrap();
    let zeros = vec![0; 1 << 20];
    (0..200).for_each(|_| gzip.write_all(&zeros).unwrap());
    gzip.finish().unwrap()
}

#[test]
fn a_month_on_a_hostile_web() {
    let today = Arc::new(AtomicU32::new(1));
    let port = Arc::new(AtomicU32::new(0));
    let web = Web {
        day: today.clone(),
        asked: Mutex::default(),
        port: port.clone(),
        bomb: bomb(),
    };
    let mut book = Book::new("", "");
    let server = Server::start(book.now(), move |request| web.reply(request));
    port.store(server.port.into(), Ordering::SeqCst);
    let tls = Tls::start(&book);
    book.web.roots = Some(vec![tls.root.clone()]);

    let plain = CASES.iter().map(|(host, path)| {
        (
            host.to_string(),
            server.port,
            format!("http://{host}.test:{}{path}", server.port),
        )
    });
    let mut cases: Vec<_> = plain.collect();
    cases.extend(tls.cases.iter().map(|(host, port)| {
        (
            (*host).to_owned(),
            *port,
            format!("https://{host}.test:{port}/page"),
        )
    }));
    assert!(nothing_at(1));
    cases.push(("refused".into(), 1, "http://refused.test:1/page".into()));
    let links = cases.iter().map(|(_, _, url)| format!("- <{url}>\n"));
    book.write("src/one.md", &links.collect::<String>());
    let settings = format!(
        "archive = \"http://archive.test:{}/wayback/available\"\nsave = \"\"\npace = 0\narchive-days = 10\n",
        server.port
    );
    // A market of domains, of which the test makes its own.
    let toml = book.read("book.toml")
        + "\n[preprocessor.booklet.links.hosts.\"hugedomains.com\"]\nprivate = true\n";
    book.write(
        "book.toml",
        &toml.replace("booklet.links]\n", &format!("booklet.links]\n{settings}")),
    );

    book.names.set("inner.example", Ok("127.0.0.1"));
    let mut timelines = vec![String::new(); cases.len()];
    for on in 1..=DAYS {
        today.store(on, Ordering::SeqCst);
        let vanished = if on >= 5 {
            Err(Trouble::NoSuchHost)
        } else {
            Ok("127.0.0.1")
        };
        book.names.set("vanished-from-5.test", vanished);
        let down = if (3..=9).contains(&on) {
            Err(Trouble::NameService)
        } else {
            Ok("127.0.0.1")
        };
        book.names.set("name-service-down-on-3-to-9.test", down);
        book.names.set("hugedomains.com", Ok("127.0.0.1"));
        let done = book.run(on, &Options::default());
        assert_eq!(
            done.report.iter().filter(|d| d.places.is_empty()).count(),
            0
        );
        let ledger = book.ledger();
        for ((_, _, url), timeline) in cases.iter().zip(&mut timelines) {
            timeline.push(letter(&ledger.links[url]));
        }
    }

    let width = cases.iter().map(|(name, ..)| name.len()).max().unwrap();
    let mut table = format!("{:width$} 1   5    10   15   20   25   30\n", "day");
    for ((name, ..), timeline) in cases.iter().zip(&timelines) {
        writeln!(table, "{name:width$} {timeline}").unwrap();
    }
    let mut text = book.ledger().to_toml();
    for port in cases.iter().map(|(_, port, _)| port) {
        text = text.replace(&format!(":{port}"), "");
    }
    assert_data_eq!(table + "\n" + &text, file!["month.txt"].raw());
    assert_eq!(day(31).to_string(), "2026-12-31");
}

/// Servers with certificates, good and bad.
struct Tls {
    root: Vec<u8>,
    cases: Vec<(&'static str, u16)>,
    _servers: Vec<Server>,
}

impl Tls {
    fn start(book: &Book) -> Self {
        let mut root = CertificateParams::new(Vec::new()).unwrap();
        root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root = CertifiedIssuer::self_signed(root, KeyPair::generate().unwrap()).unwrap();
        let mut tls = Self {
            root: root.der().to_vec(),
            cases: Vec::new(),
            _servers: Vec::new(),
        };
        for case in [
            "tls-good",
            "tls-of-another-host",
            "tls-expired",
            "tls-self-signed",
        ] {
            let host = match case {
                "tls-of-another-host" => "other.test".to_owned(),
                case => format!("{case}.test"),
            };
            let mut params = CertificateParams::new(vec![host]).unwrap();
            if case == "tls-expired" {
                params.not_after = rcgen::date_time_ymd(2020, 1, 1);
            }
            let key = KeyPair::generate().unwrap();
            let certificate = match case {
                "tls-self-signed" => params.self_signed(&key).unwrap(),
                _ => params.signed_by(&key, &root).unwrap(),
            };
            let key = rustls::pki_types::PrivateKeyDer::try_from(key.serialize_der()).unwrap();
            let pair = (certificate.der().clone(), key);
            let server =
                Server::start_tls(book.now(), pair, |request| match request.path.as_str() {
                    "/robots.txt" => Reply::code(404),
                    _ => Reply::page("Secret"),
                });
            tls.cases.push((case, server.port));
            tls._servers.push(server);
        }
        tls
    }
}
