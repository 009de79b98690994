//! The contents: parts, chapters and their sub-chapters, as nested lists.

use super::builder::Html;
use super::words::Words;
use crate::print::doc::{Doc, Item, Resolved, plain_text};

pub fn write(doc: &Doc<Resolved>, html: &mut Html) {
    let title = Words::new(&doc.language).contents;
    html.open("nav", &[("class", "contents"), ("aria-label", title)]);
    html.open("details", &[("open", "")]);
    html.element("summary", &[], title);
    let mut depth = 0;
    for item in &doc.items {
        let (level, anchor) = match item {
            Item::Part { anchor, .. } => (1, *anchor),
            Item::Chapter(chapter) => (chapter.depth, chapter.anchor),
        };
        // A level may not be skipped: a list holds items, and these hold lists.
        let level = level.min(depth + 1);
        match level > depth {
            true => html.open("ol", &[]),
            false => {
                html.close("li");
                for _ in level..depth {
                    html.close("ol");
                    html.close("li");
                }
            }
        }
        depth = level;
        html.open("li", &[]);
        html.open("a", &[("href", &format!("#{}", doc.anchors[anchor.0]))]);
        match item {
            Item::Part { title, .. } => html.text(title),
            Item::Chapter(chapter) => {
                if let Some(number) = &chapter.number {
                    html.element("span", &[("class", "number")], number);
                    html.text(" ");
                }
                html.text(&plain_text(&chapter.title));
            }
        }
        html.close("a");
    }
    for _ in 0..depth {
        html.close("li");
        html.close("ol");
    }
    html.close("details");
    html.close("nav");
}
