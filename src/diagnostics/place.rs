//! Where in the book's files something is.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A text and the file it came from.
///
/// mdBook hands a chapter over after other preprocessors have worked on it, so
/// the text received may differ from the file. A place is claimed only on lines
/// that both have, and have once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The file, relative to the book's root, as it is shown.
    pub file: PathBuf,
    /// The text that offsets refer to.
    pub text: Arc<str>,
    /// What the file holds, if it is another text or there is none to compare.
    disk: Disk,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Disk {
    Same,
    Differs(Arc<str>),
    Unknown,
}

impl Source {
    /// A text that is the file.
    pub fn file(file: impl Into<PathBuf>, text: impl Into<Arc<str>>) -> Self {
        Self {
            file: file.into(),
            text: text.into(),
            disk: Disk::Same,
        }
    }

    /// A text received from elsewhere, to be compared with the file below `root`.
    pub fn received(root: &Path, file: impl Into<PathBuf>, text: impl Into<Arc<str>>) -> Self {
        let (file, text) = (file.into(), text.into());
        let disk = match std::fs::read_to_string(root.join(&file)) {
            // mdBook drops a byte order mark, and so do we before comparing.
            Ok(disk) => {
                let disk = disk.strip_prefix('\u{feff}').unwrap_or(&disk);
                if *disk == *text {
                    Disk::Same
                } else {
                    Disk::Differs(disk.into())
                }
            }
            Err(_) => Disk::Unknown,
        };
        Self { file, text, disk }
    }

    /// A text that a plugin has made and no file holds: nothing in it can be
    /// pointed at.
    pub fn generated(name: impl Into<PathBuf>, text: impl Into<Arc<str>>) -> Self {
        Self {
            file: name.into(),
            text: text.into(),
            disk: Disk::Unknown,
        }
    }

    /// The place of a byte range of the text.
    pub fn at(&self, span: Range<usize>) -> Place {
        let span = clamp(&self.text, span);
        let (text, span) = match &self.disk {
            Disk::Same => (self.text.clone(), Some(span)),
            Disk::Differs(disk) => match same_line(&self.text, disk, span) {
                Some(span) => (disk.clone(), Some(span)),
                None => (disk.clone(), None),
            },
            Disk::Unknown => (self.text.clone(), None),
        };
        Place {
            file: self.file.clone(),
            text,
            span,
            label: None,
        }
    }

    /// The file as a whole.
    pub fn whole(&self) -> Place {
        Place::file(&self.file)
    }
}

/// Moves a span into the bounds of a text and onto its character boundaries.
fn clamp(text: &str, span: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    let end = text.ceil_char_boundary(span.end.clamp(start, text.len()));
    start..end
}

/// The span moved from one text to another, if its line stands once in each.
fn same_line(from: &str, to: &str, span: Range<usize>) -> Option<Range<usize>> {
    let start = from[..span.start].rfind('\n').map_or(0, |i| i + 1);
    let line = from[start..].lines().next()?;
    let once = |text: &str| {
        let mut found = text
            .split_inclusive('\n')
            .scan(0, |at, l| {
                let here = *at;
                *at += l.len();
                Some((here, l.trim_end_matches(['\n', '\r'])))
            })
            .filter(|(_, l)| *l == line)
            .map(|(at, _)| at);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    };
    once(from)?;
    let target = once(to)?;
    let column = span.start - start;
    let length = span.len().min(line.len().saturating_sub(column));
    Some(target + column..target + column + length)
}

/// A file and, where it is certain, a span in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, relative to the book's root.
    pub file: PathBuf,
    /// What stands in the file.
    pub text: Arc<str>,
    /// Which part of it is meant, in bytes; none means the file as a whole.
    pub span: Option<Range<usize>>,
    /// What to write beside the excerpt.
    pub label: Option<String>,
}

impl Place {
    /// A file as a whole.
    pub fn file(file: impl Into<PathBuf>) -> Self {
        Self {
            file: file.into(),
            text: "".into(),
            span: None,
            label: None,
        }
    }

    /// Sets the text beside the excerpt.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Line and column, both from 1, the column in characters.
    pub fn line_column(&self) -> Option<(usize, usize)> {
        let before = &self.text[..self.span.as_ref()?.start];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        Some((
            before.matches('\n').count() + 1,
            before[line_start..].chars().count() + 1,
        ))
    }

    /// The file with `/` between its parts, on every system.
    pub fn shown(&self) -> String {
        self.file.to_string_lossy().replace('\\', "/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_text_gives_a_place_only_on_a_line_both_have_once() {
        let from = "# Step 1: One\n\nsee [x](y.md)\n\ntwice\ntwice\n";
        let to = "# One\n\nsee [x](y.md)\n\ntwice\ntwice\n";
        let at = from.find("[x]").unwrap();
        let found = same_line(from, to, at..at + 9).unwrap();
        assert_eq!(&to[found], "[x](y.md)");
        assert_eq!(same_line(from, to, 0..3), None);
        let at = from.find("twice").unwrap();
        assert_eq!(same_line(from, to, at..at + 5), None);
    }

    #[test]
    fn line_and_column_count_from_one_in_characters() {
        let place = Source::file("a.md", "é\nüü x\n").at(8..9);
        assert_eq!(place.line_column(), Some((2, 4)));
    }
}
