//! Typst panics on a few texts. That must reach an author as an error with its
//! chapter, not as a message about Typst's source code.

use super::world::{BookWorld, id};
use crate::diagnostics::{Diagnostic, Place};
use crate::panics::caught;
use crate::print::doc::{Doc, Item, Resolved};
use crate::print::typst::item_path;
use typst::diag::{FileResult, Warned};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};
use typst_layout::PagedDocument;

/// What Typst makes of a book, or why it makes nothing.
pub type Compiled = Warned<typst::diag::SourceResult<PagedDocument>>;

/// Compiles; if Typst panics, gives the error for that.
pub fn compile(world: &BookWorld, doc: &Doc<Resolved>) -> Result<Compiled, Diagnostic> {
    caught(|| typst::compile::<PagedDocument>(world))
        .map_err(|panic| failed(&panic, culprit(world, doc)))
}

fn failed(panic: &str, chapter: Option<Place>) -> Diagnostic {
    let mut error = Diagnostic::error(format!("Typst has failed inside: {panic}"))
        .hint("this is a mistake in Typst; write the text in another way");
    error.places.extend(chapter);
    error
}

/// The first chapter that Typst panics on by itself.
fn culprit(world: &BookWorld, doc: &Doc<Resolved>) -> Option<Place> {
    doc.items
        .iter()
        .enumerate()
        .find_map(|(index, item)| match item {
            Item::Part { .. } => None,
            Item::Chapter(chapter) => {
                let alone = Alone {
                    world,
                    main: id(&item_path(index)),
                };
                let panics = caught(|| typst::compile::<PagedDocument>(&alone)).is_err();
                panics.then(|| chapter.source.whole())
            }
        })
}

/// The world with one of its files as the document.
struct Alone<'a> {
    world: &'a BookWorld,
    main: FileId,
}

impl World for Alone<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.world.library()
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.world.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.world.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.world.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.world.font(index)
    }

    fn today(&self, offset: Option<Duration>) -> Option<Datetime> {
        self.world.today(offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Format, Report};

    #[test]
    fn a_panic_is_an_error_with_its_chapter() {
        let mut report = Report::default();
        report.push(failed("out of bounds", Some(Place::file("src/one.md"))));
        assert_eq!(
            report.render(Format::Human),
            "error: Typst has failed inside: out of bounds\n\
             --> src/one.md\n = help: this is a mistake in Typst; write the text in another way\n\n"
        );
    }
}
