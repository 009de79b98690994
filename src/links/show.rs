//! What a run has found, for people, programs and pull requests.

use super::collect::Wanted;
use crate::diagnostics::{Diagnostic, Report};
use crate::ledger::{Answer, Link, Status};
use serde::Serialize;

/// A link that a run is about.
pub struct Shown {
    /// Its key.
    pub url: String,
    /// What is known of it now.
    pub link: Link,
    /// Where the book has it.
    pub wanted: Wanted,
    /// How many strikes make it dead.
    pub strikes: u32,
}

/// How many links stand how.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All of them.
    pub links: usize,
    /// That answer as themselves.
    pub alive: usize,
    /// That are gone.
    pub dead: usize,
    /// That answer as something else.
    pub changed: usize,
    /// Of which there is no telling.
    pub unknown: usize,
    /// That were never checked.
    pub new: usize,
}

impl Counts {
    /// Counts links.
    pub fn of(links: &[Shown]) -> Self {
        let mut counts = Self {
            links: links.len(),
            ..Self::default()
        };
        for shown in links {
            *match shown.link.status {
                Status::New => &mut counts.new,
                Status::Alive => &mut counts.alive,
                Status::Unknown => &mut counts.unknown,
                Status::Changed => &mut counts.changed,
                Status::Dead => &mut counts.dead,
            } += 1;
        }
        counts
    }

    /// In a line.
    pub fn line(&self) -> String {
        let named = [
            (self.alive, "alive"),
            (self.dead, "dead"),
            (self.changed, "changed"),
            (self.unknown, "unknown"),
            (self.new, "never checked"),
        ];
        let named = named.iter().filter(|(n, _)| *n > 0);
        let named: Vec<_> = named.map(|(n, word)| format!("{n} {word}")).collect();
        let links = match self.links {
            1 => "1 link".to_owned(),
            n => format!("{n} links"),
        };
        match named.is_empty() {
            true => links,
            false => format!("{links}: {}", named.join(", ")),
        }
    }
}

/// What a maintainer has to look at: links that are dead, that have changed, or
/// that have failed in a way that counts.
pub fn diagnostics(links: &[Shown], report: &mut Report) {
    for shown in links {
        let link = &shown.link;
        let diagnostic = match link.status {
            Status::Dead => dead(shown),
            Status::Changed => changed(shown),
            Status::Unknown if link.strikes.count > 0 => struck(shown),
            Status::Unknown | Status::New | Status::Alive => continue,
        };
        report.push(Diagnostic {
            places: shown.wanted.places.clone(),
            ..diagnostic
        });
    }
}

fn dead(shown: &Shown) -> Diagnostic {
    let link = &shown.link;
    let last = match link.last_alive {
        Some(day) => format!("last alive on {day}"),
        None => "never seen alive".into(),
    };
    let said = link
        .answer
        .map_or(String::new(), |answer| said(answer) + "; ");
    let copy = match &link.archive {
        Some(copy) => format!("the archived copy of {} is {}", copy.date, copy.url),
        None => "no archived copy is known".into(),
    };
    Diagnostic::error(format!("`{}` is dead: {said}{last}", shown.url))
        .hint(format!("link to what has taken its place; {copy}"))
}

fn changed(shown: &Shown) -> Diagnostic {
    let now = shown.link.now.clone();
    let title = |title: Option<&String>| match title {
        Some(title) => format!("“{title}”"),
        None => "without a title".into(),
    };
    let old = shown.link.title.as_ref().or(shown.wanted.titles.first());
    let new = now.as_ref().and_then(|now| now.title.as_ref());
    let at = now.as_ref().and_then(|now| now.url.as_ref());
    let at = at.map_or(String::new(), |url| format!(", at {url}"));
    Diagnostic::warning(format!("`{}` has changed: look at it", shown.url)).hint(format!(
        "it was {}, and is {}{at}; if that is right, run `mdbook-booklet links --accept {}`",
        title(old),
        title(new),
        shown.url
    ))
}

fn struck(shown: &Shown) -> Diagnostic {
    let said = shown.link.answer.map_or(String::new(), said);
    let strikes = shown.link.strikes.count;
    Diagnostic::warning(format!(
        "`{}` may be dead: {said}, strike {strikes} of {}",
        shown.url, shown.strikes
    ))
    .hint("if the address is wrong, mend it; a strike is counted once a day, and a success clears them")
}

/// “it answers 404”
fn said(answer: Answer) -> String {
    match answer {
        Answer::Code(code) => format!("it answers {code}"),
        Answer::Trouble(trouble) => trouble.words().to_owned(),
    }
}

#[derive(Serialize)]
struct Json<'a> {
    version: u32,
    requests: u32,
    counts: Counts,
    links: Vec<JsonLink<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonLink<'a> {
    url: &'a str,
    status: &'static str,
    first_seen: String,
    last_alive: Option<String>,
    last_checked: Option<String>,
    answer: Option<String>,
    strikes: u32,
    final_url: Option<&'a str>,
    title: Option<&'a str>,
    now_url: Option<&'a str>,
    now_title: Option<&'a str>,
    archive: Option<&'a str>,
    archive_date: Option<String>,
    places: Vec<JsonPlace>,
}

#[derive(Serialize)]
struct JsonPlace {
    file: String,
    line: Option<usize>,
    column: Option<usize>,
}

/// All links as one JSON object.
pub fn json(links: &[Shown], counts: Counts, requests: u32) -> String {
    let day = |day: Option<crate::ledger::Day>| day.map(|day| day.to_string());
    let links = links.iter().map(|shown| {
        let link = &shown.link;
        let now = link.now.as_ref();
        JsonLink {
            url: &shown.url,
            status: link.status.word(),
            first_seen: link.first_seen.to_string(),
            last_alive: day(link.last_alive),
            last_checked: day(link.last_checked),
            answer: link.answer.map(|answer| answer.to_string()),
            strikes: link.strikes.count,
            final_url: link.final_url.as_deref(),
            title: link.title.as_deref(),
            now_url: now.and_then(|now| now.url.as_deref()),
            now_title: now.and_then(|now| now.title.as_deref()),
            archive: link.archive.as_ref().map(|copy| copy.url.as_str()),
            archive_date: day(link.archive.as_ref().map(|copy| copy.date)),
            places: shown
                .wanted
                .places
                .iter()
                .map(|place| JsonPlace {
                    file: place.shown(),
                    line: place.line_column().map(|(line, _)| line),
                    column: place.line_column().map(|(_, column)| column),
                })
                .collect(),
        }
    });
    let json = Json {
        version: 1,
        requests,
        counts,
        links: links.collect(),
    };
    serde_json::to_string_pretty(&json).expect("strings and numbers are always valid JSON") + "\n"
}
