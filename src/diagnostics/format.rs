//! A report as text: for people, for programs, for a pull request.

use super::{Diagnostic, Place, Report, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// As compilers do it, with an excerpt and a caret.
    #[default]
    Human,
    /// The same with colors, for a terminal.
    Color,
    /// One JSON object, for other programs.
    Json,
    /// Workflow commands, which GitHub shows as annotations on the lines of a
    /// pull request.
    Github,
}

impl Report {
    /// The whole report as text; empty where there is nothing to say, except in
    /// JSON.
    pub fn render(&self, format: Format) -> String {
        match format {
            Format::Human => self.human(&Renderer::plain()),
            Format::Color => self.human(&Renderer::styled()),
            Format::Json => self.json(),
            Format::Github => self.iter().map(github).collect(),
        }
    }

    fn human(&self, renderer: &Renderer) -> String {
        let mut lines = Lines::default();
        self.iter()
            .map(|d| renderer.render(&[group(d, &mut lines)]) + "\n\n")
            .collect()
    }

    fn json(&self) -> String {
        let report = JsonReport {
            version: 1,
            errors: self.count(Severity::Error),
            warnings: self.count(Severity::Warning),
            notes: self.count(Severity::Note),
            diagnostics: self.iter().map(json).collect(),
        };
        serde_json::to_string_pretty(&report).expect("strings and numbers are always valid JSON")
            + "\n"
    }
}

/// How many files are named where no line of them is meant; programs are told
/// all.
const MANY_FILES: usize = 5;

/// How far into a line excerpts are shown, in bytes.
const LONG_LINE: usize = 10_000;

/// Where the lines of a text begin: of the last one asked for, since what is said
/// of a chapter is said in a row.
#[derive(Default)]
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// The number, from 1, of the line that begins at a place.
    fn number(&mut self, text: &'a str, start: usize) -> usize {
        if !std::ptr::eq(self.text, text) {
            let ends = text.match_indices('\n').map(|(at, _)| at + 1);
            *self = Self {
                text,
                starts: std::iter::once(0).chain(ends).collect(),
            };
        }
        self.starts.partition_point(|begins| *begins <= start)
    }
}

fn group<'a>(diagnostic: &'a Diagnostic, lines: &mut Lines<'a>) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(&diagnostic.message));
    let mut files = 0;
    for (i, place) in diagnostic.places.iter().enumerate() {
        let Some(span) = place.span.clone() else {
            files += 1;
            if files <= MANY_FILES {
                group = group.element(Origin::path(place.shown()));
            }
            continue;
        };
        let kind = match i {
            0 => AnnotationKind::Primary,
            _ => AnnotationKind::Context,
        };
        // The lines it is about and no others: of a long file there may be
        // thousands of things to say.
        let text = &*place.text;
        let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[span.end..]
            .find('\n')
            .map_or(text.len(), |at| span.end + at);
        let number = lines.number(text, start);
        // Of a line without end, no excerpt helps.
        if span.end - start > LONG_LINE {
            let column = text[start..span.start].chars().count() + 1;
            let origin = Origin::path(place.shown()).line(number);
            group = group.element(origin.char_column(column));
            continue;
        }
        let end = text.floor_char_boundary(end.min(start + 2 * LONG_LINE));
        let annotation = kind
            .span(span.start - start..span.end - start)
            .label(place.label.as_deref());
        group = group.element(
            Snippet::source(&text[start..end])
                .line_start(number)
                .path(place.shown())
                .annotation(annotation),
        );
    }
    if files > MANY_FILES {
        let more = files - MANY_FILES;
        group = group.element(Level::NOTE.message(format!("and {more} more files")));
    }
    match &diagnostic.hint {
        Some(hint) => group.element(Level::HELP.message(hint)),
        None => group,
    }
}

#[derive(Serialize)]
struct JsonReport<'a> {
    version: u32,
    errors: usize,
    warnings: usize,
    notes: usize,
    diagnostics: Vec<JsonDiagnostic<'a>>,
}

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    severity: &'static str,
    message: &'a str,
    hint: Option<&'a str>,
    places: Vec<JsonPlace<'a>>,
}

#[derive(Serialize)]
struct JsonPlace<'a> {
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    excerpt: Option<&'a str>,
    label: Option<&'a str>,
}

fn json(diagnostic: &Diagnostic) -> JsonDiagnostic<'_> {
    JsonDiagnostic {
        severity: severity(diagnostic.severity),
        message: &diagnostic.message,
        hint: diagnostic.hint.as_deref(),
        places: diagnostic
            .places
            .iter()
            .map(|place| JsonPlace {
                file: place.shown(),
                line: place.line_column().map(|(line, _)| line),
                column: place.line_column().map(|(_, column)| column),
                excerpt: place.span.clone().map(|span| &place.text[span]),
                label: place.label.as_deref(),
            })
            .collect(),
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// One workflow command; the escapes are those of GitHub's own toolkit
/// (`@actions/core`, `command.ts`).
fn github(diagnostic: &Diagnostic) -> String {
    let data = |text: &str| {
        text.replace('%', "%25")
            .replace('\r', "%0D")
            .replace('\n', "%0A")
    };
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    // What is about many files is about none of them.
    let many = diagnostic.places.len() > MANY_FILES;
    let place = diagnostic.places.first();
    let place = place.filter(|place| place.span.is_some() || !many);
    let mut properties = Vec::new();
    if let Some(place) = place {
        properties.push(format!("file={}", property(&place.shown())));
    }
    if let Some((line, column)) = place.and_then(Place::line_column) {
        properties.push(format!("line={line}"));
        properties.push(format!("col={column}"));
    }
    let hint = diagnostic
        .hint
        .as_ref()
        .map_or(String::new(), |hint| format!("\nhelp: {hint}"));
    let separator = if properties.is_empty() { "" } else { " " };
    format!(
        "::{}{separator}{}::{}\n",
        match diagnostic.severity {
            Severity::Note => "notice",
            Severity::Warning | Severity::Error => severity(diagnostic.severity),
        },
        properties.join(","),
        data(&format!("{}{hint}", diagnostic.message)),
    )
}
