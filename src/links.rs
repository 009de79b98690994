//! `mdbook-booklet links`: whether the book's links still lead to what they led
//! to.
//!
//! ```text
//!  registry, chapters, questions, answers ──► all addresses, each once     collect
//!  links.toml ──► what is known of them                                    store
//!                 ▼
//!  oldest first ──► asked, politely ──► judged ──► recorded                check, work, judge
//!                                        └──► a copy in an archive         copies, archive
//!                 ▼
//!  links.toml, and what a maintainer has to look at                        store, show
//! ```

mod archive;
mod check;
mod collect;
mod copies;
mod judge;
mod run;
mod show;
mod since;
mod store;
mod work;

pub use collect::Wanted;
pub use show::{Counts, Shown};

use crate::diagnostics::Report;
use crate::ledger::Day;
use crate::web::{self, Clock, Names};
use run::Run;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What is to be done.
#[derive(Debug, Default, Clone)]
pub struct Options {
    /// How many requests may be made.
    pub budget: Option<u32>,
    /// Only what the book has got since this revision.
    pub since: Option<String>,
    /// Whether an archive is asked to make the copies that it lacks.
    pub save: bool,
    /// The links whose change is right.
    pub accept: Vec<String>,
    /// Whether nothing is asked, so that links are only added and removed.
    pub offline: bool,
    /// Whether links are asked that were asked today.
    pub again: bool,
}

/// Where it is done.
pub struct World {
    /// How time passes.
    pub clock: Arc<dyn Clock>,
    /// Where hosts are.
    pub names: Arc<dyn Names>,
    /// The day.
    pub today: Day,
    /// Set to end the run, with all saved.
    pub stop: Arc<AtomicBool>,
    /// How the web is asked, but for what the book sets.
    pub web: web::Options,
}

impl World {
    /// The world as it is, on a day.
    pub fn real(today: Day) -> Self {
        Self {
            clock: Arc::new(web::SystemClock::default()),
            names: Arc::new(web::SystemNames),
            today,
            stop: Arc::default(),
            web: web::Options::default(),
        }
    }
}

/// How a run has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Nothing is wrong.
    Fine,
    /// The run itself has failed.
    Failed,
    /// Links are dead.
    Dead,
    /// None is dead, but some have changed.
    Changed,
    /// None is dead or changed, but of some there is no telling.
    Unknown,
    /// It was stopped. What was learned is saved.
    Stopped,
}

impl End {
    /// The exit status of the program.
    pub fn status(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Failed => 1,
            Self::Dead => 3,
            Self::Changed => 4,
            Self::Unknown => 5,
            Self::Stopped => 130,
        }
    }
}

/// What a run has found.
pub struct Done {
    /// What went wrong, and what is to be looked at.
    pub report: Report,
    /// The links that it was about.
    pub links: Vec<Shown>,
    /// How many requests were made.
    pub requests: u32,
    /// How it has ended.
    pub end: End,
}

impl Done {
    /// All links as one JSON object.
    pub fn json(&self) -> String {
        show::json(&self.links, self.counts(), self.requests)
    }

    /// How many links stand how.
    pub fn counts(&self) -> Counts {
        Counts::of(&self.links)
    }
}

/// A step of a run, for whoever waits for it.
pub struct Step<'a> {
    /// How many are done.
    pub done: usize,
    /// Of how many.
    pub of: usize,
    /// What it was about.
    pub url: &'a str,
    /// What came of it, in a word.
    pub word: String,
}

/// Checks the links of the book in a folder.
pub fn run(dir: &Path, options: &Options, world: &World, tell: &mut dyn FnMut(Step<'_>)) -> Done {
    let mut report = Report::default();
    let (links, requests) = match Run::begin(dir, options, world, &mut report) {
        Some(run) => run.through(tell, &mut report),
        None => (Vec::new(), 0),
    };
    let counts = Counts::of(&links);
    let end = match () {
        () if report.fails(false) => End::Failed,
        () if world.stop.load(Ordering::Relaxed) => End::Stopped,
        () if counts.dead > 0 => End::Dead,
        () if counts.changed > 0 => End::Changed,
        () if counts.unknown > 0 => End::Unknown,
        () => End::Fine,
    };
    show::diagnostics(&links, &mut report);
    Done {
        report: match dir == Path::new(".") {
            true => report,
            false => report.seen_from(dir),
        },
        links,
        requests,
        end,
    }
}
