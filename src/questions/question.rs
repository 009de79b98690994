//! One question.

use super::front_matter;
use crate::diagnostics::{Diagnostic, Place, Report, Source};
use crate::resources::is_slug;
use crate::toml_text::Toml;
use serde::Deserialize;
use std::ops::Range;

/// How hard a question is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// One clear goal, data at hand.
    Easy,
    /// Some parts must be found out.
    Medium,
    /// Open in several directions at once.
    Hard,
}

impl Level {
    /// The level as a file names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Easy => "easy",
            Self::Medium => "medium",
            Self::Hard => "hard",
        }
    }
}

/// A question of the appendix.
#[derive(Debug, Clone)]
pub struct Question {
    /// The name of its file, without `.md`; its stable name.
    pub slug: String,
    /// Its number, from 1.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// The steps it exercises most.
    pub steps: Vec<String>,
    /// Its topics.
    pub topics: Vec<String>,
    /// How hard it is.
    pub level: Level,
    /// The file.
    pub source: Source,
    /// Where the text is.
    pub body: Range<usize>,
    /// Where the number is written.
    pub number_place: Place,
}

#[derive(Deserialize)]
struct FrontMatter {
    number: u32,
    title: String,
    #[serde(default)]
    steps: Vec<String>,
    #[serde(default)]
    topics: Vec<String>,
    level: Level,
}

const KEYS: &[&str] = &["number", "title", "steps", "topics", "level"];
const REQUIRED: &[&str] = &["number", "title", "level"];

impl Question {
    /// Reads a question's file. What is wrong with it is reported.
    pub fn parse(source: Source, steps: &[String], report: &mut Report) -> Option<Self> {
        let slug = source
            .file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if !is_slug(&slug) {
            report.push(
                Diagnostic::error(format!("`{slug}` is not a slug"))
                    .at(source.whole())
                    .hint("name the file in lower-case letters, digits and single hyphens, like card-fraud.md"),
            );
        }
        let parts = front_matter::split(&source, report)?;
        let toml = Toml::parse(&source, parts.toml, report)?;
        toml.check_keys(KEYS, "a question", report);
        if !toml.check_required(REQUIRED, &format!("the question `{slug}`"), report) {
            return None;
        }
        let front: FrontMatter = toml.read(report)?;
        let place = |key| toml.place(key, None).unwrap_or_else(|| source.whole());
        if front.title.trim().is_empty() {
            report.push(Diagnostic::error("`title` is empty").at(place("title")));
        }
        if front.number == 0 {
            report.push(Diagnostic::error("numbers begin with 1").at(place("number")));
        }
        if source.text[parts.body.clone()].trim().is_empty() {
            report.push(Diagnostic::error("the question has no text").at(source.whole()));
        }
        crate::resources::check_steps(&toml, &front.steps, steps, report);
        crate::resources::check_topics(&toml, &front.topics, report);
        Some(Self {
            number: front.number,
            title: front.title,
            steps: front.steps,
            topics: front.topics,
            level: front.level,
            number_place: place("number"),
            body: parts.body,
            slug,
            source,
        })
    }

    /// “Question 2: Card fraud”
    pub fn reference(&self) -> String {
        format!("Question {}: {}", self.number, self.title)
    }
}
