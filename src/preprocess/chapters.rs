//! What stands in each chapter, looked up once.

use crate::diagnostics::{Report, Source};
use crate::markdown::{self, Scan};
use crate::steps;
use mdbook_markdown::MarkdownOptions;
use mdbook_preprocessor::book::Book;
use std::collections::BTreeMap;
use std::path::Path;

/// The chapters of a book by the path of their page.
#[derive(Default)]
pub(super) struct Chapters {
    by_page: BTreeMap<String, ChapterText>,
    /// The pages in reading order.
    order: Vec<String>,
}

/// A chapter's text as received.
pub(super) struct ChapterText {
    /// The path its links are written for.
    pub from: String,
    pub source: Source,
    pub scan: Scan,
}

impl Chapters {
    pub fn collect(
        book: &Book,
        root: &Path,
        src: &Path,
        options: &MarkdownOptions,
        report: &mut Report,
    ) -> Self {
        let mut chapters = Self::default();
        for chapter in book.chapters() {
            let (Some(page), Some(from)) = (steps::page_of(chapter), steps::source_of(chapter))
            else {
                continue;
            };
            let text = chapter.content.clone();
            let scan = markdown::scan(&text, options);
            let source = Source::received(root, src.join(&from), text);
            let scan = scan.unwrap_or_else(|error| {
                report.push(error.diagnostic(&source, 0));
                Scan::default()
            });
            chapters.order.push(page.clone());
            chapters
                .by_page
                .insert(page, ChapterText { from, source, scan });
        }
        chapters
    }

    pub fn get(&self, page: &str) -> Option<&ChapterText> {
        self.by_page.get(page)
    }

    /// The chapters in reading order, by page.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &ChapterText)> {
        self.order
            .iter()
            .filter_map(|page| Some((page.as_str(), self.by_page.get(page)?)))
    }

    /// The first chapter whose directives meet a condition.
    pub fn find(&self, mut with: impl FnMut(&markdown::Directive) -> bool) -> Option<&str> {
        self.order
            .iter()
            .find(|page| {
                let directives = &self.by_page[*page].scan.directives;
                directives.iter().any(&mut with)
            })
            .map(String::as_str)
    }
}
