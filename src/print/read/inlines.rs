//! Elements within a line.

use super::around::coded;
use super::blocks::Reader;
use super::tree::{Node, NodeId, NodeKind, Tree};
use crate::print::doc::{Anchor, Href, Image, Inline, Picture, Style, Width, Written};

/// Whether a node stands within a line.
pub fn is_inline(tree: &Tree, id: NodeId) -> bool {
    match &tree.nodes[id].kind {
        NodeKind::Text(_) => true,
        NodeKind::Element { name, .. } => match name.as_str() {
            // What they hold is no text of the page, or one piece of it.
            "code" | "tt" | "samp" | "svg" | "video" | "audio" | "iframe" | "embed" | "object" => {
                true
            }
            name if BLOCKS.contains(&name) => false,
            // The others hold either, and are what they hold.
            _ => tree.nodes[id]
                .children
                .iter()
                .all(|child| is_inline(tree, *child)),
        },
    }
}

pub const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "details",
    "dialog",
    "dd",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "footnote-text",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "noscript",
    "ol",
    "p",
    "pre",
    "script",
    "search",
    "section",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "template",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "caption",
];

/// Elements that mean nothing by themselves, but hold text.
pub const PLAIN: &[&str] = &[
    "abbr", "bdi", "bdo", "big", "data", "font", "label", "nobr", "object", "output", "picture",
    "rb", "rp", "rt", "ruby", "span", "summary", "time", "acronym", "slot",
];

impl Reader<'_> {
    pub(super) fn inline(&mut self, id: NodeId, out: &mut Vec<Inline<Written>>) {
        let tree = self.tree;
        let node = &tree.nodes[id];
        let name = match &node.kind {
            NodeKind::Text(text) if self.math => return self.text_with_math(id, text, out),
            NodeKind::Text(text) => return out.push(Inline::Text(text.clone())),
            NodeKind::Element { name, .. } => name.as_str(),
        };
        if node.is_hidden() {
            return;
        }
        out.extend(self.anchor(node).map(Inline::Anchor));
        if self.is_icon(node) {
            return self.icon(id, out);
        }
        if let Some(style) = style(name) {
            let content = self.inlines(node);
            return out.push(Inline::Styled(style, content));
        }
        match name {
            "code" | "tt" | "samp" => match self.is_text(node) {
                true => out.push(Inline::Code(self.text_of(id))),
                false => {
                    let mut content = self.inlines(node);
                    coded(&mut content);
                    out.extend(content);
                }
            },
            "a" => self.link(node, out),
            "img" => self.image(node, out),
            "svg" => self.drawing(id, out),
            "br" => out.push(Inline::Break),
            // Where a long word may break: a zero-width space.
            "wbr" => out.push(Inline::Text("\u{200b}".into())),
            "footnote-mark" => {
                let name = node.attribute("name").unwrap_or_default();
                out.extend(self.notes.index(name).map(Inline::Note));
            }
            // A task's box is its item's.
            "input" if node.attribute("type") == Some("checkbox") => {}
            "source" | "track" | "link" | "meta" | "base" | "param" | "col" => {}
            "embed" | "object" if picture_of(node).is_some() => {
                let src = picture_of(node).unwrap_or_default().to_owned();
                let alt = self.text_of(id);
                self.picture(node, src, Some(alt), out);
            }
            "iframe" | "video" | "audio" | "embed" => self.media(id, out),
            "object" if node.attribute("data").is_some() => self.media(id, out),
            _ if PLAIN.contains(&name) => self.span(node, out),
            // A block within a line: its text, at least, is kept in it.
            _ if BLOCKS.contains(&name) => {
                if matches!(name, "script" | "style" | "template") {
                    return;
                }
                out.push(Inline::Text(" ".into()));
                self.span(node, out);
                out.push(Inline::Text(" ".into()));
            }
            _ => {
                self.unknown(id);
                self.span(node, out);
            }
        }
    }

    /// Reports an element that HTML does not know.
    pub(super) fn unknown(&mut self, id: NodeId) {
        let name = self.tree.nodes[id].name();
        self.warn(
            format!(
                "the HTML element `<{name}>` means nothing in an edition; only its text is kept"
            ),
            id,
        );
    }

    /// Whether an element holds nothing but text.
    fn is_text(&self, node: &Node) -> bool {
        let mut children = node.children.iter().map(|id| &self.tree.nodes[*id]);
        children.all(|child| matches!(child.kind, NodeKind::Text(_)))
    }

    fn inlines(&mut self, node: &Node) -> Vec<Inline<Written>> {
        let mut content = Vec::new();
        for &child in &node.children {
            self.inline(child, &mut content);
        }
        content
    }

    fn span(&mut self, node: &Node, out: &mut Vec<Inline<Written>>) {
        let classes: Vec<_> = node.classes().map(str::to_owned).collect();
        let content = self.inlines(node);
        match classes.is_empty() {
            true => out.extend(content),
            false => out.push(Inline::Span { classes, content }),
        }
    }

    fn link(&mut self, node: &Node, out: &mut Vec<Inline<Written>>) {
        out.extend(self.old_anchor(node).map(Inline::Anchor));
        let Some(dest) = node.attribute("href").map(str::to_owned) else {
            return self.span(node, out);
        };
        let content = self.inlines(node);
        let to = Href {
            dest,
            at: node.at.clone(),
        };
        out.push(Inline::Link { to, content });
    }

    /// `<a name>` is how HTML named places before it had ids.
    pub(super) fn old_anchor(&mut self, node: &Node) -> Option<Anchor> {
        let name = node.attribute("name")?;
        match node.attribute("id") {
            Some(_) => None,
            None => self.anchor_named(name),
        }
    }

    fn image(&mut self, node: &Node, out: &mut Vec<Inline<Written>>) {
        let alt = node
            .attribute("alt")
            .map(|alt| alt.split_whitespace().collect::<Vec<_>>().join(" "));
        // Markdown cannot tell a decoration from a text left out; HTML can.
        let alt = alt.filter(|alt| !alt.is_empty() || node.is_raw());
        let src = node.attribute("src").unwrap_or_default().to_owned();
        self.picture(node, src, alt, out);
    }

    fn picture(
        &mut self,
        node: &Node,
        dest: String,
        alt: Option<String>,
        out: &mut Vec<Inline<Written>>,
    ) {
        let width = node
            .attribute("style")
            .and_then(|style| declared(style, "width"));
        let width = width.or_else(|| node.attribute("width")).and_then(width_of);
        out.push(Inline::Image(Image {
            picture: Picture::File(Href {
                dest,
                at: node.at.clone(),
            }),
            alt,
            title: node
                .attribute("title")
                .filter(|title| !title.is_empty())
                .map(str::to_owned),
            width,
        }));
    }

    /// A drawing in the text. It is cut out of the source, since its names
    /// have capitals that a reader of HTML lowers.
    fn drawing(&mut self, id: NodeId, out: &mut Vec<Inline<Written>>) {
        let node = &self.tree.nodes[id];
        let svg = self.source.text.get(node.at.clone()).unwrap_or_default();
        if !svg.starts_with("<svg") || !svg.ends_with("</svg>") {
            self.warn(
                "this drawing cannot be read; only its text is kept".to_owned(),
                id,
            );
            return self.span(node, out);
        }
        let title = node
            .children
            .iter()
            .find(|id| self.tree.nodes[**id].name() == "title");
        let alt = node
            .attribute("aria-label")
            .map(str::to_owned)
            .or_else(|| title.map(|id| self.text_of(*id)))
            .or_else(|| (node.attribute("aria-hidden") == Some("true")).then(String::new));
        out.push(Inline::Image(Image {
            picture: Picture::Svg {
                svg: svg.to_owned(),
                at: node.at.clone(),
            },
            alt,
            title: None,
            width: None,
        }));
    }

    /// What plays or loads something becomes a link to it.
    fn media(&mut self, id: NodeId, out: &mut Vec<Inline<Written>>) {
        let node = &self.tree.nodes[id];
        let name = node.name();
        let sources = node.children.iter().map(|id| &self.tree.nodes[*id]);
        let dest = std::iter::once(node)
            .chain(sources)
            .find_map(|node| node.attribute("src").or(node.attribute("data")));
        match dest.map(str::to_owned) {
            Some(dest) => {
                let title = node.attribute("title").unwrap_or(&dest).to_owned();
                self.warn(format!("in an edition, `<{name}>` becomes a link"), id);
                out.push(Inline::Link {
                    to: Href {
                        dest,
                        at: node.at.clone(),
                    },
                    content: vec![Inline::Text(title)],
                });
            }
            None => {
                self.warn(format!("`<{name}>` is left out of the editions"), id);
                self.span(node, out);
            }
        }
    }

    fn text_of(&self, id: NodeId) -> String {
        let mut out = String::new();
        self.raw_text(id, &mut out);
        out.replace('\n', " ")
    }
}

