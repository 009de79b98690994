//! The print backend: read, resolve, write.
//!
//! ```text
//! RenderContext ─ read ─► Doc<Written> ─ resolve ─► Doc<Resolved> ─┬─ typst ─ pdf ─► PDF
//!                                                                  └─ html ────────► one-file HTML
//! ```

pub mod doc;
mod grammar;
mod html;
mod pdf;
mod prove;
pub mod read;
mod resolve;
mod text;
mod theme;
mod typst;
mod write;

pub use write::Made;

use crate::config::{BookConfig, Edition, PrintConfig};
use crate::diagnostics::{Diagnostic, Report};
use crate::plugin;
use mdbook_renderer::RenderContext;
use mdbook_renderer::config::Config;
use std::sync::Arc;
use std::time::Instant;
use theme::Theme;

/// What a run has made and said.
pub struct Printed {
    /// The editions.
    pub made: Vec<Made>,
    /// What went wrong.
    pub report: Report,
    /// Whether warnings fail the build.
    pub deny_warnings: bool,
}

/// Answers mdBook's call of the backend, with what stands on stdin.
pub fn print_json(json: &str) -> Printed {
    let mut report = Report::default();
    // Loosely first: of another version, more may differ than the number.
    let context = plugin::loosely(json, &mut report).and_then(|loose| {
        let version = loose.get("version").and_then(|version| version.as_str());
        plugin::report_version(version, &mut report);
        RenderContext::from_json(json.as_bytes())
            .map_err(|error| report.push(plugin::malformed(&error)))
            .ok()
    });
    match context {
        Some(context) => {
            let mut printed = print(&context, &table_name(&context));
            report.extend(std::mem::take(&mut printed.report));
            Printed { report, ..printed }
        }
        None => Printed {
            made: Vec::new(),
            report,
            deny_warnings: false,
        },
    }
}

/// Makes the editions that the table `[output.NAME]` asks for. All or none are
/// written; if none, those of the last good run stay.
pub fn print(context: &RenderContext, name: &str) -> Printed {
    let mut report = Report::default();
    let config = BookConfig::new(&context.root, &context.config);
    let settings = config.print(name, &mut report);
    let deny_warnings = denies_warnings(context);
    let serving = context
        .config
        .html_config()
        .is_some_and(|html| html.live_reload_endpoint.is_some());
    // A save must show at once; the last good editions will do.
    let editions = match serving && !settings.preview {
        true => Vec::new(),
        false => make(context, &settings, &mut report),
    };
    let made = match report.fails(deny_warnings) {
        true => Vec::new(),
        false => write::write(context, &settings, editions, &mut report),
    };
    Printed {
        made,
        report,
        deny_warnings,
    }
}

/// Makes the editions and writes nothing.
pub fn check(context: &RenderContext, name: &str) -> Report {
    let mut report = Report::default();
    let settings = BookConfig::new(&context.root, &context.config).print(name, &mut report);
    make(context, &settings, &mut report);
    report
}

/// An edition that is not written yet.
struct Draft {
    edition: Edition,
    bytes: Vec<u8>,
    pages: Option<usize>,
    seconds: f64,
}

fn make(context: &RenderContext, settings: &PrintConfig, report: &mut Report) -> Vec<Draft> {
    let started = Instant::now();
    let (doc, places) = read::read(context, report);
    if doc.items.is_empty() {
        report.push(Diagnostic::warning(
            "the book has no chapters, so there is nothing to print",
        ));
        return Vec::new();
    }
    let (doc, promises) = resolve::resolve(
        context,
        doc,
        &places,
        settings.standard.wants_words(),
        report,
    );
    let theme = Theme::load(&context.root, report);
    let read = started.elapsed().as_secs_f64();

    let mut editions: Vec<Draft> = Vec::new();
    for (n, edition) in settings.formats.iter().enumerate() {
        if editions.iter().any(|made| made.edition == *edition) {
            continue;
        }
        let started = Instant::now();
        let (bytes, pages) = match edition {
            Edition::Pdf => match pdf::pdf(&doc, settings, &theme, report) {
                Some(pdf) => {
                    report.extend(pdf.prove(&doc, &promises));
                    let pages = pdf.pages();
                    (Arc::unwrap_or_clone(pdf.bytes), Some(pages))
                }
                None => continue,
            },
            Edition::Html => {
                let html = html::write(&doc, &theme);
                report.extend(prove::html(&html, &doc, &promises));
                (html.into_bytes(), None)
            }
        };
        // Reading is part of the first.
        let seconds = started.elapsed().as_secs_f64() + if n == 0 { read } else { 0.0 };
        editions.push(Draft {
            edition: *edition,
            bytes,
            pages,
            seconds,
        });
    }
    editions
}

/// The name of the table this run is for. mdBook does not say it, but puts the
/// results of each backend into a folder of its name.
fn table_name(context: &RenderContext) -> String {
    let ours = outputs(&context.config);
    let folder = context
        .destination
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    match folder {
        Some(folder) if ours.contains(&folder) => folder,
        _ => ours.into_iter().next().unwrap_or_else(|| "print".into()),
    }
}

/// The backends that are this one, by their command.
pub fn outputs(config: &Config) -> Vec<String> {
    let tables = config.outputs::<toml::Table>().unwrap_or_default();
    let is_ours = |table: &toml::Table| {
        let command = table
            .get("command")
            .and_then(|command| command.as_str())
            .unwrap_or_default();
        let mut words = command.split_whitespace();
        let program = words.next().unwrap_or_default().trim_end_matches(".exe");
        program.ends_with("mdbook-booklet") && words.next() == Some("print")
    };
    let mut names: Vec<_> = tables
        .into_iter()
        .filter(|(_, table)| is_ours(table))
        .map(|(name, _)| name)
        .collect();
    names.sort();
    names
}

fn denies_warnings(context: &RenderContext) -> bool {
    // What is wrong in that table, the preprocessor says.
    let mut ignored = Report::default();
    BookConfig::new(&context.root, &context.config)
        .booklet(&mut ignored)
        .warnings
        .denied()
}
