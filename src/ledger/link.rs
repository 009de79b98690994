//! What is known of one link.

use super::{Answer, Day};
use serde::Deserialize;

/// How a link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Never checked.
    New,
    /// It answered when it was last checked.
    Alive,
    /// The last check cannot tell: forbidden, too busy, a trouble of the
    /// network, or a first strike.
    Unknown,
    /// Something answers, but it is not what was there: look at it.
    Changed,
    /// Gone, as seen on several days.
    Dead,
}

impl Status {
    /// The word of the ledger.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Alive => "alive",
            Self::Unknown => "unknown",
            Self::Changed => "changed",
            Self::Dead => "dead",
        }
    }
}

/// One link's entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// How it stands.
    pub status: Status,
    /// When it came into the book.
    pub first_seen: Day,
    /// When it last answered as itself.
    pub last_alive: Option<Day>,
    /// When it was last asked.
    pub last_checked: Option<Day>,
    /// What it answered then.
    pub answer: Option<Answer>,
    /// The days in a row on which it was gone.
    pub strikes: Strikes,
    /// Where its redirects led when it last answered as itself, if elsewhere.
    pub final_url: Option<String>,
    /// The title of the page then.
    pub title: Option<String>,
    /// What answers in its place; only while that is something else.
    pub now: Option<Now>,
    /// An archived copy that was seen to answer.
    pub archive: Option<Copy>,
    /// When an archive was last asked for a copy and had none.
    pub archive_asked: Option<Day>,
}

impl Link {
    /// A link that nobody has checked.
    pub fn new(first_seen: Day) -> Self {
        Self {
            status: Status::New,
            first_seen,
            last_alive: None,
            last_checked: None,
            answer: None,
            strikes: Strikes::default(),
            final_url: None,
            title: None,
            now: None,
            archive: None,
            archive_asked: None,
        }
    }
}

/// Failures that count, at most one a day.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Strikes {
    /// How many.
    pub count: u32,
    /// The day of the last one.
    pub last: Option<Day>,
}

impl Strikes {
    /// Adds one, unless that day has one or a later day has.
    pub fn add(&mut self, today: Day) {
        if self.last.is_none_or(|last| last < today) {
            self.count = self.count.saturating_add(1);
            self.last = Some(today);
        }
    }
}

/// What answers where a link leads, and is not what was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Now {
    /// Where the redirects lead, if elsewhere than the link says.
    pub url: Option<String>,
    /// The title of the page.
    pub title: Option<String>,
}

/// An archived copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// Its address.
    pub url: String,
    /// The day that it shows.
    pub date: Day,
    /// When it was last seen to answer.
    pub seen: Day,
    /// The days in a row on which it was gone. With as many as make a link dead,
    /// the copy is dropped.
    pub strikes: Strikes,
}
