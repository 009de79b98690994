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

pub(crate) use write::file_name;

use crate::config::{BookConfig, Edition, PrintConfig};
use crate::diagnostics::{Diagnostic, Report};
use crate::plugin::{self, Rendered};
use mdbook_renderer::RenderContext;
use std::sync::Arc;
use std::time::Instant;
use theme::Theme;

/// Answers mdBook's call of the backend, with what stands on stdin.
pub fn print_json(json: &str) -> Rendered {
    plugin::render_json(json, "print", print)
}

/// Makes the editions that the table `[output.NAME]` asks for. All or none are
/// written; if none, those of the last good run stay.
pub fn print(context: &RenderContext, name: &str) -> Rendered {
    let mut report = Report::default();
    let config = BookConfig::new(&context.root, &context.config);
    let settings = config.print(name, &mut report);
    let deny_warnings = config.denies_warnings();
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
    Rendered {
        made: made.iter().map(write::Made::line).collect(),
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
