//! Replacements spliced into a source.

use std::ops::Range;

/// Replacements of byte ranges of one text, collected in any order.
#[derive(Debug)]
pub struct Edits<'t> {
    source: &'t str,
    edits: Vec<(Range<usize>, String)>,
}

impl<'t> Edits<'t> {
    /// No edits yet.
    pub fn new(source: &'t str) -> Self {
        Self {
            source,
            edits: Vec::new(),
        }
    }

    /// Replaces a range. Ranges of two edits may touch but not overlap; of two
    /// that do, the one that starts first is kept (of equals, the first said).
    pub fn replace(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.edits.push((range, with.into()));
    }

    /// Inserts before a position.
    pub fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// The text with all edits made.
    pub fn apply(mut self) -> String {
        self.edits
            .sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(self.source.len());
        let mut at = 0;
        for (range, text) in self.edits {
            if range.start < at {
                continue;
            }
            out.push_str(&self.source[at..range.start]);
            out.push_str(&text);
            at = range.end;
        }
        out.push_str(&self.source[at..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_made_in_place_whatever_their_order() {
        let mut edits = Edits::new("one two three");
        edits.replace(8..13, "3");
        edits.replace(0..3, "1");
        edits.insert(4, "<");
        edits.insert(7, ">");
        assert_eq!(edits.apply(), "1 <two> 3");
        assert_eq!(Edits::new("as it was").apply(), "as it was");
    }
}
