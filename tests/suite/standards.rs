//! What a standard or Typst objects to is said in terms of the Markdown.

use crate::harness::TestBook;
use snapbox::{IntoData, str};

fn said(text: &str, standard: &str, expected: impl IntoData) {
    let book = TestBook::of(text).set(
        "command = \"mdbook-booklet print\"",
        &format!("standard = \"{standard}\""),
    );
    book.command()
        .env("SOURCE_DATE_EPOCH", "1700000000")
        .arg("check")
        .assert()
        .stderr_eq(expected);
}

#[test]
fn a_character_for_private_use() {
    said(
        "# One\n\nA private \u{e180} character.\n",
        "a-2a",
        str![[r#"
error: PDF/A-2a error: the PDF contains the codepoint `"/u{e180}"`
 --> src/one.md:3:11
  |
3 | A private  character.
  |           ^
  |
  = help: codepoints from the Unicode private area are forbidden in this export mode

1 error

"#]],
    );
    said(
        "# One\n\nA private \u{e180} character.\n",
        "ua-1",
        "no errors, no warnings\n",
    );
}

#[test]
fn characters_that_are_no_text() {
    said(
        "# One\n\nA bell \u{7} and `a mark \u{feff}` &#xFFFE;.\n",
        "ua-1",
        str![[r#"
warning: the character U+0007 is no text, and is left out
 --> src/one.md:3:8
  |
3 | A bell ␇ and `a mark ﻿` &#xFFFE;.
  |        ^

warning: the character U+FEFF is no text, and is left out
 --> src/one.md:3:22
  |
3 | A bell ␇ and `a mark ﻿` &#xFFFE;.
  |                      ^

warning: the character U+FFFE is no text, and is left out
--> src/one.md

3 warnings

"#]],
    );
}

#[test]
fn an_address_without_end() {
    let text = format!(
        "# One\n\n[link][a]\n\n[a]: https://example.org/{}\n",
        "x".repeat(9000)
    );
    said(
        &text,
        "ua-1",
        str![[r#"
warning: an address of 9020 bytes is too long for a link, and is left out
 --> src/one.md:3:1
  |
3 | [link][a]
  | ^^^^^^^^^
  |
  = help: a PDF takes up to 8000 bytes

1 warning

"#]],
    );
}

#[test]
fn what_fails_in_a_theme() {
    let book = TestBook::of("# One\n\nSee [the place](https://example.org) there.\n").file(
        "theme/print/parts.typ",
        concat!(
            include_str!("../../theme/print/parts.typ"),
            "#let web(url, body) = panic(\"no links\")\n"
        ),
    );
    book.run(&["check"]).failure().stderr_eq(str![[r#"
error: panicked with: no links
 --> src/one.md:3:17
  |
3 | See [the place](https://example.org) there.
  |                 ^^^^^^^^^^^^^^^^^^^

1 error

"#]]);
}
