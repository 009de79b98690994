//! Elements that stand by themselves.

use super::around::around;
use super::code::Info;
use super::inlines::{BLOCKS, PLAIN, is_inline, style};
use super::math::paragraphs;
use super::notes::Notes;
use super::places::Places;
use super::space::{collapse, is_blank};
use super::tree::{Node, NodeId, NodeKind, Tree};
use crate::diagnostics::{Diagnostic, Report, Source};
use crate::markdown::{Ids, id_from_content, unique_id};
use crate::print::doc::{AdmonitionKind, Anchor, Block, Href, Image, Inline, Written, plain_text};
use std::collections::HashMap;

/// Reads one chapter's tree.
pub struct Reader<'a> {
    pub(super) tree: &'a Tree,
    pub(super) source: &'a Source,
    page: &'a str,
    hide_lines: &'a HashMap<String, String>,
    /// Whether text may hold formulas.
    pub(super) math: bool,
    places: &'a mut Places,
    report: &'a mut Report,
    /// The ids mdBook derives from headings; it tells only these apart.
    derived: Ids,
    pub(super) notes: Notes,
}

/// What a chapter says.
pub struct Body {
    /// Its first heading, if it begins with one of level 1.
    pub title: Option<Vec<Inline<Written>>>,
    /// Where links to that heading lead.
    pub title_anchor: Option<Anchor>,
    /// Whether that heading has its number already.
    pub numbered: bool,
    /// What follows.
    pub blocks: Vec<Block<Written>>,
    /// Its footnotes.
    pub notes: Vec<Vec<Block<Written>>>,
}

impl<'a> Reader<'a> {
    pub fn new(
        tree: &'a Tree,
        source: &'a Source,
        page: &'a str,
        hide_lines: &'a HashMap<String, String>,
        math: bool,
        places: &'a mut Places,
        report: &'a mut Report,
    ) -> Self {
        Self {
            tree,
            source,
            page,
            hide_lines,
            math,
            places,
            report,
            derived: Ids::new(),
            notes: Notes::new(tree),
        }
    }

    /// Reads the whole chapter.
    pub fn chapter(&mut self) -> Body {
        let mut blocks = self.blocks(&self.tree.nodes[0].children);
        let (title, title_anchor) = take_title(&mut blocks);
        let numbered = title.is_some() && self.first_heading_is_numbered();
        Body {
            title,
            title_anchor,
            numbered,
            blocks,
            notes: self.note_texts(),
        }
    }

    fn first_heading_is_numbered(&self) -> bool {
        let heading = self.tree.nodes.iter().find(|node| node.name() == "h1");
        heading.is_some_and(|heading| heading.classes().any(|class| class == "numbered"))
    }

    pub(super) fn warn(&mut self, message: String, id: NodeId) {
        let node = &self.tree.nodes[id];
        // A long element is named by its first line.
        let line = self.source.text[..]
            .get(node.at.clone())
            .and_then(|text| text.lines().next())
            .map_or(0, str::len);
        let at = node.at.start..node.at.start + line;
        self.report
            .push(Diagnostic::warning(message).at(self.source.at(at)));
    }

    /// The anchor of an element with an id.
    pub(super) fn anchor(&mut self, node: &Node) -> Option<Anchor> {
        let id = node.attribute("id").filter(|id| !id.is_empty())?;
        self.anchor_named(id)
    }

    pub(super) fn anchor_named(&mut self, id: &str) -> Option<Anchor> {
        self.places.enter_id(self.page, id)
    }

    pub(super) fn blocks(&mut self, children: &[NodeId]) -> Vec<Block<Written>> {
        let mut out = Vec::new();
        let mut line = Vec::new();
        for &id in children {
            if is_inline(self.tree, id) {
                self.inline(id, &mut line);
            } else {
                end_line(&mut line, &mut out);
                self.block(id, &mut out);
            }
        }
        end_line(&mut line, &mut out);
        out
    }

