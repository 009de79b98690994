//! The ledger on disk: one run at a time, and nothing lost.
//!
//! The ledger lies among the book's sources, which `mdbook serve` watches, so it
//! is written once, at the end of a run, beside its place and renamed. What is
//! learned on the way goes line by line into a journal in the build folder; a
//! run that was cut off leaves it there, and the next one begins with it. The
//! journal is also what is locked.

use crate::diagnostics::{Diagnostic, Place, Report, Source};
use crate::ledger::{Ledger, Link};
use crate::resources::io_message;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// The journal's name in the build folder.
const JOURNAL: &str = "links.journal";

/// The ledger of a book, for as long as one run has it.
pub struct Store {
    root: PathBuf,
    src: PathBuf,
    build: PathBuf,
    /// As it was on disk when the run began.
    base: Ledger,
    /// As the run knows it.
    pub ledger: Ledger,
    journal: File,
}

impl Store {
    /// Takes the ledger, unless another run has it. What a run that was cut off
    /// has learned is in it.
    pub fn open(root: &Path, src: &Path, build: &Path, report: &mut Report) -> Option<Self> {
        let base = Ledger::load(root, src, report)?;
        let build = root.join(build);
        let cannot = |error: &io::Error| {
            let error = io_message(error);
            Diagnostic::error(format!("the journal of links cannot be written: {error}"))
                .at(Place::file(build.join(JOURNAL)))
        };
        let opened = std::fs::create_dir_all(&build).and_then(|()| {
            let mut options = OpenOptions::new();
            options.read(true).write(true).create(true).truncate(false);
            options.open(build.join(JOURNAL))
        });
        let mut journal = opened.map_err(|error| report.push(cannot(&error))).ok()?;
        match journal.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                report.push(
                    Diagnostic::error("another `mdbook-booklet links` is at work on this book")
                        .hint("let it come to its end, or stop it: what it has learned is kept"),
                );
                return None;
            }
            Err(TryLockError::Error(error)) => {
                report.push(cannot(&error));
                return None;
            }
        }
        let mut text = Vec::new();
        if let Err(error) = journal.read_to_end(&mut text) {
            report.push(cannot(&error));
            return None;
        }
        let mut store = Self {
            root: root.to_owned(),
            src: src.to_owned(),
            build: build.clone(),
            ledger: base.clone(),
            base,
            journal,
        };
        for (url, link) in entries(&String::from_utf8_lossy(&text)) {
            let known = store.ledger.links.get(&url);
            if known.is_none_or(|known| known.last_checked <= link.last_checked) {
                store.ledger.links.insert(url, link);
            }
        }
        Some(store)
    }

    /// Takes note of what was learned of a link, so that it is not lost.
    pub fn note(&mut self, url: &str) -> io::Result<()> {
        let Some(link) = self.ledger.links.get(url) else {
            return Ok(());
        };
        let line = serde_json::json!([url, link.to_toml(url)]).to_string() + "\n";
        self.journal.write_all(line.as_bytes())
    }

    /// Writes the ledger, if it says anything new. Whatever somebody else has
    /// written into it meanwhile stays, but for links that this run has checked
    /// later.
    pub fn save(mut self, report: &mut Report) -> Option<()> {
        let now = Ledger::load(&self.root, &self.src, report)?;
        if now != self.base {
            self.merge(&now);
        }
        let path = self.root.join(Ledger::path(&self.src));
        if now != self.ledger || !path.exists() {
            let text = self.ledger.to_toml();
            if let Err(error) = replace(&path, &self.build, text.as_bytes()) {
                let error = io_message(&error);
                report.push(
                    Diagnostic::error(format!("the ledger cannot be written: {error}"))
                        .at(Place::file(Ledger::path(&self.src)))
                        .hint(
                            "what was learned is in the journal, and the next run begins with it",
                        ),
                );
                return None;
            }
        }
        // All of it is in the ledger now.
        let emptied = self.journal.rewind().and_then(|()| self.journal.set_len(0));
        if let Err(error) = emptied {
            let error = io_message(&error);
            report.push(Diagnostic::error(format!(
                "the journal of links cannot be emptied: {error}"
            )));
            return None;
        }
        Some(())
    }

    fn merge(&mut self, now: &Ledger) {
        for (url, theirs) in &now.links {
            let base = self.base.links.get(url);
            let ours = self.ledger.links.get(url);
            let later = ours.is_none_or(|ours| theirs.last_checked > ours.last_checked);
            if base != Some(theirs) && (ours == base || later) {
                self.ledger.links.insert(url.clone(), theirs.clone());
            }
        }
        for (url, base) in &self.base.links {
            if !now.links.contains_key(url) && self.ledger.links.get(url) == Some(base) {
                self.ledger.links.remove(url);
            }
        }
    }
}

