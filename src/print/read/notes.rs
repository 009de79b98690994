//! Footnotes: their order and their texts.

use super::blocks::Reader;
use super::tree::{NodeId, Tree};
use crate::print::doc::{Block, Inline, Written};
use std::collections::{BTreeMap, BTreeSet};

/// The footnotes of a chapter.
#[derive(Default)]
pub struct Notes {
    /// The names of those that are referred to, by the first mark in the source.
    names: Vec<String>,
    /// The element that holds each text.
    texts: BTreeMap<String, NodeId>,
}

impl Notes {
    /// Finds the footnotes of a tree. A note is referred to if its mark stands
    /// in the text, or in a note that is.
    pub fn new(tree: &Tree) -> Self {
        let mut marks = Vec::new();
        collect(tree, 0, None, &mut marks);
        // Elements are numbered in the order of the source.
        marks.sort_unstable_by_key(|mark| mark.at);
        let mut notes = Self::default();
        for (id, node) in tree.nodes.iter().enumerate() {
            if node.name() == "footnote-text" {
                let name = node.attribute("name").unwrap_or_default().to_owned();
                notes.texts.entry(name).or_insert(id);
            }
        }
        let mut open = vec![None];
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        while let Some(within) = open.pop() {
            for mark in marks.iter().filter(|mark| mark.within == within) {
                if reached.insert(mark.name) {
                    open.extend(notes.texts.get(mark.name).copied().map(Some));
                }
            }
        }
        for mark in marks.iter().filter(|mark| reached.contains(mark.name)) {
            if !notes.names.iter().any(|name| name == mark.name) {
                notes.names.push(mark.name.to_owned());
            }
        }
        notes
    }

    /// The number of a note, from 0.
    pub fn index(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|other| other == name)
    }
}

struct Mark<'t> {
    name: &'t str,
    at: NodeId,
    /// The note in whose text it stands.
    within: Option<NodeId>,
}

fn collect<'t>(tree: &'t Tree, id: NodeId, within: Option<NodeId>, marks: &mut Vec<Mark<'t>>) {
    let node = &tree.nodes[id];
    let within = match node.name() {
        "footnote-mark" => {
            let name = node.attribute("name").unwrap_or_default();
            marks.push(Mark {
                name,
                at: id,
                within,
            });
            within
        }
        "footnote-text" => Some(id),
        // What these hold is left out.
        "script" | "style" | "template" | "head" => return,
        _ => within,
    };
    for child in &node.children {
        collect(tree, *child, within, marks);
    }
}

impl Reader<'_> {
    /// The marks of footnotes in an element.
    pub(super) fn marks_within(&self, id: NodeId) -> Vec<Inline<Written>> {
        let mut marks = Vec::new();
        collect(self.tree, id, None, &mut marks);
        let index = |mark: &Mark<'_>| self.notes.index(mark.name);
        marks.iter().filter_map(index).map(Inline::Note).collect()
    }

    /// The texts of the footnotes, in order. One that nothing refers to is
    /// reported and left out, as on the site.
    pub(super) fn note_texts(&mut self) -> Vec<Vec<Block<Written>>> {
        let tree = self.tree;
        let texts: Vec<_> = self
            .notes
            .names
            .iter()
            .map(|name| self.notes.texts.get(name).copied())
            .collect();
        let mut unused: Vec<_> = self
            .notes
            .texts
            .iter()
            .filter(|(name, _)| self.notes.index(name).is_none())
            .map(|(name, id)| (*id, name.clone()))
            .collect();
        unused.sort();
        for (id, name) in unused {
            self.warn(
                format!("the footnote `{name}` is not referred to, and is left out"),
                id,
            );
        }
        let text = |id: Option<NodeId>| match id {
            Some(id) => self.blocks(&tree.nodes[id].children),
            None => Vec::new(),
        };
        texts.into_iter().map(text).collect()
    }
}
