//! What well-known books have taught, as small cases of our own.

use crate::harness::TestBook;

/// The HTML edition of a chapter that gives no cause to complain.
fn edition(chapter: &str) -> String {
    let book = TestBook::of(chapter);
    book.run(&["build"]).success();
    book.run(&["check"])
        .success()
        .stderr_eq("no errors, no warnings\n");
    main_of(&book)
}

fn main_of(book: &TestBook) -> String {
    let html = book.read("build/print/test.html");
    html.split_once("<main").unwrap().1.to_owned()
}

#[test]
fn a_multiline_comment_in_javascript_takes_no_time() {
    // After an expression, its grammar tries exponentially many ways to read this.
    let code = "\"doctest\": true\n/* Whether or not this target should be built and run with `--test`\n*/\n";
    for (language, code) in [
        ("javascript", code.to_owned()),
        ("html", format!("<script>\n{code}</script>\n")),
        ("markdown", format!("~~~js\n{code}~~~\n")),
        ("php", format!("<script>\n{code}</script>\n")),
    ] {
        let html = edition(&format!("# One\n\n```{language}\n{code}```\n"));
        assert!(html.contains("doctest"), "{html}");
    }
}

#[test]
fn code_in_an_element_of_a_preprocessor_stays_code() {
    let book = TestBook::of(
        "# One\n\n<Listing number=\"1\">\n\n```rust\n# hidden\nfn main() {}\n```\n\n</Listing>\n",
    )
    .built();
    let html = main_of(&book);
    assert!(html.contains("<pre"), "{html}");
    assert!(!html.contains("hidden"), "{html}");
}

#[test]
fn links_within_code_and_around_blocks_stay_links() {
    let html = edition(
        "# One\n\n<code>a <a href=\"#two\">b</a></code>\n\n<a href=\"https://example.org/\">\n\nA *paragraph*.\n\n</a>\n\n## Two\n",
    );
    assert!(
        html.contains("<code>a </code><a href=\"#one--two\"><code>b</code></a>"),
        "{html}"
    );
    assert!(html.contains("\">A <em>paragraph</em>.</a></p>"), "{html}");
}

#[test]
fn icons_are_drawn_and_are_decoration() {
    // `fa` means the regular set, which has no `print`; older books rely on it.
    let html = edition(
        "# One\n\nThe <i class=\"fa fa-eye\"></i> and <i class=\"fa fa-print\"></i>, <i class=\"fab fa-github\" title=\"GitHub\"></i>.\n",
    );
    assert_eq!(
        html.matches("<span class=\"icon\"><img ").count(),
        3,
        "{html}"
    );
    assert_eq!(html.matches("alt=\"\"").count(), 2, "{html}");
    assert_eq!(html.matches("alt=\"GitHub\"").count(), 1, "{html}");
}

#[test]
fn footnotes_are_numbered_by_their_first_mark_in_the_source() {
    let html = edition(
        "# One\n\nA[^a].\n\n[^a]: First[^b].\n\n[^b]: Second.\n\n> B[^c].\n\n[^c]: Third.\n",
    );
    let place = |text: &str| html.find(text).unwrap();
    let notes = place("aria-label=\"Footnotes\"");
    assert!(notes < place("First") && place("First") < place("Second"));
    assert!(place("Second") < place("Third"));
    assert!(
        html.contains("aria-label=\"Footnote 3\">3</a></sup>.</p>\n</blockquote>"),
        "{html}"
    );
}

#[test]
fn centered_paragraphs_are_centered() {
    let html = edition("# One\n\n<p align=\"center\">Text</p>\n");
    assert!(html.contains("<div class=\"center\">"), "{html}");
}

#[test]
fn a_long_table_with_links_in_its_head_is_accessible() {
    let rows = "| a | b |\n".repeat(100);
    let text =
        format!("# One\n\n| [A](https://example.org/) | B[^1] |\n|---|---|\n{rows}\n[^1]: Note.\n");
    TestBook::of(&text)
        .set("command = \"mdbook-booklet print\"", "standard = \"ua-1\"")
        .run(&["check"])
        .success()
        .stderr_eq("no errors, no warnings\n");
}

#[test]
fn what_the_site_hides_is_hidden() {
    let html = edition(
        "# One\n\n<div class=\"hidden\">unseen</div>\n\n<p hidden>unseen</p>\n\nA <span class=\"hidden\">unseen</span>word.\n\n<noscript>Without scripts.</noscript>\n",
    );
    assert!(!html.contains("unseen"), "{html}");
    assert!(
        html.contains("Without scripts."),
        "an edition has none: {html}"
    );
}

#[test]
fn raw_html_says_as_much_as_markdown() {
    let html = edition(
        "# One\n\n<p class=\"warning\">Careful</p>\n\n<table><tr><td style=\"text-align: right\">7</td></tr></table>\n\n<ol><li value=\"5\">five</li></ol>\n",
    );
    assert!(html.contains("<div class=\"warning\">"), "{html}");
    assert!(html.contains("<td class=\"right\">7</td>"), "{html}");
    assert!(html.contains("<ol start=\"5\">"), "{html}");
    let book = TestBook::of("# One\n\n<object data=\"a.svg\">A square</object>\n").file(
        "src/a.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>",
    );
    let html = main_of(&book.built());
    assert!(html.contains("alt=\"A square\""), "{html}");
}