    fn block(&mut self, id: NodeId, out: &mut Vec<Block<Written>>) {
        let tree = self.tree;
        let node = &tree.nodes[id];
        let name = node.name();
        if node.is_hidden() {
            return;
        }
        // A heading's anchor is its own; others are put before.
        let heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        if !heading && name != "dt" {
            out.extend(self.anchor(node).map(Block::Anchor));
        }
        match name {
            "p" => match node.attribute("align") {
                Some("center") => self.division(id, out),
                _ if node.is_raw() && node.classes().next().is_some() => self.division(id, out),
                _ => self.paragraph(node, out),
            },
            _ if heading => out.push(self.heading(node)),
            "pre" => {
                out.push(self.code(id));
                // Code is text alone; what it marks is marked below it.
                let marks = self.marks_within(id);
                if !marks.is_empty() {
                    out.push(Block::Paragraph(marks));
                }
            }
            "blockquote" => out.push(self.quote(node)),
            "ul" | "ol" | "menu" | "dir" => out.push(self.list(node)),
            "dl" => out.push(self.definitions(node)),
            "table" => out.push(self.table(node)),
            "figure" => self.figure(node, out),
            "details" => out.push(self.details(node)),
            "hr" => out.push(Block::Rule),
            "footnote-text" => {}
            "script" | "style" | "template" | "head" => self.left_out(id),
            _ => self.division(id, out),
        }
    }

    fn left_out(&mut self, id: NodeId) {
        let name = self.tree.nodes[id].name();
        self.warn(
            format!("the HTML element `<{name}>` does nothing in an edition, and is left out"),
            id,
        );
    }

    fn division(&mut self, id: NodeId, out: &mut Vec<Block<Written>>) {
        let node = &self.tree.nodes[id];
        let classes: Vec<_> = match node.name() {
            "center" => vec!["center".to_owned()],
            _ if node.attribute("align") == Some("center") => vec!["center".to_owned()],
            _ => node.classes().map(str::to_owned).collect(),
        };
        let name = node.name();
        if name == "a" {
            out.extend(self.old_anchor(node).map(Block::Anchor));
        } else if style(name).is_none() && !BLOCKS.contains(&name) && !PLAIN.contains(&name) {
            self.unknown(id);
        }
        let mut blocks = self.blocks(&node.children);
        let href = node.attribute("href").filter(|_| name == "a");
        if let Some(dest) = href.map(str::to_owned) {
            let at = node.at.clone();
            let to = Href { dest, at };
            let link = |content| Inline::Link {
                to: to.clone(),
                content,
            };
            around(&mut blocks, &link);
        }
        if let Some(style) = style(name) {
            around(&mut blocks, &|content| Inline::Styled(style, content));
        }
        match (classes.is_empty(), blocks.is_empty()) {
            (_, true) => {}
            (true, _) => out.extend(blocks),
            (false, _) => out.push(Block::Division { classes, blocks }),
        }
    }

    fn paragraph(&mut self, node: &Node, out: &mut Vec<Block<Written>>) {
        if node.children.iter().any(|id| !is_inline(self.tree, *id)) {
            return out.extend(self.blocks(&node.children));
        }
        let content = self.line(&node.children);
        match content.as_slice() {
            [] => {}
            [Inline::Image(image)] => out.push(figure_of(image.clone())),
            _ => paragraphs(content, out),
        }
    }

    /// The children as one line.
    pub(super) fn line(&mut self, children: &[NodeId]) -> Vec<Inline<Written>> {
        let mut line = Vec::new();
        for &id in children {
            self.inline(id, &mut line);
        }
        collapse(line)
    }

    fn heading(&mut self, node: &Node) -> Block<Written> {
        let level = node.name()[1..].parse().unwrap_or(1);
        let content = self.line(&node.children);
        let anchor = match (node.attribute("id"), node.is_raw()) {
            (Some(_), _) => self.anchor(node),
            (None, true) => None,
            (None, false) => self.derived_anchor(&content),
        };
        Block::Heading {
            level,
            anchor,
            content,
        }
    }

    /// mdBook gives headings and terms an id made of their text.
    pub(super) fn derived_anchor(&mut self, content: &[Inline<Written>]) -> Option<Anchor> {
        let id = unique_id(&id_from_content(&plain_text(content)), &mut self.derived);
        self.places.enter_id(self.page, &id)
    }

    fn code(&mut self, id: NodeId) -> Block<Written> {
        let node = &self.tree.nodes[id];
        let code = node
            .children
            .iter()
            .map(|id| &self.tree.nodes[*id])
            .find(|node| node.name() == "code");
        let info = Info::new(code.unwrap_or(node).classes());
        let mut text = String::new();
        self.raw_text(id, &mut text);
        // HTML drops a line break right after `<pre>`.
        let text = if node.is_raw() {
            text.strip_prefix('\n').unwrap_or(&text)
        } else {
            &text
        };
        Block::Code {
            language: info.language.filter(|l| *l != "text").map(str::to_owned),
            text: info.shown(text.trim_end_matches('\n'), self.hide_lines),
        }
    }

