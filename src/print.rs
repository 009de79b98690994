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
mod record;
mod resolve;
mod text;
mod theme;
mod typst;
mod write;

pub(crate) use write::file_name;

use crate::config::{BookConfig, Edition, PrintConfig};
use crate::diagnostics::{Diagnostic, Report};
use crate::plugin::{self, Rendered};
use doc::{Doc, Resolved};
use mdbook_renderer::RenderContext;
use prove::Promises;
use record::Record;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
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
    let editions = match plugin::rests(&context.config, name) {
        true => Vec::new(),
        false => make(context, &settings, &mut report).0,
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
    timed(context, name).0
}

/// Does what [`check`] does, and says how long its parts took.
pub fn timed(context: &RenderContext, name: &str) -> (Report, Times) {
    let mut report = Report::default();
    let settings = BookConfig::new(&context.root, &context.config).print(name, &mut report);
    let (_, times) = make(context, &settings, &mut report);
    (report, times)
}

/// Does what comes before Typst, and all of the one-file HTML: gives the markup
/// of each file that Typst would be given. For tests that try many texts.
pub fn markup(context: &RenderContext, name: &str, report: &mut Report) -> Vec<String> {
    let settings = BookConfig::new(&context.root, &context.config).print(name, report);
    let (doc, places) = read::read(context, report);
    let wants_words = settings.standard.wants_words();
    let (doc, promises) = resolve::resolve(context, doc, &places, wants_words, report);
    let (_, said) = one_file(&doc, &promises, &Theme::load(&context.root, report));
    report.extend(said);
    let markup = typst::write(&doc, &settings);
    std::iter::once(markup.main).chain(markup.items).collect()
}

/// How long the parts of a run took.
#[derive(Debug, Clone, Copy, Default)]
pub struct Times {
    /// All that comes before Typst: reading, resolving, writing the markup.
    pub before: Duration,
    /// Typst alone: from the markup to the bytes of the PDF.
    pub typst: Duration,
    /// The proof of the PDF.
    pub proof: Duration,
    /// The one-file HTML with its proof, which is made beside the PDF.
    pub html: Duration,
}

/// An edition that is not written yet.
struct Draft {
    edition: Edition,
    bytes: Vec<u8>,
    pages: Option<usize>,
    seconds: f64,
    /// What it was made from, to be kept beside it.
    record: Option<Record>,
    /// Whether it is the one that is there.
    unchanged: bool,
}

fn make(
    context: &RenderContext,
    settings: &PrintConfig,
    report: &mut Report,
) -> (Vec<Draft>, Times) {
    let started = Instant::now();
    let (doc, places) = read::read(context, report);
    if doc.items.is_empty() {
        report.push(Diagnostic::warning(
            "the book has no chapters, so there is nothing to print",
        ));
        return Default::default();
    }
    let (doc, promises) = resolve::resolve(
        context,
        doc,
        &places,
        settings.standard.wants_words(),
        report,
    );
    let theme = Theme::load(&context.root, report);
    let mut times = Times {
        before: started.elapsed(),
        ..Times::default()
    };

    let wants = |edition| settings.formats.contains(&edition);
    let mut editions = Vec::new();
    std::thread::scope(|scope| {
        let html = || one_file(&doc, &promises, &theme);
        // Typst sets pages on all processors, but not all the time.
        let html = wants(Edition::Html).then(|| {
            // A panic in a thread without a name would be taken for one of Typst's.
            let thread = std::thread::Builder::new().name("one-file HTML".into());
            let thread = thread.spawn_scoped(scope, html);
            thread.expect("the system has a thread left")
        });
        if wants(Edition::Pdf) {
            let last = write::path(context, Edition::Pdf);
            let draft = paged(&doc, &promises, settings, &theme, &last, &mut times, report);
            editions.extend(draft);
        }
        if let Some(html) = html {
            let (draft, said) = html.join().unwrap_or_else(|panic| resume_unwind(panic));
            times.html = Duration::from_secs_f64(draft.seconds);
            report.extend(said);
            editions.push(draft);
        }
    });
    let place = |draft: &Draft| settings.formats.iter().position(|f| *f == draft.edition);
    editions.sort_by_key(place);
    // Reading is part of the first.
    if let Some(first) = editions.first_mut() {
        first.seconds += times.before.as_secs_f64();
    }
    (editions, times)
}

/// The PDF: set, or the last one where that is unchanged.
fn paged(
    doc: &Doc<Resolved>,
    promises: &Promises,
    settings: &PrintConfig,
    theme: &Theme,
    last: &Path,
    times: &mut Times,
    report: &mut Report,
) -> Option<Draft> {
    let started = Instant::now();
    let job = pdf::Job::new(doc, settings, theme, report)?;
    times.before += started.elapsed();
    if let Some((bytes, pages)) = job.record().and_then(|record| record.last(last)) {
        return Some(Draft {
            edition: Edition::Pdf,
            bytes,
            pages: Some(pages),
            seconds: started.elapsed().as_secs_f64(),
            record: None,
            unchanged: true,
        });
    }
    let said = report.iter().count();
    let begun = Instant::now();
    let pdf = job.set(report)?;
    times.typst = begun.elapsed();
    let set = Instant::now();
    report.extend(pdf.prove(doc, promises));
    times.proof = set.elapsed();
    let pages = pdf.pages();
    let clean = report.iter().count() == said;
    let record = job.record().filter(|_| clean).cloned();
    Some(Draft {
        edition: Edition::Pdf,
        record: record.map(|record| record.made(&pdf.bytes, pages)),
        bytes: Arc::unwrap_or_clone(pdf.bytes),
        pages: Some(pages),
        seconds: started.elapsed().as_secs_f64(),
        unchanged: false,
    })
}

/// The one-file HTML, with what is to be said of it.
fn one_file(doc: &Doc<Resolved>, promises: &Promises, theme: &Theme) -> (Draft, Vec<Diagnostic>) {
    let started = Instant::now();
    let html = html::write(doc, theme);
    let said = prove::html(&html, doc, promises);
    let draft = Draft {
        edition: Edition::Html,
        pages: None,
        bytes: html.into_bytes(),
        seconds: started.elapsed().as_secs_f64(),
        record: None,
        unchanged: false,
    };
    (draft, said)
}
