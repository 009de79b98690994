//! Editions into their files: all of one, or the last good one stays.

use super::Draft;
use crate::config::{Edition, PrintConfig};
use crate::diagnostics::{Diagnostic, Report};
use crate::markdown::id_from_content;
use mdbook_renderer::RenderContext;
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
        format!("{path} ({pages}{size:.2} MB) in {:.1} s", self.seconds)
    }
}

/// Writes editions into the backend's folder, and beside the site where that is
/// wanted.
pub fn write(
    context: &RenderContext,
    settings: &PrintConfig,
    editions: Vec<Draft>,
    report: &mut Report,
) -> Vec<Made> {
    let name = file_name(context.config.book.title.as_deref().unwrap_or_default());
    let path = |edition: Edition| {
        context
            .destination
            .join(format!("{name}.{}", edition.extension()))
    };
    let mut made = Vec::new();
    for draft in editions {
        let path = path(draft.edition);
        if let Err(error) = replace(&path, &draft.bytes) {
            let shown = shown(&path, context);
            report.push(Diagnostic::error(format!(
                "`{shown}` cannot be written: {error}"
            )));
            continue;
        }
        made.push(Made {
            path: path.strip_prefix(&context.root).unwrap_or(&path).to_owned(),
            size: draft.bytes.len(),
            pages: draft.pages,
            seconds: draft.seconds,
        });
    }
    if settings.copy_to_site
        && let Some(site) = site(context)
    {
        for edition in &settings.formats {
            // Under `serve` these are the last good ones.
            let (from, to) = (
                path(*edition),
                site.join(format!("{name}.{}", edition.extension())),
            );
            let copied = match std::fs::read(&from) {
                Ok(bytes) => replace(&to, &bytes),
                Err(_) => continue,
            };
            if let Err(error) = copied {
                let shown = shown(&to, context);
                report.push(Diagnostic::error(format!(
                    "`{shown}` cannot be written: {error}"
                )));
            }
        }
    }
    made
}

fn shown(path: &Path, context: &RenderContext) -> String {
    let path = path.strip_prefix(&context.root).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
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
