//! A block of raw HTML, which the parser gives line by line.

use std::ops::Range;

/// Raw HTML that the parser hands over line by line, without the marks of a
/// quote or list around it.
#[derive(Debug, Default)]
pub struct HtmlPieces {
    /// The HTML so far.
    pub html: String,
    /// Offsets in `html` and, beside each, the offset in the source.
    starts: Vec<(usize, usize)>,
}

impl HtmlPieces {
    /// Adds a piece that stands at an offset of the source.
    pub fn push(&mut self, piece: &str, source: usize) {
        self.starts.push((self.html.len(), source));
        self.html.push_str(piece);
    }

    /// The place in the source of a range of the HTML.
    pub fn place(&self, span: Range<usize>) -> Range<usize> {
        let at = |offset: usize| {
            let i = self.starts.partition_point(|(start, _)| *start <= offset);
            match i.checked_sub(1).map(|i| self.starts[i]) {
                Some((start, source)) => source + offset - start,
                None => 0,
            }
        };
        // The end belongs to the piece of the last byte, not to the next one.
        let end = match span.end.checked_sub(1) {
            Some(last) if last >= span.start => at(last) + 1,
            _ => at(span.start),
        };
        at(span.start)..end
    }
}
