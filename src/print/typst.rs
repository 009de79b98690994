//! From a document to Typst markup.
//!
//! The markup says what things are (`chapter`, `admonition`, `division`) and
//! never how they look: that is in `theme/print`. It is written in Typst's code
//! mode, where all text of the book is in string literals and can be nothing
//! else.

mod blocks;
mod index;
mod inlines;
mod literal;
mod math;
mod measure;
mod settings;
mod terms;

use super::doc::{Doc, Item, Resolved};
use crate::config::PrintConfig;
use blocks::Writer;
use index::Index;
use literal::{array, string};
use std::fmt::Write;

/// The files that make a book in Typst, besides the theme and the pictures.
pub struct Markup {
    /// The file that includes the others.
    pub main: String,
    /// What `book.toml` says about the look.
    pub settings: String,
    /// One file for each item of the document.
    pub items: Vec<String>,
}

/// The path of an item's file.
pub fn item_path(index: usize) -> String {
    format!("/items/{index}.typ")
}

/// The path of a picture's file.
pub fn image_path(doc: &Doc<Resolved>, index: usize) -> String {
    format!("/images/{index}.{}", doc.images[index].format.extension())
}

const IMPORT: &str = "#import \"/theme/book.typ\": *\n";

/// Writes a document.
pub fn write(doc: &Doc<Resolved>, config: &PrintConfig) -> Markup {
    let mut main = String::from(IMPORT);
    let (language, region) = match doc.language.split_once(['-', '_']) {
        Some((language, region)) => (language, string(region)),
        None => (doc.language.as_str(), "none".to_owned()),
    };
    let description = doc.description.as_deref().map_or("none".into(), string);
    let _ = writeln!(
        main,
        "#show: book.with(title: {}, authors: {}, description: {description}, language: {}, region: {region}, direction: {})",
        string(&doc.title),
        array(doc.authors.iter().map(|author| string(author))),
        string(&language.to_lowercase()),
        if doc.right_to_left { "rtl" } else { "ltr" },
    );
    let index = Index::new(doc);
    let terms = terms::terms(doc);
    let mut level = 0;
    let items: Vec<_> = doc
        .items
        .iter()
        .enumerate()
        .map(|(position, item)| {
            let _ = writeln!(main, "#include {}", string(&item_path(position)));
            match item {
                Item::Part { title, anchor } => {
                    level = 1;
                    let name = &doc.anchors[anchor.0];
                    format!("{IMPORT}#part({})#label({})\n", string(title), string(name))
                }
                Item::Chapter(chapter) => {
                    let mut writer = Writer::new(doc, &index, &terms, chapter, level);
                    let written = writer.chapter();
                    // The next heading must not skip a level (PDF/UA).
                    level = writer.level;
                    format!("{IMPORT}#{written}")
                }
            }
        })
        .collect();
    if !index.entries.is_empty() {
        main.push_str(&resource_index(&index));
    }
    Markup {
        main,
        settings: settings::write(config),
        items,
    }
}

/// The index at the end; the theme finds the pages.
fn resource_index(index: &Index<'_>) -> String {
    let mut out = String::from("#resource-index(");
    for entry in &index.entries {
        let [url, title, by] = [entry.url, &entry.title, &entry.by].map(string);
        let _ = write!(out, "\n  (url: {url}, title: {title}, by: {by}");
        if entry.dead {
            let copy = entry.copy.as_ref();
            let [url, words] = copy
                .map_or(["", ""], |(url, words)| [url, words])
                .map(string);
            let _ = write!(out, ", dead: true, copy: {url}, copy-name: {words}");
        }
        out.push_str("),");
    }
    out.push_str("\n)\n");
    out
}