/// What a style attribute says of a property; the last word counts.
pub fn declared<'s>(style: &'s str, property: &str) -> Option<&'s str> {
    let declarations = style.split(';').filter_map(|it| it.split_once(':'));
    let mut of_it = declarations.filter(|(name, _)| name.trim().eq_ignore_ascii_case(property));
    of_it.next_back().map(|(_, value)| value.trim())
}

/// A width in pixels or per cent; others say nothing on paper.
fn width_of(text: &str) -> Option<Width> {
    match text.strip_suffix('%') {
        Some(number) => number.trim().parse().ok().map(Width::Percent),
        None => {
            let number = text.strip_suffix("px").unwrap_or(text);
            number.trim().parse().ok().map(Width::Pixels)
        }
    }
}

/// The file that an element shows, if it is a picture.
fn picture_of(node: &Node) -> Option<&str> {
    let file = node.attribute("src").or(node.attribute("data"))?;
    let (_, ending) = file.rsplit_once('.')?;
    let endings = ["png", "jpg", "jpeg", "gif", "webp", "svg"];
    let picture = endings.iter().any(|it| ending.eq_ignore_ascii_case(it));
    picture.then_some(file)
}

/// The style that an element means.
pub fn style(name: &str) -> Option<Style> {
    Some(match name {
        "em" | "i" | "cite" | "dfn" | "var" => Style::Emphasis,
        "strong" | "b" => Style::Strong,
        "del" | "s" | "strike" => Style::Strike,
        "ins" | "u" => Style::Underline,
        "sub" => Style::Subscript,
        "sup" => Style::Superscript,
        "mark" => Style::Mark,
        "small" => Style::Small,
        "kbd" => Style::Keyboard,
        "q" => Style::Quote,
        _ => return None,
    })
}
