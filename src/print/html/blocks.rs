//! Blocks in HTML.

use super::builder::Html;
use super::highlight::highlight;
use super::words::Words;
use crate::print::doc::{
    Align, Anchor, Block, Cell, Chapter, Definition, Doc, ListItem, Resolved, Table,
};

/// Writes one chapter.
pub struct Writer<'a> {
    pub(super) doc: &'a Doc<Resolved>,
    pub(super) chapter: &'a Chapter<Resolved>,
    pub(super) html: &'a mut Html,
    pub(super) words: Words,
    /// How often each footnote has been marked.
    pub(super) marks: Vec<usize>,
}

impl<'a> Writer<'a> {
    pub fn new(doc: &'a Doc<Resolved>, chapter: &'a Chapter<Resolved>, html: &'a mut Html) -> Self {
        Self {
            doc,
            chapter,
            html,
            words: Words::new(&doc.language),
            marks: vec![0; chapter.notes.len()],
        }
    }

    pub(super) fn id(&self, anchor: Anchor) -> &'a str {
        &self.doc.anchors[anchor.0]
    }

    pub fn chapter(&mut self) {
        let chapter = self.chapter;
        let name = heading_name(chapter.depth + 1);
        self.html.open(name, &[("id", self.id(chapter.anchor))]);
        if let Some(anchor) = chapter.title_anchor {
            self.anchor(anchor);
        }
        if let Some(number) = &chapter.number {
            self.html.element("span", &[("class", "number")], number);
            self.html.text(" ");
        }
        self.inlines(&chapter.title);
        self.html.close(name);
        self.blocks(&chapter.blocks);
        self.notes();
    }

    fn notes(&mut self) {
        if self.chapter.notes.is_empty() {
            return;
        }
        self.html
            .open("aside", &[("class", "notes"), ("aria-label", "Footnotes")]);
        self.html.open("ol", &[]);
        for (index, note) in self.chapter.notes.iter().enumerate() {
            self.html.open("li", &[("id", &self.note_id(index))]);
            self.blocks(note);
            for mark in 1..=self.marks[index] {
                let back = format!("#{}", self.mark_id(index, mark));
                self.html.element(
                    "a",
                    &[("href", &back), ("aria-label", "Back to the text")],
                    "↩",
                );
            }
            self.html.close("li");
        }
        self.html.close("ol");
        self.html.close("aside");
    }

    pub(super) fn note_id(&self, index: usize) -> String {
        format!("{}--note-{}", self.id(self.chapter.anchor), index + 1)
    }

    pub(super) fn mark_id(&self, index: usize, mark: usize) -> String {
        format!("{}-mark-{mark}", self.note_id(index))
    }

    pub(super) fn anchor(&mut self, anchor: Anchor) {
        self.html.element("span", &[("id", self.id(anchor))], "");
    }

    fn blocks(&mut self, blocks: &[Block<Resolved>]) {
        for (i, block) in blocks.iter().enumerate() {
            // A line that stands beside other blocks is a paragraph of its own.
            match block {
                Block::Plain(content) if blocks.len() > 1 && (i > 0 || !is_list(&blocks[1])) => {
                    self.html.open("p", &[]);
                    self.inlines(content);
                    self.html.close("p");
                }
                block => self.block(block),
            }
        }
    }

    fn block(&mut self, block: &Block<Resolved>) {
        match block {
            Block::Paragraph(content) => {
                self.html.open("p", &[]);
                self.inlines(content);
                self.html.close("p");
            }
            Block::Plain(content) => self.inlines(content),
            Block::Heading {
                level,
                anchor,
                content,
            } => {
                let name = heading_name(self.chapter.depth + (*level).max(2));
                match anchor {
                    Some(anchor) => self.html.open(name, &[("id", self.id(*anchor))]),
                    None => self.html.open(name, &[]),
                }
                self.inlines(content);
                self.html.close(name);
            }
            Block::Code { language, text } => self.code(language.as_deref(), text),
            Block::Quote(blocks) => self.around("blockquote", &[], blocks),
            Block::Admonition { kind, blocks } => {
                self.html.open(
                    "div",
                    &[
                        ("class", &format!("admonition {}", kind.name())),
                        ("role", "note"),
                    ],
                );
                self.html
                    .element("p", &[("class", "admonition-title")], kind.title());
                self.blocks(blocks);
                self.html.close("div");
            }
            Block::List { start, items } => self.list(*start, items),
            Block::Definitions(all) => self.definitions(all),
            Block::Table(table) => self.table(table),
            Block::Figure {
                blocks,
                caption,
                number,
            } => {
                self.html.open("figure", &[]);
                self.blocks(blocks);
                if !caption.is_empty() {
                    self.html.open("figcaption", &[]);
                    if let Some(number) = number {
                        let label = format!("{} {number}", self.words.figure);
                        self.html.element("span", &[("class", "label")], &label);
                        self.html.text(" ");
                    }
                    self.inlines(caption);
                    self.html.close("figcaption");
                }
                self.html.close("figure");
            }
            Block::Division { classes, blocks } => {
                self.around("div", &[("class", &classes.join(" "))], blocks)
            }
            Block::Details { summary, blocks } => {
                self.html.open("details", &[("open", "")]);
                if !summary.is_empty() {
                    self.html.open("summary", &[]);
                    self.inlines(summary);
                    self.html.close("summary");
                }
                self.blocks(blocks);
                self.html.close("details");
            }
            Block::Anchor(anchor) => self.anchor(*anchor),
            Block::Rule => self.html.open("hr", &[]),
        }
    }

    fn around(&mut self, name: &str, attributes: &[(&str, &str)], blocks: &[Block<Resolved>]) {
        self.html.open(name, attributes);
        self.blocks(blocks);
        self.html.close(name);
    }

    fn code(&mut self, language: Option<&str>, text: &str) {
        // Long lines scroll, which a keyboard must be able to do.
        self.html.open("pre", &[("tabindex", "0")]);
        self.html.open("code", &[]);
        match language.and_then(|language| highlight(language, text)) {
            Some(highlighted) => self.html.highlighted(&highlighted),
            None => self.html.text(text),
        }
        self.html.close("code");
        self.html.close("pre");
    }

    fn list(&mut self, start: Option<u64>, items: &[ListItem<Resolved>]) {
        let name = if start.is_some() { "ol" } else { "ul" };
        match start {
            Some(start) if start != 1 => self.html.open(name, &[("start", &start.to_string())]),
            _ => self.html.open(name, &[]),
        }
        for item in items {
            match item.task {
                Some(done) => {
                    let words = if done { "done" } else { "to do" };
                    self.html.open("li", &[("class", "task")]);
                    let class = if done { "box done" } else { "box" };
                    self.html.element(
                        "span",
                        &[("class", class), ("role", "img"), ("aria-label", words)],
                        "",
                    );
                }
                None => self.html.open("li", &[]),
            }
            self.blocks(&item.blocks);
            self.html.close("li");
        }
        self.html.close(name);
    }

    fn definitions(&mut self, all: &[Definition<Resolved>]) {
        self.html.open("dl", &[]);
        for definition in all {
            for term in &definition.terms {
                self.html.open("dt", &[]);
                self.inlines(term);
                self.html.close("dt");
            }
            for body in &definition.bodies {
                self.around("dd", &[], body);
            }
        }
        self.html.close("dl");
    }

    fn table(&mut self, table: &Table<Resolved>) {
        self.html.open(
            "div",
            &[
                ("class", "table"),
                ("tabindex", "0"),
                ("role", "group"),
                ("aria-label", self.words.table),
            ],
        );
        self.html.open("table", &[]);
        if !table.caption.is_empty() {
            self.html.open("caption", &[]);
            self.inlines(&table.caption);
            self.html.close("caption");
        }
        self.rows("thead", "th", &table.head);
        self.rows("tbody", "td", &table.body);
        self.html.close("table");
        self.html.close("div");
    }

    fn rows(&mut self, group: &str, name: &str, rows: &[Vec<Cell<Resolved>>]) {
        if rows.is_empty() {
            return;
        }
        self.html.open(group, &[]);
        for row in rows {
            self.html.open("tr", &[]);
            for cell in row {
                let (colspan, rowspan) = (cell.colspan.to_string(), cell.rowspan.to_string());
                let mut attributes = Vec::new();
                match cell.align {
                    Align::Start => {}
                    Align::Left => attributes.push(("class", "left")),
                    Align::Center => attributes.push(("class", "center")),
                    Align::Right => attributes.push(("class", "right")),
                }
                if cell.colspan > 1 {
                    attributes.push(("colspan", &colspan));
                }
                if cell.rowspan > 1 {
                    attributes.push(("rowspan", &rowspan));
                }
                // A head that says nothing heads nothing.
                let name = if cell.blocks.is_empty() { "td" } else { name };
                self.around(name, &attributes, &cell.blocks);
            }
            self.html.close("tr");
        }
        self.html.close(group);
    }
}

fn is_list(block: &Block<Resolved>) -> bool {
    matches!(block, Block::List { .. })
}

/// The title of the book is the one heading of level 1; HTML has six.
fn heading_name(level: usize) -> &'static str {
    ["h2", "h3", "h4", "h5", "h6"][level.clamp(2, 6) - 2]
}
