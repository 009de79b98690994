//! The whole book in one run, with mdBook's own driver and this tool's own
//! values instead of programs: the same bytes as `mdbook build` makes.

mod log;
mod plugins;

use crate::config::BookConfig;
pub(crate) use crate::config::{read_config, said};
use crate::diagnostics::{Diagnostic, Place, Report, Source};
use crate::panics::caught;
use crate::plugin;
use crate::preprocess::{self, Input};
use mdbook_driver::MDBook;
use mdbook_driver::builtin_renderers::{CmdRenderer, MarkdownRenderer};
use mdbook_driver::config::Config;
use mdbook_html::HtmlHandlebars;
use mdbook_preprocessor::book::BookItem;
use mdbook_renderer::{RenderContext, Renderer};
use plugins::{Backend, Booklet, Ours, Shared};
use std::path::Path;
use std::time::Instant;

/// How a run has ended.
pub struct Done {
    /// What went wrong.
    pub report: Report,
    /// Whether warnings fail the run.
    pub deny_warnings: bool,
}

/// Tells the user what is going on: a verb and what it applies to.
pub type Tell<'a> = &'a dyn Fn((&str, String));

/// Builds the site, the editions and whatever else `book.toml` asks for.
pub fn build(dir: &Path, tell: Tell<'_>) -> Done {
    run(dir, |book, shared| {
        let started = Instant::now();
        let chapters = book
            .iter()
            .filter(|item| matches!(item, BookItem::Chapter(_)))
            .count();
        tell((
            "Read",
            match chapters {
                1 => format!("1 chapter of {}", dir.display()),
                n => format!("{n} chapters of {}", dir.display()),
            },
        ));
        for renderer in renderers(&book.config, shared) {
            let began = Instant::now();
            // What mdBook's own code panics on must not end without a word on it.
            match caught(|| book.execute_build_process(&*renderer)) {
                Ok(Ok(())) => {}
                Ok(Err(error)) => return shared.failed(&error),
                Err(panic) => {
                    return shared.push(Diagnostic::error(format!(
                        "the backend `{}` has failed inside: {panic}",
                        renderer.name()
                    )));
                }
            }
            let made = shared.take_made();
            if Backend::of(renderer.name(), &book.config).is_none() {
                let folder = book.build_dir_for(renderer.name());
                let file = match renderer.name() {
                    "html" => folder.join("index.html"),
                    _ => folder,
                };
                let shown = file.strip_prefix(&book.root).unwrap_or(&file);
                tell((
                    "Made",
                    format!(
                        "{} in {:.1} s",
                        shown.display(),
                        began.elapsed().as_secs_f64()
                    ),
                ));
            }
            made.into_iter().for_each(|line| tell(("Made", line)));
        }
        if !shared.fails() {
            tell((
                "Finished",
                format!("in {:.1} s", started.elapsed().as_secs_f64()),
            ));
        }
    })
}

/// Does all that `build` does, and writes nothing.
pub fn check(dir: &Path) -> Done {
    run(dir, |book, shared| {
        for renderer in renderers(&book.config, shared) {
            let preprocessed = match book.preprocess_book(&*renderer) {
                Ok((preprocessed, _)) => preprocessed,
                Err(error) => return shared.failed(&error),
            };
            let name = renderer.name();
            if let Some(backend) = Backend::of(name, &book.config) {
                let folder = book.build_dir_for(name);
                let context =
                    RenderContext::new(&book.root, preprocessed, book.config.clone(), folder);
                shared.extend(backend.check(&context, name));
            }
        }
        let input = Input {
            root: &book.root,
            config: &book.config,
            renderer: "check",
        };
        if !plugins::preprocessors(&book.config).is_empty() {
            shared.extend(preprocess::notes(&input, &book.book));
        }
    })
}

fn run(dir: &Path, work: impl FnOnce(&MDBook, &Shared)) -> Done {
    let shared = Shared::default();
    let deny_warnings = log::collect(&shared, || {
        let book = load(dir, &shared)?;
        let denied = BookConfig::new(&book.root, &book.config).denies_warnings();
        shared.deny_warnings(denied);
        work(&book, &shared);
        Some(denied)
    });
    let report = shared.into_report();
    Done {
        report: match dir == Path::new(".") {
            true => report,
            false => report.seen_from(dir),
        },
        deny_warnings: deny_warnings.unwrap_or(false),
    }
}

/// Loads the book and puts our own values where it names this program.
fn load(dir: &Path, shared: &Shared) -> Option<MDBook> {
    let mut report = Report::default();
    let config = read_config(dir, &mut report);
    if let Some(config) = &config {
        let tables = BookConfig::new(dir, config);
        tables.check_folders(dir, &mut report);
        tables.booklet(&mut report);
        for name in plugin::outputs(config, "print") {
            tables.print(&name, &mut report);
        }
        for name in plugin::outputs(config, "site") {
            tables.site(&name, &mut report);
        }
    }
    let failed = report.fails(false);
    shared.extend(report);
    let mut config = config.filter(|_| !failed)?;
    // mdBook would write files that SUMMARY.md names and the book lacks, into
    // the source folder.
    config.build.create_missing = false;
    // Programs that mdBook starts run in other folders than this one.
    let root = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    let src = config.book.src.clone();
    let mut book = match MDBook::load_with_config(&root, config) {
        Ok(book) => book,
        Err(error) => {
            let mut diagnostic = said(&error);
            diagnostic
                .places
                .extend(summary_line(&root, &src, &diagnostic.message));
            shared.push(diagnostic);
            return None;
        }
    };
    for name in plugins::preprocessors(&book.config) {
        book.with_preprocessor(Booklet::new(name, shared));
    }
    if plugin::outputs(&book.config, "print").is_empty() {
        book.with_renderer(Ours::new("print".into(), Backend::Print, shared));
    }
    Some(book)
}

/// Where `SUMMARY.md` names the file that a message names in backticks.
fn summary_line(root: &Path, src: &Path, message: &str) -> Option<Place> {
    let file = message.split('`').nth(1)?;
    let path = src.join("SUMMARY.md");
    let text = std::fs::read_to_string(root.join(&path)).ok()?;
    let at = text.find(file)?;
    Some(Source::file(path, text).at(at..at + file.len()))
}

/// The backends in the order in which mdBook runs them, which is that of their
/// names.
fn renderers(config: &Config, shared: &Shared) -> Vec<Box<dyn Renderer>> {
    let tables = config.outputs::<toml::Table>().unwrap_or_default();
    let mut names: Vec<_> = tables.keys().cloned().collect();
    if names.is_empty() {
        names.push("html".into());
    }
    if plugin::outputs(config, "print").is_empty() {
        names.push("print".into());
    }
    names.sort();
    let renderer = |name: String| -> Box<dyn Renderer> {
        if let Some(backend) = Backend::of(&name, config) {
            return Box::new(Ours::new(name, backend, shared));
        }
        match name.as_str() {
            "html" => Box::new(HtmlHandlebars::new()),
            "markdown" => Box::new(MarkdownRenderer::new()),
            _ => {
                let command = tables
                    .get(&name)
                    .and_then(|table| table.get("command")?.as_str());
                let command = command.map_or_else(|| format!("mdbook-{name}"), str::to_owned);
                Box::new(CmdRenderer::new(name, command))
            }
        }
    };
    names.into_iter().map(renderer).collect()
}
