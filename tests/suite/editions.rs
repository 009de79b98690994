//! The one-file HTML edition.

use crate::harness::TestBook;
use snapbox::{assert_data_eq, file};
use std::collections::HashSet;

fn edition(book: TestBook, name: &str) -> String {
    book.built().read(&format!("build/print/{name}.html"))
}

/// The edition without its style sheet, which is the theme's.
fn body(html: &str) -> String {
    let (head, rest) = html.split_once("<style>").unwrap();
    let (_, rest) = rest.split_once("</style>\n").unwrap();
    format!("{head}{rest}")
}

/// The values of an attribute.
fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let start = format!(" {attribute}=\"");
    html.split(&start)
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect()
}

#[test]
fn a_booklet_in_one_file() {
    let html = edition(TestBook::copy_of("booklet"), "a-small-booklet");
    assert_data_eq!(
        body(&html),
        file!["../books/booklet/expected/edition.html"].raw()
    );
}

#[test]
fn everything_that_markdown_can_say() {
    let html = edition(TestBook::copy_of("markdown"), "all-of-markdown");
    assert_data_eq!(
        body(&html),
        file!["../books/markdown/expected/edition.html"].raw()
    );
}

/// Ids are unique, links lead somewhere, nothing is fetched and nothing runs.
fn check_self_contained(html: &str) {
    let ids = values(html, "id");
    let unique: HashSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len(), "an id is there twice: {ids:?}");
    for href in values(html, "href") {
        match href.strip_prefix('#') {
            Some(id) => assert!(unique.contains(&id), "{href} leads nowhere"),
            None => assert!(
                href.starts_with("http") || href.starts_with("mailto:"),
                "{href}"
            ),
        }
    }
    for src in values(html, "src") {
        assert!(src.starts_with("data:image/"), "{src}");
    }
    for what in [
        "<script",
        "<link",
        "@import",
        "url(",
        "<iframe",
        " onclick",
        "javascript:",
    ] {
        assert!(!html.contains(what), "{what}");
    }
}

#[test]
fn an_edition_is_self_contained() {
    check_self_contained(&edition(TestBook::copy_of("booklet"), "a-small-booklet"));
    check_self_contained(&edition(TestBook::copy_of("markdown"), "all-of-markdown"));
}

#[test]
fn two_builds_give_the_same_bytes() {
    let read = |book: &TestBook| {
        ["pdf", "html"].map(|ending| {
            std::fs::read(book.path(&format!("build/print/a-small-booklet.{ending}"))).unwrap()
        })
    };
    let first = read(&TestBook::copy_of("booklet").built());
    let second = read(&TestBook::copy_of("booklet").built());
    assert!(first == second);
}

#[test]
fn a_style_sheet_of_ones_own() {
    let book = TestBook::of("# One\n").file(
        "theme/print/edition.css",
        "p { color: red } /* </style><script> */",
    );
    let html = edition(book, "test");
    assert!(
        html.contains("<style>\np { color: red } /* <\\/style><script> */</style>"),
        "{html}"
    );
}
