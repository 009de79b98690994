//! Where footnotes are marked.

use super::parse::parse;
use mdbook_markdown::MarkdownOptions;
use mdbook_markdown::pulldown_cmark::Event;
use std::ops::Range;

/// The place of the first mark of a footnote, given by its number, counted
/// from 0 in the order of first marks.
pub fn footnote_mark(text: &str, note: usize) -> Option<Range<usize>> {
    let parsed = parse(text, &MarkdownOptions::default()).ok()?;
    let mut seen = Vec::new();
    for (event, at) in parsed.events {
        if let Event::FootnoteReference(name) = event
            && !seen.contains(&name)
        {
            if seen.len() == note {
                return Some(at);
            }
            seen.push(name);
        }
    }
    None
}
