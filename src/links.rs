//! `mdbook-booklet links`: whether the book's links still lead to what they led
//! to.
//!
//! ```text
//!  registry, chapters, questions, answers ──► all addresses, each once     collect
//!  links.toml ──► what is known of them                                    store
//!                 ▼
//!  oldest first ──► asked, politely ──► judged ──► recorded                work, judge
//!                                        └──► a copy in an archive         archive
//!                 ▼
//!  links.toml, and what a maintainer has to look at                        store, show
//! ```

mod archive;
mod collect;
mod judge;
mod show;
mod since;
mod store;
mod work;

pub use collect::Wanted;
pub use show::{Counts, Shown};

use crate::config::{BookConfig, LinksConfig, read_config, said};
use crate::diagnostics::{Diagnostic, Report};
use crate::ledger::{Day, Link, Status, key};
use crate::repository::Repository;
use crate::web::{self, Ask, Clock, Fetched, Names, Outcome, Web};
use archive::{Found, State};
use collect::{All, collect};
use judge::{Judge, rules};
use mdbook_driver::MDBook;
use mdbook_preprocessor::config::Config;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use store::Store;
use url::Url;
use work::{Job, work};

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

struct Run<'a> {
    options: &'a Options,
    world: &'a World,
    config: LinksConfig,
    /// The addresses that the run is about.
    scope: All,
    store: Store,
    web: Arc<Web>,
}

impl<'a> Run<'a> {
    fn begin(
        dir: &Path,
        options: &'a Options,
        world: &'a World,
        report: &mut Report,
    ) -> Option<Self> {
        let mut config = read_config(dir, report)?;
        config.build.create_missing = false;
        let booklet = BookConfig::new(dir, &config).booklet(report);
        if report.fails(false) {
            return None;
        }
        let root = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
        let (src, build) = (config.book.src.clone(), config.build.build_dir.clone());
        let book = MDBook::load_with_config(&root, config.clone());
        let book = book.map_err(|error| report.push(said(&error))).ok()?;
        let all = collect(&root, &config, &booklet, &book.book, report);
        // Half a book would have links removed from the ledger.
        if report.fails(false) {
            return None;
        }
        let change = match &options.since {
            Some(revision) => Some(since::change(&root, &src, revision, report)?),
            None => None,
        };
        let mut store = Store::open(&root, &src, &build, report)?;
        store.ledger.links.retain(|url, _| all.contains_key(url));
        for url in all.keys() {
            let links = &mut store.ledger.links;
            links
                .entry(url.clone())
                .or_insert_with(|| Link::new(world.today));
        }
        let web = web_options(&config, &booklet.links, options, world);
        Some(Self {
            options,
            world,
            config: booklet.links,
            scope: match change {
                Some(change) => change.only_added(all),
                None if !options.accept.is_empty() => {
                    let accepted: Vec<_> =
                        options.accept.iter().filter_map(|url| key(url)).collect();
                    all.into_iter()
                        .filter(|(url, _)| accepted.contains(url))
                        .collect()
                }
                None => all,
            },
            store,
            web: Arc::new(Web::new(web, world.clock.clone(), world.names.clone())),
        })
    }

