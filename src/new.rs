//! New files of a booklet, in the right place and with a form to fill in.

mod import;
mod page;

pub use import::{Imported, import};
pub use page::{Entry, FromPage, from_page};

use crate::build;
use crate::config::{BookConfig, BookletConfig};
use crate::diagnostics::{Diagnostic, Place, Report, did_you_mean};
use crate::questions::{self, Bank};
use crate::resources::{self, Kind, address, io_message, is_slug, read_folder};
use crate::source_date::source_date;
use crate::steps::{Outline, step_id};
use crate::toml_text::{Toml, list};
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use time::{Date, OffsetDateTime};

/// What is to be written.
pub enum New<'a> {
    /// An answer to the question of a slug.
    Answer {
        /// The slug.
        slug: &'a str,
        /// Who writes it.
        author: &'a str,
    },
    /// A question of this slug, with the next free number.
    Question(&'a str),
    /// An entry of the registry.
    Resource {
        /// Its id.
        id: &'a str,
        /// What is known of it.
        given: &'a Given,
    },
}

/// What the command line says of new entries.
#[derive(Debug, Default, Clone)]
pub struct Given {
    /// Their steps; without any, those that they say themselves.
    pub steps: Vec<String>,
    /// Their topics, likewise.
    pub topics: Vec<String>,
    /// Their kind, likewise.
    pub kind: Option<Kind>,
}

/// Writes a new file into the book in the folder `dir` and gives its path from
/// there. A file that is there already is never changed.
pub fn write(dir: &Path, new: &New<'_>, report: &mut Report) -> Option<PathBuf> {
    let (file, text) = Book::load(dir, report)?.form(new, report)?;
    create(dir, &file, &text, report).then_some(file)
}

/// Writes a file that is not there yet, or nothing of it.
fn create(dir: &Path, file: &Path, text: &str, report: &mut Report) -> bool {
    let refuse = |message: String| Diagnostic::error(message).at(Place::file(file));
    let path = dir.join(file);
    let written = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    let created = written.and_then(|()| std::fs::File::create_new(&path));
    let written = created.map(|mut file| {
        file.write_all(text.as_bytes()).inspect_err(|_| {
            // What is half written is worse than nothing.
            let _ = std::fs::remove_file(&path);
        })
    });
    match written.and_then(|written| written) {
        Ok(()) => true,
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            report.push(refuse("the file is there already".into()));
            false
        }
        Err(error) => {
            let error = io_message(&error);
            report.push(refuse(format!("the file cannot be written: {error}")));
            false
        }
    }
}

struct Book<'a> {
    dir: &'a Path,
    /// The source folder, from the book's root.
    src: PathBuf,
    #[cfg_attr(not(feature = "links"), allow(dead_code))]
    config: Config,
    booklet: BookletConfig,
    outline: Outline,
}

impl<'a> Book<'a> {
    fn load(dir: &'a Path, report: &mut Report) -> Option<Self> {
        let mut config = build::read_config(dir, report)?;
        config.build.create_missing = false;
        let src = config.book.src.clone();
        let booklet = BookConfig::new(dir, &config).booklet(report);
        if report.fails(false) {
            return None;
        }
        let book = MDBook::load_with_config(dir, config)
            .map_err(|error| report.push(build::said(&error)))
            .ok()?;
        // A step that is not there is for `check` to tell.
        let mut ignored = Report::default();
        let outline = Outline::collect(&book.book, &booklet.steps, |_| None, &mut ignored);
        Some(Self {
            dir,
            src,
            config: book.config,
            booklet,
            outline,
        })
    }

