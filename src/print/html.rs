//! The one-file HTML edition: everything inside, no script, no request.

mod blocks;
mod builder;
mod contents;
mod highlight;
mod inlines;
mod words;

use super::doc::{Chapter, Doc, Item, Resolved};
use super::theme::Theme;
use blocks::Writer;
use builder::Html;
pub use inlines::data_uri;

/// Writes a document as one file.
pub fn write(doc: &Doc<Resolved>, theme: &Theme) -> String {
    let mut html = Html::default();
    html.doctype();
    let direction = if doc.right_to_left { "rtl" } else { "ltr" };
    html.open("html", &[("lang", &doc.language), ("dir", direction)]);
    head(doc, theme, &mut html);
    html.open("body", &[]);
    html.element(
        "a",
        &[("class", "skip"), ("href", "#content")],
        "Skip to the text",
    );
    html.open("header", &[("class", "cover")]);
    html.element("h1", &[], &doc.title);
    if let Some(description) = &doc.description {
        html.element("p", &[("class", "description")], description);
    }
    if !doc.authors.is_empty() {
        html.element("p", &[("class", "authors")], &doc.authors.join(", "));
    }
    html.close("header");
    contents::write(doc, &mut html);
    html.open("main", &[("id", "content")]);
    for item in &doc.items {
        match item {
            Item::Part { title, anchor } => {
                html.element(
                    "h2",
                    &[("class", "part"), ("id", &doc.anchors[anchor.0])],
                    title,
                );
            }
            Item::Chapter(chapter) => self::chapter(doc, chapter, &mut html),
        }
    }
    html.close("main");
    html.close("body");
    html.close("html");
    html.finish()
}

fn head(doc: &Doc<Resolved>, theme: &Theme, html: &mut Html) {
    html.open("head", &[]);
    html.open("meta", &[("charset", "utf-8")]);
    html.open(
        "meta",
        &[
            ("name", "viewport"),
            ("content", "width=device-width, initial-scale=1"),
        ],
    );
    html.element("title", &[], &doc.title);
    if let Some(description) = &doc.description {
        html.open("meta", &[("name", "description"), ("content", description)]);
    }
    for author in &doc.authors {
        html.open("meta", &[("name", "author"), ("content", author)]);
    }
    html.open(
        "meta",
        &[
            ("name", "generator"),
            (
                "content",
                concat!("mdbook-booklet ", env!("CARGO_PKG_VERSION")),
            ),
        ],
    );
    html.open(
        "meta",
        &[("name", "color-scheme"), ("content", "light dark")],
    );
    html.style(&theme.css());
    html.close("head");
}

fn chapter(doc: &Doc<Resolved>, chapter: &Chapter<Resolved>, html: &mut Html) {
    let class = if chapter.top {
        "chapter top"
    } else {
        "chapter"
    };
    html.open("section", &[("class", class)]);
    let mut writer = Writer::new(doc, chapter, html);
    writer.chapter();
    html.close("section");
}
