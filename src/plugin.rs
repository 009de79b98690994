//! mdBook's protocol.
//!
//! A preprocessor is asked `supports NAME` and answers by its exit status;
//! then it reads `[context, book]` as JSON from stdin and writes the book to
//! stdout. A renderer reads its context from stdin and writes files. Both read
//! stdin to its end before they write.

use crate::config::BookConfig;
use crate::diagnostics::{Diagnostic, Report};
use crate::preprocess::{Input, preprocess};
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::config::{Config, HtmlConfig};
use mdbook_preprocessor::{MDBOOK_VERSION, PreprocessorContext};
use mdbook_renderer::RenderContext;
use semver::{Version, VersionReq};
use serde_json::Value;

/// A book that came through the preprocessor, or why it did not.
pub struct Preprocessed {
    /// The book as JSON, if there is one.
    pub book: Option<String>,
    /// What went wrong.
    pub report: Report,
    /// Whether warnings fail the build.
    pub deny_warnings: bool,
}

/// What a backend of ours has made and said.
pub struct Rendered {
    /// What it has made, each in a line.
    pub made: Vec<String>,
    /// What went wrong.
    pub report: Report,
    /// Whether warnings fail the build.
    pub deny_warnings: bool,
}

/// Answers mdBook's call of the backend `mdbook-booklet COMMAND`, with what
/// stands on stdin. `render` is given the name of its table in `book.toml`.
pub fn render_json(
    json: &str,
    command: &str,
    render: impl FnOnce(&RenderContext, &str) -> Rendered,
) -> Rendered {
    let mut report = Report::default();
    let context = match RenderContext::from_json(json.as_bytes()) {
        Ok(context) => {
            report_version(Some(&context.version), &mut report);
            Some(context)
        }
        Err(error) => {
            let version = |loose: &Value| Some(loose.get("version")?.as_str()?.to_owned());
            report_malformed(json, &error, version, &mut report);
            None
        }
    };
    match context {
        Some(context) => {
            let mut rendered = render(&context, &table_name(&context, command));
            report.extend(std::mem::take(&mut rendered.report));
            Rendered { report, ..rendered }
        }
        None => Rendered {
            made: Vec::new(),
            report,
            deny_warnings: false,
        },
    }
}

/// The name of the table a backend runs for. mdBook does not say it, but puts
/// the results of each backend into a folder of its name.
fn table_name(context: &RenderContext, command: &str) -> String {
    let ours = outputs(&context.config, command);
    let folder = context
        .destination
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    match folder {
        Some(folder) if ours.contains(&folder) => folder,
        _ => ours.into_iter().next().unwrap_or_else(|| command.into()),
    }
}

/// The names of the backends that run `mdbook-booklet COMMAND`, in order.
pub fn outputs(config: &Config, command: &str) -> Vec<String> {
    let tables = config.outputs::<toml::Table>().unwrap_or_default();
    let is_ours = |table: &toml::Table| {
        let line = table.get("command").and_then(|line| line.as_str());
        let mut words = line.unwrap_or_default().split_whitespace();
        let program = words.next().unwrap_or_default().trim_end_matches(".exe");
        program.ends_with("mdbook-booklet") && words.next() == Some(command)
    };
    let mut names: Vec<_> = tables
        .into_iter()
        .filter(|(_, table)| is_ours(table))
        .map(|(name, _)| name)
        .collect();
    names.sort();
    names
}

/// Answers mdBook's call of the preprocessor, with what stands on stdin.
pub fn preprocess_json(json: &str) -> Preprocessed {
    let mut report = Report::default();
    let mut deny_warnings = false;
    let book = read_input(json, &mut report).and_then(|(context, book)| {
        let (book, found) = run(&context, book);
        deny_warnings = denies_warnings(&context);
        report.extend(found);
        let fails = report.fails(deny_warnings);
        (!fails).then(|| serde_json::to_string(&book).expect("a book is always valid JSON"))
    });
    Preprocessed {
        book,
        report,
        deny_warnings,
    }
}

