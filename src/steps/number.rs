//! Numbers of chapters: in the sidebar, in page titles and in headings.

use super::{Entry, Label, Outline, source_of};
use crate::markdown::{self, Edits, Scan};
use mdbook_preprocessor::book::{Book, BookItem, SectionNumber};

/// Numbers the chapters of a book.
///
/// mdBook shows a chapter's `number` before its `name` in the sidebar, unless
/// `no-section-label` is set, and only the `name` in the page's title. So each
/// number is shown once: with mdBook's labels on, as the `number` (and other
/// chapters lose theirs); with them off, as a part of the `name`, and numbers
/// are left to do what else they do, which is to nest the sidebar.
pub fn number_book(book: &mut Book, outline: &Outline, labels_hidden: bool) {
    if outline.steps.is_empty() {
        return;
    }
    book.for_each_mut(|item| {
        let BookItem::Chapter(chapter) = item else {
            return;
        };
        let label = source_of(chapter)
            .and_then(|source| outline.get(&source))
            .and_then(|entry: &Entry| entry.label.clone());
        match label {
            Some(label) => {
                chapter.number = Some(SectionNumber::new(label.numbers()));
                if labels_hidden {
                    chapter.name = label.title(&chapter.name);
                }
            }
            None if labels_hidden => {}
            None => chapter.number = None,
        }
    });
}

/// Puts the label before the chapter's heading, and keeps all ids what they
/// were: a number in a heading would otherwise change the heading's id, and
/// with it those of later headings that mdBook tells apart by counting.
///
/// The class `numbered` tells the print backend that the heading has its number.
pub fn number_heading(label: &Label, text: &str, scan: &Scan, edits: &mut Edits<'_>) {
    let Some(first) = scan.headings.first().filter(|h| h.level == 1) else {
        return;
    };
    edits.insert(first.content.start, markdown::text(&label.prefix()) + " ");
    let tail = first.content.end..first.span.end;
    match (first.explicit, first.setext) {
        (true, _) => {
            if let Some(brace) = text[tail.clone()].find('}') {
                edits.insert(tail.start + brace, " .numbered");
            }
        }
        (false, true) => edits.insert(tail.start, format!(" {{#{} .numbered}}", first.id)),
        // A closing run of `#` says nothing, and attributes come last.
        (false, false) => edits.replace(tail, format!(" {{#{} .numbered}}", first.id)),
    }
    let base = markdown::id_from_content(&first.text);
    for heading in &scan.headings[1..] {
        if !heading.explicit && !first.explicit && markdown::id_from_content(&heading.text) == base
        {
            edits.insert(heading.content.end, format!(" {{#{}}}", heading.id));
        }
    }
}
