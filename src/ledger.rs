//! What is known of the book's links from earlier checks: `links.toml`.
//!
//! The ledger is a file of the book, below its source folder, so that it is
//! reviewed and merged like any other: one table for each URL, sorted, one key
//! a line. `mdbook-booklet links` writes it; all else only reads it, and nothing
//! here touches the network or a clock.
//!
//! ```toml
//! version = 1
//!
//! [link."https://example.org/rules"]
//! status = "alive"
//! first-seen = 2026-11-28
//! last-alive = 2026-12-01
//! last-checked = 2026-12-01
//! answer = 200
//! title = "Rules"
//! archive = "https://web.archive.org/web/20261128000000/https://example.org/rules"
//! archive-date = 2026-11-28
//! archive-seen = 2026-12-01
//! ```

mod answer;
mod day;
mod link;
mod read;
mod record;
#[cfg(test)]
mod tests;
mod write;

pub use answer::{Answer, Trouble};
pub use day::Day;
pub use link::{Copy, Link, Now, Status, Strikes};
pub use record::{Observation, Page, Rules, Verdict};

use crate::diagnostics::{Diagnostic, Report, Source};
use crate::resources::io_message;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use url::Url;

/// The links by their [`key`].
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Ledger {
    /// One entry for each URL.
    pub links: BTreeMap<String, Link>,
}

impl Ledger {
    /// The name of its file in the book's source folder.
    pub const FILE: &str = "links.toml";

    /// The path of the ledger, from the book's root.
    pub fn path(src: &Path) -> PathBuf {
        src.join(Self::FILE)
    }

    /// Reads the ledger of a book. One that is not there is empty; none comes
    /// back if the file is wrong, which is reported.
    pub fn load(root: &Path, src: &Path, report: &mut Report) -> Option<Self> {
        let file = Self::path(src);
        match std::fs::read_to_string(root.join(&file)) {
            Ok(text) => Self::parse(&Source::file(file, text), report),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Some(Self::default()),
            Err(error) => {
                let error = io_message(&error);
                report.push(
                    Diagnostic::error(format!("the ledger cannot be read: {error}"))
                        .at(Source::file(file, "").whole()),
                );
                None
            }
        }
    }

    /// What is known of an address, however it is written.
    pub fn get(&self, url: &str) -> Option<&Link> {
        self.links.get(url).or_else(|| self.links.get(&key(url)?))
    }
}

/// The form of an address under which the ledger knows it: as the URL Standard
/// writes it, and without a fragment, which no server sees. None for what is not
/// on the web.
pub fn key(url: &str) -> Option<String> {
    let mut url = Url::parse(url.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    url.set_fragment(None);
    Some(url.into())
}
