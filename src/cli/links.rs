//! `mdbook-booklet links`.

use super::{CheckFormat, show};
use crate::diagnostics::{Format, Report};
use crate::ledger::Day;
use crate::links::{self, Done, End, Options, Step, World};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

/// What can be said to it.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The book's root folder, with its book.toml
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// Make at most so many requests, and ask what has waited longest
    #[arg(long, value_name = "N")]
    budget: Option<u32>,
    /// Check only what the book has got since a revision of git
    #[arg(long, value_name = "REV", allow_hyphen_values = true)]
    changed_since: Option<String>,
    /// Ask the archive to make the copies that it lacks
    #[arg(long)]
    save: bool,
    /// Take what a changed link shows now for what it is meant to show
    #[arg(long, value_name = "URL")]
    accept: Vec<String>,
    /// Ask nothing; only add the book's new links to links.toml and remove old ones
    #[arg(long, conflicts_with_all = ["budget", "save", "again"])]
    offline: bool,
    /// Ask links again that were asked today
    #[arg(long)]
    again: bool,
    /// How to say what was found
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    format: CheckFormat,
}

const AFTER_HELP: &str = "Exit status: 0 all is well, 1 the run has failed, 2 the command is wrong, \
3 links are dead, 4 links have changed, 5 of some links there is no telling, 130 stopped (all is saved)";

pub(super) fn links(args: Args) -> ExitCode {
    let started = Instant::now();
    let options = Options {
        budget: args.budget,
        since: args.changed_since,
        save: args.save,
        accept: args.accept,
        offline: args.offline,
        again: args.again,
    };
    let world = World::real(today());
    let stop = world.stop.clone();
    // Without the handler, the journal still keeps what was learned.
    let _ = ctrlc::set_handler(move || {
        // Who asks twice does not want to wait.
        if stop.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    let progress = Progress::new();
    let done = links::run(&args.dir, &options, &world, &mut |step| {
        progress.tell(&step)
    });
    progress.end();
    let last = last_line(&done, started.elapsed());
    match args.format {
        CheckFormat::Human => {
            show(&done.report, false);
            if done.end != End::Failed {
                eprintln!("{last}");
            }
        }
        CheckFormat::Json if done.end == End::Failed => print(&done.report, Format::Json),
        CheckFormat::Json => write(&done.json()),
        CheckFormat::Github => {
            print(&done.report, Format::Github);
            eprintln!("{last}");
        }
    }
    ExitCode::from(done.end.status())
}

fn print(report: &Report, format: Format) {
    write(&report.render(format));
}

/// Nobody may be there to read it, and that is no reason to panic.
fn write(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

fn last_line(done: &Done, time: Duration) -> String {
    let requests = match done.requests {
        0 => String::new(),
        1 => format!("; 1 request in {:.1} s", time.as_secs_f64()),
        n => format!("; {n} requests in {:.1} s", time.as_secs_f64()),
    };
    let stopped = match done.end {
        End::Stopped => " (stopped; all is saved)",
        _ => "",
    };
    format!("{}{requests}{stopped}", done.counts().line())
}

/// The day in UTC, or that of `SOURCE_DATE_EPOCH`.
fn today() -> Day {
    let set = std::env::var("SOURCE_DATE_EPOCH").ok();
    let set = set.and_then(|seconds| seconds.trim().parse().ok());
    let now = || {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        since.map_or(0, |since| since.as_secs())
    };
    Day::from_epoch(u32::try_from(set.unwrap_or_else(now) / 86_400).unwrap_or(u32::MAX))
}

/// One line that changes, on a terminal; elsewhere a line for each link.
struct Progress {
    terminal: bool,
    shown: AtomicBool,
}

impl Progress {
    fn new() -> Self {
        Self {
            terminal: std::io::stderr().is_terminal(),
            shown: AtomicBool::new(false),
        }
    }

    fn tell(&self, step: &Step<'_>) {
        let Step {
            done,
            of,
            url,
            word,
        } = step;
        if !self.terminal {
            eprintln!("[{done}/{of}] {url}: {word}");
            return;
        }
        self.shown.store(true, Ordering::Relaxed);
        let line: String = format!("[{done}/{of}] {url}: {word}")
            .chars()
            .take(78)
            .collect();
        eprint!("\r\x1b[2K{line}");
    }

    fn end(&self) {
        if self.shown.load(Ordering::Relaxed) {
            eprint!("\r\x1b[2K");
        }
    }
}
