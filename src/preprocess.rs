//! The preprocessor: from the book as written to Markdown that stock mdBook
//! understands.
//!
//! First everything is collected (registry, bank, outline, what stands in each
//! chapter), then every text is rewritten once, with all of that at hand.

mod assemble;
mod chapters;
mod citations;
mod contribute;
mod directives;
mod gone;
mod images;
mod notes;
mod rewrite;
mod site;

use crate::config::{BookConfig, BookletConfig};
use crate::diagnostics::Report;
use crate::ledger::Ledger;
use crate::plugin;
use crate::questions::Bank;
use crate::repository::Repository;
use crate::resources::Registry;
use crate::steps::{self, Outline};
use chapters::Chapters;
use citations::Citations;
use mdbook_markdown::MarkdownOptions;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::config::Config;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

pub use notes::notes;

/// What the preprocessor is given.
pub struct Input<'a> {
    /// The book's root folder.
    pub root: &'a Path,
    /// Its configuration.
    pub config: &'a Config,
    /// The backend it works for. The site folds answers into their question's
    /// page; editions put them behind the questions.
    pub renderer: &'a str,
}

/// Everything that is known about the book before a text is changed.
struct Model<'a> {
    config: BookletConfig,
    registry: Registry,
    /// What is known of the links.
    ledger: Ledger,
    bank: Bank,
    outline: Outline,
    chapters: Chapters,
    repository: Option<Repository>,
    options: MarkdownOptions,
    root: &'a Path,
    src: &'a Path,
    site: bool,
    /// The editions beside the site: the file, and what it is.
    downloads: Vec<(String, &'static str)>,
    /// Where entries are cited; only the site says it.
    citations: Citations,
    /// The entries that a text has linked to or a list has shown.
    used: RefCell<BTreeSet<String>>,
}

/// Preprocesses a book. Errors and warnings are in the report; with an error in
/// it the book must not be used.
pub fn preprocess(input: &Input<'_>, mut book: Book) -> (Book, Report) {
    let mut report = Report::default();
    let report = &mut report;
    let mut model = build_model(input, &book, report);
    model.enter_questions(report);
    if model.site {
        model.citations = model.cite();
    }

    model.rewrite_chapters(&mut book, report);
    model.insert_questions(&mut book, report);
    model.check_unused(report);
    model.check_gone(report);
    let html = input.config.html_config().unwrap_or_default();
    steps::number_book(&mut book, &model.outline, html.no_section_label);
    (book, std::mem::take(report))
}

/// Collects what is known.
fn build_model<'a>(input: &Input<'a>, book: &Book, report: &mut Report) -> Model<'a> {
    let book_config = BookConfig::new(input.root, input.config);
    book_config.check_folders(input.root, report);
    let config = book_config.booklet(report);

    let src = &input.config.book.src;
    let step_ids: Vec<_> = config
        .steps
        .iter()
        .map(|file| steps::step_id(file))
        .collect();
    let registry = Registry::load(input.root, src, &config.resources, &step_ids, report);
    let folders = (config.questions.as_str(), config.answers.as_str());
    // What is wrong with the ledger is reported; without it, no link is marked.
    let ledger = Ledger::load(input.root, src, report).unwrap_or_default();
    let bank = Bank::load(input.root, src, folders, &step_ids, report);
    let place = |index| book_config.step_place(index);
    let outline = Outline::collect(book, &config.steps, place, report);
    let options = crate::markdown::options(input.config);
    let chapters = Chapters::collect(book, input.root, src, &options, report);
    Model {
        config,
        registry,
        ledger,
        bank,
        outline,
        chapters,
        repository: Repository::from_config(input.config),
        options,
        root: input.root,
        src,
        downloads: site::editions(input.config),
        citations: Citations::default(),
        site: is_site(input),
        used: RefCell::default(),
    }
}

/// Whether the book is made for the site, or for the files beside it.
fn is_site(input: &Input<'_>) -> bool {
    let beside = plugin::outputs(input.config, "site");
    input.renderer == "html" || beside.iter().any(|name| name == input.renderer)
}

impl Model<'_> {
    /// Names entries of the registry that nothing shows.
    fn check_unused(&self, report: &mut Report) {
        use crate::diagnostics::Diagnostic;
        let used = self.used.borrow();
        for resource in self.registry.iter().filter(|r| !used.contains(&r.id)) {
            report.push(
                Diagnostic::warning(format!("the resource `{}` is not used", resource.id))
                    .at(resource.place.clone())
                    .hint("link to it from a text, or let a `{{#resources}}` list it"),
            );
        }
    }
}
