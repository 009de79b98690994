//! The web, asked politely: one request at a time to a host and some time
//! between two, few at once in all, never more of a page than its head, and
//! never where robots.txt asks programs to stay away.
//!
//! Nothing but http and https is followed, and nothing that leads to an address
//! of a private network: each hop of a redirect is checked, and the address
//! checked is the one that is connected to. Time comes from a [`Clock`] and
//! addresses from [`Names`], so that tests neither wait nor leave the machine.

mod address;
mod agent;
mod clock;
mod gate;
mod names;
mod page;
mod robots;
mod title;

pub use address::is_public;
pub use clock::{Clock, SystemClock};
pub use gate::{Gate, Next, Turn, host};
pub use names::{Names, SystemNames};
pub use page::Page;
pub use title::text_of;

use crate::ledger::Trouble;
use robots::Leave;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, PoisonError, TryLockError};
use std::time::Duration;
use url::Url;

/// How the web is asked.
#[derive(Clone)]
pub struct Options {
    /// Who asks, with an address where that is explained.
    pub user_agent: String,
    /// The time from one request to a host to the next.
    pub pace: Duration,
    /// The hosts that get another pace: each with its subdomains.
    pub paces: Vec<(String, Duration)>,
    /// The longest that a host's wish to wait is granted within a run.
    pub patience: Duration,
    /// How often a page is asked again that is too busy.
    pub retries: u32,
    /// The time for a request, from the name to the last byte read.
    pub timeout: Duration,
    /// The time to find a host and connect to it.
    pub connect_timeout: Duration,
    /// How many redirects are followed.
    pub redirects: usize,
    /// How many requests may be made, robots.txt and redirects included.
    pub budget: u32,
    /// Hosts, each with its subdomains, that may be in a private network.
    pub private: Vec<String>,
    /// Certificates to trust instead of Mozilla's, in DER.
    pub roots: Option<Vec<Vec<u8>>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            user_agent: user_agent(None),
            pace: Duration::from_secs(1),
            paces: Vec::new(),
            patience: Duration::from_secs(60),
            retries: 2,
            timeout: Duration::from_secs(20),
            connect_timeout: Duration::from_secs(10),
            redirects: 10,
            budget: u32::MAX,
            private: Vec::new(),
            roots: None,
        }
    }
}

/// The name under which robots.txt knows this program.
pub const ROBOT: &str = "mdbook-booklet";

/// The `User-Agent`: the program, and the repository of the book it asks for.
pub fn user_agent(book: Option<&str>) -> String {
    let own = env!("CARGO_PKG_REPOSITORY");
    let for_book = match book {
        Some(book) if book != own && book.is_ascii() => format!("; for {book}"),
        _ => String::new(),
    };
    format!(
        "{ROBOT}/{} (checks links; +{own}{for_book})",
        env!("CARGO_PKG_VERSION")
    )
}

/// Whether a host is `domain` or one of its subdomains.
pub fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The media types wished for, as HTTP's `Accept` has it.
    pub accept: &'a str,
    /// How many bytes of the body are read, at most; decompressed.
    pub limit: usize,
    /// How many bytes of the body the server is asked for.
    pub range: Option<usize>,
    /// Whether robots.txt is asked first. Interfaces made for programs need it
    /// not.
    pub robots: bool,
}

impl Default for Ask<'_> {
    fn default() -> Self {
        Self {
            accept: "text/html,application/xhtml+xml,*/*;q=0.8",
            limit: 256 << 10,
            range: Some(256 << 10),
            robots: true,
        }
    }
}

/// What came of asking.
#[derive(Debug)]
pub struct Fetched {
    /// The addresses that redirects led to, in order.
    pub hops: Vec<Url>,
    /// The end of it.
    pub outcome: Outcome,
}

/// The end of a request and its redirects.
#[derive(Debug)]
pub enum Outcome {
    /// A response, whatever its code.
    Page(Box<Page>),
    /// None.
    Trouble(Trouble),
    /// It was not asked to the end: the budget is used up, or the host has
    /// asked for more time than there is. Nothing is known.
    Left,
}

