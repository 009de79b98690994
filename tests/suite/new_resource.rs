//! Entries begun from an address.

use crate::harness::TestBook;
use snapbox::str;

#[test]
fn without_network_what_is_given_is_written() {
    let book = TestBook::copy_of("booklet");
    let url = "http://www.example.org/posts/shadow-mode.html?utm_source=x";
    let args = [
        "new-resource",
        url,
        "--offline",
        "--step",
        "data",
        "--kind",
        "case-study",
        "--topic",
        "drift",
    ];
    book.run(&args)
        .success()
        .stdout_eq(str![[r#"
title = ""
authors = [""]
# year = 
kind = "case-study"
url = "http://www.example.org/posts/shadow-mode.html"
steps = ["data"]
topics = ["drift"]
# One line in your own words: what does a reader get from it?
why = ""

"#]])
        .stderr_eq(str![[r#"
Wrote src/resources/shadow-mode.toml; fill in `title`, `authors`, `year` and `why`, then run `mdbook-booklet check`

"#]]);
    assert!(
        book.read("src/resources/shadow-mode.toml")
            .contains("[\"drift\"]")
    );
    // Twice is once too often, whatever the address looks like.
    book.run(&[
        "new-resource",
        "https://example.org/posts/shadow-mode.html#x",
        "--offline",
    ])
    .failure()
    .stdout_eq("")
    .stderr_eq(str![[r#"
error: `shadow-mode` of the registry leads there already
 --> src/resources/shadow-mode.toml:5:7
  |
5 | url = "http://www.example.org/posts/shadow-mode.html"
  |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

1 error

"#]]);
    for (what, url) in [
        ("arXiv:1706.03762v5", "https://arxiv.org/abs/1706.03762"),
        (
            "10.1145/2347736.2347755",
            "https://doi.org/10.1145/2347736.2347755",
        ),
        ("example.org/x", "https://example.org/x"),
    ] {
        let args = [
            "new-resource",
            what,
            "--offline",
            "--id",
            "other",
            "--dry-run",
        ];
        let output = book.run(&args).success().get_output().stdout.clone();
        let output = String::from_utf8(output).unwrap();
        assert!(output.contains(&format!("url = \"{url}\"")), "{output}");
    }
    assert!(!book.path("src/resources/other.toml").exists());
}

#[test]
fn what_is_no_address() {
    let book = TestBook::copy_of("booklet");
    for (args, said) in [
        (
            ["new-resource", "ftp://example.org/x", "--offline"],
            str![[r#"
error: `ftp://example.org/x` is neither an id nor an address
 |
 = help: an address begins with https:// or http://; doi:10.1145/… and arXiv:1706.03762 will do too

1 error

"#]],
        ),
        (
            ["new-resource", "https://a.org/x", "--id=A"],
            str![[r#"
error: `A` is not an id
 |
 = help: write lower-case letters, digits and single hyphens

1 error

"#]],
        ),
    ] {
        book.run(&args).failure().stdout_eq("").stderr_eq(said);
    }
}

#[cfg(feature = "links")]
mod asked {
    use super::*;
    use snapbox::assert_data_eq;
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;

    const HOSTS: &str = "\n[preprocessor.booklet.links.hosts.\"127.0.0.1\"]\nprivate = true\n";

    /// A server on loopback: its port, and the requests it has had so far.
    fn serve(answers: fn(&str) -> (&'static str, &'static str, &'static str)) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let mut line = String::new();
                let _ = reader.read_line(&mut line);
                let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
                while reader.read_line(&mut line).is_ok_and(|n| n > 2) {
                    if line.ends_with("\r\n\r\n") {
                        break;
                    }
                }
                let (status, kind, body) = answers(&path);
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                    body.len()
                );
            }
        });
        port
    }

    fn book() -> TestBook {
        let book = TestBook::copy_of("booklet");
        let text = book.read("book.toml") + HOSTS;
        book.file("book.toml", text)
    }

    #[test]
    fn the_page_says_what_it_is() {
        let port = serve(|path| match path {
            "/robots.txt" => ("404 Not Found", "text/plain", ""),
            _ => (
                "200 OK",
                "text/html; charset=utf-8",
                "<title>Déjà vu \"\"\" in data | Lab</title><meta property=og:site_name content=Lab><meta name=author content='Ada L.'><meta name=date content=2021-03-04>",
            ),
        });
        let book = book();
        let url = format!("http://127.0.0.1:{port}/deja");
        book.run(&["new-resource", &url, "--step", "data"])
            .success()
            .stdout_eq(str![[r#"
title = 'Déjà vu """ in data'
authors = ["Ada L."]
organization = "Lab"
year = 2021
kind = "article"
url = "http://127.0.0.1:[..]/deja"
steps = ["data"]
topics = []
# One line in your own words: what does a reader get from it?
why = ""

"#]])
            .stderr_eq(str![[r#"
Wrote src/resources/lab-deja-vu-data.toml; fill in `why`, then run `mdbook-booklet check`

"#]]);
        let book_file = book.read("src/resources/lab-deja-vu-data.toml");
        let entry: toml::Table = book_file.parse().unwrap();
        assert_eq!(entry["title"].as_str(), Some("Déjà vu \"\"\" in data"));
        assert_eq!(entry["url"].as_str(), Some(&*url));
    }

    #[test]
    fn a_page_that_cannot_be_read_leaves_what_was_given() {
        let port = serve(|path| match path {
            "/robots.txt" => ("404 Not Found", "text/plain", ""),
            "/paper.pdf" => ("200 OK", "application/pdf", "%PDF-1.7"),
            _ => ("410 Gone", "text/html", "<title>Gone</title>"),
        });
        let book = book();
        for (path, said) in [
            (
                "paper.pdf",
                str![[r#"
Wrote src/resources/paper.toml; fill in `title`, `authors`, `year` and `why`, then run `mdbook-booklet check`
warning: `http://127.0.0.1:PORT/paper.pdf` could not be read: it is no HTML but application/pdf
 |
 = help: the entry holds what you gave; fill in the rest

1 warning

"#]],
            ),
            (
                "gone",
                str![[r#"
Wrote src/resources/gone.toml; fill in `title`, `authors`, `year` and `why`, then run `mdbook-booklet check`
warning: `http://127.0.0.1:PORT/gone` could not be read: the answer is 410
 |
 = help: the entry holds what you gave; fill in the rest

1 warning

"#]],
            ),
        ] {
            let url = format!("http://127.0.0.1:{port}/{path}");
            let output = book.run(&["new-resource", &url]).success();
            let said_ = String::from_utf8(output.get_output().stderr.clone()).unwrap();
            assert_data_eq!(said_.replace(&port.to_string(), "PORT"), said);
        }
        assert!(
            book.read("src/resources/paper.toml")
                .contains("title = \"\"")
        );
        // A private address that is not allowed is not asked.
        let strict = TestBook::copy_of("booklet");
        let url = format!("http://127.0.0.1:{port}/x");
        let output = strict.run(&["new-resource", &url]).success();
        let said = String::from_utf8(output.get_output().stderr.clone()).unwrap();
        assert_data_eq!(
            said.replace(&port.to_string(), "PORT"),
            str![[r#"
Wrote src/resources/x.toml; fill in `title`, `authors`, `year` and `why`, then run `mdbook-booklet check`
warning: `http://127.0.0.1:PORT/x` could not be read: it leads to an address of a private network
 |
 = help: the entry holds what you gave; fill in the rest

1 warning

"#]]
        );
    }
}
