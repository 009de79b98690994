//! From mdBook's book to a document: Markdown and raw HTML end here.
//!
//! Markdown means what its HTML means, as on the site. Of HTML:
//!
//! | written | in an edition |
//! |---|---|
//! | `h1`–`h6`, `p`, `blockquote`, `pre`, `hr`, `ul`, `ol` (with `start`, or `value` of its first item), `li`, `dl`, `table` (with `caption`, spans, alignment), `figure` | what it is |
//! | `details` | its summary and what it holds, open |
//! | `div`, `section` and other divisions, `p` with a class | what they hold; their classes stay, for the theme: `warning` is a callout |
//! | `center`, `align="center"` | centered |
//! | `em`, `i`, `cite`, `dfn`, `var`; `strong`, `b`; `del`, `s`, `strike`; `ins`, `u`; `sub`; `sup`; `mark`; `small`; `kbd`; `q` | text in that style, also around blocks |
//! | `code`, `tt`, `samp` | code, with the links in it |
//! | `span`, `abbr`, `time`, `ruby` and others that mean nothing by themselves | their text; the classes of it stay |
//! | `br`; `wbr` | the end of a line; where a word may break |
//! | `a href`; `a name`, `id` of any element | a link, also around blocks; a place that links lead to |
//! | `img`, `picture`, `object` and `embed` of a picture | the picture |
//! | `svg` | the picture; its words are `aria-label` or its `title` |
//! | `<i class="fa-…">` | Font Awesome's icon, as mdBook draws it |
//! | `iframe`, `video`, `audio`, other `object` and `embed` | a link to what would play, and a warning |
//! | `class="hidden"`, `hidden` | nothing, as on the site |
//! | `noscript` | what it holds: an edition runs no scripts |
//! | `script`, `style`, `template`, `head` | nothing, and a warning |
//! | `math` of the author's own | its text, and a warning |
//! | comments | nothing |
//! | any other element | its text, and a warning |
//!
//! With `mathjax-support`, `\\(…\\)`, `\\[…\\]` and `$$…$$` in text are formulas
//! in LaTeX; one that cannot be set is shown as written, with a warning.
//!
//! Elements that end where they may not, or not at all, are closed as mdBook
//! closes them, with a warning; what is nested too deep for Typst is set less
//! deep, with a warning.

mod around;
mod blocks;
mod code;
mod icons;
mod inlines;
mod lists;
mod math;
mod notes;
mod places;
mod space;
mod tables;
mod tree;

pub use places::Places;

use super::doc::{Chapter, Doc, Inline, Item, Written};
use crate::diagnostics::{Diagnostic, Report, Source};
use crate::steps;
use blocks::Reader;
use mdbook_markdown::MarkdownOptions;
use mdbook_renderer::RenderContext;
use mdbook_renderer::book::{BookItem, Chapter as BookChapter};
use std::collections::HashMap;

/// Reads a book. What has no meaning on paper is reported; its text stays.
pub fn read(context: &RenderContext, report: &mut Report) -> (Doc<Written>, Places) {
    let config = &context.config;
    let html = config.html_config().unwrap_or_default();
    let mut book = BookReader {
        context,
        options: crate::markdown::options(config),
        hide_lines: html.code.hidelines.clone(),
        math: html.mathjax_support,
        // Without labels the site shows no numbers; neither do editions.
        numbered: !html.no_section_label,
        places: Places::default(),
        report,
    };
    let items = book.items();
    let places = book.places;
    let language = config.book.language.clone().unwrap_or_else(|| "en".into());
    let title = config
        .book
        .title
        .clone()
        .filter(|title| !title.trim().is_empty());
    let doc = Doc {
        title: title.unwrap_or_else(|| "Untitled".into()),
        authors: config.book.authors.clone(),
        description: config.book.description.clone(),
        right_to_left: matches!(
            config.book.realized_text_direction(),
            mdbook_renderer::config::TextDirection::RightToLeft
        ),
        language,
        items,
        anchors: places.names().to_vec(),
        images: Vec::new(),
    };
    (doc, places)
}