/// The web. It is shared by threads.
pub struct Web {
    options: Options,
    agent: agent::Agent,
    gate: Arc<Gate>,
    robots: robots::Cache,
    requests: AtomicU32,
    spoke: AtomicU32,
}

impl Web {
    /// The web, seen through a clock and a name service.
    pub fn new(options: Options, clock: Arc<dyn Clock>, names: Arc<dyn Names>) -> Self {
        Self {
            agent: agent::Agent::new(&options, names),
            gate: Arc::new(Gate::new(clock, options.pace, options.paces.clone())),
            robots: robots::Cache::default(),
            requests: AtomicU32::new(0),
            spoke: AtomicU32::new(0),
            options,
        }
    }

    /// The web as it is.
    pub fn real(options: Options) -> Self {
        Self::new(
            options,
            Arc::new(SystemClock::default()),
            Arc::new(SystemNames),
        )
    }

    /// The politeness towards hosts.
    pub fn gate(&self) -> &Arc<Gate> {
        &self.gate
    }

    /// How many requests were made.
    pub fn requests(&self) -> u32 {
        self.requests
            .load(Ordering::Relaxed)
            .min(self.options.budget)
    }

    /// Whether the budget is used up.
    pub fn is_spent(&self) -> bool {
        self.requests.load(Ordering::Relaxed) >= self.options.budget
    }

    /// Whether any server has answered, so that there is a network.
    pub fn has_spoken(&self) -> bool {
        self.spoke.load(Ordering::Relaxed) > 0
    }

    /// Whether the name service knows a host, without asking the host.
    pub fn knows(&self, url: &Url) -> bool {
        self.agent.knows(url)
    }

    /// Gets a page. `turn` is the turn at the host, if the caller has it.
    pub fn get(&self, url: &Url, ask: Ask<'_>, turn: Option<Turn>) -> Fetched {
        let mut hops = Vec::new();
        let outcome = match self.follow(url, ask, turn, &mut hops) {
            Ok(page) => Outcome::Page(Box::new(page)),
            Err(Stop::Trouble(trouble)) => Outcome::Trouble(trouble),
            Err(Stop::Left) => Outcome::Left,
        };
        Fetched { hops, outcome }
    }

    fn follow(
        &self,
        url: &Url,
        ask: Ask<'_>,
        mut turn: Option<Turn>,
        hops: &mut Vec<Url>,
    ) -> Result<Page, Stop> {
        let mut url = url.clone();
        url.set_fragment(None);
        loop {
            check_scheme(&url)?;
            if ask.robots
                && let Some(failing) = self.check_robots(&url, &mut turn)?
            {
                return Ok(failing);
            }
            let page = self.patiently(&url, ask, &mut turn)?;
            let Some(location) = page.redirect() else {
                return Ok(page);
            };
            let Ok(mut next) = url.join(location) else {
                return Err(Trouble::BadRedirect.into());
            };
            next.set_fragment(None);
            check_scheme(&next)?;
            // Some sites send a visitor back to where they came from, with a
            // cookie; twice is a circle.
            let seen = hops.iter().filter(|hop| **hop == next).count();
            if seen > 1 || hops.len() >= self.options.redirects {
                return Err(Trouble::RedirectLoop.into());
            }
            hops.push(next.clone());
            url = next;
            turn = None;
        }
    }

    /// Asks once, and again if the server is too busy and says so.
    fn patiently(&self, url: &Url, ask: Ask<'_>, turn: &mut Option<Turn>) -> Result<Page, Stop> {
        let mut ask = ask;
        let mut tried = 0;
        loop {
            let page = self.once(url, ask, turn)?;
            if page.code == 416 && ask.range.take().is_some() {
                continue;
            }
            if page.code != 429 && page.code < 500 || page.code >= 600 {
                return Ok(page);
            }
            let host = gate::host(url);
            let wait = page.retry_after(self.gate.clock().date());
            // Without a word, it is a second, then five, then twenty-five.
            let wait = wait.unwrap_or(Duration::from_secs(5u64.pow(tried)));
            let busy = page.code == 429 || page.code == 503;
            if wait > self.options.patience {
                if busy {
                    self.gate.close(&host);
                }
                return Ok(page);
            }
            if busy || tried < self.options.retries {
                self.gate.wait(&host, wait);
            }
            if tried >= self.options.retries {
                if page.code == 429 {
                    self.gate.close(&host);
                }
                return Ok(page);
            }
            tried += 1;
        }
    }

