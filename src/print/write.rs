//! Editions into their files: all of one, or the last good one stays.

use super::{Draft, record};
use crate::config::{Edition, PrintConfig};
use crate::diagnostics::{Diagnostic, Report};
use crate::markdown::id_from_content;
use crate::source_date::source_date;
use mdbook_renderer::RenderContext;
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};

/// An edition that has been written.
pub struct Made {
    /// Where it is, seen from the book's root where it is below that.
    pub path: PathBuf,
    /// Its size in bytes.
    pub size: usize,
    /// The pages of a PDF.
    pub pages: Option<usize>,
    /// How long it took.
    pub seconds: f64,
    /// Whether it was there already.
    pub unchanged: bool,
}

impl Made {
    /// What it is, in a line.
    pub fn line(&self) -> String {
        let path = self.path.to_string_lossy().replace('\\', "/");
        let size = self.size as f64 / 1e6;
        let pages = self
            .pages
            .map(|pages| format!("{pages} pages, "))
            .unwrap_or_default();
        let how = if self.unchanged { ", unchanged," } else { "" };
        format!("{path} ({pages}{size:.2} MB){how} in {:.1} s", self.seconds)
    }
}

/// The file of an edition, named after the book's title.
pub fn path(context: &RenderContext, edition: Edition) -> PathBuf {
    let name = file_name(context.config.book.title.as_deref().unwrap_or_default());
    let name = format!("{name}.{}", edition.extension());
    context.destination.join(name)
}

/// Writes editions into the backend's folder, and beside the site where that is
/// wanted.
pub fn write(
    context: &RenderContext,
    settings: &PrintConfig,
    editions: Vec<Draft>,
    report: &mut Report,
) -> Vec<Made> {
    let path = |edition| path(context, edition);
    let failed = |path: &Path, error: &std::io::Error, report: &mut Report| {
        let shown = shown(path, context);
        report.push(Diagnostic::error(format!(
            "`{shown}` cannot be written: {error}"
        )));
    };
    let mut made = Vec::new();
    for draft in editions {
        let path = path(draft.edition);
        if let Err(error) = keep(&path, &draft) {
            failed(&path, &error, report);
            continue;
        }
        made.push(Made {
            path: path.strip_prefix(&context.root).unwrap_or(&path).to_owned(),
            size: draft.bytes.len(),
            pages: draft.pages,
            seconds: draft.seconds,
            unchanged: draft.unchanged,
        });
    }
    if settings.copy_to_site
        && let Some(site) = site(context)
    {
        let mut downloads = Downloads::new();
        for edition in &settings.formats {
            // Under `serve` these are the last good ones.
            let from = path(*edition);
            let to = site.join(from.file_name().unwrap_or_default());
            let Ok(bytes) = std::fs::read(&from) else {
                continue;
            };
            match replace(&to, &bytes) {
                Ok(()) => {
                    // A host shows the date of the file; under `serve` that of the
                    // edition may be an earlier one.
                    let _ = keep_date(&from, &to);
                    downloads.add(&to, bytes.len());
                }
                Err(error) => failed(&to, &error, report),
            }
        }
        let list = site.join("downloads.json");
        if let Err(error) = replace(&list, downloads.json().as_bytes()) {
            failed(&list, &error, report);
        }
    }
    made
}

/// What the site says of the editions beside it. The page that shows them is
/// made before they are, so its script reads this.
#[derive(Serialize)]
struct Downloads {
    version: u32,
    /// As `2026-11-28`, if the build has a date.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    files: Vec<Download>,
}

#[derive(Serialize)]
struct Download {
    name: String,
    bytes: usize,
}

impl Downloads {
    fn new() -> Self {
        // A date that is none has been reported with the PDF.
        let date = source_date().unwrap_or_default();
        Self {
            version: 1,
            date: date.map(|date| date.date().to_string()),
            files: Vec::new(),
        }
    }

    fn add(&mut self, path: &Path, bytes: usize) {
        let name = path.file_name().unwrap_or_default();
        let name = name.to_string_lossy().into_owned();
        self.files.push(Download { name, bytes });
    }

    fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("it has text keys only") + "\n"
    }
}

fn shown(path: &Path, context: &RenderContext) -> String {
    let path = path.strip_prefix(&context.root).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}

/// Writes an edition, and beside it what it was made from.
fn keep(path: &Path, draft: &Draft) -> std::io::Result<()> {
    if !draft.unchanged {
        replace(path, &draft.bytes)?;
    }
    match &draft.record {
        Some(record) => replace(&record::path(path), record.text().as_bytes()),
        None => Ok(()),
    }
}

/// Writes beside the place and renames.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file; what the process masks is masked.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path)?;
    Ok(())
}

/// Gives a copy the date of what it is a copy of.
fn keep_date(from: &Path, to: &Path) -> std::io::Result<()> {
    let date = std::fs::metadata(from)?.modified()?;
    let copy = std::fs::File::options().write(true).open(to)?;
    copy.set_modified(date)
}

/// The folder of the site, which mdBook has made before if it makes one at all:
/// backends run in the order of their names.
fn site(context: &RenderContext) -> Option<PathBuf> {
    let outputs = context.config.outputs::<toml::Value>().unwrap_or_default();
    let site = context.destination.parent()?.join("html");
    (outputs.len() > 1 && outputs.contains_key("html") && site.is_dir()).then_some(site)
}

/// A file name made of the title.
pub(crate) fn file_name(title: &str) -> String {
    let id = id_from_content(title);
    let words: Vec<_> = id.split('-').filter(|word| !word.is_empty()).collect();
    match words.join("-") {
        name if name.is_empty() => "book".into(),
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_the_title() {
        assert_eq!(
            file_name("Machine Learning Systems Design"),
            "machine-learning-systems-design"
        );
        assert_eq!(file_name("../../C++ & <Rust>"), "c-rust");
        assert_eq!(file_name("機械学習"), "機械学習");
        assert_eq!(file_name("…"), "book");
        assert_eq!(file_name(""), "book");
    }
}
