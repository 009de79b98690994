//! The look of the editions: Typst files, a style sheet, fonts.
//!
//! What is in the book's folder `theme/print` stands in for the built-in file
//! of the same name; other files there can be used by those.

use crate::diagnostics::{Diagnostic, Place, Report};
use std::collections::BTreeMap;
use std::path::Path;

/// The files of a theme, by their path below `theme/print`.
pub struct Theme {
    files: BTreeMap<String, Vec<u8>>,
}

macro_rules! built_in {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../theme/print/", $path)))),*]
    };
}

const BUILT_IN: &[(&str, &[u8])] = built_in![
    "book.typ",
    "style.typ",
    "page.typ",
    "headings.typ",
    "parts.typ",
    "code.typ",
    "tables.typ",
    "booklet.typ",
    "edition.css",
    "fonts/IBMPlexSans-Regular.ttf",
    "fonts/IBMPlexSans-Italic.ttf",
    "fonts/IBMPlexSans-SemiBold.ttf",
    "fonts/IBMPlexSans-Bold.ttf",
];

/// The folder of a book's own theme, from its root.
pub const FOLDER: &str = "theme/print";

impl Theme {
    /// The built-in theme, and over it what the book at `root` brings.
    pub fn load(root: &Path, report: &mut Report) -> Self {
        let built_in = BUILT_IN
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.to_vec()));
        let mut theme = Self {
            files: built_in.collect(),
        };
        let folder = root.join(FOLDER);
        if folder.is_dir() {
            theme.add(&folder, "", report);
        }
        theme
    }

    fn add(&mut self, folder: &Path, prefix: &str, report: &mut Report) {
        let unreadable = |what: &str, error: std::io::Error| {
            Diagnostic::error(format!("the theme cannot be read: {error}"))
                .at(Place::file(format!("{FOLDER}/{what}")))
        };
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return report.push(unreadable(prefix, error)),
        };
        for entry in entries.flatten() {
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let path = format!("{prefix}{name}");
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => self.add(&entry.path(), &format!("{path}/"), report),
                Ok(kind) if kind.is_file() => match std::fs::read(entry.path()) {
                    Ok(bytes) => {
                        self.files.insert(path, bytes);
                    }
                    Err(error) => report.push(unreadable(&path, error)),
                },
                // A link may lead anywhere; a theme is what lies in its folder.
                _ => {}
            }
        }
    }

    /// All files.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files
            .iter()
            .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The fonts, which come before the built-in ones.
    pub fn fonts(&self) -> impl Iterator<Item = &[u8]> {
        let is_font = |path: &str| {
            [".ttf", ".otf", ".ttc", ".otc"]
                .iter()
                .any(|end| path.to_lowercase().ends_with(end))
        };
        self.files()
            .filter(move |(path, _)| is_font(path))
            .map(|(_, bytes)| bytes)
    }

    /// The style sheet of the one-file HTML.
    pub fn css(&self) -> String {
        let css = self.files.get("edition.css").map_or(&[][..], Vec::as_slice);
        String::from_utf8_lossy(css).into_owned()
    }
}
