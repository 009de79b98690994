//! Runs: stopped, cut off, two at once, without a network, within a budget, of
//! what a change adds.

use crate::server::{Reply, Server};
use crate::world::{Book, day, letter, said};
use mdbook_booklet::ledger::{Ledger, Status, Trouble};
use mdbook_booklet::links::{End, Options};
use snapbox::cmd::cargo_bin;
use snapbox::{IntoData, assert_data_eq, str};
use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier};

/// A book with links to pages that are all there.
fn pages(count: u32, settings: &str) -> (Book, Server) {
    let book = Book::new("", settings);
    let server = Server::start(book.now(), |request| match request.path.as_str() {
        "/robots.txt" => Reply::code(404),
        path => Reply::page(path),
    });
    link(&book, &server, count);
    (book, server)
}

fn link(book: &Book, server: &Server, count: u32) {
    let links = (0..count).map(|n| format!("<http://h{}.test:{}/{n}>\n", n % 3, server.port));
    book.write("src/one.md", &links.collect::<String>());
}

const NO_ARCHIVE: &str = "archive = \"\"\npace = 0\n";

/// How often each page was asked for.
fn asked(server: &Server) -> BTreeMap<String, usize> {
    let mut asked = BTreeMap::new();
    for (_, path, _) in server.requests() {
        if path != "/robots.txt" {
            *asked.entry(path).or_default() += 1;
        }
    }
    asked
}

#[test]
fn a_run_that_is_stopped_goes_on_where_it_was() {
    let (book, server) = pages(60, NO_ARCHIVE);
    let stop = book.stop.clone();
    let done = book.run_telling(1, &Options::default(), &mut |step| {
        stop.store(step.done >= 20, Ordering::SeqCst);
    });
    assert_eq!(done.end, End::Stopped);
    let known = book
        .ledger()
        .links
        .into_values()
        .filter(|link| letter(link) == '.')
        .count();
    assert!((20..60).contains(&known), "{known}");
    book.stop.store(false, Ordering::SeqCst);
    assert_eq!(book.run(1, &Options::default()).end, End::Fine);
    assert!(book.ledger().links.values().all(|link| letter(link) == '.'));
    // What was under way when it was stopped was asked again, and nothing else.
    let asked = asked(&server);
    let twice = asked.values().filter(|times| **times > 1).count();
    assert!(asked.len() == 60 && twice <= 12, "{asked:?}");
}

/// The program itself, on hosts that are this machine by their address.
fn program(book: &Book, server: &Server, count: u32) -> Command {
    let toml = book.read("book.toml");
    if !toml.contains("127.0.0.1") {
        let host = "\n[preprocessor.booklet.links.hosts.\"127.0.0.1\"]\nprivate = true\n";
        book.write("book.toml", &(toml + host));
        let links = (0..count).map(|n| format!("<http://127.0.0.1:{}/{n}>\n", server.port));
        book.write("src/one.md", &links.collect::<String>());
    }
    let mut command = Command::new(cargo_bin!("mdbook-booklet"));
    command
        .arg("links")
        .current_dir(book.root())
        .stderr(Stdio::piped());
    command
        .env("NO_COLOR", "1")
        .env("SOURCE_DATE_EPOCH", "1796083200");
    command
}

#[test]
fn a_run_that_is_killed_has_lost_nothing() {
    let (book, server) = pages(0, NO_ARCHIVE);
    let mut child = program(&book, &server, 200).spawn().unwrap();
    while server.requests().len() < 80 {
        std::thread::yield_now();
        assert!(child.try_wait().unwrap().is_none() || server.requests().len() >= 80);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!book.path("src/links.toml").exists());
    let output = program(&book, &server, 200).output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let ledger = book.ledger();
    assert_eq!(ledger.links.len(), 200);
    assert!(ledger.links.values().all(|link| letter(link) == '.'));
    let asked = asked(&server);
    let twice = asked.values().filter(|times| **times > 1).count();
    assert!(asked.len() == 200 && twice <= 12, "{twice}");
    assert_eq!(std::fs::read_dir(book.path("src")).unwrap().count(), 3);
}

