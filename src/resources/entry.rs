//! One entry of the registry.

use super::is_slug;
use crate::diagnostics::{Diagnostic, Place, Report, Source, did_you_mean};
use crate::toml_text::{Toml, list};
use serde::{Deserialize, Serialize};
use url::Url;

/// What a resource is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A scientific paper.
    Paper,
    /// A post or an essay.
    Article,
    /// A book, or a chapter of one.
    Book,
    /// A course.
    Course,
    /// The documentation of something.
    Documentation,
    /// A recorded talk or its slides.
    Talk,
    /// A program or library.
    Tool,
    /// A collection of data.
    Dataset,
    /// A report by those who built and ran a system.
    CaseStudy,
}

impl Kind {
    /// All kinds, as a registry file names them.
    pub const NAMES: &[&str] = &[
        "paper",
        "article",
        "book",
        "course",
        "documentation",
        "talk",
        "tool",
        "dataset",
        "case-study",
    ];

    const ALL: [Self; 9] = [
        Self::Paper,
        Self::Article,
        Self::Book,
        Self::Course,
        Self::Documentation,
        Self::Talk,
        Self::Tool,
        Self::Dataset,
        Self::CaseStudy,
    ];

    /// The kind as a registry file names it.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The kind of a name, or of its words in running text.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase().replace(' ', "-");
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kind in running text.
    pub fn words(self) -> String {
        self.name().replace('-', " ")
    }
}

/// An entry of the registry, checked.
#[derive(Debug, Clone, Serialize)]
pub struct Resource {
    /// The name of its file, without `.toml`.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Who made it; at least one.
    pub authors: Vec<String>,
    /// The company or institution behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// When it appeared.
    pub year: u16,
    /// What it is.
    pub kind: Kind,
    /// Where it is; http or https.
    pub url: String,
    /// A recorded copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archive: Option<String>,
    /// The steps it is about.
    pub steps: Vec<String>,
    /// Its topics.
    pub topics: Vec<String>,
    /// What a reader gets from it.
    pub why: String,
    /// Where the URL is written.
    #[serde(skip)]
    pub url_place: Place,
    /// The file.
    #[serde(skip)]
    pub place: Place,
}

/// The file's form.
#[derive(Deserialize)]
struct Entry {
    title: String,
    authors: Vec<String>,
    organization: Option<String>,
    year: u16,
    kind: Kind,
    url: String,
    archive: Option<String>,
    #[serde(default)]
    steps: Vec<String>,
    #[serde(default)]
    topics: Vec<String>,
    why: String,
}

const KEYS: &[&str] = &[
    "title",
    "authors",
    "organization",
    "year",
    "kind",
    "url",
    "archive",
    "steps",
    "topics",
    "why",
];
const REQUIRED: &[&str] = &["title", "authors", "year", "kind", "url", "why"];

impl Resource {
    /// Reads a registry file. What is wrong with it is reported, all at once;
    /// there is an entry only if it could be read.
    pub fn parse(id: &str, source: &Source, steps: &[String], report: &mut Report) -> Option<Self> {
        let toml = Toml::parse(source, 0..source.text.len(), report)?;
        toml.check_keys(KEYS, "a resource", report);
        if !toml.check_required(REQUIRED, &format!("the resource `{id}`"), report) {
            return None;
        }
        let entry: Entry = toml.read(report)?;
        let mut check = Check {
            toml: &toml,
            report,
        };
        check.text("title", &entry.title);
        check.text("why", &entry.why);
        if entry.authors.is_empty() {
            check.complain("authors", None, "`authors` is empty".into());
        }
        for (i, author) in entry.authors.iter().enumerate() {
            if author.trim().is_empty() {
                check.complain("authors", Some(i), "an author is empty".into());
            }
        }
        if let Some(organization) = &entry.organization {
            check.text("organization", organization);
        }
        check.url("url", &entry.url);
        if let Some(archive) = &entry.archive {
            check.url("archive", archive);
        }
        check_steps(&toml, &entry.steps, steps, report);
        check_topics(&toml, &entry.topics, report);
        let url_place = toml.place("url", None).unwrap_or_else(|| source.whole());
        Some(Self {
            id: id.to_owned(),
            title: entry.title,
            authors: entry.authors,
            organization: entry.organization,
            year: entry.year,
            kind: entry.kind,
            url: entry.url,
            archive: entry.archive,
            steps: entry.steps,
            topics: entry.topics,
            why: entry.why,
            url_place,
            place: source.whole(),
        })
    }

    /// The authors as a reference names them: both of two, the first of more.
    pub fn author_names(&self) -> String {
        match self.authors.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            [first, ..] => format!("{first} et al."),
        }
    }

    /// Title with authors and year, for a link without a text.
    pub fn reference(&self) -> String {
        format!("{} ({}, {})", self.title, self.author_names(), self.year)
    }
}

/// Complains about values of one table.
struct Check<'a, 's> {
    toml: &'a Toml<'s>,
    report: &'a mut Report,
}

impl Check<'_, '_> {
    fn complain(&mut self, key: &str, item: Option<usize>, message: String) {
        let mut diagnostic = Diagnostic::error(message);
        diagnostic.places.extend(self.toml.place(key, item));
        self.report.push(diagnostic);
    }

    fn text(&mut self, key: &str, value: &str) {
        if value.trim().is_empty() {
            self.complain(key, None, format!("`{key}` is empty"));
        }
    }

    fn url(&mut self, key: &str, value: &str) {
        let message = match Url::parse(value) {
            Ok(url) if !matches!(url.scheme(), "http" | "https") => {
                format!(
                    "`{key}` must begin with https:// or http://, not with {}:",
                    url.scheme()
                )
            }
            Ok(_)
                if value.contains(|c: char| {
                    c.is_whitespace() || c.is_control() || "<>\"`\\".contains(c)
                }) =>
            {
                format!("`{key}` has characters that no URL has")
            }
            Ok(_) => return,
            Err(error) => format!("`{key}` is not a URL: {error}"),
        };
        self.complain(key, None, message);
    }
}

/// Reports names that are no steps of this book. A book without steps has
/// nothing to compare with.
pub(crate) fn check_steps(
    toml: &Toml<'_>,
    named: &[String],
    known: &[String],
    report: &mut Report,
) {
    for (i, step) in named.iter().enumerate() {
        if known.is_empty() || known.contains(step) {
            continue;
        }
        let names: Vec<_> = known.iter().map(String::as_str).collect();
        let mut diagnostic = Diagnostic::error(format!("unknown step `{step}`")).hint(
            did_you_mean(step, names.iter().copied())
                .unwrap_or_else(|| format!("the steps are {}", list(&names))),
        );
        diagnostic.places.extend(toml.place("steps", Some(i)));
        report.push(diagnostic);
    }
}

/// Reports topics that are no slugs.
pub(crate) fn check_topics(toml: &Toml<'_>, topics: &[String], report: &mut Report) {
    for (i, topic) in topics.iter().enumerate() {
        if !is_slug(topic) {
            let mut diagnostic = Diagnostic::error(format!("`{topic}` is not a topic"))
                .hint("write topics in lower-case letters, digits and single hyphens");
            diagnostic.places.extend(toml.place("topics", Some(i)));
            report.push(diagnostic);
        }
    }
}
