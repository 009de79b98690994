//! Input that is broken, or too much of it: the right output or a clear message,
//! in a time and a memory that are bounded.

use crate::harness::TestBook;
use snapbox::{IntoData, str};
use std::time::{Duration, Instant};

fn said(book: TestBook, expected: impl IntoData) {
    book.run(&["check"]).success().stderr_eq(expected);
}

/// What is said of a drawing.
fn drawing(svg: &str, expected: impl IntoData) {
    let book = TestBook::of("# One\n\n![A drawing](a.svg)\n").file("src/a.svg", svg);
    said(book, expected);
}

#[test]
fn pictures_that_cannot_be_shown() {
    // The head of a PNG of 20,000 by 20,000 pixels, which would take 1.6 GB.
    let huge = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0N \0\0N \x08\x06\0\0\0\xe3pF9\0\0\0\0IDAT\x35\xaf\x06\x1e";
    let book = TestBook::of("# One\n\n![A](huge.png) ![B](cut.png) ![C](empty.png)\n")
        .file("src/huge.png", huge)
        .file("src/cut.png", &huge[..20])
        .file("src/empty.png", b"");
    said(
        book,
        str![[r#"
warning: the image `huge.png` cannot be shown: it has 20000 by 20000 pixels, and more than 64 million are too many
 --> src/one.md:3:1
  |
3 | ![A](huge.png) ![B](cut.png) ![C](empty.png)
  | ^^^^^^^^^^^^^^

warning: the image `cut.png` cannot be shown: failed to decode image (unexpected end of file)
 --> src/one.md:3:16
  |
3 | ![A](huge.png) ![B](cut.png) ![C](empty.png)
  |                ^^^^^^^^^^^^^

warning: the image `empty.png` is of no format that an edition can show
 --> src/one.md:3:30
  |
3 | ![A](huge.png) ![B](cut.png) ![C](empty.png)
  |                              ^^^^^^^^^^^^^^^
  |
  = help: PNG, JPEG, GIF, WebP and SVG can be shown

3 warnings

"#]],
    );
}

#[test]
fn a_picture_on_the_web_becomes_a_link() {
    let text = "# One\n\n![Seal](https://example.org/seal.svg) and [![Sign](https://example.org/sign.svg)](https://example.org)\n";
    let book = TestBook::of(text).built();
    let html = book.read("build/print/test.html");
    let seal = "<span class=\"missing-image\"><a href=\"https://example.org/seal.svg\" class=\"web\">Seal</a></span>";
    let sign = "<a href=\"https://example.org\" class=\"web\"><span class=\"missing-image\">Sign</span></a>";
    assert!(html.contains(seal) && html.contains(sign), "{html}");
    said(
        book,
        str![[r#"
warning: the image `https://example.org/seal.svg` is on another host, and nothing is fetched while a book is built
 --> src/one.md:3:1
  |
3 | ![Seal](https://example.org/seal.svg) and [![Sign](https://example.org/sign.svg)](https://example.org)
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: put a copy beside the chapter, if its license allows

warning: the image `https://example.org/sign.svg` is on another host, and nothing is fetched while a book is built
 --> src/one.md:3:44
  |
3 | ![Seal](https://example.org/seal.svg) and [![Sign](https://example.org/sign.svg)](https://example.org)
  |                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: put a copy beside the chapter, if its license allows

2 warnings

"#]],
    );
}

#[test]
fn a_drawing_that_runs_or_fetches() {
    drawing(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"9\" height=\"9\" onload=\"alert(1)\"><script>alert(1)</script><image href=\"file:///etc/passwd\" width=\"9\" height=\"9\"/><image xlink:href='b.png' width=\"9\" height=\"9\"/><rect id=\"r\" width=\"9\" height=\"9\"/><use href=\"#r\"/></svg>",
        str![[r#"
warning: the image `a.svg` shows another, `file:///etc/passwd`, which is left out
 --> src/one.md:3:1
  |
3 | ![A drawing](a.svg)
  | ^^^^^^^^^^^^^^^^^^^
  |
  = help: put it into the drawing itself, as a `data:` address

warning: the image `a.svg` shows another, `b.png`, which is left out
 --> src/one.md:3:1
  |
3 | ![A drawing](a.svg)
  | ^^^^^^^^^^^^^^^^^^^
  |
  = help: put it into the drawing itself, as a `data:` address

2 warnings

"#]],
    );
    let entity = "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><text>&a;</text></svg>";
    drawing(
        entity,
        str![[r#"
warning: the image `a.svg` cannot be shown: it is not well-formed SVG
 --> src/one.md:3:1
  |
3 | ![A drawing](a.svg)
  | ^^^^^^^^^^^^^^^^^^^

1 warning

"#]],
    );
}

#[test]
fn a_drawing_that_multiplies_itself() {
    let entities: String = ('b'..='k')
        .map(|name| {
            let before = char::from(name as u8 - 1);
            format!("<!ENTITY {name} \"{}\">", format!("&{before};").repeat(10))
        })
        .collect();
    drawing(
        &format!(
            "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\">{entities}]><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><text>&k;</text></svg>"
        ),
        str![[r#"
warning: the image `a.svg` cannot be shown: it is not well-formed SVG
 --> src/one.md:3:1
  |
3 | ![A drawing](a.svg)
  | ^^^^^^^^^^^^^^^^^^^

1 warning

"#]],
    );
    let uses: String = (1..10)
        .map(|n| {
            let ten = format!("<use href=\"#a{}\"/>", n - 1).repeat(10);
            format!("<g id=\"a{n}\">{ten}</g>")
        })
        .collect();
    drawing(
        &format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><g id=\"a0\"><rect width=\"9\" height=\"9\"/></g>{uses}</svg>"
        ),
        str![[r#"
warning: the image `a.svg` cannot be shown: it is not well-formed SVG
 --> src/one.md:3:1
  |
3 | ![A drawing](a.svg)
  | ^^^^^^^^^^^^^^^^^^^

1 warning

"#]],
    );
    let deep = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">{}</svg>",
        "<g>".repeat(20_000) + &"</g>".repeat(20_000)
    );
    drawing(
        &deep,
        str![[r#"
warning: the image `a.svg` cannot be shown: it is not well-formed SVG
 --> src/one.md:3:1
  |
3 | ![A drawing](a.svg)
  | ^^^^^^^^^^^^^^^^^^^

1 warning

"#]],
    );
}

/// Each of these takes a second or two; what grows with the square of its size
/// would take minutes.
const PATIENCE: Duration = Duration::from_secs(60);

/// Builds a book of one long chapter, and gives its one-file HTML.
fn long(text: &str, formats: &str) -> String {
    let started = Instant::now();
    let book = TestBook::of(&format!("# One\n\n{text}\n"))
        .set("command = \"mdbook-booklet print\"", formats)
        .set("[output.html]", "search.enable = false");
    let output = book.command().arg("check").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        output.status.success() && !said.contains("error: "),
        "{}",
        &said[..said.len().min(2000)]
    );
    assert!(started.elapsed() < PATIENCE, "{:?}", started.elapsed());
    said
}

const HTML: &str = "formats = [\"html\"]";
const BOTH: &str = "formats = [\"pdf\", \"html\"]";

#[test]
fn ten_thousand_levels() {
    for text in ["> ", "- ", "1. ", "*_", "[", "<div>", "<b>", "<ul><li>"] {
        long(&(text.repeat(10_000) + "x"), HTML);
        long(&(text.repeat(500) + "x"), BOTH);
    }
    let said = long(&("<div>\n\n".repeat(10_000) + "x"), HTML);
    assert!(
        said.ends_with("10001 warnings\n"),
        "{}",
        &said[said.len() - 200..]
    );
    long(
        &(0..1000)
            .map(|n| "  ".repeat(n) + "- x\n")
            .collect::<String>(),
        BOTH,
    );
}

#[test]
fn ten_thousand_of_a_kind() {
    long(
        &("| a | b |\n|---|---|\n".to_owned() + &"| 1 | `x` |\n".repeat(10_000)),
        HTML,
    );
    long(
        &("| a | b |\n|---|---|\n".to_owned() + &"| 1 | `x` |\n".repeat(1000)),
        BOTH,
    );
    long(
        &("|a".repeat(1000) + "|\n" + &"|-".repeat(1000) + "|\n"),
        BOTH,
    );
    long(
        "<table><tr><td colspan=1000000000 rowspan=4000000000>x</td></tr><tr><td>y</td></tr></table>",
        BOTH,
    );
    long(&"## Same\n\n".repeat(10_000), HTML);
    let said = long(&"[x](no.md)\n".repeat(10_000), HTML);
    assert!(said.ends_with("10000 warnings\n"));
    let notes: String = (0..5000)
        .map(|n| format!("a[^{n}]\n\n[^{n}]: b\n\n"))
        .collect();
    long(&notes, HTML);
}

#[test]
fn a_line_of_a_million_characters() {
    long(&"x".repeat(1_000_000), HTML);
    long(&"x".repeat(100_000), BOTH);
    long(&"word ".repeat(200_000), HTML);
    long(&format!("```\n{}\n```", "x".repeat(1_000_000)), HTML);
    long(
        &format!("```rust\n{}\n```", "fn a() {} ".repeat(10_000)),
        HTML,
    );
    let fence = "`".repeat(10_000);
    long(&format!("{fence}\n{} #panic()\n{fence}", &fence[1..]), BOTH);
}