/// Preprocesses for one backend. The first backend tells the warnings; the
/// others would only repeat them.
pub fn run(context: &PreprocessorContext, book: Book) -> (Book, Report) {
    if rests(&context.config, &context.renderer) {
        return (book, Report::default());
    }
    let input = Input {
        root: &context.root,
        config: &context.config,
        renderer: &context.renderer,
    };
    let (book, report) = preprocess(&input, book);
    match first_output(&context.config) {
        Some(first) if first != context.renderer => (book, report.without_warnings()),
        _ => (book, report),
    }
}

/// Whether a backend makes no editions: under `serve` a save must show at once,
/// and the last good ones will do.
pub fn rests(config: &Config, name: &str) -> bool {
    let serves = |html: HtmlConfig| html.live_reload_endpoint.is_some();
    config.html_config().is_some_and(serves)
        && outputs(config, "print").iter().any(|output| output == name)
        && !matches!(
            config.get(&format!("output.{name}.preview")),
            Ok(Some(true))
        )
}

/// Whether this book lets warnings fail its build.
pub fn denies_warnings(context: &PreprocessorContext) -> bool {
    BookConfig::new(&context.root, &context.config).denies_warnings()
}

/// The backend that mdBook runs first: the first by name.
pub fn first_output(config: &Config) -> Option<String> {
    let outputs = config.outputs::<toml::Value>().ok()?;
    outputs.into_keys().min()
}

fn read_input(json: &str, report: &mut Report) -> Option<(PreprocessorContext, Book)> {
    match mdbook_preprocessor::parse_input(json.as_bytes()) {
        Ok((context, book)) => {
            report_version(Some(&context.mdbook_version), report);
            Some((context, book))
        }
        Err(error) => {
            let version =
                |loose: &Value| Some(loose.get(0)?.get("mdbook_version")?.as_str()?.to_owned());
            report_malformed(json, &error, version, report);
            None
        }
    }
}

/// Reports input that cannot be read, its version first, if that can: of another
/// version, more may differ than the number.
fn report_malformed(
    json: &str,
    error: &anyhow::Error,
    version: impl FnOnce(&Value) -> Option<String>,
    report: &mut Report,
) {
    match serde_json::from_str(json) {
        Ok(loose) => {
            report_version(version(&loose).as_deref(), report);
            report.push(malformed(error));
        }
        Err(error) => report.push(malformed(&error.into())),
    }
}

/// The complaint about input that is not mdBook's.
fn malformed(error: &anyhow::Error) -> Diagnostic {
    Diagnostic::error(format!(
        "the input is not what mdBook sends: {}",
        error.root_cause()
    ))
    .hint("this command is run by mdBook; to build a book by hand, run `mdbook-booklet build`")
}

/// Warns if mdBook is not of the version this program is built with.
fn report_version(version: Option<&str>, report: &mut Report) {
    let Some(version) = version else { return };
    let ours = VersionReq::parse(&format!("^{MDBOOK_VERSION}")).expect("mdBook's version is valid");
    // Within a series what is sent stays the same, so an older patch will do.
    let older = VersionReq::parse(&format!("~{}", series(MDBOOK_VERSION))).expect("as above");
    if Version::parse(version).is_ok_and(|v| ours.matches(&v) || older.matches(&v)) {
        return;
    }
    report.push(
        Diagnostic::warning(format!(
            "this is mdBook {version}, and mdbook-booklet {} is made for mdBook {}",
            env!("CARGO_PKG_VERSION"),
            series(MDBOOK_VERSION),
        ))
        .hint("if it fails, install the mdbook and mdbook-booklet that belong together"),
    );
}

/// `0.5` of `0.5.4`.
fn series(version: &str) -> &str {
    version
        .rsplit_once('.')
        .map_or(version, |(series, _)| series)
}
