//! The places of things within what the parser gives as one piece.

use super::{Definition, Directive};
use std::ops::Range;

/// The place of the destination that begins at or after `from`.
pub(super) fn raw_destination(text: &str, from: usize, until: usize) -> Range<usize> {
    let rest = &text[from..until];
    let mut new_line = false;
    // A new line within a quotation begins with its marks.
    let skipped = rest.find(|c: char| {
        new_line |= c == '\n';
        !(c.is_whitespace() || new_line && c == '>')
    });
    let start = from + skipped.unwrap_or(rest.len());
    let rest = &text[start..until];
    let length = if rest.starts_with('<') {
        unescaped(rest, |c| c == '>').map_or(rest.len(), |end| end + 1)
    } else {
        let mut depth = 0usize;
        unescaped(rest, |c| {
            match c {
                '(' => depth += 1,
                ')' if depth == 0 => return true,
                ')' => depth -= 1,
                _ => {}
            }
            c.is_ascii_whitespace()
        })
        .unwrap_or(rest.len())
    };
    start..start + length
}

/// The offset of the first character that is not escaped and meets a condition.
pub(super) fn unescaped(text: &str, mut condition: impl FnMut(char) -> bool) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(i, c)| {
        if std::mem::take(&mut escaped) {
            return None;
        }
        escaped = c == '\\';
        condition(c).then_some(i)
    })
}

pub(super) fn read_definition(text: &str, span: Range<usize>, dest: String) -> Option<Definition> {
    let raw = &text[span.clone()];
    let open = raw.find('[')?;
    let close = open + 1 + unescaped(&raw[open + 1..], |c| c == ']')?;
    let after = span.start + close + raw[close..].find(':')? + 1;
    Some(Definition {
        dest,
        dest_span: raw_destination(text, after, span.end),
        label_span: span.start + open + 1..span.start + close,
        span: span.start..span.start + raw.trim_end().len(),
    })
}

/// Reads what stands between `{{#` and `}}`.
pub(super) fn read_directive(inner: &str, span: Range<usize>) -> Directive {
    let base = span.start + "{{#".len();
    let name_length = inner.find(char::is_whitespace).unwrap_or(inner.len());
    let mut directive = Directive {
        name: inner[..name_length].to_owned(),
        options: Vec::new(),
        malformed: Vec::new(),
        span,
    };
    let mut at = name_length;
    while let Some(skip) = inner[at..].find(|c: char| !c.is_whitespace()) {
        at += skip;
        let mut quoted = false;
        let length = inner[at..]
            .find(|c: char| {
                quoted ^= c == '"';
                c.is_whitespace() && !quoted
            })
            .unwrap_or(inner.len() - at);
        let part = &inner[at..at + length];
        let place = base + at..base + at + length;
        match part.split_once('=') {
            Some((key, value)) if !key.is_empty() => {
                directive
                    .options
                    .push((key.to_owned(), value.trim_matches('"').to_owned(), place));
            }
            _ => directive.malformed.push(place),
        }
        at += length;
    }
    directive
}
