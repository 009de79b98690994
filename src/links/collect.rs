//! Every address of the book that leads out of it, and where it stands.

use crate::config::BookletConfig;
use crate::diagnostics::{Place, Report, Source};
use crate::ledger::key;
use crate::markdown::{self, Scan};
use crate::questions::Bank;
use crate::resources::{Registry, Resource};
use crate::steps;
use mdbook_markdown::MarkdownOptions;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::config::Config;
use std::collections::BTreeMap;
use std::path::Path;

/// An address that the book links to, however often.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Where it stands, in the order of the book.
    pub places: Vec<Place>,
    /// As it is written there.
    pub written: Vec<String>,
    /// The titles that the registry has for it.
    pub titles: Vec<String>,
    /// Whether it is nothing but the archived copy of something else.
    pub is_copy: bool,
}

/// All addresses by their key in the ledger.
pub type All = BTreeMap<String, Wanted>;

/// Reads the registry, the chapters, the questions and the answers. What cannot
/// be read is reported, and then something may be missing.
pub fn collect(
    root: &Path,
    config: &Config,
    booklet: &BookletConfig,
    book: &Book,
    report: &mut Report,
) -> All {
    let mut all = Collector {
        all: All::new(),
        options: markdown::options(config),
    };
    let src = &config.book.src;
    let steps: Vec<_> = booklet.steps.iter().map(|s| steps::step_id(s)).collect();
    let registry = Registry::load(root, src, &booklet.resources, &steps, report);
    registry.iter().for_each(|resource| all.resource(resource));
    for chapter in book.chapters() {
        if let Some(from) = steps::source_of(chapter) {
            let source = Source::received(root, src.join(from), chapter.content.clone());
            all.text(&source, 0, report);
        }
    }
    let folders = (booklet.questions.as_str(), booklet.answers.as_str());
    let bank = Bank::load(root, src, folders, &steps, report);
    for question in bank.questions() {
        all.text(&question.source, question.body.start, report);
        for answer in bank.answers(&question.slug) {
            if let Some(link) = &answer.link {
                all.add(link, find(&answer.source, link));
            }
            all.text(&answer.source, answer.body.start, report);
        }
    }
    all.all
}

struct Collector {
    all: All,
    options: MarkdownOptions,
}

impl Collector {
    fn add(&mut self, url: &str, place: Place) -> Option<&mut Wanted> {
        let wanted = self.all.entry(key(url)?).or_default();
        if !wanted.places.contains(&place) {
            wanted.places.push(place);
            wanted.written.push(url.to_owned());
        }
        wanted.is_copy = false;
        Some(wanted)
    }

    fn resource(&mut self, resource: &Resource) {
        if let Some(wanted) = self.add(&resource.url, resource.url_place.clone()) {
            wanted.titles.push(resource.title.clone());
        }
        if let Some(archive) = &resource.archive {
            let known = key(archive).is_some_and(|key| self.all.contains_key(&key));
            let text = Source::file(resource.place.file.clone(), resource.url_place.text.clone());
            if let Some(wanted) = self.add(archive, find(&text, archive)) {
                wanted.is_copy = !known;
            }
        }
    }

    fn text(&mut self, source: &Source, base: usize, report: &mut Report) {
        let scan = markdown::scan(&source.text[base..], &self.options);
        let scan = scan.unwrap_or_else(|error| {
            report.push(error.diagnostic(source, base));
            Scan::default()
        });
        let links = scan.links.iter().map(|link| (&link.dest, &link.span));
        let definitions = scan.definitions.iter().map(|d| (&d.dest, &d.span));
        for (dest, span) in links.chain(definitions) {
            self.add(dest, source.at(base + span.start..base + span.end));
        }
    }
}

/// Where a text stands in a file.
fn find(source: &Source, text: &str) -> Place {
    match source.text.find(text) {
        Some(at) => source.at(at..at + text.len()),
        None => source.whole(),
    }
}
