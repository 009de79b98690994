//! What the ledger says of a book's links that fails no build and that a
//! maintainer wants to know: `check` tells it.

use super::gone::Outside;
use super::{Input, Model, build_model};
use crate::diagnostics::{Diagnostic, Place, Report};
use crate::ledger::{Ledger, Link, Status};
use crate::markdown::{self, Scan};
use crate::resources::Gone;
use mdbook_preprocessor::book::Book;
use std::collections::BTreeMap;

/// The dead links with a copy, the changed ones, and how many resources have no
/// copy; nothing for a book without a ledger.
pub fn notes(input: &Input<'_>, book: &Book) -> Report {
    let mut notes = Report::default();
    if !input
        .root
        .join(Ledger::path(&input.config.book.src))
        .exists()
    {
        return notes;
    }
    // What is wrong, the preprocessor has told.
    let model = build_model(input, book, &mut Report::default());
    for (url, place) in model.all_links() {
        if let Some(link) = model.ledger.get(&url) {
            notes.extend(note(&model, &url, link).map(|note| note.at(place)));
        }
    }
    notes.extend(without_copy(&model));
    notes
}

fn note(model: &Model<'_>, url: &str, link: &Link) -> Option<Diagnostic> {
    match link.status {
        Status::Dead => {
            let copy = model.gone(url, None)?.copy?;
            Some(Diagnostic::note(format!("`{url}` is dead")).hint(format!(
                "readers are led to the {}: {}",
                copy.words, copy.url
            )))
        }
        Status::Changed => {
            let now = link.now.as_ref();
            let title = |title: Option<&String>| match title {
                Some(title) => format!("“{title}”"),
                None => "without a title".into(),
            };
            let (was, is) = (
                title(link.title.as_ref()),
                title(now.and_then(|now| now.title.as_ref())),
            );
            let at = now
                .and_then(|now| now.url.as_ref())
                .map_or_else(String::new, |url| format!(", at {url}"));
            Some(
                Diagnostic::note(format!("`{url}` has changed: look at it"))
                    .hint(format!("it was {was} and is now {is}{at}")),
            )
        }
        Status::New | Status::Alive | Status::Unknown => None,
    }
}

fn without_copy(model: &Model<'_>) -> Option<Diagnostic> {
    let all = model.registry.iter().count();
    let without: Vec<_> = model
        .registry
        .iter()
        .filter(|resource| {
            let seen = model
                .ledger
                .get(&resource.url)
                .is_some_and(|link| link.archive.is_some());
            // A dead one is told by itself.
            let dead = Gone::resource(&model.ledger, resource).is_some();
            resource.archive.is_none() && !seen && !dead
        })
        .collect();
    if without.is_empty() {
        return None;
    }
    let verb = if without.len() == 1 { "has" } else { "have" };
    let mut note = Diagnostic::note(format!(
        "{} of {all} resources {verb} no archived copy",
        without.len()
    ))
    .hint("`mdbook-booklet links` looks for copies and writes them into the ledger");
    note.places = without
        .iter()
        .map(|resource| resource.place.clone())
        .collect();
    Some(note)
}

impl Model<'_> {
    /// All addresses that the book leads to, each where it is written first: in
    /// the registry, in chapters, in questions and answers.
    fn all_links(&self) -> Vec<(String, Place)> {
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        let mut all = Vec::new();
        let mut add = |url: &str, place: Place| {
            if let Some(key) = crate::ledger::key(url) {
                found.entry(key).or_insert_with(|| {
                    all.push((url.to_owned(), place));
                    all.len()
                });
            }
        };
        for resource in self.registry.iter() {
            add(&resource.url, resource.url_place.clone());
        }
        let mut of_text =
            |scan: &Scan, from: &str, place: &dyn Fn(std::ops::Range<usize>) -> Place| {
                for link in scan.links.iter().filter(|link| !link.image) {
                    if let Some(Outside::Address(url)) = self.outside(&link.dest, from) {
                        add(url, place(link.span.clone()));
                    }
                }
            };
        for (_, text) in self.chapters.iter() {
            of_text(&text.scan, &text.from, &|span| text.source.at(span));
        }
        for question in self.bank.questions() {
            let answers = self.bank.answers(&question.slug).iter();
            let answers = answers.map(|answer| (&answer.source, answer.body.clone()));
            for (source, body) in
                std::iter::once((&question.source, question.body.clone())).chain(answers)
            {
                let base = body.start;
                let scan = markdown::scan(&source.text[body], &self.options).unwrap_or_default();
                // Only addresses matter, which are the same from anywhere.
                of_text(&scan, "", &|span| {
                    source.at(base + span.start..base + span.end)
                });
            }
        }
        all
    }
}
