//! Lists, of items and of definitions.

use super::blocks::Reader;
use super::tree::{Node, NodeId};
use crate::print::doc::{Block, Definition, Inline, ListItem, Written};

impl Reader<'_> {
    pub(super) fn list(&mut self, node: &Node) -> Block<Written> {
        let start = (node.name() == "ol").then(|| {
            // The first item may say its own number.
            let mut items = node.children.iter().map(|id| &self.tree.nodes[*id]);
            let value = items
                .find(|item| item.name() == "li")
                .and_then(|item| item.attribute("value"));
            let start = value.or(node.attribute("start"));
            start.and_then(|start| start.parse().ok()).unwrap_or(1)
        });
        let mut items: Vec<ListItem<Written>> = Vec::new();
        for &id in &node.children {
            let child = &self.tree.nodes[id];
            match child.name() {
                "li" => items.push(self.item(child)),
                // What stands between items belongs to the one before.
                _ => {
                    let blocks = self.blocks(&[id]);
                    match items.last_mut() {
                        Some(item) => item.blocks.extend(blocks),
                        None if blocks.is_empty() => {}
                        None => items.push(ListItem { task: None, blocks }),
                    }
                }
            }
        }
        Block::List { start, items }
    }

    fn item(&mut self, node: &Node) -> ListItem<Written> {
        let anchor = self.anchor(node).map(Block::Anchor);
        let first = node.children.first().map(|id| &self.tree.nodes[*id]);
        // The box of a task stands in the item, or in its first paragraph.
        let first = match first {
            Some(p) if p.name() == "p" => p.children.first().map(|id| &self.tree.nodes[*id]),
            first => first,
        };
        let task = first
            .filter(|node| node.name() == "input" && node.attribute("type") == Some("checkbox"))
            .map(|node| node.attribute("checked").is_some());
        let blocks = self.blocks(&node.children);
        ListItem {
            task,
            blocks: anchor.into_iter().chain(blocks).collect(),
        }
    }

    pub(super) fn definitions(&mut self, node: &Node) -> Block<Written> {
        let mut all: Vec<Definition<Written>> = Vec::new();
        self.definition_parts(&node.children, &mut all);
        Block::Definitions(all)
    }

    fn definition_parts(&mut self, children: &[NodeId], all: &mut Vec<Definition<Written>>) {
        for &id in children {
            let child = &self.tree.nodes[id];
            match child.name() {
                "dt" => {
                    let mut term = self.line(&child.children);
                    let anchor = match (child.attribute("id"), child.is_raw()) {
                        (None, false) => self.derived_anchor(&term),
                        _ => self.anchor(child),
                    };
                    term.splice(0..0, anchor.map(Inline::Anchor));
                    match all.last_mut() {
                        Some(last) if last.bodies.is_empty() => last.terms.push(term),
                        _ => all.push(Definition {
                            terms: vec![term],
                            bodies: Vec::new(),
                        }),
                    }
                }
                // HTML lets a `<div>` group terms and descriptions.
                "div" => self.definition_parts(&child.children, all),
                _ => {
                    let body = match child.name() {
                        "dd" => self.blocks(&child.children),
                        _ => self.blocks(&[id]),
                    };
                    if body.is_empty() {
                        continue;
                    }
                    match all.last_mut() {
                        Some(last) => last.bodies.push(body),
                        None => all.push(Definition {
                            terms: Vec::new(),
                            bodies: vec![body],
                        }),
                    }
                }
            }
        }
    }
}
