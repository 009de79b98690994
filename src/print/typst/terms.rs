//! The terms that a chapter defines, as a glossary does.

use crate::print::doc::{Anchor, Block, Doc, Inline, Item, Resolved};
use std::collections::HashSet;

/// Where links to terms lead. These are found by the alphabet, so that a page
/// behind each would only be in a reader's way.
pub fn terms(doc: &Doc<Resolved>) -> HashSet<Anchor> {
    let mut found = HashSet::new();
    for item in &doc.items {
        let Item::Chapter(chapter) = item else {
            continue;
        };
        for block in &chapter.blocks {
            let Block::Definitions(all) = block else {
                continue;
            };
            let terms = all.iter().flat_map(|definition| &definition.terms);
            found.extend(terms.flatten().filter_map(|inline| match inline {
                Inline::Anchor(anchor) => Some(*anchor),
                _ => None,
            }));
        }
    }
    found
}
