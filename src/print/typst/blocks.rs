//! Blocks in Typst: each is one line of a code block.

use super::index::{self, Index};
use super::literal::{array, string};
use super::measure;
use crate::print::doc::{
    Align, Anchor, Block, Cell, Chapter, Definition, Doc, Inline, ListItem, Resolved, Table,
};
use crate::print::grammar::grammar;
use std::collections::HashSet;
use std::fmt::Write;

/// Writes one chapter.
pub struct Writer<'a> {
    pub(super) doc: &'a Doc<Resolved>,
    pub(super) index: &'a Index<'a>,
    pub(super) terms: &'a HashSet<Anchor>,
    pub(super) chapter: &'a Chapter<Resolved>,
    /// The level of the last heading.
    pub level: usize,
    /// The footnotes that have been set; further marks refer to them.
    pub(super) noted: HashSet<usize>,
    pub(super) in_heading: bool,
    pub(super) heading_anchors: Vec<Anchor>,
    /// Whether links to resources are citations.
    pub(super) citing: bool,
    /// Whether those in lists are.
    lists_cite: bool,
    /// Whether the next list is one of resources.
    of_resources: bool,
    indent: usize,
}

impl<'a> Writer<'a> {
    pub fn new(
        doc: &'a Doc<Resolved>,
        index: &'a Index<'a>,
        terms: &'a HashSet<Anchor>,
        chapter: &'a Chapter<Resolved>,
        level: usize,
    ) -> Self {
        Self {
            doc,
            index,
            terms,
            chapter,
            level,
            noted: HashSet::new(),
            in_heading: false,
            heading_anchors: Vec::new(),
            citing: true,
            of_resources: false,
            lists_cite: !index.is_complete(&chapter.blocks),
            indent: 0,
        }
    }

    /// The chapter as a code block.
    pub fn chapter(&mut self) -> String {
        let chapter = self.chapter;
        self.level = chapter.depth.min(self.level + 1);
        let (title, anchors) = self.heading_line(&chapter.title);
        let number = chapter.number.as_deref().map_or("none".into(), string);
        let mut out = format!(
            "{{\n  [#chapter(level: {}, top: {}, number: {number}, {title}){}{anchors}]\n",
            self.level,
            chapter.top,
            self.label(chapter.anchor),
        );
        if let Some(anchor) = chapter.title_anchor {
            let _ = writeln!(out, "  {}", self.anchor(anchor));
        }
        self.indent = 1;
        self.write_blocks(&chapter.blocks, &mut out);
        out.push_str("}\n");
        out
    }

    fn label(&self, anchor: Anchor) -> String {
        format!("#label({})", string(&self.doc.anchors[anchor.0]))
    }

    /// A mark that can be linked to and shows nothing.
    pub(super) fn anchor(&self, anchor: Anchor) -> String {
        format!("[{}]", self.mark(anchor))
    }

    pub(super) fn mark(&self, anchor: Anchor) -> String {
        format!("#metadata(none){}", self.label(anchor))
    }

    /// Blocks as an expression of content.
    pub(super) fn blocks(&mut self, blocks: &[Block<Resolved>]) -> String {
        match blocks {
            [] => "[]".to_owned(),
            [Block::Plain(content)] => self.inlines(content),
            _ => {
                let mut out = String::from("{\n");
                self.indent += 1;
                self.write_blocks(blocks, &mut out);
                self.indent -= 1;
                out.push_str(&"  ".repeat(self.indent));
                out.push('}');
                out
            }
        }
    }

    fn write_blocks(&mut self, blocks: &[Block<Resolved>], out: &mut String) {
        for (i, block) in blocks.iter().enumerate() {
            let written = self.block(block);
            let _ = writeln!(out, "{}{written}", "  ".repeat(self.indent));
            // Nothing else parts a line from what follows it.
            if matches!(block, Block::Plain(_)) && i + 1 < blocks.len() {
                let _ = writeln!(out, "{}parbreak()", "  ".repeat(self.indent));
            }
        }
    }

    fn block(&mut self, block: &Block<Resolved>) -> String {
        match block {
            Block::Paragraph(content) => format!("par({})", self.inlines(content)),
            Block::Plain(content) => self.inlines(content),
            Block::Heading {
                level,
                anchor,
                content,
            } => self.heading(*level, *anchor, content),
            Block::Code { language, text } => {
                let language = language
                    .as_deref()
                    .and_then(|language| grammar(language, text))
                    .map_or("none".into(), string);
                let columns = measure::code_columns(text);
                format!("code({language}, {}, columns: {columns})", string(text))
            }
            Block::Quote(blocks) => format!("quote(block: true, {})", self.blocks(blocks)),
            Block::Admonition { kind, blocks } => {
                let body = self.blocks(blocks);
                format!(
                    "admonition({}, {}, {body})",
                    string(kind.name()),
                    string(kind.title())
                )
            }
            Block::List { start, items } => self.list(*start, items),
            Block::Definitions(all) => self.definitions(all),
            Block::Table(table) => self.table(table),
            Block::Figure {
                blocks,
                caption,
                number,
            } => {
                let body = self.blocks(blocks);
                let caption = self.optional(caption);
                let number = number.as_deref().map_or("none".into(), string);
                format!("illustration({body}, number: {number}, caption: {caption})")
            }
            Block::Division { classes, blocks } => {
                let list = classes.iter().any(|class| class == index::LIST);
                let citing = self.citing;
                self.citing &= !list || self.lists_cite;
                self.of_resources = list;
                let body = self.blocks(blocks);
                self.of_resources = false;
                self.citing = citing;
                format!(
                    "division({}, {body})",
                    array(classes.iter().map(|class| string(class)))
                )
            }
            Block::Details { summary, blocks } => {
                let summary = self.optional(summary);
                format!("details({summary}, {})", self.blocks(blocks))
            }
            Block::Anchor(anchor) => self.anchor(*anchor),
            Block::Rule => "rule()".to_owned(),
        }
    }

