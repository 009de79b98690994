//! Markdown and raw HTML as one tree of elements, nested as on the site.
//!
//! mdBook writes Markdown's constructs as HTML elements and weaves raw tags in
//! between; here the same tree is built, each node with its place. The rest of
//! the reader knows elements only, so `*a*` and `<em>a</em>` cannot differ.

mod open;
mod raw;

use crate::markdown::{HtmlPieces, Unparsable, parse};
use mdbook_markdown::MarkdownOptions;
use mdbook_markdown::pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd,
};
use open::Open;
use std::ops::Range;

/// A node's index in its [`Tree`].
pub type NodeId = usize;

/// A chapter as a tree. Node 0 is its root.
#[derive(Debug)]
pub struct Tree {
    pub nodes: Vec<Node>,
    /// What was odd on the way: a message and its place.
    pub complaints: Vec<(String, Range<usize>)>,
}

impl Default for Tree {
    fn default() -> Self {
        let root = Node {
            kind: NodeKind::Element {
                name: "body".into(),
                attributes: Vec::new(),
                raw: false,
            },
            children: Vec::new(),
            at: 0..0,
        };
        Self {
            nodes: vec![root],
            complaints: Vec::new(),
        }
    }
}

/// An element or a piece of text.
#[derive(Debug)]
pub struct Node {
    pub kind: NodeKind,
    pub children: Vec<NodeId>,
    /// Its place in the chapter's text.
    pub at: Range<usize>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum NodeKind {
    Element {
        /// In lower case.
        name: String,
        attributes: Vec<(String, String)>,
        /// Whether it was written as HTML.
        raw: bool,
    },
    Text(String),
}

impl Node {
    /// The name of an element; empty for text.
    pub fn name(&self) -> &str {
        match &self.kind {
            NodeKind::Element { name, .. } => name,
            NodeKind::Text(_) => "",
        }
    }

    /// The value of an attribute.
    pub fn attribute(&self, wanted: &str) -> Option<&str> {
        match &self.kind {
            NodeKind::Element { attributes, .. } => attributes
                .iter()
                .find(|(name, _)| name == wanted)
                .map(|(_, value)| value.as_str()),
            NodeKind::Text(_) => None,
        }
    }

    /// The classes of an element.
    pub fn classes(&self) -> impl Iterator<Item = &str> {
        self.attribute("class")
            .unwrap_or_default()
            .split_whitespace()
    }

    /// Whether the site does not show it: by HTML's attribute or mdBook's class.
    pub fn is_hidden(&self) -> bool {
        self.is_raw()
            && (self.attribute("hidden").is_some() || self.classes().any(|class| class == "hidden"))
    }