struct BookReader<'a> {
    context: &'a RenderContext,
    options: MarkdownOptions,
    hide_lines: HashMap<String, String>,
    math: bool,
    numbered: bool,
    places: Places,
    report: &'a mut Report,
}

impl BookReader<'_> {
    /// Parts and chapters, in reading order. A part holds the chapters that
    /// follow it, down to a separator or the unnumbered ones at the end.
    fn items(&mut self) -> Vec<Item<Written>> {
        let mut items = Vec::new();
        let (mut in_part, mut numbered) = (false, false);
        for item in &self.context.book.items {
            match item {
                BookItem::PartTitle(title) => {
                    let anchor = self.places.enter_part(title);
                    items.push(Item::Part {
                        title: title.clone(),
                        anchor,
                    });
                    (in_part, numbered) = (true, false);
                }
                BookItem::Separator => in_part = false,
                BookItem::Chapter(chapter) => {
                    match &chapter.number {
                        Some(_) => numbered = true,
                        None => in_part &= !numbered,
                    }
                    self.chapter(chapter, 1 + usize::from(in_part), true, &mut items);
                }
            }
        }
        items
    }

    fn chapter(
        &mut self,
        chapter: &BookChapter,
        depth: usize,
        top: bool,
        items: &mut Vec<Item<Written>>,
    ) {
        // A draft has nothing to read.
        if let Some(page) = steps::page_of(chapter) {
            let read = self.text(chapter, page, depth, top);
            items.push(Item::Chapter(Box::new(read)));
        }
        for item in &chapter.sub_items {
            if let BookItem::Chapter(child) = item {
                self.chapter(child, depth + 1, false, items);
            }
        }
    }

    fn text(
        &mut self,
        chapter: &BookChapter,
        page: String,
        depth: usize,
        top: bool,
    ) -> Chapter<Written> {
        let source = match &chapter.source_path {
            Some(path) => {
                let file = self.context.config.book.src.join(path);
                Source::received(&self.context.root, file, chapter.content.as_str())
            }
            None => Source::generated(&page, chapter.content.as_str()),
        };
        let anchor = self
            .places
            .enter_page(&page, steps::source_of(chapter).as_deref());
        let tree = tree::build(&chapter.content, &self.options).unwrap_or_else(|error| {
            self.report.push(error.diagnostic(&source, 0));
            tree::Tree::default()
        });
        for (message, at) in &tree.complaints {
            self.report
                .push(Diagnostic::warning(message.clone()).at(source.at(at.clone())));
        }
        let mut reader = Reader::new(
            &tree,
            &source,
            &page,
            &self.hide_lines,
            self.math,
            &mut self.places,
            self.report,
        );
        let mut body = reader.chapter();
        let number = match &mut body.title {
            // The preprocessor has numbered the heading itself.
            Some(title) if body.numbered => take_label(title),
            // mdBook writes `1.2.`.
            _ => chapter
                .number
                .as_ref()
                .filter(|_| self.numbered)
                .map(|number| number.to_string().trim_end_matches('.').to_owned()),
        };
        Chapter {
            depth,
            top,
            number,
            name: chapter.name.clone(),
            title: body
                .title
                .unwrap_or_else(|| vec![Inline::Text(chapter.name.clone())]),
            anchor,
            title_anchor: body.title_anchor,
            blocks: body.blocks,
            notes: body.notes,
            page: Some(page),
            source,
        }
    }
}

/// Takes the label off a title.
fn take_label(title: &mut [Inline<Written>]) -> Option<String> {
    let Some(Inline::Text(text)) = title.first_mut() else {
        return None;
    };
    let (label, rest) = steps::split_label(text)?;
    let (label, rest) = (label.to_owned(), rest.to_owned());
    *text = rest;
    Some(label)
}
