//! Whether a finished edition holds what the book has: each link leads where
//! it should, each picture and each footnote is there.
//!
//! What must be there is noted while links and images are resolved
//! ([`Promises`]); what is there is read from the finished file ([`Finished`]).
//! A theme of one's own may leave something out, and a fault of this tool or of
//! Typst may: either way the reader of an edition would miss it, so it is said.

mod html;
mod pdf;

pub use html::html;
pub use pdf::pdf;

use super::doc::{Doc, ImageId, Inline, Item, Resolved, Target};
use crate::config::Edition;
use crate::diagnostics::{Diagnostic, Place};
use crate::markdown::footnote_mark;
use std::ops::Range;

/// What an edition must hold, in reading order.
#[derive(Debug, Default)]
pub struct Promises {
    all: Vec<Promise>,
}

/// One thing that an edition must hold.
#[derive(Debug)]
struct Promise {
    what: Promised,
    /// The index of its chapter in [`Doc::items`].
    chapter: usize,
    /// Its place in the chapter's text; a footnote's is looked up when needed.
    at: Option<Range<usize>>,
}

/// A link, a picture or a footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Promised {
    Link(Target),
    Image(ImageId),
    /// By its index in its chapter.
    Note(usize),
}

impl Promises {
    /// Notes a link that shows something to follow it by.
    pub fn link(
        &mut self,
        chapter: usize,
        to: &Target,
        content: &[Inline<Resolved>],
        at: Range<usize>,
    ) {
        if content.iter().any(shows) {
            self.add(Promised::Link(to.clone()), chapter, Some(at));
        }
    }

    /// Notes a picture.
    pub fn image(&mut self, chapter: usize, image: ImageId, at: Range<usize>) {
        self.add(Promised::Image(image), chapter, Some(at));
    }

    /// Notes the footnotes of a chapter.
    pub fn notes(&mut self, chapter: usize, count: usize) {
        (0..count).for_each(|note| self.add(Promised::Note(note), chapter, None));
    }

    fn add(&mut self, what: Promised, chapter: usize, at: Option<Range<usize>>) {
        self.all.push(Promise { what, chapter, at });
    }
}

/// Whether an inline leaves a mark on the page.
fn shows(inline: &Inline<Resolved>) -> bool {
    match inline {
        Inline::Text(text) | Inline::Code(text) => text.chars().any(char::is_alphanumeric),
        Inline::Styled(_, content)
        | Inline::Link { content, .. }
        | Inline::Span { content, .. } => content.iter().any(shows),
        Inline::Image(_) | Inline::Math(_) => true,
        Inline::Note(_) | Inline::Anchor(_) | Inline::Break => false,
    }
}

/// The name of a footnote, unique in the document.
pub fn note_name(doc: &Doc<Resolved>, chapter: usize, note: usize) -> String {
    let anchor = match &doc.items[chapter] {
        Item::Part { anchor, .. } => *anchor,
        Item::Chapter(chapter) => chapter.anchor,
    };
    format!("{}--note-{}", doc.anchors[anchor.0], note + 1)
}

/// A finished edition, as far as it matters here.
trait Finished {
    /// Takes a link to an address, a picture or a place out of the edition;
    /// false if there is none left.
    fn take(&mut self, doc: &Doc<Resolved>, chapter: usize, what: &Promised) -> bool;
}

/// Says what an edition has not.
fn missing(
    edition: Edition,
    doc: &Doc<Resolved>,
    promises: &Promises,
    finished: &mut impl Finished,
) -> Vec<Diagnostic> {
    let edition = name(edition);
    let mut missing = Vec::new();
    for promise in &promises.all {
        if finished.take(doc, promise.chapter, &promise.what) {
            continue;
        }
        let what = match &promise.what {
            Promised::Link(Target::Url(url)) => format!("the link to `{url}`"),
            Promised::Link(Target::Anchor(_)) => "this link".into(),
            Promised::Image(_) => "this image".into(),
            Promised::Note(_) => "this footnote".into(),
        };
        let mut said = Diagnostic::warning(format!("{what} is not in the {edition}"))
            .hint("a theme of the book's own must show all that it is given");
        said.places.extend(place(doc, promise));
        missing.push(said);
    }
    missing
}

/// A link of the finished edition that no reader can follow.
fn dead(edition: Edition, href: &str) -> Diagnostic {
    Diagnostic::warning(format!(
        "a link of the {} leads to `{href}`, which is not there",
        name(edition)
    ))
}

fn name(edition: Edition) -> &'static str {
    match edition {
        Edition::Pdf => "PDF",
        Edition::Html => "one-file HTML",
    }
}