    /// One request, in the host's turn.
    fn once(&self, url: &Url, ask: Ask<'_>, turn: &mut Option<Turn>) -> Result<Page, Stop> {
        let turn = self.turn(url, turn)?;
        let counted =
            self.requests
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |requests| {
                    (requests < self.options.budget).then_some(requests + 1)
                });
        if counted.is_err() {
            return Err(Stop::Left);
        }
        let asked = self.agent.ask(url, &ask);
        turn.used();
        let page = asked?;
        self.spoke.fetch_add(1, Ordering::Relaxed);
        Ok(page)
    }

    /// The turn at hand, or the next one at the host, waited for.
    fn turn(&self, url: &Url, turn: &mut Option<Turn>) -> Result<Turn, Stop> {
        match turn.take() {
            Some(turn) => Ok(turn.waited()),
            None => Ok(self
                .gate
                .enter(&gate::host(url))
                .ok_or(Stop::Left)?
                .waited()),
        }
    }

    /// Stops where robots.txt asks to stay away. Where the server is too busy or
    /// fails at that question, this is its answer to the next one too.
    fn check_robots(&self, url: &Url, turn: &mut Option<Turn>) -> Result<Option<Page>, Stop> {
        let slot = self.robots.slot(url);
        let mut known = match slot.try_lock() {
            Ok(known) => known,
            Err(TryLockError::Poisoned(known)) => known.into_inner(),
            // Another asks, and may need the turn for it.
            Err(TryLockError::WouldBlock) => {
                drop(turn.take());
                slot.lock().unwrap_or_else(PoisonError::into_inner)
            }
        };
        let leave = match &*known {
            Some(leave) => leave.clone(),
            None => {
                let turn = self.turn(url, turn)?;
                let leave = Arc::new(self.ask_robots(url, turn)?);
                known.insert(leave).clone()
            }
        };
        drop(known);
        if let Some(delay) = leave.delay() {
            let delay = delay.min(self.options.patience);
            self.gate.set_pace(&gate::host(url), delay);
        }
        match leave.allows(url) {
            Ok(true) => Ok(None),
            Ok(false) => Err(Trouble::Robots.into()),
            Err(code) => Ok(Some(Page::empty(url, code))),
        }
    }

    fn ask_robots(&self, url: &Url, turn: Turn) -> Result<Leave, Stop> {
        let ask = Ask {
            accept: "text/plain,*/*;q=0.5",
            limit: 512 << 10,
            range: None,
            robots: false,
        };
        let mut hops = Vec::new();
        match self.follow(&robots::address(url), ask, Some(turn), &mut hops) {
            Ok(page) => Ok(Leave::from_page(&page)),
            // What keeps robots.txt away keeps the page away, and says so then.
            Err(Stop::Trouble(_)) => Ok(Leave::all()),
            Err(Stop::Left) => Err(Stop::Left),
        }
    }
}

enum Stop {
    Trouble(Trouble),
    Left,
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

fn check_scheme(url: &Url) -> Result<(), Stop> {
    let fits = matches!(url.scheme(), "http" | "https") && url.has_host();
    match fits && url.username().is_empty() && url.password().is_none() {
        true => Ok(()),
        false => Err(Trouble::BadRedirect.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_holds_its_hosts_and_no_others() {
        assert!(is_within("example.org", "example.org"));
        assert!(is_within("www.example.org", "example.org"));
        assert!(!is_within("anexample.org", "example.org"));
        assert!(!is_within("org", "example.org"));
    }

    #[test]
    fn the_user_agent_says_who_asks_and_for_whom() {
        let own = user_agent(None);
        assert!(own.starts_with("mdbook-booklet/"), "{own}");
        assert!(own.contains("+https://"), "{own}");
        let other = user_agent(Some("https://example.org/book"));
        assert!(
            other.ends_with("; for https://example.org/book)"),
            "{other}"
        );
    }
}
