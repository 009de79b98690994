//! The oracle: what the print backend reads in a chapter is what mdBook's own
//! HTML backend shows of it, word for word.
//!
//! Asked for all examples of the CommonMark specification and of the extensions
//! that mdBook enables, which the parser's crate carries as its own tests and
//! Cargo keeps with its source; nothing of them is copied here. Where the two
//! may differ, `oracle/differences.toml` says why.
//!
//! The same for whole books on disk, chapter by chapter, after mdBook's own
//! preprocessors (`links`, `index`) and no others:
//!
//! ```text
//! ORACLE_BOOKS=/books/one:/books/two cargo test --test suite oracle_of_books -- --nocapture
//! ```

mod document;
mod examples;
mod site;

use mdbook_booklet::diagnostics::{Report, Severity};
use mdbook_booklet::print::doc::Item;
use mdbook_booklet::print::{self, read};
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use mdbook_html::HtmlHandlebars;
use mdbook_renderer::book::{Book, BookItem, Chapter};
use mdbook_renderer::{RenderContext, Renderer};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// A chapter whose name is not its text's, so that a title is known to be read.
const NAME: &str = "(the name in SUMMARY.md)";

/// What an example may differ in, and why.
#[derive(Deserialize)]
struct Differences {
    difference: Vec<Difference>,
}

#[derive(Deserialize)]
struct Difference {
    /// The names of the examples.
    examples: Vec<String>,
    reason: String,
}

/// Texts of the same page: as the site shows it and as the document has it.
struct Pair {
    page: String,
    site: String,
    document: String,
}

impl Pair {
    fn differs(&self) -> bool {
        self.site != self.document
    }

    /// The first words that differ, with some before.
    fn shown(&self) -> String {
        let site: Vec<_> = self.site.split(' ').collect();
        let document: Vec<_> = self.document.split(' ').collect();
        let same = site
            .iter()
            .zip(&document)
            .take_while(|(a, b)| a == b)
            .count();
        let around = |words: &[&str]| {
            let from = same.saturating_sub(4);
            words[from..words.len().min(same + 8)].join(" ")
        };
        format!(
            "{}\n  site:     {}\n  document: {}\n",
            self.page,
            around(&site),
            around(&document)
        )
    }
}

/// Reads a book both ways.
fn pairs(context: &RenderContext) -> (Vec<Pair>, Report) {
    HtmlHandlebars::new().render(context).unwrap();
    let mut report = Report::default();
    let (doc, _) = read::read(context, &mut report);
    let chapters = doc.items.iter().filter_map(|item| match item {
        Item::Chapter(chapter) => Some(chapter),
        Item::Part { .. } => None,
    });
    let pairs = chapters.map(|chapter| {
        let page = chapter.page.clone().unwrap();
        let html = context
            .destination
            .join(Path::new(&page).with_extension("html"));
        let html = std::fs::read_to_string(html).unwrap();
        Pair {
            site: site::words(&html),
            document: document::words(chapter, NAME),
            page,
        }
    });
    (pairs.collect(), report)
}

/// A book of chapters that lie on no disk. They are within one, since those on
/// top begin new pages.
fn context(root: &Path, chapters: &[(String, String)]) -> RenderContext {
    let mut top = Chapter::new(NAME, String::new(), "top.md", Vec::new());
    let items = chapters.iter().map(|(name, text)| {
        let path = format!("{name}.md");
        BookItem::Chapter(Chapter::new(NAME, text.clone(), path, Vec::new()))
    });
    top.sub_items = items.collect();
    let config = "[output.html]\nprint.enable = false\nsearch.enable = false\n[output.print]\n";
    let config: Config = config.parse().unwrap();
    std::fs::create_dir_all(root.join("src")).unwrap();
    RenderContext::new(
        root,
        Book::new_with_items(vec![BookItem::Chapter(top)]),
        config,
        root.join("site"),
    )
}

#[test]
fn oracle_of_examples() {
    let differences = include_str!("oracle/differences.toml");
    let differences: Differences = toml::from_str(differences).unwrap();
    let mut reasons: BTreeMap<_, _> = differences
        .difference
        .iter()
        .flat_map(|difference| {
            assert!(!difference.reason.is_empty());
            let examples = difference.examples.iter();
            examples.map(|example| (example.clone(), difference.reason.as_str()))
        })
        .collect();

    let (examples, unparsable) = examples::all();
    assert!(examples.len() > 900, "{}", examples.len());
    let root = tempfile::tempdir().unwrap();
    let context = context(root.path(), &examples);
    let (pairs, _) = pairs(&context);
    assert_eq!(pairs.len(), examples.len() + 1);
    let mut wrong = String::new();
    for pair in pairs.iter().filter(|pair| pair.differs()) {
        let name = pair.page.trim_end_matches(".md");
        if reasons.remove(name).is_none() {
            wrong.push_str(&pair.shown());
        }
    }
    for name in unparsable {
        if reasons.remove(&name).is_none() {
            wrong.push_str(&format!("{name} makes the parser panic\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(reasons.is_empty(), "these differ no more: {reasons:?}");

    let report = print::check(&context, "print");
    let errors: Vec<_> = report
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// Takes the context of a backend when mdBook calls it.
struct Capture(std::cell::RefCell<Option<RenderContext>>);

impl Renderer for Capture {
    fn name(&self) -> &str {
        "html"
    }

    fn render(&self, context: &RenderContext) -> mdbook_renderer::errors::Result<()> {
        *self.0.borrow_mut() = Some(context.clone());
        Ok(())
    }
}

#[test]
fn oracle_of_books() {
    let Some(books) = std::env::var_os("ORACLE_BOOKS") else {
        return;
    };
    let mut wrong = 0;
    for folder in std::env::split_paths(&books) {
        let build = tempfile::tempdir().unwrap();
        let theirs = Config::from_disk(folder.join("book.toml")).unwrap();
        let mut config = Config::default();
        config.book = theirs.book.clone();
        if let Ok(Some(html)) = theirs.get::<toml::Table>("output.html") {
            // Their own templates are no part of the comparison.
            let html: toml::Table = html.into_iter().filter(|(key, _)| key != "theme").collect();
            config.set("output.html", html).unwrap();
        }
        config.build.create_missing = false;
        config.build.build_dir = build.path().to_owned();
        config.set("output.html.print.enable", false).unwrap();
        config.set("output.html.search.enable", false).unwrap();
        let book = MDBook::load_with_config(&folder, config).unwrap();
        let capture = Capture(None.into());
        book.execute_build_process(&capture).unwrap();
        let mut context = capture.0.take().unwrap();
        context
            .book
            .for_each_chapter_mut(|chapter| chapter.name = NAME.into());
        let (pairs, _) = pairs(&context);
        println!("{}: {} chapters", folder.display(), pairs.len());
        for pair in pairs.iter().filter(|pair| pair.differs()) {
            println!("{}", pair.shown());
            wrong += 1;
        }
    }
    assert_eq!(wrong, 0, "chapters that differ");
}
