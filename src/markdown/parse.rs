//! The one door to mdBook's Markdown parser.

use crate::diagnostics::{Diagnostic, Source};
use crate::panics::caught;
use mdbook_markdown::MarkdownOptions;
use mdbook_markdown::pulldown_cmark::Event;
use std::ops::Range;

/// A text as the parser reads it.
pub struct Parsed<'t> {
    /// The events in order, each with its place.
    pub events: Vec<(Event<'t>, Range<usize>)>,
    /// The destinations of reference definitions with the definitions' places,
    /// in order.
    pub definitions: Vec<(String, Range<usize>)>,
}

/// A text on which the parser fails, by a defect of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unparsable {
    /// The line without which the text up to it can be read.
    pub at: Range<usize>,
}

impl Unparsable {
    /// The error to tell; the text begins at `base` in its source.
    pub fn diagnostic(&self, source: &Source, base: usize) -> Diagnostic {
        Diagnostic::error("mdBook's Markdown parser fails on this")
            .at(source.at(self.at.start + base..self.at.end + base))
            .hint("this is a defect of the parser, so mdBook cannot show this chapter either; write it in another way")
    }
}

/// Parses a text.
pub fn parse<'t>(text: &'t str, options: &MarkdownOptions) -> Result<Parsed<'t>, Unparsable> {
    attempt(text, options).map_err(|_| Unparsable {
        at: first_failing_line(text, options),
    })
}

fn attempt<'t>(text: &'t str, options: &MarkdownOptions) -> Result<Parsed<'t>, String> {
    caught(|| {
        let parser = mdbook_markdown::new_cmark_parser(text, options);
        let definitions = parser.reference_definitions().iter();
        let mut definitions: Vec<_> = definitions
            .map(|(_, definition)| (definition.dest.to_string(), definition.span.clone()))
            .collect();
        definitions.sort_by_key(|(_, span)| span.start);
        Parsed {
            definitions,
            events: parser.into_offset_iter().collect(),
        }
    })
}

/// The last line of the beginning of a text that fails, where the beginning
/// without that line does not.
fn first_failing_line(text: &str, options: &MarkdownOptions) -> Range<usize> {
    let ends: Vec<_> = std::iter::once(0)
        .chain(text.split_inclusive('\n').scan(0, |end, line| {
            *end += line.len();
            Some(*end)
        }))
        .collect();
    let (mut good, mut bad) = (0, ends.len() - 1);
    while bad - good > 1 {
        let middle = (good + bad) / 2;
        match attempt(&text[..ends[middle]], options) {
            Ok(_) => good = middle,
            Err(_) => bad = middle,
        }
    }
    let line = &text[ends[good]..ends[bad]];
    ends[good]..ends[good] + line.trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_on_which_the_parser_panics_is_an_error_with_its_line() {
        let text = "# One\n\n> foo\nbar\n> {.class}\n> ===\n\nMore.\n";
        let error = parse(text, &MarkdownOptions::default()).err().unwrap();
        assert!(text[error.at.clone()].starts_with("> "), "{error:?}");
    }
}
