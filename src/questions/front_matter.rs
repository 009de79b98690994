//! `+++` TOML `+++`, then Markdown.

use crate::diagnostics::{Diagnostic, Report, Source};
use std::ops::Range;

/// Where the front matter and the text of a file are.
pub(super) struct Parts {
    pub toml: Range<usize>,
    pub body: Range<usize>,
}

/// Finds the front matter between two lines `+++`, the first of which begins
/// the file. A file without is reported.
pub(super) fn split(source: &Source, report: &mut Report) -> Option<Parts> {
    let text = &*source.text;
    let fence = |line: &str| line.trim_end() == "+++";
    let mut at = 0;
    let mut start = None;
    for line in text.split_inclusive('\n') {
        match start {
            None if fence(line) => start = Some(at + line.len()),
            None => break,
            Some(start) if fence(line) => {
                return Some(Parts {
                    toml: start..at,
                    body: at + line.len()..text.len(),
                });
            }
            Some(_) => {}
        }
        at += line.len();
    }
    let message = match start {
        None => "the file does not begin with front matter",
        Some(_) => "the front matter does not end",
    };
    report.push(
        Diagnostic::error(message)
            .at(source.at(0..text.lines().next().unwrap_or_default().len()))
            .hint("write TOML between two lines of `+++`, then the text"),
    );
    None
}