    /// The path of a new file, and what it begins with.
    fn form(&self, new: &New<'_>, report: &mut Report) -> Option<(PathBuf, String)> {
        let steps = self.steps();
        match new {
            New::Answer { slug, author } => {
                let bank = self.bank(&steps);
                if bank.get(slug).is_none() {
                    let message = format!("unknown question `{slug}`");
                    report.push(Diagnostic::error(message).maybe_hint(bank.suggestion(slug)));
                    return None;
                }
                let name = file_name(author);
                if !is_slug(&name) {
                    let message = format!("no file can be named after `{author}`");
                    let hint = "give the name in Latin letters, and write it as it is in the file";
                    report.push(Diagnostic::error(message).hint(hint));
                    return None;
                }
                let titles: Vec<_> = self.outline.steps.iter().map(|s| s.title.clone()).collect();
                let text = questions::answer_template(&titles)
                    .replacen("\"Your name\"", &toml::Value::from(*author).to_string(), 1)
                    .replacen("2026-01-01", &today().to_string(), 1);
                let folder = self.src.join(&self.booklet.answers).join(slug);
                Some((folder.join(name + ".md"), text))
            }
            New::Question(slug) => {
                check(slug, "a slug", report)?;
                let last = self.bank(&steps).questions().last().map_or(0, |q| q.number);
                let text = questions::question_template(last + 1, &title(slug), &steps);
                let folder = self.src.join(&self.booklet.questions);
                Some((folder.join(format!("{slug}.md")), text))
            }
            New::Resource { id, given } => {
                check(id, "an id", report)?;
                self.check_given(given, report)?;
                let year = u16::try_from(today().year()).unwrap_or_default();
                let steps = match given.steps.is_empty() {
                    true => &steps,
                    false => &given.steps,
                };
                let text = resources::resource_template(
                    year,
                    given.kind.unwrap_or(Kind::Article),
                    steps,
                    &given.topics,
                );
                Some((self.resource_file(id), text))
            }
        }
    }

    fn steps(&self) -> Vec<String> {
        self.booklet.steps.iter().map(|s| step_id(s)).collect()
    }

    fn resource_file(&self, id: &str) -> PathBuf {
        let folder = self.src.join(&self.booklet.resources);
        folder.join(format!("{id}.toml"))
    }

    /// Where the entries of the registry lead: their ids, and where that is
    /// written. One that is not filled in yet counts too.
    fn known(&self) -> BTreeMap<String, (String, Place)> {
        // What is wrong in the registry is for `check` to tell.
        let mut ignored = Report::default();
        let folder = self.src.join(&self.booklet.resources);
        let mut known = BTreeMap::new();
        for source in read_folder(self.dir, &folder, "toml", &mut ignored) {
            let toml = Toml::parse(&source, 0..source.text.len(), &mut ignored);
            let place = toml.and_then(|toml| toml.place("url", None));
            let table = source.text.parse::<toml::Table>().unwrap_or_default();
            let url = table.get("url").and_then(|url| url.as_str());
            let id = source
                .file
                .file_stem()
                .map(|id| id.to_string_lossy().into_owned());
            if let (Some(place), Some(url), Some(id)) = (place, url, id)
                && !url.is_empty()
            {
                known.insert(address::canonical(url), (id, place));
            }
        }
        known
    }

    /// Complains about steps that the book does not have and topics that are
    /// none.
    fn check_given(&self, given: &Given, report: &mut Report) -> Option<()> {
        let steps = self.steps();
        let mut good = check_step_names(&given.steps, &steps, report);
        for topic in &given.topics {
            good &= check(topic, "a topic", report).is_some();
        }
        good.then_some(())
    }

    fn bank(&self, steps: &[String]) -> Bank {
        // What is wrong with other questions is for `check` to tell.
        let mut ignored = Report::default();
        let folders = (
            self.booklet.questions.as_str(),
            self.booklet.answers.as_str(),
        );
        Bank::load(self.dir, &self.src, folders, steps, &mut ignored)
    }
}

/// Complains about names of the command line that are no steps of the book; one
/// without steps has nothing to compare with.
pub(crate) fn check_step_names(named: &[String], known: &[String], report: &mut Report) -> bool {
    let mut good = true;
    for step in named {
        if !known.is_empty() && !known.contains(step) {
            let names: Vec<_> = known.iter().map(String::as_str).collect();
            let near = did_you_mean(step, names.iter().copied());
            let hint = near.unwrap_or_else(|| format!("the steps are {}", list(&names)));
            report.push(Diagnostic::error(format!("unknown step `{step}`")).hint(hint));
            good = false;
        }
    }
    good
}

fn check(name: &str, what: &str, report: &mut Report) -> Option<()> {
    if !is_slug(name) {
        report.push(
            Diagnostic::error(format!("`{name}` is not {what}"))
                .hint("write lower-case letters, digits and single hyphens"),
        );
        return None;
    }
    Some(())
}

/// `card-fraud` as “Card fraud”.
fn title(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let (first, rest) = words.split_at(1);
    first.to_uppercase() + rest
}

/// “Ada L.” as `ada-l`. Letters outside ASCII stay, and make it no slug.
fn file_name(author: &str) -> String {
    let lower = author.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// The day in UTC, or that of `SOURCE_DATE_EPOCH`.
fn today() -> Date {
    let set = source_date().unwrap_or_default();
    let now = || OffsetDateTime::from(SystemTime::now());
    set.unwrap_or_else(now).date()
}