#[test]
fn of_two_runs_at_once_the_second_gives_way() {
    let (arrived, go_on) = (Arc::new(Barrier::new(2)), Arc::new(Barrier::new(2)));
    let book = Book::new("", NO_ARCHIVE);
    let server = {
        let (arrived, go_on) = (arrived.clone(), go_on.clone());
        Server::start(book.now(), move |request| {
            if request.path == "/0" {
                arrived.wait();
                go_on.wait();
            }
            Reply::page("Page")
        })
    };
    link(&book, &server, 1);
    std::thread::scope(|scope| {
        let first = scope.spawn(|| book.run(1, &Options::default()).end);
        arrived.wait();
        let second = book.run(1, &Options::default());
        assert_eq!(second.end, End::Failed);
        assert_data_eq!(
            said(&book, &second),
            str![[r#"
error: another `mdbook-booklet links` is at work on this book
 |
 = help: let it come to its end, or stop it: what it has learned is kept


"#]]
        );
        go_on.wait();
        assert_eq!(first.join().unwrap(), End::Fine);
    });
    assert_eq!(book.ledger().links.len(), 1);
}

#[test]
fn without_a_network_nothing_is_recorded() {
    for trouble in [Trouble::NoSuchHost, Trouble::NameService] {
        let (book, _server) = pages(3, "archive = \"http://archive.test/\"\n");
        book.names.set("*", Err(trouble));
        let done = book.run(1, &Options::default());
        assert_eq!(done.end, End::Failed);
        assert_data_eq!(
            said(&book, &done),
            str![[r#"
error: there is no network: nothing is recorded
 |
 = help: no server has answered, and no name is found


"#]]
        );
        assert!(
            book.ledger()
                .links
                .values()
                .all(|link| link.status == Status::New)
        );
    }
}

#[test]
fn a_host_has_vanished_only_if_others_have_not() {
    let (book, server) = pages(0, &format!("{NO_ARCHIVE}strikes = 2\n"));
    book.write(
        "src/one.md",
        &format!("<http://gone.test:{}/>\n", server.port),
    );
    book.names.set("gone.test", Err(Trouble::NoSuchHost));
    // With no archive to know, it is a name that never vanishes.
    book.names.set("example.com", Ok("127.0.0.1"));
    let seen = |on| {
        let done = book.run(on, &Options::default());
        (
            done.end,
            book.ledger().links.values().map(letter).collect::<String>(),
        )
    };
    assert_eq!(seen(1), (End::Failed, "-".into()));
    book.names.set("example.com", Ok("93.184.215.14"));
    assert_eq!(seen(1), (End::Unknown, "1".into()));
    assert_eq!(seen(1), (End::Unknown, "1".into()));
    assert_eq!(seen(2), (End::Dead, "X".into()));
}

#[test]
fn a_budget_is_kept_and_what_has_waited_longest_comes_first() {
    let (book, server) = pages(0, NO_ARCHIVE);
    let links = (0..30).map(|n| format!("<http://h.test:{}/{n}>\n", server.port));
    book.write("src/one.md", &links.collect::<String>());
    let budget = |budget| Options {
        budget: Some(budget),
        ..Options::default()
    };
    let done = book.run(1, &budget(11));
    assert_eq!((done.requests, server.requests().len()), (11, 11));
    // One of the requests was for robots.txt.
    let checked = |on| {
        let links = book.ledger().links.into_values();
        links
            .filter(|link| link.last_checked == Some(day(on)))
            .count()
    };
    assert_eq!(checked(1), 10);
    book.run(2, &budget(21));
    // Whoever asks for robots.txt may be left without a request for its page.
    assert!(checked(1) >= 9 && checked(1) + checked(2) >= 29);
    let old = checked(1);
    book.run(3, &budget(11));
    assert!(checked(3) == 10 && checked(1) <= 1 && old >= 9);
    let done = book.run(4, &budget(0));
    assert_eq!((done.requests, checked(4)), (0, 0));
}

#[test]
fn a_request_says_who_asks_and_how_much_is_wanted() {
    let book = Book::new("", NO_ARCHIVE);
    let seen = Arc::new(std::sync::Mutex::new(BTreeMap::new()));
    let server = {
        let seen = seen.clone();
        Server::start(book.now(), move |request| {
            let headers = request.headers.clone().into_iter();
            seen.lock()
                .unwrap()
                .insert(request.path.clone(), headers.collect::<BTreeMap<_, _>>());
            Reply::page("Page")
        })
    };
    book.write(
        "src/one.md",
        &format!("<http://h.test:{}/p?q#fragment>\n", server.port),
    );
    let toml = book.read("book.toml");
    book.write(
        "book.toml",
        &(toml + "[output.html]\ngit-repository-url = \"https://example.org/book\"\n"),
    );
    book.run(1, &Options::default());
    let seen = seen.lock().unwrap();
    let page = &seen["/p?q"];
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        page["user-agent"],
        format!(
            "mdbook-booklet/{version} (checks links; +https://github.com/mdbook-booklet/mdbook-booklet; for https://example.org/book)"
        )
    );
    assert_eq!(page["range"], "bytes=0-262143");
    assert_eq!(page["accept-encoding"], "gzip");
    assert_eq!(seen["/robots.txt"]["user-agent"], page["user-agent"]);
    assert!(!page.contains_key("cookie") && !page.contains_key("referer"));
}

#[test]
fn links_come_and_go_without_being_asked() {
    let (book, server) = pages(2, NO_ARCHIVE);
    book.run(1, &Options::default());
    let requests = server.requests().len();
    let offline = Options {
        offline: true,
        ..Options::default()
    };
    let port = server.port;
    book.write(
        "src/one.md",
        &format!("<http://h0.test:{port}/0>\n[a]: http://new.test/a?b#c\n\n<a href=\"http://new.test/raw\">raw</a> `<http://code.test/>` [mail](mailto:a@b.test) [again](http://new.test/a?b)\n\n![img](http://new.test/i.png)\n"),
    );
    book.write("src/resources/r.toml", "title = \"R\"\nauthors = [\"A\"]\nyear = 2020\nkind = \"article\"\nurl = \"http://new.test/resource\"\narchive = \"http://new.test/copy\"\nwhy = \"Because.\"\n");
    book.write("src/questions/q.md", "+++\nnumber = 1\ntitle = \"Q\"\nsteps = []\ntopics = []\nlevel = \"easy\"\n+++\n<http://new.test/question>\n");
    book.write("src/answers/q/a.md", "+++\nauthor = \"A\"\nlink = \"http://new.test/author\"\nupdated = 2026-12-01\n+++\n<http://new.test/answer>\n");
    let done = book.run(2, &offline);
    assert_eq!(done.end, End::Fine, "{}", said(&book, &done));
    assert_eq!(server.requests().len(), requests);
    let ledger = book.ledger();
    let links = ledger.links.iter().map(|(url, link)| {
        format!("{} {} {url}\n", letter(link), link.first_seen).replace(&port.to_string(), "PORT")
    });
    assert_data_eq!(
        links.collect::<String>(),
        str![[r#"
. 2026-12-01 http://h0.test:PORT/0
- 2026-12-02 http://new.test/a?b
- 2026-12-02 http://new.test/answer
- 2026-12-02 http://new.test/author
- 2026-12-02 http://new.test/copy
- 2026-12-02 http://new.test/i.png
- 2026-12-02 http://new.test/question
- 2026-12-02 http://new.test/raw
- 2026-12-02 http://new.test/resource

"#]]
    );
}

/// A book with a link of which the archive has no copy, but makes one.
#[test]
fn a_copy_is_asked_for_if_that_is_wished() {
    let book = Book::new("", "");
    let port = Arc::new(AtomicU32::new(0));
    let server = {
        let port = port.clone();
        Server::start(book.now(), move |request| {
            let port = port.load(Ordering::SeqCst);
            match request.path.as_str() {
                "/robots.txt" => Reply::code(404),
                path if path.starts_with("/available") => {
                    Reply::Full(200, String::new(), r#"{"archived_snapshots":{}}"#.into())
                }
                path if path.starts_with("/save/") => Reply::to(
                    302,
                    &format!("/web/20261201101112/http://h.test:{port}/page"),
                ),
                _ => Reply::page("Page"),
            }
        })
    };
    port.store(server.port.into(), Ordering::SeqCst);
    let toml = book.read("book.toml").replace(
        "booklet.links]\n",
        &format!("booklet.links]\narchive = \"http://archive.test:{0}/available\"\nsave = \"http://archive.test:{0}/save/\"\n", server.port),
    );
    book.write("book.toml", &toml);
    book.write(
        "src/one.md",
        &format!("<http://h.test:{}/page>\n", server.port),
    );
    book.run(1, &Options::default());
    let url = format!("http://h.test:{}/page", server.port);
    assert_eq!(book.ledger().links[&url].archive_asked, Some(day(1)));
    let save = Options {
        save: true,
        ..Options::default()
    };
    // A month later it is asked again.
    book.run(31, &save);
    let copy = book.ledger().links[&url].archive.clone().unwrap();
    assert_eq!(
        copy.url,
        format!(
            "http://archive.test:{0}/web/20261201101112/http://h.test:{0}/page",
            server.port
        )
    );
    assert_eq!((copy.date, copy.seen), (day(1), day(31)));
}

#[test]
fn a_change_is_shown_with_both_titles_and_accepted_by_its_maintainer() {
    let book = Book::new("", NO_ARCHIVE);
    let on = Arc::new(AtomicU32::new(1));
    let server = {
        let on = on.clone();
        Server::start(book.now(), move |_| match on.load(Ordering::SeqCst) {
            1 => Reply::page("Rules of machine learning"),
            _ => Reply::page("Online casino"),
        })
    };
    let url = format!("http://h.test:{}/page", server.port);
    book.write(
        "src/one.md",
        &format!("Text.\n\nSee <{url}>, and <{url}#again>.\n"),
    );
    assert_eq!(book.run(1, &Options::default()).end, End::Fine);
    on.store(2, Ordering::SeqCst);
    let done = book.run(2, &Options::default());
    assert_eq!(done.end, End::Changed);
    let port = format!(":{}", server.port);
    assert_data_eq!(said(&book, &done).replace(&port, ""), str![[r#"
warning: `http://h.test/page` has changed: look at it
 --> src/one.md:3:5
  |
3 | See <http://h.test/page>, and <http://h.test/page#again>.
  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
 ::: src/one.md:3:37
  |
3 | See <http://h.test/page>, and <http://h.test/page#again>.
  |                                     --------------------------------
  |
  = help: it was “Rules of machine learning”, and is “Online casino”; if that is right, run `mdbook-booklet links --accept http://h.test/page`


"#]].raw());
    let accept = |url: &str| Options {
        accept: vec![url.into()],
        ..Options::default()
    };
    let done = book.run(2, &accept("http://h.test/pag"));
    assert_eq!(done.end, End::Failed);
    assert_eq!(book.run(2, &accept(&format!("{url}#x"))).end, End::Fine);
    assert_eq!(
        book.ledger().links[&url].title.as_deref(),
        Some("Online casino")
    );
    assert_eq!(book.run(3, &Options::default()).end, End::Fine);
    let done = book.run(3, &accept(&url));
    assert_data_eq!(
        said(&book, &done).replace(&port, ""),
        str![[r#"
error: `http://h.test/page` has not changed
 |
 = help: what is accepted is what the last check has found in its place


"#]]
    );
}

#[test]
fn what_is_dead_is_told_with_its_place_and_its_copy() {
    let book = Book::new("", NO_ARCHIVE);
    let server = Server::start(book.now(), |request| match request.path.as_str() {
        "/gone" => Reply::code(410),
        _ => Reply::code(404),
    });
    let port = format!(":{}", server.port);
    book.write(
        "src/one.md",
        &format!("A [page](http://h.test{port}/gone).\n\n[Another]: http://h.test{port}/missing\n"),
    );
    let done = book.run(1, &Options::default());
    assert_eq!(done.end, End::Unknown);
    assert_data_eq!(
        said(&book, &done).replace(&port, ""),
        str![[r#"
warning: `http://h.test/gone` may be dead: it answers 410, strike 1 of 3
 --> src/one.md:1:3
  |
1 | A [page](http://h.test/gone).
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: if the address is wrong, mend it; a strike is counted once a day, and a success clears them

warning: `http://h.test/missing` may be dead: it answers 404, strike 1 of 3
 --> src/one.md:3:1
  |
3 | [Another]: http://h.test/missing
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: if the address is wrong, mend it; a strike is counted once a day, and a success clears them


"#]]
    );
    book.run(2, &Options::default());
    let done = book.run(3, &Options::default());
    assert_eq!(done.end, End::Dead);
    assert_data_eq!(
        said(&book, &done).replace(&port, ""),
        str![[r#"
error: `http://h.test/gone` is dead: it answers 410; never seen alive
 --> src/one.md:1:3
  |
1 | A [page](http://h.test/gone).
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: link to what has taken its place; no archived copy is known

error: `http://h.test/missing` is dead: it answers 404; never seen alive
 --> src/one.md:3:1
  |
3 | [Another]: http://h.test/missing
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: link to what has taken its place; no archived copy is known


"#]]
    );
    assert_data_eq!(
        done.json().replace(&port, ""),
        str![[r#"
{
  "version": 1,
  "requests": 3,
  "counts": {
    "links": 2,
    "alive": 0,
    "dead": 2,
    "changed": 0,
    "unknown": 0,
    "new": 0
  },
  "links": [
    {
      "url": "http://h.test/gone",
      "status": "dead",
      "first-seen": "2026-12-01",
      "last-alive": null,
      "last-checked": "2026-12-03",
      "answer": "410",
      "strikes": 3,
      "final-url": null,
      "title": null,
      "now-url": null,
      "now-title": null,
      "archive": null,
      "archive-date": null,
      "places": [
        {
          "file": "src/one.md",
          "line": 1,
          "column": 3
        }
      ]
    },
    {
      "url": "http://h.test/missing",
      "status": "dead",
      "first-seen": "2026-12-01",
      "last-alive": null,
      "last-checked": "2026-12-03",
      "answer": "404",
      "strikes": 3,
      "final-url": null,
      "title": null,
      "now-url": null,
      "now-title": null,
      "archive": null,
      "archive-date": null,
      "places": [
        {
          "file": "src/one.md",
          "line": 3,
          "column": 1
        }
      ]
    }
  ]
}

"#]]
    );
}

#[test]
fn rules_are_set_for_single_hosts() {
    let book = Book::new("", NO_ARCHIVE);
    let server = Server::start(book.now(), |request| match request.host.as_str() {
        "wary.test" | "www.wary.test" => Reply::code(999),
        "patient.test" => Reply::code(404),
        "strict.test" => Reply::code(403),
        _ => Reply::page("Never asked"),
    });
    let hosts = ["wary", "www.wary", "patient", "strict", "skipped"];
    let port = server.port;
    let links = hosts.map(|host| format!("<http://{host}.test:{port}/>\n"));
    book.write(
        "src/one.md",
        &(links.concat() + &format!("<http://h.test:{port}/skip/me>\n")),
    );
    let toml = book.read("book.toml").replace(
        "pace = 0\n",
        &format!("pace = 0\nskip = [\"http://h.test:{port}/skip\"]\n"),
    );
    book.write(
        "book.toml",
        &(toml
            + r#"
[preprocessor.booklet.links.hosts."wary.test"]
private = true
alive = [999]
[preprocessor.booklet.links.hosts."patient.test"]
private = true
strikes = 5
[preprocessor.booklet.links.hosts."strict.test"]
private = true
dead = [403]
[preprocessor.booklet.links.hosts."skipped.test"]
skip = true
"#),
    );
    let mut timelines = BTreeMap::<String, String>::new();
    for on in 1..=6 {
        book.run(on, &Options::default());
        for (url, link) in book.ledger().links {
            let host = url.replace(&format!(":{port}"), "");
            timelines.entry(host).or_default().push(letter(&link));
        }
    }
    let lines = timelines
        .iter()
        .map(|(url, line)| format!("{line} {url}\n"));
    assert_data_eq!(
        lines.collect::<String>(),
        str![[r#"
------ http://h.test/skip/me
1234XX http://patient.test/
------ http://skipped.test/
12XXXX http://strict.test/
...... http://wary.test/
...... http://www.wary.test/

"#]]
    );
}

#[test]
fn a_change_answers_for_what_it_adds() {
    let (book, server) = pages(2, NO_ARCHIVE);
    let git = |args: &[&str]| {
        let mut git = Command::new("git");
        git.arg("-C").arg(book.root()).args(args);
        for name in ["AUTHOR", "COMMITTER"] {
            git.env(format!("GIT_{name}_NAME"), "A")
                .env(format!("GIT_{name}_EMAIL"), "a@example.org");
        }
        assert!(git.output().unwrap().status.success(), "{args:?}");
    };
    git(&["init", "-q", "-b", "main"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "One"]);
    let port = server.port;
    let old = book.read("src/one.md");
    // An old link moves, a new one comes, and a new file that git does not know.
    let text = format!("New: <http://h0.test:{port}/new>\n\nMoved {old}");
    book.write("src/one.md", &text);
    git(&["commit", "-q", "-a", "-m", "Two"]);
    book.write("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n");
    book.write(
        "src/two.md",
        &format!("<http://h0.test:{port}/fresh> <http://h0.test:{port}/0>\n"),
    );
    let since = |revision: &str| Options {
        since: Some(revision.into()),
        ..Options::default()
    };
    let done = book.run(1, &since("HEAD~1"));
    assert_eq!(done.end, End::Fine, "{}", said(&book, &done));
    let shown: Vec<_> = done
        .links
        .iter()
        .map(|shown| shown.url.rsplit('/').next().unwrap())
        .collect();
    assert_eq!(shown, ["fresh", "new"]);
    assert_eq!(
        asked(&server).into_keys().collect::<Vec<_>>(),
        ["/fresh", "/new"]
    );
    // A revision is nothing but a revision.
    for revision in ["--output=evil", "-h", "nonsense", ""] {
        let done = book.run(1, &since(revision));
        assert_eq!(done.end, End::Failed);
        let expected = format!("error: git knows no revision `{revision}`\n\n");
        assert_eq!(said(&book, &done), expected);
    }
    assert!(!book.path("evil").exists());
}

#[test]
fn a_ledger_that_cannot_be_read_is_left_alone() {
    for text in [
        "version = 1\n<<<<<<< main\n=======\n>>>>>>> other\n",
        "version = 2\n",
        "nonsense",
    ] {
        let (book, server) = pages(1, NO_ARCHIVE);
        book.write("src/links.toml", text);
        let done = book.run(1, &Options::default());
        assert_eq!(done.end, End::Failed);
        assert!(
            said(&book, &done).contains("src/links.toml"),
            "{}",
            said(&book, &done)
        );
        assert_eq!(book.read("src/links.toml"), text);
        assert!(server.requests().is_empty());
    }
}

#[test]
fn mistakes_in_the_settings_are_shown_where_they_are() {
    let says = |settings: &str, expected: &dyn Fn(String)| {
        let (book, server) = pages(1, settings);
        let done = book.run(1, &Options::default());
        assert_eq!(done.end, End::Failed);
        assert!(server.requests().is_empty());
        expected(said(&book, &done));
    };
    says("paces = 2\n", &|said| {
        assert_data_eq!(
            said,
            str![[r#"
error: unknown field `paces`, expected one of `strikes`, `dead`, `pace`, `similarity`, `skip`, `archive`, `save`, `archive-days`, `hosts`
  --> book.toml:10:1
   |
10 | paces = 2
   | ^^^^^


"#]]
        );
    });
    says("strikes = 1\n", &|said| {
        assert_data_eq!(
            said,
            str![[r#"
error: it must be a number from 2 to 100: one failure is no proof
  --> book.toml:10:11
   |
10 | strikes = 1
   |           ^


"#]]
        );
    });
    says("dead = [\"gone\"]\n", &|said| {
        assert_data_eq!(
            said,
            str![[r#"
error: invalid value: string "gone", expected a code of HTTP or one of `no-such-host`, `name-service`, `no-connection`, `timeout`, `broken-answer`, `tls`, `redirect-loop`, `bad-redirect`, `private-address`, `robots`
  --> book.toml:10:9
   |
10 | dead = ["gone"]
   |         ^^^^^^


"#]]
        );
    });
    says("hosts.\"a.test\".alife = [999]\n", &|said| {
        assert_data_eq!(
            said,
            str![[r#"
error: unknown field `alife`, expected one of `strikes`, `dead`, `alive`, `pace`, `similarity`, `private`, `skip`
  --> book.toml:10:16
   |
10 | hosts."a.test".alife = [999]
   |                ^^^^^


"#]]
        );
    });
}

#[test]
fn the_program_tells_how_it_ended() {
    let (book, server) = pages(0, NO_ARCHIVE);
    let output = program(&book, &server, 2).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8(output.stderr).unwrap();
    let said = said.replace(&format!(":{}", server.port), "");
    let lines: Vec<_> = said.lines().collect();
    // They come in any order.
    assert!(
        lines[0].starts_with("[1/2] http://127.0.0.1/") && lines[0].ends_with(": alive"),
        "{said}"
    );
    assert!(
        lines[2].starts_with("2 links: 2 alive; 3 requests in "),
        "{said}"
    );
    let output = program(&book, &server, 2)
        .args(["--format", "json"])
        .output()
        .unwrap();
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (json["counts"]["alive"].as_u64(), json["requests"].as_u64()),
        (Some(2), Some(0))
    );
    let output = program(&book, &server, 2)
        .arg("--budget=x")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let output = program(&book, &server, 2)
        .args(["--changed-since", "-x"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    std::fs::remove_file(book.path("book.toml")).unwrap();
    let output = Command::new(cargo_bin!("mdbook-booklet"))
        .args(["links", "--offline", "--format", "github"])
        .current_dir(book.root())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("::error file=book.toml::"));
}

#[test]
fn the_booklets_own_ledger_is_as_it_would_be_written() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("book/links.toml")).unwrap();
    let mut report = Default::default();
    let ledger = Ledger::load(root, std::path::Path::new("book"), &mut report).unwrap();
    assert_eq!(ledger.to_toml(), text.replace("\r\n", "\n"));
    assert!(ledger.links.len() > 300);
}