    /// Whether it was written as HTML.
    pub fn is_raw(&self) -> bool {
        matches!(self.kind, NodeKind::Element { raw: true, .. })
    }
}

/// Elements without an end tag.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Builds the tree of a chapter.
pub fn build(text: &str, options: &MarkdownOptions) -> Result<Tree, Unparsable> {
    let parsed = parse(text, options)?;
    let mut builder = Builder {
        tree: Tree::default(),
        stack: vec![Open::root()],
        html: None,
        raw_text: false,
        head: false,
        aligns: Vec::new(),
        column: 0,
        alt: None,
        too_deep: false,
    };
    for (event, at) in parsed.events {
        builder.event(event, at);
    }
    builder.close_raw(1);
    Ok(builder.tree)
}

struct Builder {
    tree: Tree,
    /// The open elements, the root first.
    stack: Vec<Open>,
    /// The raw HTML of the open HTML block and its place.
    html: Option<HtmlPieces>,
    /// Whether text is the inside of a script or style.
    raw_text: bool,
    head: bool,
    aligns: Vec<Alignment>,
    column: usize,
    /// The text of the open image, and how many things are open in it.
    alt: Option<(String, usize)>,
    too_deep: bool,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, at: Range<usize>) {
        if self.alt.is_some() {
            return self.alt_event(event);
        }
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, at),
            Event::Code(code) => {
                self.open("code", vec![], false, at.clone());
                self.text(&code, at);
                self.close();
            }
            Event::InlineMath(math) | Event::DisplayMath(math) => self.text(&math, at),
            Event::Html(html) if self.html.is_some() => {
                self.html.get_or_insert_default().push(&html, at.start);
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let mut pieces = HtmlPieces::default();
                pieces.push(&html, at.start);
                self.raw_html(&pieces);
            }
            Event::FootnoteReference(name) => {
                self.leaf(
                    "footnote-mark",
                    vec![("name".into(), name.into_string())],
                    at,
                );
            }
            Event::SoftBreak => self.text("\n", at),
            Event::HardBreak => self.leaf("br", vec![], at),
            Event::Rule => self.leaf("hr", vec![], at),
            Event::TaskListMarker(done) => {
                let mut attributes = vec![("type".to_owned(), "checkbox".to_owned())];
                if done {
                    attributes.push(("checked".into(), String::new()));
                }
                self.leaf("input", attributes, at);
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, at: Range<usize>) {
        let attribute = |name: &str, value: CowStr<'_>| (name.to_owned(), value.into_string());
        let (name, attributes) = match tag {
            Tag::Paragraph => ("p", vec![]),
            Tag::Heading {
                level,
                id,
                classes,
                attrs,
            } => {
                let mut attributes: Vec<_> = attrs
                    .into_iter()
                    .map(|(name, value)| attribute(&name, value.unwrap_or("".into())))
                    .collect();
                attributes.extend(id.map(|id| attribute("id", id)));
                if !classes.is_empty() {
                    attributes.push(attribute("class", classes.join(" ").into()));
                }
                let names = ["h1", "h2", "h3", "h4", "h5", "h6"];
                (names[level as usize - 1], attributes)
            }
            Tag::BlockQuote(kind) => {
                let kind = kind.map(|kind| match kind {
                    BlockQuoteKind::Note => "note",
                    BlockQuoteKind::Tip => "tip",
                    BlockQuoteKind::Important => "important",
                    BlockQuoteKind::Warning => "warning",
                    BlockQuoteKind::Caution => "caution",
                });
                let attributes = kind.map(|kind| attribute("admonition", kind.into()));
                ("blockquote", attributes.into_iter().collect())
            }
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.into_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                let mut words = info.split([' ', '\t', ',']).filter(|word| !word.is_empty());
                let class = words.next().map(|language| {
                    let rest: Vec<_> = words.collect();
                    format!("language-{language} {}", rest.join(" "))
                });
                let attributes = class.map(|class| attribute("class", class.into()));
                self.open("pre", vec![], false, at.clone());
                ("code", attributes.into_iter().collect())
            }
            Tag::HtmlBlock => {
                self.html = Some(HtmlPieces::default());
                return;
            }
            Tag::List(Some(start)) => ("ol", vec![("start".into(), start.to_string())]),
            Tag::List(None) => ("ul", vec![]),
            Tag::Item => ("li", vec![]),
            Tag::FootnoteDefinition(name) => ("footnote-text", vec![attribute("name", name)]),
            Tag::DefinitionList => ("dl", vec![]),
            Tag::DefinitionListTitle => ("dt", vec![]),
            Tag::DefinitionListDefinition => ("dd", vec![]),
            Tag::Table(aligns) => {
                self.aligns = aligns;
                ("table", vec![])
            }
            Tag::TableHead => {
                self.head = true;
                self.column = 0;
                self.open("thead", vec![], false, at.clone());
                ("tr", vec![])
            }
            Tag::TableRow => {
                self.column = 0;
                ("tr", vec![])
            }
            Tag::TableCell => {
                let align = match self.aligns.get(self.column) {
                    Some(Alignment::Left) => Some("left"),
                    Some(Alignment::Center) => Some("center"),
                    Some(Alignment::Right) => Some("right"),
                    Some(Alignment::None) | None => None,
                };
                self.column += 1;
                let attributes = align.map(|align| attribute("align", align.into()));
                (
                    if self.head { "th" } else { "td" },
                    attributes.into_iter().collect(),
                )
            }
            Tag::Emphasis => ("em", vec![]),
            Tag::Strong => ("strong", vec![]),
            Tag::Strikethrough => ("del", vec![]),
            Tag::Superscript => ("sup", vec![]),
            Tag::Subscript => ("sub", vec![]),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                let href = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.into_string(),
                };
                ("a", vec![("href".into(), href)])
            }
            Tag::Image {
                dest_url, title, ..
            } => {
                let mut attributes = vec![attribute("src", dest_url)];
                if !title.is_empty() {
                    attributes.push(attribute("title", title));
                }
                self.open("img", attributes, false, at);
                self.alt = Some((String::new(), 0));
                return;
            }
            Tag::MetadataBlock(_) => ("template", vec![]),
        };
        self.open(name, attributes, false, at);
    }

    fn end(&mut self, tag: TagEnd) {
        if matches!(tag, TagEnd::HtmlBlock) {
            if let Some(html) = self.html.take() {
                self.raw_html(&html);
            }
            return;
        }
        // Raw elements left open inside end with it, as on the site.
        let bottom = self.stack.iter().rposition(|open| !open.raw);
        self.close_raw(bottom.map_or(1, |bottom| bottom + 1));
        self.close();
        match tag {
            TagEnd::CodeBlock => self.close(),
            TagEnd::TableHead => {
                self.head = false;
                self.close();
            }
            _ => {}
        }
    }

    /// Within an image everything is text in words.
    fn alt_event(&mut self, event: Event<'_>) {
        let Some((alt, open)) = &mut self.alt else {
            return;
        };
        match event {
            Event::Start(_) => *open += 1,
            Event::End(_) if *open > 0 => *open -= 1,
            Event::End(_) => {
                let (alt, _) = self.alt.take().unwrap_or_default();
                let image = self.stack.last().map_or(0, |open| open.id);
                if let NodeKind::Element { attributes, .. } = &mut self.tree.nodes[image].kind {
                    attributes.push(("alt".into(), alt));
                }
                self.close();
            }
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => alt.push_str(&text),
            Event::InlineMath(text) | Event::DisplayMath(text) => alt.push_str(&text),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            Event::Html(_)
            | Event::FootnoteReference(_)
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }
}
