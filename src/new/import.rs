//! Many new entries at once, from the file of a reference manager.

use super::{Book, Given, create};
use crate::diagnostics::{Diagnostic, Place, Report, Source};
use crate::references::import::{Found, read};
use crate::resources::{address, io_message};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What came of an import.
#[derive(Debug, Default)]
pub struct Imported {
    /// The new files by their path from the book's root, each with its text.
    pub files: Vec<(PathBuf, String)>,
    /// How many entries are in the registry already, or twice in the file.
    pub skipped: usize,
}

/// Reads a file in BibTeX or CSL-JSON and writes an entry for each of its
/// resources into the registry of the book in the folder `dir`; or, in a `rehearsal`,
/// only says which.
///
/// What leads where an entry of the registry leads is skipped with a warning.
/// What has no title or no address is left out with an error, and the rest is
/// written all the same: when that is mended, importing the file again adds it.
pub fn import(
    dir: &Path,
    file: &Path,
    given: &Given,
    rehearsal: bool,
    report: &mut Report,
) -> Option<Imported> {
    // Places in the book are named from here, as the file is.
    let mut of_book = Report::default();
    let book = Book::load(dir, &mut of_book);
    let checked = book
        .as_ref()
        .and_then(|book| book.check_given(given, &mut of_book));
    report.extend(match dir == Path::new(".") {
        true => of_book,
        false => of_book.seen_from(dir),
    });
    let (book, ()) = (book?, checked?);
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned(),
        Err(error) => {
            let message = format!("the file cannot be read: {}", io_message(&error));
            report.push(Diagnostic::error(message).at(Place::file(file)));
            return None;
        }
    };
    let found = read(&Source::file(file, text), report);
    let mut done = Imported::default();
    for (file, text) in entries(&book, found, given, &mut done.skipped, report) {
        if rehearsal || create(dir, &file, &text, report) {
            done.files.push((file, text));
        }
    }
    Some(done)
}

/// The files of what is new.
fn entries(
    book: &Book<'_>,
    found: Vec<Found>,
    given: &Given,
    skipped: &mut usize,
    report: &mut Report,
) -> Vec<(PathBuf, String)> {
    let mut known: BTreeMap<String, (String, Place)> = BTreeMap::new();
    for (form, (id, mut place)) in book.known() {
        if book.dir != Path::new(".") {
            place.file = book.dir.join(&place.file);
        }
        known.insert(form, (format!("`{id}` of the registry"), place));
    }
    let steps = book.steps();
    let mut ids = BTreeSet::new();
    let mut files = Vec::new();
    for Found {
        key,
        place,
        mut draft,
    } in found
    {
        let form = address::canonical(&draft.url);
        if let Some((other, first)) = known.get(&form) {
            report.push(
                Diagnostic::warning(format!("`{key}` leads where {other} leads, and is skipped"))
                    .at(place)
                    .at(first.clone().label("this is kept")),
            );
            *skipped += 1;
            continue;
        }
        known.insert(form, (format!("`{key}`"), place.clone()));
        if !given.steps.is_empty() {
            draft.steps.clone_from(&given.steps);
        }
        if !given.topics.is_empty() {
            draft.topics.clone_from(&given.topics);
        }
        draft.kind = given.kind.or(draft.kind);
        let (ours, others): (Vec<_>, _) = draft
            .steps
            .into_iter()
            .partition(|step| steps.is_empty() || steps.contains(step));
        draft.steps = ours;
        for step in others {
            report.push(
                Diagnostic::warning(format!(
                    "the step `{step}` of `{key}` is none of this book, and is left out"
                ))
                .at(place.clone()),
            );
        }
        let taken = |id: &str| ids.contains(id) || book.dir.join(book.resource_file(id)).exists();
        for (missing, what) in [
            (draft.authors.is_empty(), "author"),
            (draft.year.is_none(), "year"),
        ] {
            if missing {
                report.push(
                    Diagnostic::warning(format!("`{key}` has no {what}"))
                        .at(place.clone())
                        .hint("its place is left open in the new file"),
                );
            }
        }
        let id = draft.id(&key, &taken);
        files.push((book.resource_file(&id), draft.toml()));
        ids.insert(id);
    }
    files
}
