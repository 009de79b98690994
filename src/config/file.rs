//! `book.toml`, read without mdBook's program.

use crate::diagnostics::{Diagnostic, Place, Report, Source};
use crate::toml_text::Toml;
use anyhow::Error;
use mdbook_preprocessor::config::Config;
use std::path::Path;

/// The configuration of the book in a folder, with mdBook's environment
/// variables. What is wrong is reported.
pub(crate) fn read_config(dir: &Path, report: &mut Report) -> Option<Config> {
    let path = dir.join("book.toml");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            let mut diagnostic = Diagnostic::error(format!("book.toml cannot be read: {error}"))
                .at(Place::file("book.toml"));
            if error.kind() == std::io::ErrorKind::NotFound {
                diagnostic = diagnostic
                    .hint("name the folder of a book: `mdbook-booklet build path/to/book`");
            }
            report.push(diagnostic);
            return None;
        }
    };
    // mdBook's own message names no place.
    let file = Source::file("book.toml", text.as_str());
    Toml::parse(&file, 0..text.len(), report)?;
    let config = text.parse::<Config>().and_then(|mut config| {
        config.update_from_env()?;
        Ok(config)
    });
    config
        .map_err(|error| report.push(said(&error).at(file.whole())))
        .ok()
}

/// An error of mdBook's, as a diagnostic: its causes in one line.
pub(crate) fn said(error: &Error) -> Diagnostic {
    let causes: Vec<_> = error
        .chain()
        .map(|cause| cause.to_string().replace('\n', " "))
        .collect();
    Diagnostic::error(causes.join(": "))
}