    pub(super) fn raw_text(&self, id: NodeId, out: &mut String) {
        let node = &self.tree.nodes[id];
        match &node.kind {
            NodeKind::Text(text) => out.push_str(text),
            NodeKind::Element { name, .. } if name == "br" => out.push('\n'),
            NodeKind::Element { .. } => {
                for child in &node.children {
                    self.raw_text(*child, out);
                }
            }
        }
    }

    fn quote(&mut self, node: &Node) -> Block<Written> {
        let blocks = self.blocks(&node.children);
        match node
            .attribute("admonition")
            .and_then(AdmonitionKind::from_name)
        {
            Some(kind) => Block::Admonition { kind, blocks },
            None => Block::Quote(blocks),
        }
    }

    fn figure(&mut self, node: &Node, out: &mut Vec<Block<Written>>) {
        let mut caption = Vec::new();
        let mut rest = Vec::new();
        for &id in &node.children {
            match self.tree.nodes[id].name() {
                "figcaption" => caption = self.caption(id),
                _ => rest.push(id),
            }
        }
        let mut blocks = self.blocks(&rest);
        // A picture in a paragraph of its own is a figure already.
        if let [
            Block::Figure {
                blocks: inner,
                caption: inner_caption,
                ..
            },
        ] = blocks.as_mut_slice()
            && inner_caption.is_empty()
        {
            blocks = std::mem::take(inner);
        }
        out.push(Block::Figure {
            blocks,
            caption,
            number: None,
        });
    }

    /// A caption is one line; paragraphs in it follow each other.
    fn caption(&mut self, id: NodeId) -> Vec<Inline<Written>> {
        self.line(&self.tree.nodes[id].children)
    }

    fn details(&mut self, node: &Node) -> Block<Written> {
        let classes: Vec<_> = node.classes().map(str::to_owned).collect();
        let mut summary = Vec::new();
        let mut rest = Vec::new();
        for &id in &node.children {
            let child = &self.tree.nodes[id];
            match child.name() {
                "summary" => summary = self.line(&child.children),
                _ => rest.push(id),
            }
        }
        let blocks = self.blocks(&rest);
        let details = Block::Details { summary, blocks };
        match classes.is_empty() {
            true => details,
            false => Block::Division {
                classes,
                blocks: vec![details],
            },
        }
    }
}

/// Ends a line of inline content that stands among blocks.
fn end_line(line: &mut Vec<Inline<Written>>, out: &mut Vec<Block<Written>>) {
    let content = collapse(std::mem::take(line));
    if is_blank(&content) {
        return;
    }
    // Marks for links to lead to are no text.
    if content
        .iter()
        .all(|inline| matches!(inline, Inline::Anchor(_)))
    {
        out.extend(content.into_iter().filter_map(|inline| match inline {
            Inline::Anchor(anchor) => Some(Block::Anchor(anchor)),
            _ => None,
        }));
        return;
    }
    out.push(match content.as_slice() {
        [Inline::Image(image)] => figure_of(image.clone()),
        _ => Block::Plain(content),
    });
}

/// A picture that stands alone.
fn figure_of(image: Image<Written>) -> Block<Written> {
    Block::Figure {
        caption: image.title.clone().map(Inline::Text).into_iter().collect(),
        blocks: vec![Block::Plain(vec![Inline::Image(image)])],
        number: None,
    }
}

/// Takes the heading off the top of a chapter.
fn take_title(blocks: &mut Vec<Block<Written>>) -> (Option<Vec<Inline<Written>>>, Option<Anchor>) {
    let first = blocks
        .iter()
        .position(|block| !matches!(block, Block::Anchor(_)));
    match first.map(|first| (first, &blocks[first])) {
        Some((
            first,
            Block::Heading {
                level: 1, content, ..
            },
        )) if !content.is_empty() => match blocks.remove(first) {
            Block::Heading {
                anchor, content, ..
            } => (Some(content), anchor),
            _ => (None, None),
        },
        _ => (None, None),
    }
}