    fn through(mut self, tell: &mut dyn FnMut(Step<'_>), report: &mut Report) -> (Vec<Shown>, u32) {
        self.accept(report);
        if !self.options.offline && self.options.accept.is_empty() && !report.fails(false) {
            self.ask(tell, report);
            if !report.fails(false) {
                self.ask_archive(tell, report);
            }
        }
        let strikes = |url: &str, config: &LinksConfig| match Url::parse(url) {
            Ok(url) => rules(&url, config).strikes,
            Err(_) => config.strikes.0,
        };
        let links = std::mem::take(&mut self.scope).into_iter();
        let links = links.filter_map(|(url, wanted)| {
            Some(Shown {
                link: self.store.ledger.links.get(&url)?.clone(),
                strikes: strikes(&url, &self.config),
                url,
                wanted,
            })
        });
        let links = links.collect();
        self.store.save(report);
        (links, self.web.requests())
    }

    fn accept(&mut self, report: &mut Report) {
        for url in &self.options.accept {
            let link = key(url).and_then(|key| self.store.ledger.links.get_mut(&key));
            match link.map(|link| link.accept()) {
                Some(true) => {}
                Some(false) => report.push(
                    Diagnostic::error(format!("`{url}` has not changed"))
                        .hint("what is accepted is what the last check has found in its place"),
                ),
                None => {
                    let known = self.store.ledger.links.keys().map(String::as_str);
                    report.push(
                        Diagnostic::error(format!("the book has no link to `{url}`"))
                            .maybe_hint(crate::diagnostics::did_you_mean(url, known)),
                    );
                }
            }
        }
    }

    /// Asks the links that have waited longest.
    fn ask(&mut self, tell: &mut dyn FnMut(Step<'_>), report: &mut Report) {
        let today = Some(self.world.today);
        let mut jobs: Vec<_> = self
            .scope
            .keys()
            .filter_map(|url| {
                let checked = self.store.ledger.links.get(url)?.last_checked;
                let at = Url::parse(url).ok()?;
                let due = self.options.again || checked != today;
                (due && !self.skips(&at)).then(|| {
                    let job = Job {
                        link: url.clone(),
                        at,
                        what: (),
                    };
                    (checked, job)
                })
            })
            .collect();
        jobs.sort_by_key(|(checked, _)| *checked);
        let mut jobs: Vec<_> = jobs.into_iter().map(|(_, job)| job).collect();
        // Each takes a request at least, and the first of them are to be done.
        jobs.truncate(self.options.budget.map_or(usize::MAX, |n| n as usize));
        let of = jobs.len();
        let (web, stop) = (self.web.clone(), self.world.stop.clone());
        // Until a server has answered, it may be that there is no network.
        let mut held = Vec::new();
        let mut done = 0;
        let get = |web: &Web, job: &Job<()>, turn| web.get(&job.at, Ask::default(), Some(turn));
        work(jobs, &web, &stop, get, |job, fetched| {
            held.push((job, fetched));
            if web.has_spoken() {
                for (job, fetched) in held.drain(..) {
                    done += 1;
                    self.record(&job, &fetched, (done, of), tell, report);
                }
            }
        });
        let troubled = |(_, fetched): &(_, Fetched)| matches!(fetched.outcome, Outcome::Trouble(_));
        if held.iter().any(troubled) && !self.has_network() {
            report.push(
                Diagnostic::error("there is no network: nothing is recorded")
                    .hint("no server has answered, and no name is found"),
            );
            return;
        }
        for (job, fetched) in held {
            done += 1;
            self.record(&job, &fetched, (done, of), tell, report);
        }
    }

    fn record(
        &mut self,
        job: &Job<()>,
        fetched: &Fetched,
        (done, of): (usize, usize),
        tell: &mut dyn FnMut(Step<'_>),
        report: &mut Report,
    ) {
        let titles = self
            .scope
            .get(&job.link)
            .map(|wanted| wanted.titles.clone());
        let Some(link) = self.store.ledger.links.get(&job.link) else {
            return;
        };
        let judge = Judge {
            url: &job.at,
            link,
            titles: titles.as_deref().unwrap_or_default(),
            config: &self.config,
        };
        let word = match judge.judge(fetched, || self.has_network()) {
            None => "left for another time".to_owned(),
            Some(seen) => {
                let rules = rules(&job.at, &self.config);
                let link = self.store.ledger.links.get_mut(&job.link);
                let word = link.map_or(String::new(), |link| {
                    link.record(&seen, self.world.today, &rules);
                    match link.status {
                        Status::Alive => link.status.word().to_owned(),
                        status => format!("{} ({})", status.word(), seen.answer),
                    }
                });
                self.note(&job.link, report);
                word
            }
        };
        let url = &job.link;
        tell(Step {
            done,
            of,
            url,
            word,
        });
    }

    fn note(&mut self, url: &str, report: &mut Report) {
        if let Err(error) = self.store.note(url) {
            let error = crate::resources::io_message(&error);
            let message = format!("the journal of links cannot be written: {error}");
            report.push(Diagnostic::warning(message));
        }
    }

    fn has_network(&self) -> bool {
        let known = match self.config.archive.as_str() {
            "" => "https://example.com/",
            archive => archive,
        };
        Url::parse(known).is_ok_and(|url| self.web.knows(&url))
    }

    /// Looks for copies of links that have none, and again at those that are
    /// known.
    fn ask_archive(&mut self, tell: &mut dyn FnMut(Step<'_>), report: &mut Report) {
        let (Ok(service), today) = (Url::parse(&self.config.archive), self.world.today) else {
            return;
        };
        let days = self.config.archive_days;
        let old = |day: Day| today.since_epoch().saturating_sub(day.since_epoch()) >= days;
        let mut jobs = Vec::new();
        for (url, wanted) in &self.scope {
            let (Some(link), Ok(at)) = (self.store.ledger.links.get(url), Url::parse(url)) else {
                continue;
            };
            let in_archive = at.domain().is_some() && at.domain() == service.domain();
            let never = wanted.is_copy || in_archive || link.status == Status::New;
            if never || self.skips(&at) {
                continue;
            }
            let due = match &link.archive {
                Some(copy) => {
                    copy.strikes.last != Some(today) && (copy.strikes.count > 0 || old(copy.seen))
                }
                None => link.archive_asked.is_none_or(old),
            };
            if due {
                let at = service.clone();
                let asked = link
                    .archive
                    .as_ref()
                    .map_or(link.archive_asked, |copy| Some(copy.seen));
                jobs.push((
                    asked,
                    Job {
                        link: url.clone(),
                        at,
                        what: link.clone(),
                    },
                ));
            }
        }
        jobs.sort_by_key(|(asked, _)| *asked);
        let jobs: Vec<_> = jobs.into_iter().map(|(_, job)| job).collect();
        let of = jobs.len();
        let (web, stop) = (self.web.clone(), self.world.stop.clone());
        let (config, save) = (self.config.clone(), self.options.save);
        let mut done = 0;
        let seek = move |web: &Web, job: &Job<Link>, turn| {
            // An archive is one host, and what it is asked are several requests.
            drop(turn);
            match &job.what.archive {
                Some(copy) => Sought::Again(archive::look_again(web, copy)),
                None => {
                    let (page, first) = (&job.link, job.what.first_seen);
                    let found = archive::look_up(web, &config.archive, page, first, today);
                    Sought::Copy(match found {
                        Found::None if save => archive::save(web, &config.save, page, today),
                        found => found,
                    })
                }
            }
        };
        work(jobs, &web, &stop, seek, |job, sought| {
            done += 1;
            let strikes = rules(&job.at, &self.config).strikes;
            let Some(link) = self.store.ledger.links.get_mut(&job.link) else {
                return;
            };
            let word = sought.record(link, today, strikes);
            self.note(&job.link, report);
            let url = &job.link;
            tell(Step {
                done,
                of,
                url,
                word: word.into(),
            });
        });
    }

    fn skips(&self, url: &Url) -> bool {
        let host = self.config.host(url.host_str().unwrap_or_default());
        let skip = &self.config.skip;
        host.is_some_and(|host| host.skip)
            || skip.iter().any(|start| url.as_str().starts_with(start))
    }
}

/// What an archive was asked for.
enum Sought {
    Copy(Found),
    Again(State),
}

impl Sought {
    fn record(self, link: &mut Link, today: Day, strikes: u32) -> &'static str {
        match self {
            Self::Copy(Found::Copy(copy)) => {
                link.archive = Some(copy);
                link.archive_asked = None;
                "archived"
            }
            Self::Copy(Found::None) => {
                link.archive_asked = Some(today);
                "no archived copy"
            }
            Self::Copy(Found::Unknown) | Self::Again(State::Unknown) => "the archive does not say",
            Self::Again(State::There) => {
                if let Some(copy) = &mut link.archive {
                    copy.seen = today;
                    copy.strikes = Default::default();
                }
                "the archived copy is there"
            }
            Self::Again(State::Gone) => {
                if let Some(copy) = &mut link.archive {
                    copy.strikes.add(today);
                    if copy.strikes.count >= strikes {
                        link.archive = None;
                        link.archive_asked = None;
                    }
                }
                "the archived copy is gone"
            }
        }
    }
}

/// How the web is asked for a book.
fn web_options(
    config: &Config,
    links: &LinksConfig,
    options: &Options,
    world: &World,
) -> web::Options {
    let repository = Repository::from_config(config);
    let repository = repository.as_ref().map(|repository| repository.address());
    let mut paces: Vec<_> = links
        .hosts
        .iter()
        .filter_map(|(host, set)| Some((host.clone(), Duration::from_secs_f64(set.pace?.0))))
        .collect();
    // The longest name first, since the first that fits is taken.
    paces.sort_by_key(|(host, _)| std::cmp::Reverse(host.len()));
    web::Options {
        user_agent: web::user_agent(repository),
        pace: Duration::from_secs_f64(links.pace.0),
        paces,
        budget: options.budget.unwrap_or(u32::MAX),
        private: links
            .hosts
            .iter()
            .filter(|(_, set)| set.private)
            .map(|(host, _)| host.clone())
            .collect(),
        ..world.web.clone()
    }
}
