//! A small book, and a world in which days pass when the test says so.

use mdbook_booklet::ledger::{Day, Ledger, Link, Status, Trouble};
use mdbook_booklet::links::{self, Done, Options, Step, World};
use mdbook_booklet::web::{self, Clock, Names};
use std::collections::HashMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// A clock that is put forward by whoever waits.
#[derive(Default)]
pub struct VirtualClock(Mutex<Duration>);

impl Clock for VirtualClock {
    fn now(&self) -> Duration {
        *self.0.lock().unwrap()
    }

    fn sleep(&self, time: Duration) {
        let mut now = self.0.lock().unwrap();
        *now += time;
    }

    fn date(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777) + self.now()
    }
}

/// A name service: every `….test` is this machine, but for what is set.
#[derive(Default)]
pub struct TestNames(pub Mutex<HashMap<String, Result<IpAddr, Trouble>>>);

impl TestNames {
    pub fn set(&self, host: &str, to: Result<&str, Trouble>) {
        let to = to.map(|address| address.parse().unwrap());
        self.0.lock().unwrap().insert(host.into(), to);
    }
}

impl Names for TestNames {
    fn lookup(&self, host: &str, _: Duration) -> Result<Vec<IpAddr>, Trouble> {
        let set = self.0.lock().unwrap();
        match set.get(host).or_else(|| set.get("*")) {
            Some(to) => to.map(|address| vec![address]),
            None if host.ends_with(".test") => Ok(vec![[127, 0, 0, 1].into()]),
            None => Err(Trouble::NoSuchHost),
        }
    }
}

/// The day of a number, in December 2026.
pub fn day(day: u32) -> Day {
    Day::from_epoch("2026-11-30".parse::<Day>().unwrap().since_epoch() + day)
}

/// A book in a folder of its own.
pub struct Book {
    dir: TempDir,
    pub clock: Arc<VirtualClock>,
    pub names: Arc<TestNames>,
    pub stop: Arc<AtomicBool>,
    pub web: web::Options,
}

impl Book {
    /// A book of one chapter. `settings` is the rest of its table of links.
    pub fn new(chapter: &str, settings: &str) -> Self {
        let book = Self {
            dir: tempfile::tempdir().unwrap(),
            clock: Arc::default(),
            names: Arc::default(),
            stop: Arc::default(),
            web: web::Options {
                timeout: Duration::from_secs(2),
                connect_timeout: Duration::from_secs(2),
                ..web::Options::default()
            },
        };
        book.write(
            "book.toml",
            &format!("[book]\ntitle = \"Test\"\n\n[build]\nbuild-dir = \"build\"\n\n[preprocessor.booklet]\n\n[preprocessor.booklet.links]\n{settings}\n[preprocessor.booklet.links.hosts.test]\nprivate = true\n"),
        );
        book.write("src/SUMMARY.md", "- [One](one.md)\n");
        book.write("src/one.md", chapter);
        book
    }

    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap()
    }

    /// Checks the links on a day.
    pub fn run(&self, on: u32, options: &Options) -> Done {
        self.run_telling(on, options, &mut |_| {})
    }

    pub fn run_telling(&self, on: u32, options: &Options, tell: &mut dyn FnMut(Step<'_>)) -> Done {
        let world = World {
            clock: self.clock.clone(),
            names: self.names.clone(),
            today: day(on),
            stop: self.stop.clone(),
            web: self.web.clone(),
        };
        links::run(self.root(), options, &world, tell)
    }

    /// The ledger as it is on disk.
    pub fn ledger(&self) -> Ledger {
        let mut report = Default::default();
        Ledger::load(self.root(), Path::new("src"), &mut report).unwrap()
    }

    /// How the server's clock is that of the book.
    pub fn now(&self) -> crate::server::Now {
        let clock = self.clock.clone();
        Arc::new(move || clock.now())
    }
}

/// A link's state as a letter: `-` new, `.` alive, `?` unknown, `1` and `2`
/// unknown with strikes, `C` changed, `X` dead.
pub fn letter(link: &Link) -> char {
    match link.status {
        Status::New => '-',
        Status::Alive => '.',
        Status::Unknown => match link.strikes.count {
            0 => '?',
            n => char::from_digit(n, 10).unwrap(),
        },
        Status::Changed => 'C',
        Status::Dead => 'X',
    }
}

/// What was found, in a report's own words.
pub fn said(book: &Book, done: &Done) -> String {
    let root = format!("{}/", book.root().display()).replace('\\', "/");
    done.report.render(Default::default()).replace(&root, "")
}
