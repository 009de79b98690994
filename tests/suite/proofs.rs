//! What an edition lacks is said, with the line of what is lacking.

use crate::harness::TestBook;
use snapbox::str;

/// A theme that leaves out what it does not like.
const THEME: &str = r#"
#import "page.typ": page-style, title-page, contents
#import "headings.typ": part, chapter, section
#import "parts.typ": *
#import "code.typ": code, long-code
#import "tables.typ": data-table
#import "booklet.typ": division, span, cited, resource-index
#let picture(..) = none
#let web(url, body) = body
#let book(title: "", body, ..) = {
  set document(title: title)
  show footnote.entry: none
  link("next.html")[next]
  body
}
"#;

#[test]
fn a_theme_that_leaves_out_what_it_is_given() {
    let book = TestBook::of(
        "# One\n\nA [link](https://example.org), a [place](#one) and a note.[^a]\n\n![Dot](dot.svg)\n\n[^a]: Note.\n",
    )
    .file(
        "src/dot.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>",
    );
    book.run(&["check"])
        .success()
        .stderr_eq("no errors, no warnings\n");
    let book = book.file("theme/print/book.typ", THEME);
    book.run(&["check"]).success().stderr_eq(str![[r#"
warning: a link of the PDF leads to `next.html`, which is not there

warning: this footnote is not in the PDF
 --> src/one.md:3:59
  |
3 | A [link](https://example.org), a [place](#one) and a note.[^a]
  |                                                           ^^^^
  |
  = help: a theme of the book's own must show all that it is given

warning: the link to `https://example.org` is not in the PDF
 --> src/one.md:3:3
  |
3 | A [link](https://example.org), a [place](#one) and a note.[^a]
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: a theme of the book's own must show all that it is given

warning: this image is not in the PDF
 --> src/one.md:5:1
  |
5 | ![Dot](dot.svg)
  | ^^^^^^^^^^^^^^^
  |
  = help: a theme of the book's own must show all that it is given

4 warnings

"#]]);
}

#[test]
fn a_head_with_links_is_not_repeated() {
    // The head of a table is repeated on further pages, where PDF/UA-1 allows
    // no links, and Typst would count the footnote again.
    let rows = "| 1 | 2 |\n".repeat(90);
    let text = format!("# One\n\n| a[^n] | [b](#one) |\n|---|---|\n{rows}\n[^n]: Note.\n");
    TestBook::of(&text)
        .set("command = \"mdbook-booklet print\"", "standard = \"ua-1\"")
        .run(&["check"])
        .success()
        .stderr_eq("no errors, no warnings\n");
}