    fn optional(&mut self, content: &[Inline<Resolved>]) -> String {
        match content {
            [] => "none".to_owned(),
            content => self.inlines(content),
        }
    }

    fn heading(
        &mut self,
        level: usize,
        anchor: Option<Anchor>,
        content: &[Inline<Resolved>],
    ) -> String {
        let wanted = self.chapter.depth + level.saturating_sub(1).max(1);
        self.level = wanted.min(self.level + 1);
        let (content, anchors) = self.heading_line(content);
        let label = anchor.map(|anchor| self.label(anchor)).unwrap_or_default();
        format!(
            "[#section(level: {}, rank: {level}, {content}){label}{anchors}]",
            self.level
        )
    }

    fn list(&mut self, start: Option<u64>, items: &[ListItem<Resolved>]) -> String {
        let tight = items.iter().all(|item| {
            !item
                .blocks
                .iter()
                .any(|block| matches!(block, Block::Paragraph(_)))
        });
        let of_resources = std::mem::take(&mut self.of_resources);
        let tasks = items.iter().any(|item| item.task.is_some());
        let mut out = match (start, tasks) {
            (Some(start), false) => format!("enum(start: {start}, tight: {tight}"),
            (Some(start), true) => format!("tasks(start: {start}, tight: {tight}"),
            (None, true) => format!("tasks(tight: {tight}"),
            (None, false) => format!("list(tight: {tight}"),
        };
        for item in items {
            let body = self.blocks(&item.blocks);
            out.push_str(",\n");
            out.push_str(&"  ".repeat(self.indent + 1));
            match item.task {
                Some(done) => {
                    let _ = write!(out, "task({done}, {body})");
                }
                None if of_resources => {
                    let _ = write!(out, "resource({body})");
                }
                None => out.push_str(&body),
            }
        }
        out.push(')');
        out
    }

    fn definitions(&mut self, all: &[Definition<Resolved>]) -> String {
        let mut out = String::from("definitions(");
        for definition in all {
            let terms: Vec<_> = definition
                .terms
                .iter()
                .map(|term| self.inlines(term))
                .collect();
            let bodies: Vec<_> = definition
                .bodies
                .iter()
                .map(|body| self.blocks(body))
                .collect();
            let _ = write!(
                out,
                "({}, {}), ",
                array(terms.into_iter()),
                array(bodies.into_iter())
            );
        }
        out.push(')');
        out
    }

    fn table(&mut self, table: &Table<Resolved>) -> String {
        let caption = self.optional(&table.caption);
        let columns = measure::columns(table)
            .into_iter()
            .map(|column| format!("(word: {}, cell: {})", column.word, column.cell));
        let mut out = format!(
            "data-table(columns: {}, rows: {}, caption: {caption}",
            array(columns),
            table.body.len()
        );
        if !table.head.is_empty() {
            out.push_str(", table.header(");
            // On further pages it would be an artifact, and these hold no links.
            if table.head.iter().flatten().any(links) {
                out.push_str("repeat: false, ");
            }
            let rows = table.head.len();
            for (i, row) in table.head.iter().enumerate() {
                for cell in row {
                    // A cell of the head cannot reach into the body.
                    let cell = self.cell(cell, rows - i);
                    let _ = write!(out, "{cell}, ");
                }
            }
            out.push(')');
        }
        let rows = table.body.len();
        for (i, row) in table.body.iter().enumerate() {
            let width: usize = row.iter().map(|cell| cell.colspan).sum();
            let mut cells: Vec<_> = row.iter().map(|cell| self.cell(cell, rows - i)).collect();
            let spans = table.body.iter().flatten().any(|cell| cell.rowspan > 1);
            // A short row is filled up, or the next would begin in it.
            if !spans {
                cells.resize(
                    cells.len() + table.columns.saturating_sub(width),
                    "[]".into(),
                );
            }
            let _ = write!(
                out,
                ",\n{}{}",
                "  ".repeat(self.indent + 1),
                cells.join(", ")
            );
        }
        out.push(')');
        out
    }

    fn cell(&mut self, cell: &Cell<Resolved>, rows: usize) -> String {
        let body = self.blocks(&cell.blocks);
        let mut out = String::from("table.cell(");
        match cell.align {
            Align::Start => {}
            Align::Left => out.push_str("align: left, "),
            Align::Center => out.push_str("align: center, "),
            Align::Right => out.push_str("align: right, "),
        }
        if cell.colspan > 1 {
            let _ = write!(out, "colspan: {}, ", cell.colspan);
        }
        if cell.rowspan.min(rows) > 1 {
            let _ = write!(out, "rowspan: {}, ", cell.rowspan.min(rows));
        }
        out.push_str(&body);
        out.push(')');
        out
    }
}

/// Whether a cell of a head holds a link or a footnote, which is a link too, or
/// more than lines, which is rare and not looked into.
fn links(cell: &Cell<Resolved>) -> bool {
    fn in_line(content: &[Inline<Resolved>]) -> bool {
        content.iter().any(|inline| match inline {
            Inline::Link { .. } | Inline::Note(_) => true,
            Inline::Styled(_, content) | Inline::Span { content, .. } => in_line(content),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Image(_)
            | Inline::Anchor(_)
            | Inline::Math(_)
            | Inline::Break => false,
        })
    }
    let plain = |block: &Block<Resolved>| matches!(block, Block::Plain(line) | Block::Paragraph(line) if !in_line(line));
    !cell.blocks.iter().all(plain)
}
