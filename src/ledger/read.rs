//! Reads a ledger, strictly: what is not understood would be lost when it is
//! written again.

use super::write::VERSION;
use super::{Answer, Copy, Day, Ledger, Link, Now, Status, Strikes, key};
use crate::diagnostics::{Diagnostic, Report, Severity, Source};
use crate::toml_text::Toml;
use serde::Deserialize;

/// A table of the file.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Entry {
    status: Status,
    first_seen: Day,
    last_alive: Option<Day>,
    last_checked: Option<Day>,
    answer: Option<Answer>,
    #[serde(default)]
    strikes: u32,
    last_strike: Option<Day>,
    final_url: Option<String>,
    title: Option<String>,
    now_url: Option<String>,
    now_title: Option<String>,
    archive: Option<String>,
    archive_date: Option<Day>,
    archive_seen: Option<Day>,
    #[serde(default)]
    archive_strikes: u32,
    archive_last_strike: Option<Day>,
    archive_asked: Option<Day>,
}

const KEYS: &[&str] = &[
    "status",
    "first-seen",
    "last-alive",
    "last-checked",
    "answer",
    "strikes",
    "last-strike",
    "final-url",
    "title",
    "now-url",
    "now-title",
    "archive",
    "archive-date",
    "archive-seen",
    "archive-strikes",
    "archive-last-strike",
    "archive-asked",
];

impl Ledger {
    /// Reads a ledger. What is wrong is reported, and then there is none: half a
    /// ledger would be taken for all that is known.
    pub fn parse(source: &Source, report: &mut Report) -> Option<Self> {
        let before = report.count(Severity::Error);
        check_conflicts(source, report)?;
        let toml = Toml::parse(source, 0..source.text.len(), report)?;
        check_version(&toml, source, report)?;
        toml.check_keys(&["version", "link"], "a ledger", report);
        let mut ledger = Self::default();
        for (url, at, table) in toml.tables("link", report) {
            if key(&url).as_ref() != Some(&url) {
                let hint = key(&url).map(|key| format!("write it as `{key}`"));
                report.push(
                    Diagnostic::error(format!("`{url}` is not an address as the ledger writes it"))
                        .at(at.clone())
                        .maybe_hint(hint),
                );
            }
            table.check_keys(KEYS, "a link of the ledger", report);
            let missing = ["status", "first-seen"].into_iter();
            let missing = missing.filter(|key| table.place(key, None).is_none());
            let mut complete = true;
            for key in missing {
                complete = false;
                report.push(Diagnostic::error(format!("the link has no `{key}`")).at(at.clone()));
            }
            if complete
                && let Some(entry) = table.read::<Entry>(report)
                && let Some(link) = entry.link(&table, report)
            {
                ledger.links.insert(url, link);
            }
        }
        (report.count(Severity::Error) == before).then_some(ledger)
    }
}

impl Entry {
    fn link(self, table: &Toml<'_>, report: &mut Report) -> Option<Link> {
        let archive = match (self.archive, self.archive_date, self.archive_seen) {
            (Some(url), Some(date), Some(seen)) => Some(Copy {
                url,
                date,
                seen,
                strikes: Strikes {
                    count: self.archive_strikes,
                    last: self.archive_last_strike,
                },
            }),
            (None, None, None) => None,
            _ => {
                let keys = ["archive", "archive-date", "archive-seen"];
                let place = keys.iter().find_map(|key| table.place(key, None));
                let mut diagnostic =
                    Diagnostic::error("`archive`, `archive-date` and `archive-seen` go together")
                        .hint("delete those that are there, and the archive is asked again");
                diagnostic.places.extend(place);
                report.push(diagnostic);
                return None;
            }
        };
        let now = self.now_title.map(|title| Now {
            url: self.now_url,
            title: Some(title).filter(|title| !title.is_empty()),
        });
        Some(Link {
            status: self.status,
            first_seen: self.first_seen,
            last_alive: self.last_alive,
            last_checked: self.last_checked,
            answer: self.answer,
            strikes: Strikes {
                count: self.strikes,
                last: self.last_strike,
            },
            final_url: self.final_url,
            title: self.title,
            now,
            archive,
            archive_asked: self.archive_asked,
        })
    }
}

/// A merge that nobody has finished leaves its marks at the beginning of lines.
fn check_conflicts(source: &Source, report: &mut Report) -> Option<()> {
    let mut at = 0;
    for line in source.text.split_inclusive('\n') {
        if ["<<<<<<< ", ">>>>>>> ", "||||||| "]
            .iter()
            .any(|mark| line.starts_with(mark))
        {
            report.push(
                Diagnostic::error("the ledger has conflict markers of a merge")
                    .at(source.at(at..at + line.trim_end().len()))
                    .hint("take either side whole, and run `mdbook-booklet links` again: it asks what that side has not asked"),
            );
            return None;
        }
        at += line.len();
    }
    Some(())
}

fn check_version(toml: &Toml<'_>, source: &Source, report: &mut Report) -> Option<()> {
    let place = toml.place("version", None);
    #[derive(Deserialize)]
    struct Head {
        version: i64,
    }
    let Some(place) = place else {
        report.push(
            Diagnostic::error("the ledger has no `version`")
                .at(source.whole())
                .hint(format!("begin the file with `version = {VERSION}`")),
        );
        return None;
    };
    let version = toml.read::<Head>(report)?.version;
    if version > VERSION {
        report.push(
            Diagnostic::error(format!(
                "the ledger is of version {version}, and this program knows version {VERSION}"
            ))
            .at(place)
            .hint("a newer mdbook-booklet has written it: update this one"),
        );
        return None;
    }
    if version < 1 {
        report.push(
            Diagnostic::error(format!("there is no version {version} of the ledger")).at(place),
        );
        return None;
    }
    Some(())
}
