//! What the preprocessor makes of a small booklet.

use crate::harness::TestBook;
use snapbox::{IntoData, assert_data_eq, file, str};
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

const SITE_ONLY: &str = "# Links\n\n{{#downloads}}\n\n{{#practice rubric=\"data.md\" minutes=\"5, 10\"}}\n\n![a *red* `dot`](images/square.svg) ![](images/square.svg \"title\")\n\n![a](images/square.svg 'A \"caption\" & <more>')\n";

#[test]
fn what_only_the_site_has() {
    let book = TestBook::copy_of("booklet")
        .file("src/links.md", SITE_ONLY)
        .set("[output.print]", "copy-to-site = true");
    let site = book.preprocessed("html");
    let page = |chapters: &[(String, String)], path: &str| {
        let found = chapters.iter().find(|(page, _)| page == path);
        found.unwrap().1.clone()
    };
    assert_data_eq!(page(&site, "links.md"), str![[r##"
# Links

<div class="booklet-downloads">

- [PDF](a-small-booklet.pdf)
- [One HTML file](a-small-booklet.html)

</div>

<div class="booklet-practice" data-steps="[{&quot;id&quot;:&quot;setup&quot;,&quot;title&quot;:&quot;Setup&quot;,&quot;minutes&quot;:5},{&quot;id&quot;:&quot;data&quot;,&quot;title&quot;:&quot;Data&quot;,&quot;minutes&quot;:10}]">

Drawing a question, the clock and your notes need JavaScript, which is off. The questions are here all the same: choose one, set a timer to 15 minutes and take notes step by step. Mark what you wrote with the [rubric](data.md), and only then open the answers.

</div>

<div class="booklet-filter" data-steps="[{&quot;id&quot;:&quot;setup&quot;,&quot;title&quot;:&quot;Setup&quot;},{&quot;id&quot;:&quot;data&quot;,&quot;title&quot;:&quot;Data&quot;}]"></div>

<div class="booklet-questions">

- [Question 1: Card fraud](questions/fraud.md) <span class="booklet-by" id="question-fraud" data-level="easy" data-steps="setup data" data-topics="fraud" data-answers="1">easy, 1 answer</span>
- [Question 2: Trending \*hashtags\* \& \<tags\>](questions/hashtags.md) <span class="booklet-by" id="question-hashtags" data-level="hard" data-steps="data" data-topics="ranking anomaly" data-answers="0">hard, no answer yet</span>

</div>

<img src="images/square.svg" alt="a red dot" width="100" height="100"> <img src="images/square.svg" alt="" width="100" height="100" title="title">

<figure><img src="images/square.svg" alt="a" width="100" height="100">
<figcaption>A &quot;caption&quot; &amp; &lt;more&gt;</figcaption></figure>

"##]].raw());
    assert!(
        page(&site, "questions/fraud.md")
            .contains(" · [Practice with a clock](../links.md#question-fraud)")
    );
    assert_data_eq!(
        page(&book.preprocessed("print"), "links.md"),
        str![[r##"
# Links





![a *red* `dot`](images/square.svg) ![](images/square.svg "title")

![a](images/square.svg 'A "caption" & <more>')

"##]]
        .raw()
    );
}
