//! What Typst says, in terms of the book.

use super::world::{BookWorld, id};
use crate::diagnostics::{Diagnostic, Place, Source};
use crate::print::doc::{Doc, Item, Resolved};
use crate::print::typst::{image_path, item_path};
use std::collections::HashMap;
use typst::diag::{Severity, SourceDiagnostic};
use typst::syntax::{DiagSpan, FileId};
use typst::{World, WorldExt};

/// Knows which chapter each file was written from.
pub struct Places<'a> {
    world: &'a BookWorld,
    chapters: HashMap<FileId, &'a Source>,
    images: HashMap<FileId, usize>,
}

impl<'a> Places<'a> {
    pub fn new(doc: &'a Doc<Resolved>, world: &'a BookWorld) -> Self {
        let chapters = doc
            .items
            .iter()
            .enumerate()
            .filter_map(|(index, item)| match item {
                Item::Chapter(chapter) => Some((id(&item_path(index)), &chapter.source)),
                Item::Part { .. } => None,
            });
        Self {
            world,
            chapters: chapters.collect(),
            images: (0..doc.images.len())
                .map(|index| (id(&image_path(doc, index)), index))
                .collect(),
        }
    }

    pub fn diagnostic(&self, said: &SourceDiagnostic) -> Diagnostic {
        let message = said.message.trim_end_matches('.').to_owned();
        let mut diagnostic = match said.severity {
            Severity::Error => Diagnostic::error(message),
            Severity::Warning => Diagnostic::warning(message),
        };
        let traced = said.trace.iter().map(|point| DiagSpan::from(point.span));
        let spans: Vec<_> = std::iter::once(said.span).chain(traced).collect();
        // The chapter tells the author most; the theme's line, its maker.
        let chapter = spans.iter().find_map(|span| self.chapters.get(&span.id()?));
        let place = match chapter {
            Some(chapter) => Some(chapter.whole()),
            None => spans.iter().find_map(|span| self.in_theme(*span)),
        };
        diagnostic.places.extend(place);
        let hints: Vec<_> = said.hints.iter().map(|hint| hint.v.as_str()).collect();
        match hints.is_empty() {
            true => diagnostic,
            false => diagnostic.hint(hints.join("; ")),
        }
    }

    fn in_theme(&self, span: DiagSpan) -> Option<Place> {
        let file = span.id()?;
        let path = file
            .vpath()
            .get_without_slash()
            .strip_prefix("theme/")?
            .to_owned();
        if self.images.contains_key(&file) {
            return None;
        }
        let source = self.world.source(file).ok()?;
        let range = self.world.range(span)?;
        Some(Source::file(format!("theme/print/{path}"), source.text()).at(range))
    }
}
