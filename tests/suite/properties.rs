//! Whatever is written, nothing panics and nothing gets out of its place.

use crate::harness::TestBook;
use mdbook_booklet::diagnostics::Report;
use mdbook_booklet::print;
use mdbook_renderer::RenderContext;
use mdbook_renderer::book::{Book, BookItem, Chapter};
use mdbook_renderer::config::Config;
use proptest::prelude::*;

fn check(text: &str) -> Report {
    let folder = std::env::temp_dir().join("mdbook-booklet-no-such-folder");
    let mut book = Book::new();
    let chapter = Chapter::new("One", text.to_owned(), "one.md", Vec::new());
    book.items.push(BookItem::Chapter(chapter));
    let config: Config = "[output.print]\nstandard = \"none\"".parse().unwrap();
    let context = RenderContext::new(&folder, book, config, folder.join("build"));
    print::check(&context, "print")
}

/// Pieces that begin or end something in Markdown, HTML or Typst.
const PIECES: &[&str] = &[
    "# ",
    "## ",
    "> ",
    "- ",
    "1. ",
    "- [ ] ",
    "\n",
    "\n\n",
    "    ",
    "```\n",
    "~~~",
    "`",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](#a)",
    "](https://example.org)",
    "[^a]",
    "[^a]: ",
    "|",
    "|---|\n",
    ": ",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<p>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<details>",
    "<summary>",
    "<img src=x>",
    "<svg>",
    "</svg>",
    "<!--",
    "-->",
    "<pre>",
    "<a href='x'>",
    "</a>",
    "<script>",
    "<dl>",
    "<dt>",
    "<li>",
    "<figure>",
    "{#id}",
    "{{#x}}",
    "\\",
    "\"",
    "#",
    "$",
    "@",
    "&amp;",
    "&#0;",
    "word",
    " ",
    "é漢🎉",
    "\u{202e}",
    "\t",
    "\r\n",
    "> [!NOTE]\n",
];

/// What the fuzzer tries.
#[path = "../../fuzz/property.rs"]
mod property;

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn any_mix_of_constructs_is_written(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        property::holds(&pieces.concat());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_mix_of_constructs_is_set(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        let text = pieces.concat();
        let report = check(&text);
        let errors: Vec<_> = report
            .iter()
            .filter(|said| said.severity == mdbook_booklet::diagnostics::Severity::Error)
            .collect();
        prop_assert!(errors.is_empty(), "{text:?}: {errors:#?}");
    }

    #[test]
    fn any_text_is_set(text in "\\PC{0,200}") {
        let report = check(&text);
        prop_assert!(report.iter().all(|said| said.severity == mdbook_booklet::diagnostics::Severity::Warning));
    }
}

#[test]
fn the_words_of_a_chapter_reach_the_edition() {
    let text = "# One\n\n<div><p>alpha<table><tr><td>beta</table><blink>gamma</blink>\n\n- delta <span>epsilon\n\n<li>zeta\n\n<object>eta</object>\n";
    let html = TestBook::of(text).built().read("build/print/test.html");
    for word in ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta"] {
        assert!(html.contains(word), "{word} is lost");
    }
}
