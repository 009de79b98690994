//! What Typst says, in terms of the book.

use super::world::{BookWorld, id};
use crate::diagnostics::{Diagnostic, Place, Source};
use crate::print::doc::{Doc, Item, Resolved};
use crate::print::typst::{image_path, item_path};
use std::collections::HashMap;
use std::ops::Range;
use typst::diag::{Severity, SourceDiagnostic};
use typst::syntax::{DiagSpan, FileId, LinkedNode, Side, ast};
use typst::{World, WorldExt};

/// Knows which chapter each file was written from.
pub struct Places<'a> {
    world: &'a BookWorld,
    /// In reading order.
    chapters: Vec<(FileId, &'a Source)>,
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
        let mut places: Vec<_> = spans
            .iter()
            .find_map(|span| self.in_chapter(*span))
            .into_iter()
            .collect();
        if places.is_empty() {
            places.extend(spans.iter().find_map(|span| self.in_theme(*span)));
        }
        // What a standard forbids is often said without a place.
        if places.is_empty()
            && let Some(c) = character(&said.message)
        {
            let sources = self.chapters.iter();
            places.extend(sources.filter_map(|(_, source)| first(source, c)));
        }
        diagnostic.places.extend(places);
        let hints: Vec<_> = said.hints.iter().map(|hint| hint.v.as_str()).collect();
        match hints.is_empty() {
            true => diagnostic,
            false => diagnostic.hint(hints.join("; ")),
        }
    }

    /// The place in a chapter from which a piece of markup was written: that of
    /// the text in it, if it stands there once, or else the chapter.
    fn in_chapter(&self, span: DiagSpan) -> Option<Place> {
        let id = span.id()?;
        let (_, source) = self.chapters.iter().find(|(chapter, _)| *chapter == id)?;
        let text = || {
            let markup = self.world.source(id).ok()?;
            let range = self.world.range(span)?;
            // All text of the book is in literals.
            let quote = range.start + markup.text().get(range)?.find('"')?;
            let leaf = LinkedNode::new(markup.root()).leaf_at(quote, Side::After)?;
            Some(leaf.cast::<ast::Str>()?.get().to_string())
        };
        let found = text().and_then(|text| once(&source.text, &text));
        Some(found.map_or_else(|| source.whole(), |at| source.at(at)))
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

/// The place of a text, if it stands there once, or of a word of it that does:
/// in a chapter its white space and marks may differ.
fn once(source: &str, text: &str) -> Option<Range<usize>> {
    let mut words: Vec<_> = text.split_whitespace().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    std::iter::once(text.trim()).chain(words).find_map(|text| {
        let mut found = source.match_indices(text).filter(|_| !text.is_empty());
        let (at, _) = found.next()?;
        found.next().is_none().then_some(at..at + text.len())
    })
}

/// The character that a message names as a literal of Typst's.
fn character(message: &str) -> Option<char> {
    let name = message.split("`\"").nth(1)?.split("\"`").next()?;
    let code = name
        .strip_prefix("\\u{")
        .and_then(|code| code.strip_suffix('}'));
    let mut chars = name.chars();
    match (code, chars.next(), chars.next()) {
        (Some(code), ..) => char::from_u32(u32::from_str_radix(code, 16).ok()?),
        (None, Some(c), None) => Some(c),
        _ => None,
    }
}

/// Where a chapter has a character for the first time.
fn first(source: &Source, c: char) -> Option<Place> {
    let at = source.text.find(c)?;
    Some(source.at(at..at + c.len_utf8()))
}
