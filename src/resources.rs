//! The registry of resources: one file an entry.

pub mod address;
#[cfg(feature = "print")]
pub mod draft;
mod entry;
mod gone;
#[cfg(feature = "print")]
mod id;
mod list;
mod template;

#[cfg(feature = "print")]
pub use draft::Draft;
pub use entry::{Kind, Resource};
pub(crate) use entry::{check_steps, check_topics};
pub use gone::{Copy, Gone};
#[cfg(feature = "print")]
pub(crate) use id::slug;
pub use list::{Choice, Index, Item, list};
pub use template::resource_template;

use crate::diagnostics::{Diagnostic, Report, Source, did_you_mean};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

/// All entries, by id.
#[derive(Debug, Default)]
pub struct Registry {
    entries: BTreeMap<String, Resource>,
    /// Whether the folder is there; without it, links to entries are not ours.
    present: bool,
}

impl Registry {
    /// Reads the folder `src/folder` below the book's root. A folder that is not
    /// there gives an empty registry.
    pub fn load(
        root: &Path,
        src: &Path,
        folder: &str,
        steps: &[String],
        report: &mut Report,
    ) -> Self {
        let shown = src.join(folder);
        let mut registry = Self {
            present: root.join(&shown).is_dir(),
            ..Self::default()
        };
        for source in read_folder(root, &shown, "toml", report) {
            registry.add(source, steps, report);
        }
        registry.check_urls(report);
        registry
    }

    /// Adds the entry that a file holds. What is wrong with it is reported.
    pub fn add(&mut self, source: Source, steps: &[String], report: &mut Report) {
        self.present = true;
        let id = source
            .file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy();
        if !is_slug(&id) {
            report.push(
                Diagnostic::error(format!("`{id}` is not an id"))
                    .at(source.whole())
                    .hint("name the file in lower-case letters, digits and single hyphens, like rules-of-ml.toml"),
            );
        }
        let id = id.into_owned();
        if let Some(entry) = Resource::parse(&id, &source, steps, report) {
            self.entries.insert(id, entry);
        }
    }

    /// One thing must not stand in two entries, whatever its address looks like.
    fn check_urls(&self, report: &mut Report) {
        let mut seen: BTreeMap<String, &Resource> = BTreeMap::new();
        for entry in self.entries.values() {
            match seen.entry(address::canonical(&entry.url)) {
                Entry::Occupied(first) => {
                    let first = first.get();
                    let what = match first.url == entry.url {
                        true => "have the same URL",
                        false => "lead to the same page",
                    };
                    report.push(
                        Diagnostic::error(format!("`{}` and `{}` {what}", first.id, entry.id))
                            .at(entry.url_place.clone().label("the same as the other"))
                            .at(first.url_place.clone().label("first here"))
                            .hint("keep one entry and link to it from both places"),
                    );
                }
                Entry::Vacant(place) => {
                    place.insert(entry);
                }
            }
        }
    }

    /// The entry that leads where an address leads.
    pub fn at_address(&self, address: &str) -> Option<&Resource> {
        let form = address::canonical(address);
        self.entries
            .values()
            .find(|entry| address::canonical(&entry.url) == form)
    }

    /// Whether the book has a registry.
    pub fn is_present(&self) -> bool {
        self.present
    }

    /// The entry of an id.
    pub fn get(&self, id: &str) -> Option<&Resource> {
        self.entries.get(id)
    }

    /// All entries, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Resource> {
        self.entries.values()
    }

    /// The hint for an id that is not there.
    pub fn suggestion(&self, id: &str) -> Option<String> {
        did_you_mean(id, self.entries.keys().map(String::as_str))
    }
}

/// Whether a name is made of lower-case letters and digits, joined by hyphens.
pub fn is_slug(name: &str) -> bool {
    !name.is_empty()
        && name.split('-').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// The files of a folder that end in `.extension`, by name. One that cannot be
/// read is reported.
pub(crate) fn read_folder(
    root: &Path,
    folder: &Path,
    extension: &str,
    report: &mut Report,
) -> Vec<Source> {
    let Ok(entries) = std::fs::read_dir(root.join(folder)) else {
        return Vec::new();
    };
    let mut names: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.file_name()))
        .filter(|name| Path::new(name).extension().is_some_and(|e| e == extension))
        .collect();
    names.sort();
    names
        .into_iter()
        .filter_map(|name| {
            let file = folder.join(name);
            match std::fs::read_to_string(root.join(&file)) {
                Ok(text) => {
                    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
                    Some(Source::file(file, text))
                }
                Err(error) => {
                    report.push(
                        Diagnostic::error(format!(
                            "the file cannot be read: {}",
                            io_message(&error)
                        ))
                        .at(crate::diagnostics::Place::file(file)),
                    );
                    None
                }
            }
        })
        .collect()
}

/// An input or output error in words that are the same on every system.
pub(crate) fn io_message(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "it does not exist".into(),
        ErrorKind::PermissionDenied => "permission denied".into(),
        ErrorKind::InvalidData => "it is not UTF-8".into(),
        _ => error.to_string(),
    }
}
