//! What must hold for any text of a chapter: it is read, resolved and written
//! without a panic, the markup is Typst without a mistake, and all that the
//! one-file HTML must hold is in it. The suite tries it too, on texts of its own.

use mdbook_booklet::diagnostics::{Report, Severity};
use mdbook_booklet::print;
use mdbook_renderer::RenderContext;
use mdbook_renderer::book::{Book, BookItem, Chapter};
use mdbook_renderer::config::Config;
use typst::syntax::parse;

/// Panics with what does not hold.
pub fn holds(text: &str) {
    let config: Config = "[output.print]\nstandard = \"none\""
        .parse()
        .expect("it is TOML");
    let chapter = Chapter::new("One", text.to_owned(), "one.md", Vec::new());
    let mut book = Book::new();
    book.items.push(BookItem::Chapter(chapter));
    // Not there, so that nothing is read from a disk.
    let context = RenderContext::new("no-such-folder", book, config, "no-such-folder");
    let mut report = Report::default();
    for markup in print::markup(&context, "print", &mut report) {
        let (errors, _) = parse(&markup).errors_and_warnings();
        assert!(errors.is_empty(), "{errors:?} in {markup}");
    }
    for said in report.iter() {
        let proved = said.message.contains("is not in the one-file HTML")
            || said.message.contains("which is not there");
        assert!(said.severity == Severity::Warning && !proved, "{said:?}");
    }
}
