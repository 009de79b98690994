//! What the preprocessor makes of a small booklet.

use crate::harness::TestBook;
use snapbox::{assert_data_eq, file};
use std::fmt::Write;

fn all_chapters(renderer: &str) -> String {
    let chapters = TestBook::copy_of("booklet").preprocessed(renderer);
    chapters
        .into_iter()
        .fold(String::new(), |mut out, (path, text)| {
            let _ = write!(out, "=== {path}\n{}\n", text.trim_end());
            out
        })
}

#[test]
fn a_booklet_for_the_site() {
    assert_data_eq!(
        all_chapters("html"),
        file!["../books/booklet/expected/site.md"].raw()
    );
}

#[test]
fn a_booklet_for_the_editions() {
    assert_data_eq!(
        all_chapters("print"),
        file!["../books/booklet/expected/editions.md"].raw()
    );
}

#[test]
fn a_chapter_without_anything_of_ours_stays_byte_for_byte() {
    let text = "# One\r\n\r\nText  \r\nwith *odd*   ways\n\n\n\n* of\n+ writing\n\t- it\n<b>\n";
    let book = TestBook::copy_of("booklet").file("src/links.md", text);
    let chapters = book.preprocess("html").0.to_string();
    assert!(chapters.contains(&serde_json::to_string(text).unwrap()));
}

/// Names and numbers as the sidebar shows them.
fn outline(book: &TestBook) -> Vec<(String, String)> {
    fn walk(items: &serde_json::Value, out: &mut Vec<(String, String)>) {
        for item in items.as_array().unwrap() {
            let Some(chapter) = item.get("Chapter") else {
                continue;
            };
            let number: Vec<String> = chapter["number"]
                .as_array()
                .map(|number| number.iter().map(ToString::to_string).collect())
                .unwrap_or_default();
            out.push((
                number.join("."),
                chapter["name"].as_str().unwrap().to_owned(),
            ));
            walk(&chapter["sub_items"], out);
        }
    }
    let mut out = Vec::new();
    walk(&book.preprocess("html").0["items"], &mut out);
    out
}

#[test]
fn each_number_is_shown_once() {
    let with_labels = outline(&TestBook::copy_of("booklet"));
    let expected = [
        ("", "Front"),
        ("1", "Setup"),
        ("1.1", "Goals"),
        ("2", "Data"),
        ("2.1", "Labels"),
        ("", "Questions"),
        ("", "Question 1: Card fraud"),
        ("", "Question 2: Trending *hashtags* & <tags>"),
        ("", "Links"),
    ];
    assert_eq!(
        with_labels,
        expected.map(|(number, name)| (number.to_owned(), name.to_owned()))
    );
    let without =
        outline(&TestBook::copy_of("booklet").set("[output.html]", "no-section-label = true"));
    let names: Vec<_> = without.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Front",
            "Step 1: Setup",
            "1.1 Goals",
            "Step 2: Data",
            "2.1 Labels",
            "Questions",
            "Question 1: Card fraud",
            "Question 2: Trending *hashtags* & <tags>",
            "Links",
        ]
    );
}

#[test]
fn every_part_is_off_when_its_input_is_absent() {
    let text = "# One\n\n[a](resources/x.toml) [](one.md)\n";
    assert_eq!(
        TestBook::of(text).page("one.md"),
        "# One\n\n[a](resources/x.toml) [One](one.md)\n"
    );
}

#[test]
fn an_anchor_does_not_change_when_a_chapter_moves() {
    let before = TestBook::copy_of("booklet").page("setup/goals.md");
    let summary = TestBook::copy_of("booklet").read("src/SUMMARY.md");
    let moved = summary
        .replace("  - [Goals](setup/goals.md)\n", "")
        .replace(
            "  - [Labels](data/labels.md)\n",
            "  - [Labels](data/labels.md)\n  - [Goals](setup/goals.md)\n",
        );
    let after = TestBook::copy_of("booklet")
        .file("src/SUMMARY.md", moved)
        .page("setup/goals.md");
    let heading = |text: &str| text.lines().next().unwrap().to_owned();
    assert_eq!(heading(&before), "# 1.1 Goals {#goals .numbered}");
    assert_eq!(heading(&after), "# 2.2 Goals {#goals .numbered}");
}
