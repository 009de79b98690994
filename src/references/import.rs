//! Entries read from the files of reference managers.

mod bibtex;
mod csl;
mod guard;
mod tex;

use super::{ARCHIVED, STEP};
use crate::diagnostics::{Diagnostic, Place, Report, Source};
use crate::resources::draft::{Draft, LINE, NAMES, TEXT, clean, clean_url};
use crate::resources::{Kind, address, slug};

/// An entry of such a file.
#[derive(Debug)]
pub struct Found {
    /// What it is called there.
    pub key: String,
    /// Where it begins.
    pub place: Place,
    /// What it holds.
    pub draft: Draft,
}

/// Reads a file in BibTeX or CSL-JSON. What cannot be read is reported; an entry
/// without a title or an address is none.
pub fn read(source: &Source, report: &mut Report) -> Vec<Found> {
    let json = source.text.trim_start().starts_with(['[', '{']);
    let raw = match json {
        true => csl::read(source, report),
        false => bibtex::read(source, report),
    };
    raw.into_iter()
        .filter_map(|raw| raw.found(report))
        .collect()
}

/// Reads one item of CSL-JSON; none without a title or an address.
pub fn of_item(json: &str) -> Option<Draft> {
    let raw = csl::of_value(&serde_json::from_str(json).ok()?);
    let raw = Raw {
        place: Some(Place::file("")),
        ..raw
    };
    Some(raw.found(&mut Report::default())?.draft)
}

/// What a format says, each value as it is written there, in plain text.
#[derive(Debug, Default)]
struct Raw {
    key: String,
    place: Option<Place>,
    title: String,
    authors: Vec<String>,
    organization: String,
    /// A date of any form.
    date: String,
    /// The kind in our words, if it is there.
    named_kind: String,
    /// What the type says.
    kind: Option<Kind>,
    url: String,
    doi: String,
    arxiv: String,
    archive: String,
    keywords: Vec<String>,
    why: String,
}

impl Raw {
    fn found(self, report: &mut Report) -> Option<Found> {
        let place = self.place.clone()?;
        let key = clean(&self.key, LINE);
        let title = clean(&self.title, LINE);
        let url = self.address();
        let mut wants = |what: &str, hint: &str| {
            report.push(
                Diagnostic::error(format!("`{key}` has no {what}, and is left out"))
                    .at(place.clone())
                    .hint(hint),
            );
        };
        if title.is_empty() {
            wants("title", "give it a title and import it again");
        }
        if url.is_none() {
            wants(
                "address",
                "give it a URL that begins with https:// or http://, a DOI or an arXiv identifier, and import it again",
            );
        }
        let url = url.filter(|_| !title.is_empty())?;
        let (topics, steps) = self.topics(&key, &place, report);
        let names = self.authors.iter().map(|name| clean(name, LINE));
        let organization = clean(&self.organization, LINE);
        let organization = Some(organization).filter(|o| !o.is_empty());
        let mut authors: Vec<_> = names.filter(|name| !name.is_empty()).take(NAMES).collect();
        // What nobody signs is the organization's.
        if authors.is_empty() {
            authors.extend(organization.clone());
        }
        let draft = Draft {
            title,
            authors,
            organization,
            year: year(&self.date),
            kind: Kind::named(self.named_kind.trim()).or(self.kind),
            url: address::without_tracking(&url),
            archive: clean_url(&self.archive),
            steps,
            topics,
            why: clean(&self.why, TEXT),
        };
        Some(Found { key, place, draft })
    }

    /// Where it is: its own address, that of its DOI, that on arXiv.
    fn address(&self) -> Option<String> {
        let url = match self.url.trim() {
            bare if bare.starts_with("www.") => format!("https://{bare}"),
            url => url.to_owned(),
        };
        let arxiv = format!("arxiv:{}", self.arxiv.trim());
        clean_url(&url)
            .or_else(|| address::of_doi(&self.doi))
            .or_else(|| address::arxiv_id(&arxiv).map(|id| format!("https://arxiv.org/abs/{id}")))
    }

    /// Keywords as topics and steps. One that cannot be written as a topic is
    /// reported.
    fn topics(&self, key: &str, place: &Place, report: &mut Report) -> (Vec<String>, Vec<String>) {
        let (mut topics, mut steps) = (Vec::new(), Vec::new());
        for keyword in &self.keywords {
            let keyword = clean(keyword, LINE);
            match keyword.strip_prefix(STEP) {
                Some(step) => push(&mut steps, step.to_owned()),
                None if keyword.is_empty() => {}
                None => match slug(&keyword) {
                    topic if topic.is_empty() => report.push(
                        Diagnostic::warning(format!(
                            "the keyword `{keyword}` of `{key}` makes no topic, and is left out"
                        ))
                        .at(place.clone())
                        .hint(
                            "topics are written in lower-case letters, digits and single hyphens",
                        ),
                    ),
                    topic => push(&mut topics, topic),
                },
            }
        }
        (topics, steps)
    }
}

fn push(list: &mut Vec<String>, item: String) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// The year of a date: the first four digits that stand alone.
pub(crate) fn year(date: &str) -> Option<u16> {
    let numbers = date.split(|c: char| !c.is_ascii_digit());
    let mut years = numbers
        .filter(|n| n.len() == 4)
        .filter_map(|n| n.parse().ok());
    years.find(|year| (1000..=2999).contains(year))
}

/// The first address in a text, and the recorded copy that a note of ours names.
fn addresses(note: &str) -> (String, String) {
    let (note, archive) = match note.split_once(ARCHIVED.trim()) {
        Some((before, archive)) => (before, first_address(archive)),
        None => (note, String::new()),
    };
    (first_address(note), archive)
}

fn first_address(text: &str) -> String {
    let start = ["https://", "http://"]
        .iter()
        .filter_map(|s| text.find(s))
        .min();
    let Some(start) = start else {
        return String::new();
    };
    let word = text[start..].split_whitespace().next().unwrap_or_default();
    word.trim_end_matches(['.', ',', ';', ')', ']']).to_owned()
}