impl Drop for Store {
    /// Closing the file is not enough where a process is just being started: it
    /// has the file too until it is another program.
    fn drop(&mut self) {
        let _ = self.journal.unlock();
    }
}

/// The entries of a journal. A line that was cut off ends it.
fn entries(text: &str) -> Vec<(String, Link)> {
    let entry = |line: &str| {
        let (url, table): (String, String) = serde_json::from_str(line).ok()?;
        let file = Source::generated(JOURNAL, format!("version = 1\n{table}"));
        let link = Ledger::parse(&file, &mut Report::default())?
            .links
            .remove(&url)?;
        Some((url, link))
    };
    text.lines().map_while(entry).collect()
}

/// Puts a file into place whole: it is written elsewhere, in the build folder if
/// that is on the same disk, and renamed.
fn replace(path: &Path, build: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.parent().unwrap_or(build);
    let put = |folder: &Path| -> io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        // A temporary file is its owner's alone; the ledger is like its neighbors.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = path
                .metadata()
                .map_or(0o644, |old| old.permissions().mode());
            file.as_file()
                .set_permissions(std::fs::Permissions::from_mode(mode & 0o777))?;
        }
        file.persist(path)?;
        Ok(())
    };
    match put(build) {
        Err(error) if error.kind() == ErrorKind::CrossesDevices => put(beside),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Answer, Day, Status};

    fn checked(day: u8) -> Link {
        let day = Day::new(2026, 12, day).unwrap();
        Link {
            status: Status::Alive,
            answer: Some(Answer::Code(200)),
            last_checked: Some(day),
            ..Link::new(Day::new(2026, 12, 1).unwrap())
        }
    }

    fn open(dir: &Path) -> Result<Store, String> {
        std::fs::create_dir_all(dir.join("src")).unwrap();
        let mut report = Report::default();
        Store::open(dir, Path::new("src"), Path::new("build"), &mut report)
            .ok_or_else(|| report.iter().map(|d| d.message.clone()).collect())
    }

    const A: &str = "https://a.example/";
    const B: &str = "https://b.example/";

    #[test]
    fn a_run_that_was_cut_off_has_lost_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = open(dir.path()).unwrap();
        store.ledger.links.insert(A.into(), checked(2));
        store.note(A).unwrap();
        store.ledger.links.insert(B.into(), checked(2));
        store.note(B).unwrap();
        drop(store);
        assert!(!dir.path().join("src/links.toml").exists());
        // The last line may be cut off too.
        let journal = dir.path().join("build").join(JOURNAL);
        let text = std::fs::read_to_string(&journal).unwrap();
        std::fs::write(&journal, &text[..text.len() - 20]).unwrap();
        let store = open(dir.path()).unwrap();
        assert_eq!(store.ledger.links.keys().collect::<Vec<_>>(), [A]);
        store.save(&mut Report::default()).unwrap();
        assert_eq!(std::fs::read_to_string(&journal).unwrap(), "");
        assert_eq!(open(dir.path()).unwrap().ledger.links[A], checked(2));
        let left: Vec<_> = std::fs::read_dir(dir.path().join("src")).unwrap().collect();
        assert_eq!(left.len(), 1);
    }

    #[test]
    fn two_runs_do_not_have_it_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let first = open(dir.path()).unwrap();
        assert_eq!(
            open(dir.path()).err().unwrap(),
            "another `mdbook-booklet links` is at work on this book"
        );
        drop(first);
        assert!(open(dir.path()).is_ok());
    }

    #[test]
    fn what_others_write_meanwhile_stays() {
        let dir = tempfile::tempdir().unwrap();
        let write = |links: &[(&str, Link)]| {
            let links = links
                .iter()
                .map(|(url, link)| ((*url).into(), link.clone()));
            let ledger = Ledger {
                links: links.collect(),
            };
            std::fs::create_dir_all(dir.path().join("src")).unwrap();
            std::fs::write(dir.path().join("src/links.toml"), ledger.to_toml()).unwrap();
        };
        write(&[(A, checked(1)), (B, checked(1))]);
        let mut store = open(dir.path()).unwrap();
        store.ledger.links.insert(A.into(), checked(3));
        let c = "https://c.example/";
        write(&[(A, checked(2)), (c, checked(2))]);
        store.save(&mut Report::default()).unwrap();
        let links = open(dir.path()).unwrap().ledger.links.clone();
        let expected = [(A.into(), checked(3)), (c.into(), checked(2))];
        assert_eq!(links.into_iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_ledger_that_says_the_same_is_not_touched() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("src/links.toml");
        open(dir.path())
            .unwrap()
            .save(&mut Report::default())
            .unwrap();
        let text = std::fs::read_to_string(&path).unwrap() + "# kept\n";
        std::fs::write(&path, &text).unwrap();
        open(dir.path())
            .unwrap()
            .save(&mut Report::default())
            .unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }
}