fn place(doc: &Doc<Resolved>, promise: &Promise) -> Option<Place> {
    let Item::Chapter(chapter) = &doc.items[promise.chapter] else {
        return None;
    };
    let source = &chapter.source;
    let at = promise.at.clone().or_else(|| match promise.what {
        Promised::Note(note) => footnote_mark(&source.text, note),
        Promised::Link(_) | Promised::Image(_) => None,
    });
    Some(at.map_or_else(|| source.whole(), |at| source.at(at)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::PrintConfig;
    use crate::diagnostics::Report;
    use crate::print::{read, resolve, theme::Theme};
    use lopdf::Document;
    use mdbook_renderer::RenderContext;
    use mdbook_renderer::book::{Book, BookItem, Chapter};
    use std::path::Path;
    use std::sync::Arc;

    const TEXT: &str = "# One\n\n[there](#below) and [out](https://example.org/a.md)[^n]\n\n![dot](data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20width='9'%20height='9'/%3E)\n\n## Below\n\n[^n]: Note.\n";

    fn book() -> (Doc<Resolved>, Promises) {
        let mut book = Book::new();
        let chapter = Chapter::new("One", TEXT.to_owned(), "one.md", Vec::new());
        book.items.push(BookItem::Chapter(chapter));
        let context = RenderContext::new("none", book, Default::default(), "none");
        let mut report = Report::default();
        let (doc, places) = read::read(&context, &mut report);
        let resolved = resolve::resolve(&context, doc, &places, false, &mut report);
        assert!(report.is_empty(), "{report:?}");
        resolved
    }

    fn messages(said: Vec<Diagnostic>) -> Vec<String> {
        said.into_iter().map(|said| said.message).collect()
    }

    /// What is said of the HTML after a change.
    fn changed(from: &str, to: &str) -> Vec<String> {
        let (doc, promises) = book();
        let theme = Theme::load(Path::new("none"), &mut Report::default());
        let file = crate::print::html::write(&doc, &theme);
        assert!(file.contains(from), "{from} is not in {file}");
        messages(html(&file.replace(from, to), &doc, &promises))
    }

    #[test]
    fn what_a_page_lacks() {
        assert_eq!(changed("one--below", "one--below"), [""; 0]);
        assert_eq!(
            changed("id=\"one--below\"", ""),
            ["a link of the one-file HTML leads to `#one--below`, which is not there"]
        );
        assert_eq!(
            changed("<a href=\"#one--below\">", "<a>"),
            ["this link is not in the one-file HTML"]
        );
        for to in [
            "other.md",
            "other.html",
            "file:///etc/passwd",
            "/x",
            "JavaScript:x",
        ] {
            assert_eq!(
                changed(
                    "href=\"https://example.org/a.md\"",
                    &format!("href=\"{to}\"")
                ),
                [
                    format!("a link of the one-file HTML leads to `{to}`, which is not there"),
                    "the link to `https://example.org/a.md` is not in the one-file HTML".into()
                ]
            );
        }
        assert_eq!(
            changed("<img src=\"", "<img src=\"https://example.org/"),
            [
                format!(
                    "a link of the one-file HTML leads to `https://example.org/{}`, which is not there",
                    super::super::html::data_uri(&book().0.images[0])
                ),
                "this image is not in the one-file HTML".into()
            ]
        );
        assert_eq!(
            changed("<a href=\"#one--note-1\"", "<a"),
            ["this footnote is not in the one-file HTML"]
        );
    }

    /// What is said of the PDF after a change to all its links.
    fn relinked(change: impl Fn(&mut lopdf::Dictionary)) -> Vec<String> {
        let (doc, promises) = book();
        let (config, mut report) = (PrintConfig::default(), Report::default());
        let theme = Theme::load(Path::new("none"), &mut report);
        let job = super::super::pdf::Job::new(&doc, &config, &theme, &mut report);
        let mut set = job
            .and_then(|job| job.set(&mut report))
            .expect("it can be set");
        let mut file = Document::load_mem(&set.bytes).expect("a PDF");
        for object in file.objects.values_mut() {
            if let Ok(link) = object.as_dict_mut()
                && link.has(b"Rect")
            {
                change(link);
            }
        }
        let mut bytes = Vec::new();
        file.save_to(&mut bytes).expect("a vector takes all");
        set.bytes = Arc::new(bytes);
        messages(set.prove(&doc, &promises))
    }

    #[test]
    fn what_a_pdf_lacks() {
        assert_eq!(relinked(|_| ()), [""; 0]);
        let no_links = relinked(|link| link.set("Subtype", "Text"));
        assert_eq!(
            no_links,
            [
                "this footnote is not in the PDF",
                "this link is not in the PDF",
                "the link to `https://example.org/a.md` is not in the PDF",
            ]
        );
        let nowhere = relinked(|link| {
            if link.has(b"Dest") {
                link.set("Dest", lopdf::Object::string_literal("gone"));
            }
        });
        assert!(
            nowhere.contains(&"a link of the PDF leads to `gone`, which is not there".into()),
            "{nowhere:?}"
        );
    }
}
