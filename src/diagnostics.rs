//! What went wrong, as values: severity, place, excerpt, hint.
//!
//! Library code never prints and never exits; it pushes a [`Diagnostic`] into
//! the run's [`Report`], and the command line shows the whole report once.

mod format;
mod place;

use std::collections::HashSet;
use std::ops::Range;
use std::path::PathBuf;

pub use format::Format;
pub use place::{Place, Source};

/// How bad it is. An error fails the run; a warning does so only under
/// `warnings = "deny"`; a note never does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing to mend, but good to know.
    Note,
    /// The book can be built all the same.
    Warning,
    /// The book cannot be built as it was meant.
    Error,
}

/// One thing to tell the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether it fails the run.
    pub severity: Severity,
    /// One sentence without a full stop, as compilers write it.
    pub message: String,
    /// Where it is; the first place is the one to mend, the others explain.
    pub places: Vec<Place>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A new error without a place.
    pub fn error(message: impl Into<String>) -> Self {
        Self::new(Severity::Error, message)
    }

    /// A new note without a place.
    pub fn note(message: impl Into<String>) -> Self {
        Self::new(Severity::Note, message)
    }

    /// A new warning without a place.
    pub fn warning(message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, message)
    }

    fn new(severity: Severity, message: impl Into<String>) -> Self {
        Self {
            severity,
            message: message.into(),
            places: Vec::new(),
            hint: None,
        }
    }

    /// Adds a place.
    pub fn at(mut self, place: Place) -> Self {
        self.places.push(place);
        self
    }

    /// Sets the hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same as an error.
    pub fn into_error(self) -> Self {
        Self {
            severity: Severity::Error,
            ..self
        }
    }

    /// The same as a warning.
    pub fn into_warning(self) -> Self {
        Self {
            severity: Severity::Warning,
            ..self
        }
    }

    /// Sets the hint, if there is one.
    pub fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint.or(self.hint);
        self
    }
}

/// All diagnostics of a run, in the order found, each once.
#[derive(Debug, Default, Clone)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    /// What has been said.
    said: HashSet<Said>,
}

/// What makes a diagnostic another one: all but the excerpts, which may be long.
type Said = (Severity, String, Vec<(PathBuf, Option<Range<usize>>)>);

impl Report {
    /// Adds one, unless the very same was said before (the preprocessor runs
    /// once for each backend).
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let places = diagnostic.places.iter();
        let said = (
            diagnostic.severity,
            diagnostic.message.clone(),
            places
                .map(|place| (place.file.clone(), place.span.clone()))
                .collect(),
        );
        if self.said.insert(said) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Adds all of another report.
    pub fn extend(&mut self, other: impl IntoIterator<Item = Diagnostic>) {
        other
            .into_iter()
            .for_each(|diagnostic| self.push(diagnostic));
    }

    /// The diagnostics, in the order found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter()
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// How many of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.iter().filter(|d| d.severity == severity).count()
    }

    /// Whether the run has failed: an error, or a warning where these are denied.
    pub fn fails(&self, deny_warnings: bool) -> bool {
        self.count(Severity::Error) > 0 || (deny_warnings && self.count(Severity::Warning) > 0)
    }

    /// Shows all places from another folder: files are then `folder/…`.
    pub fn seen_from(mut self, folder: &std::path::Path) -> Self {
        let places = self.diagnostics.iter_mut().flat_map(|d| &mut d.places);
        places.for_each(|place| place.file = folder.join(&place.file));
        self
    }

    /// Drops the warnings, for a run that repeats one that has told them.
    pub fn without_warnings(mut self) -> Self {
        self.diagnostics.retain(|d| d.severity == Severity::Error);
        self
    }
}

impl IntoIterator for Report {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.diagnostics.into_iter()
    }
}

/// The known name nearest to a mistyped one, if any is near enough to suggest.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(score, _)| *score > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// The hint for a mistyped name.
pub fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(name, known).map(|near| format!("did you mean `{near}`?"))
}
