//! The ledger as text.

use super::{Day, Ledger, Link};
use std::fmt::{Display, Write};

const HEAD: &str =
    "# What checks have seen of this book's links; `mdbook-booklet links` keeps it.\n";

/// The version that is written, and the newest that is read.
pub(super) const VERSION: i64 = 1;

impl Ledger {
    /// The file: sorted, one table for each URL, one key a line.
    pub fn to_toml(&self) -> String {
        let mut out = format!("{HEAD}version = {VERSION}\n");
        for (url, link) in &self.links {
            out.push('\n');
            out.push_str(&link.to_toml(url));
        }
        out
    }
}

impl Link {
    /// Its table in the ledger.
    pub fn to_toml(&self, url: &str) -> String {
        let mut table = Table(format!("[link.{}]\n", text(url)));
        let day = |day: &Day| day.to_string();
        table.key("status", Some(text(self.status.word())));
        table.key("first-seen", Some(self.first_seen));
        table.key("last-alive", self.last_alive);
        table.key("last-checked", self.last_checked);
        table.key(
            "answer",
            self.answer.map(|answer| match answer.is_code() {
                true => answer.to_string(),
                false => text(&answer.to_string()),
            }),
        );
        let struck = self.strikes.count > 0;
        table.key("strikes", struck.then_some(self.strikes.count));
        table.key("last-strike", self.strikes.last);
        table.text("final-url", self.final_url.as_deref());
        table.text("title", self.title.as_deref());
        if let Some(now) = &self.now {
            table.text("now-url", now.url.as_deref());
            // A page without a title is told from no page.
            table.text("now-title", Some(now.title.as_deref().unwrap_or_default()));
        }
        if let Some(copy) = &self.archive {
            table.text("archive", Some(&copy.url));
            table.key("archive-date", Some(day(&copy.date)));
            table.key("archive-seen", Some(day(&copy.seen)));
            let struck = copy.strikes.count > 0;
            table.key("archive-strikes", struck.then_some(copy.strikes.count));
            table.key("archive-last-strike", copy.strikes.last);
        }
        table.key("archive-asked", self.archive_asked);
        table.0
    }
}

struct Table(String);

impl Table {
    fn key(&mut self, key: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            // Writing to a string does not fail.
            let _ = writeln!(self.0, "{key} = {value}");
        }
    }

    fn text(&mut self, key: &str, value: Option<&str>) {
        self.key(key, value.map(text));
    }
}

/// A TOML string on one line, always between the same quotes: `toml` chooses
/// by what is in it, and one changed letter would then change the line's form.
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    out.push('"');
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
