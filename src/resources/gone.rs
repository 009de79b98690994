//! What is said beside a link that is dead.

use super::Resource;
use crate::ledger::{Day, Ledger, Status};
use crate::markdown;
use std::fmt::Write;

/// A dead link, as the ledger knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Where its content can still be read.
    pub copy: Option<Copy>,
}

/// An archived copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// Its address.
    pub url: String,
    /// What to call it: `archived copy, May 2024`.
    pub words: String,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Gone {
    /// What is to be said of a link to an address, if the ledger has it as dead.
    /// `archive` is the copy that the registry names; the ledger's was seen.
    pub fn of(ledger: &Ledger, url: &str, archive: Option<&str>) -> Option<Self> {
        let link = ledger.get(url).filter(|link| link.status == Status::Dead)?;
        let seen = link.archive.as_ref().map(|copy| Copy {
            url: copy.url.clone(),
            words: words(copy.date),
        });
        // The ledger knows of these too whether they still answer.
        let lives = |url: &&str| {
            let link = ledger.get(url);
            link.is_none_or(|link| link.status != Status::Dead)
        };
        let named = archive.filter(lives).map(|url| Copy {
            url: url.to_owned(),
            words: "archived copy".into(),
        });
        Some(Self {
            copy: seen.or(named),
        })
    }

    /// The same of an entry of the registry.
    pub fn resource(ledger: &Ledger, resource: &Resource) -> Option<Self> {
        Self::of(ledger, &resource.url, resource.archive.as_deref())
    }

    /// What stands behind the link, in Markdown.
    ///
    /// ```text
    ///  <span class="booklet-dead">(dead link; [archived copy, May 2024](https://…))</span>
    /// ```
    pub fn markdown(&self) -> String {
        self.mark(|copy| {
            let url = for_table(&copy.url);
            format!(
                "[{}]({})",
                markdown::text(&copy.words),
                markdown::destination(&url)
            )
        })
    }

    /// The same in HTML, for a link of raw HTML.
    pub fn html(&self) -> String {
        self.mark(|copy| {
            let [url, words] =
                [for_table(&copy.url), copy.words.clone()].map(|text| markdown::html_text(&text));
            format!("<a href=\"{url}\">{words}</a>")
        })
    }

    fn mark(&self, link: impl Fn(&Copy) -> String) -> String {
        let mut out = String::from("<span class=\"booklet-dead\">(dead link");
        if let Some(copy) = &self.copy {
            let _ = write!(out, "; {}", link(copy));
        }
        out + ")</span>"
    }
}

/// An address without what would end the cell of a table.
fn for_table(url: &str) -> String {
    url.replace('|', "%7C")
}

/// `archived copy, May 2024`
fn words(day: Day) -> String {
    let day = day.to_string();
    let mut parts = day.split('-');
    let year = parts.next().unwrap_or_default();
    let month = parts.next().and_then(|month| month.parse::<usize>().ok());
    match month.and_then(|month| MONTHS.get(month.wrapping_sub(1))) {
        Some(month) => format!("archived copy, {month} {year}"),
        None => format!("archived copy, {year}"),
    }
}
