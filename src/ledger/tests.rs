//! What is written is read, and what is wrong is shown where it is.

use super::*;
use crate::diagnostics::Format;
use snapbox::{IntoData, assert_data_eq, str};

fn parse(text: &str) -> Result<Ledger, String> {
    let mut report = Report::default();
    let ledger = Ledger::parse(&Source::file("src/links.toml", text), &mut report);
    ledger.ok_or_else(|| report.render(Format::Human))
}

fn says(text: &str, expected: impl IntoData) {
    assert_data_eq!(parse(text).unwrap_err(), expected);
}

#[test]
fn a_ledger_is_read_as_it_was_written() {
    let day = |day| Day::new(2026, 12, day).unwrap();
    let full = Link {
        status: Status::Changed,
        first_seen: day(1),
        last_alive: Some(day(2)),
        last_checked: Some(day(9)),
        answer: Some(Answer::Code(200)),
        strikes: Strikes {
            count: 1,
            last: Some(day(8)),
        },
        final_url: Some("https://example.org/b".into()),
        title: Some("“A” \"b\" \\ c\u{7f}".into()),
        now: Some(Now {
            url: Some("https://other.example/".into()),
            title: None,
        }),
        archive: Some(Copy {
            url: "https://web.archive.org/web/20261201000000/https://example.org/a".into(),
            date: day(1),
            seen: day(9),
            strikes: Strikes {
                count: 2,
                last: Some(day(7)),
            },
        }),
        archive_asked: None,
    };
    let gone = Link {
        status: Status::Unknown,
        answer: Some(Answer::Trouble(Trouble::NoSuchHost)),
        last_checked: Some(day(9)),
        archive_asked: Some(day(9)),
        ..Link::new(day(3))
    };
    let mut ledger = Ledger::default();
    ledger.links.insert("https://example.org/a".into(), full);
    ledger.links.insert("https://gone.example/".into(), gone);
    ledger
        .links
        .insert("http://a.example/x'y?q=1&r".into(), Link::new(day(1)));
    let text = ledger.to_toml();
    assert_data_eq!(
        &text,
        str![[r##"
# What checks have seen of this book's links; `mdbook-booklet links` keeps it.
version = 1

[link."http://a.example/x'y?q=1&r"]
status = "new"
first-seen = 2026-12-01

[link."https://example.org/a"]
status = "changed"
first-seen = 2026-12-01
last-alive = 2026-12-02
last-checked = 2026-12-09
answer = 200
strikes = 1
last-strike = 2026-12-08
final-url = "https://example.org/b"
title = "“A” \"b\" \\ c\u007F"
now-url = "https://other.example/"
now-title = ""
archive = "https://web.archive.org/web/20261201000000/https://example.org/a"
archive-date = 2026-12-01
archive-seen = 2026-12-09
archive-strikes = 2
archive-last-strike = 2026-12-07

[link."https://gone.example/"]
status = "unknown"
first-seen = 2026-12-03
last-checked = 2026-12-09
answer = "no-such-host"
archive-asked = 2026-12-09

"##]]
        .raw()
    );
    assert_eq!(parse(&text), Ok(ledger));
}

#[test]
fn a_merge_that_is_not_finished() {
    says(
        "version = 1\n\n[link.\"https://example.org/\"]\n<<<<<<< main\nstatus = \"new\"\n=======\nstatus = \"alive\"\n>>>>>>> refs\nfirst-seen = 2026-12-01\n",
        str![[r#"
error: the ledger has conflict markers of a merge
 --> src/links.toml:4:1
  |
4 | <<<<<<< main
  | ^^^^^^^^^^^^
  |
  = help: take either side whole, and run `mdbook-booklet links` again: it asks what that side has not asked


"#]],
    );
}

#[test]
fn another_version() {
    says(
        "version = 2\n[links]\nfancy = true\n",
        str![[r#"
error: the ledger is of version 2, and this program knows version 1
 --> src/links.toml:1:11
  |
1 | version = 2
  |           ^
  |
  = help: a newer mdbook-booklet has written it: update this one


"#]],
    );
    says(
        "version = 0\n",
        str![[r#"
error: there is no version 0 of the ledger
 --> src/links.toml:1:11
  |
1 | version = 0
  |           ^


"#]],
    );
    says(
        "version = \"1\"\n",
        str![[r#"
error: invalid type: string "1", expected i64
 --> src/links.toml:1:11
  |
1 | version = "1"
  |           ^^^


"#]],
    );
    says(
        "[link]\n",
        str![[r#"
error: the ledger has no `version`
--> src/links.toml
 = help: begin the file with `version = 1`


"#]],
    );
}

#[test]
fn what_no_ledger_has() {
    says(
        "version = 1\nlinks = 1\n\n[link.\"https://Example.org\"]\nstatus = \"alife\"\nfirst-seen = 2026-12-01\nlast-alife = 2026-12-01\n",
        str![[r#"
error: unknown key `links` in a ledger
 --> src/links.toml:2:1
  |
2 | links = 1
  | ^^^^^
  |
  = help: did you mean `link`?

error: `https://Example.org` is not an address as the ledger writes it
 --> src/links.toml:4:7
  |
4 | [link."https://Example.org"]
  |       ^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write it as `https://example.org/`

error: unknown key `last-alife` in a link of the ledger
 --> src/links.toml:7:1
  |
7 | last-alife = 2026-12-01
  | ^^^^^^^^^^
  |
  = help: did you mean `last-alive`?

error: unknown variant `alife`, expected one of `new`, `alive`, `unknown`, `changed`, `dead`
 --> src/links.toml:5:10
  |
5 | status = "alife"
  |          ^^^^^^^


"#]],
    );
    says(
        "version = 1\n[link.\"ftp://example.org/\"]\nfirst-seen = 2026-12-01\n",
        str![[r#"
error: `ftp://example.org/` is not an address as the ledger writes it
 --> src/links.toml:2:7
  |
2 | [link."ftp://example.org/"]
  |       ^^^^^^^^^^^^^^^^^^^^

error: the link has no `status`
 --> src/links.toml:2:7
  |
2 | [link."ftp://example.org/"]
  |       ^^^^^^^^^^^^^^^^^^^^


"#]],
    );
    says(
        "version = 1\nlink = 3\n",
        str![[r#"
error: `link` is not a table
 --> src/links.toml:2:8
  |
2 | link = 3
  |        ^


"#]],
    );
    says(
        "version = 1\n[link]\n\"https://example.org/\" = 3\n",
        str![[r#"
error: `https://example.org/` is not a table
 --> src/links.toml:3:1
  |
3 | "https://example.org/" = 3
  | ^^^^^^^^^^^^^^^^^^^^^^


"#]],
    );
}

#[test]
fn values_that_do_not_fit() {
    let entry = |line: &str| {
        format!(
            "version = 1\n\n[link.\"https://example.org/\"]\nstatus = \"new\"\nfirst-seen = 2026-12-01\n{line}\n"
        )
    };
    says(
        &entry("last-alive = 2026-12-01T10:00:00Z"),
        str![[r#"
error: a day is written like 2026-11-28
 --> src/links.toml:6:14
  |
6 | last-alive = 2026-12-01T10:00:00Z
  |              ^^^^^^^^^^^^^^^^^^^^


"#]],
    );
    says(
        &entry("last-alive = \"2026-12-01\""),
        str![[r#"
error: invalid type: string "2026-12-01", expected a TOML datetime
 --> src/links.toml:6:14
  |
6 | last-alive = "2026-12-01"
  |              ^^^^^^^^^^^^


"#]],
    );
    says(
        &entry("answer = \"no-host\""),
        str![[r#"
error: invalid value: string "no-host", expected a code of HTTP or one of `no-such-host`, `name-service`, `no-connection`, `timeout`, `broken-answer`, `tls`, `redirect-loop`, `bad-redirect`, `private-address`, `robots`
 --> src/links.toml:6:10
  |
6 | answer = "no-host"
  |          ^^^^^^^^^


"#]],
    );
    says(
        &entry("answer = 20"),
        str![[r#"
error: invalid value: integer `20`, expected a code of HTTP or one of `no-such-host`, `name-service`, `no-connection`, `timeout`, `broken-answer`, `tls`, `redirect-loop`, `bad-redirect`, `private-address`, `robots`
 --> src/links.toml:6:10
  |
6 | answer = 20
  |          ^^


"#]],
    );
    says(
        &entry("archive-date = 2026-12-01"),
        str![[r#"
error: `archive`, `archive-date` and `archive-seen` go together
 --> src/links.toml:6:16
  |
6 | archive-date = 2026-12-01
  |                ^^^^^^^^^^
  |
  = help: delete those that are there, and the archive is asked again


"#]],
    );
}

#[test]
fn an_address_has_one_key() {
    for url in ["https://Example.org", " https://example.org:443/#top "] {
        assert_eq!(key(url).as_deref(), Some("https://example.org/"));
    }
    assert_eq!(
        key("http://ü.example/a\"b").as_deref(),
        Some("http://xn--tda.example/a%22b")
    );
    assert_eq!(key("mailto:a@example.org"), None);
    assert_eq!(key("chapter.md"), None);
}
