//! The elements that are open, and how deep they may nest.

use super::{Builder, Node, NodeId, NodeKind, VOID};
use crate::print::read::inlines::BLOCKS;
use std::ops::Range;

/// What the open elements may weigh together. Typst's bound is near 62.
const MAX_WEIGHT: usize = 32;
/// How many may be open: the reader calls itself for each.
const MAX_OPEN: usize = 64;

/// What an element costs of the depth to which Typst's rules may nest, as
/// measured with the built-in theme. What costs nothing is bounded by number.
fn weight(name: &str) -> usize {
    match name {
        "table" => 6,
        "dl" => 4,
        "figure" | "footnote-text" => 3,
        "blockquote" | "ul" | "ol" | "menu" | "dir" | "details" | "div" | "section" | "article"
        | "aside" | "pre" | "a" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => 2,
        "em" | "i" | "cite" | "dfn" | "var" | "strong" | "b" | "del" | "s" | "strike" | "ins"
        | "u" | "sub" | "sup" | "mark" | "q" | "center" => 1,
        _ => 0,
    }
}

/// An open element.
pub(super) struct Open {
    pub id: NodeId,
    pub name: String,
    /// Whether it was written as HTML.
    pub raw: bool,
    /// The node that takes what stands in it: itself, unless it lies too deep.
    holder: NodeId,
    /// The weight of all that is open, with it.
    weight: usize,
}

impl Open {
    pub fn root() -> Self {
        Self {
            id: 0,
            name: "body".into(),
            raw: false,
            holder: 0,
            weight: 0,
        }
    }
}

impl Builder {
    pub(super) fn complain(&mut self, message: String, at: Range<usize>) {
        self.tree.complaints.push((message, at));
    }

    fn holder(&self) -> NodeId {
        self.stack.last().map_or(0, |open| open.holder)
    }

    pub(super) fn text(&mut self, text: &str, at: Range<usize>) {
        if self.raw_text {
            return;
        }
        let last = self.tree.nodes[self.holder()].children.last().copied();
        if let Some(last) = last
            && let NodeKind::Text(before) = &mut self.tree.nodes[last].kind
        {
            before.push_str(text);
            self.tree.nodes[last].at.end = at.end;
            return;
        }
        self.append(NodeKind::Text(text.to_owned()), at);
    }

    fn append(&mut self, kind: NodeKind, at: Range<usize>) -> NodeId {
        let id = self.tree.nodes.len();
        self.tree.nodes.push(Node {
            kind,
            children: Vec::new(),
            at,
        });
        let holder = self.holder();
        self.tree.nodes[holder].children.push(id);
        id
    }

    pub(super) fn open(
        &mut self,
        name: &str,
        attributes: Vec<(String, String)>,
        raw: bool,
        at: Range<usize>,
    ) {
        let weighs = weight(name);
        let before = self.stack.last().map_or(0, |open| open.weight);
        let too_deep = match name {
            // These hold nothing, and nothing may be lost.
            "footnote-mark" => false,
            name if VOID.contains(&name) => false,
            // Nor may a link, as far as may be.
            "a" => before + weighs > MAX_WEIGHT + MAX_WEIGHT / 2,
            _ => (weighs > 0 && before + weighs > MAX_WEIGHT) || self.stack.len() >= MAX_OPEN,
        };
        let (id, holder, weight) = match too_deep {
            false => {
                let name = name.to_owned();
                let id = self.append(
                    NodeKind::Element {
                        name,
                        attributes,
                        raw,
                    },
                    at,
                );
                (id, id, before + weighs)
            }
            true => {
                if !self.too_deep {
                    self.too_deep = true;
                    let message = "this is nested too deep, and is set less deep".to_owned();
                    self.complain(message, at.clone());
                }
                (self.edge(name, attributes, at), self.holder(), before)
            }
        };
        self.stack.push(Open {
            id,
            name: name.to_owned(),
            raw,
            holder,
            weight,
        });
    }

    /// An empty element in place of one that lies too deep: it keeps its id and
    /// parts what is in it from what is around it.
    fn edge(
        &mut self,
        name: &str,
        mut attributes: Vec<(String, String)>,
        at: Range<usize>,
    ) -> NodeId {
        attributes.retain(|(name, _)| name == "id");
        let stand_in = if BLOCKS.contains(&name) {
            "div"
        } else {
            "span"
        };
        let kind = NodeKind::Element {
            name: stand_in.into(),
            attributes,
            raw: true,
        };
        self.append(kind, at)
    }

    pub(super) fn close(&mut self) {
        if self.stack.len() == 1 {
            return;
        }
        if let Some(open) = self.stack.pop()
            && open.holder != open.id
        {
            let end = self.tree.nodes[open.id].at.end;
            self.edge(&open.name, Vec::new(), end..end);
        }
    }

    pub(super) fn leaf(&mut self, name: &str, attributes: Vec<(String, String)>, at: Range<usize>) {
        self.open(name, attributes, false, at);
        self.close();
    }

    /// Closes raw elements down to a height of the stack.
    pub(super) fn close_raw(&mut self, height: usize) {
        while self.stack.len() > height {
            let top = &self.stack[self.stack.len() - 1];
            let (name, at) = (top.name.clone(), self.tree.nodes[top.id].at.clone());
            // HTML itself lets these be left open.
            if !matches!(
                name.as_str(),
                "p" | "li" | "dt" | "dd" | "td" | "th" | "tr" | "tbody" | "thead"
            ) {
                self.complain(format!("the HTML tag `<{name}>` is not closed"), at);
            }
            self.close();
        }
    }
}
