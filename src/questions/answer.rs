//! One answer.

use super::front_matter;
use crate::diagnostics::{Diagnostic, Report, Source};
use crate::resources::is_slug;
use crate::toml_text::Toml;
use serde::Deserialize;
use std::ops::Range;
use toml::value::Datetime;
use url::Url;

/// Somebody's answer to a question.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The name of its file, without `.md`.
    pub name: String,
    /// Who wrote it.
    pub author: String,
    /// Where its author is to be found; http or https.
    pub link: Option<String>,
    /// When it was last changed, as `2026-11-23`.
    pub updated: String,
    /// The file.
    pub source: Source,
    /// Where the text is.
    pub body: Range<usize>,
}

#[derive(Deserialize)]
struct FrontMatter {
    author: String,
    link: Option<String>,
    updated: Datetime,
}

const KEYS: &[&str] = &["author", "link", "updated"];
const REQUIRED: &[&str] = &["author", "updated"];

impl Answer {
    /// Reads an answer's file. What is wrong with it is reported.
    pub fn parse(source: Source, report: &mut Report) -> Option<Self> {
        let name = source
            .file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if !is_slug(&name) {
            report.push(
                Diagnostic::error(format!("`{name}` is not a name for an answer"))
                    .at(source.whole())
                    .hint("name the file after its author in lower-case letters, digits and single hyphens"),
            );
        }
        let parts = front_matter::split(&source, report)?;
        let toml = Toml::parse(&source, parts.toml, report)?;
        toml.check_keys(KEYS, "an answer", report);
        if !toml.check_required(REQUIRED, "the answer", report) {
            return None;
        }
        let front: FrontMatter = toml.read(report)?;
        let place = |key| toml.place(key, None).unwrap_or_else(|| source.whole());
        if front.author.trim().is_empty() {
            report.push(Diagnostic::error("`author` is empty").at(place("author")));
        }
        if let Some(link) = &front.link {
            let fits = Url::parse(link).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
            if !fits {
                report.push(
                    Diagnostic::error("`link` must begin with https:// or http://")
                        .at(place("link")),
                );
            }
        }
        let Some(date) = front.updated.date else {
            report.push(
                Diagnostic::error("`updated` is not a date")
                    .at(place("updated"))
                    .hint("write it as 2026-11-23"),
            );
            return None;
        };
        Some(Self {
            author: front.author,
            link: front.link,
            updated: date.to_string(),
            body: parts.body,
            name,
            source,
        })
    }
}
