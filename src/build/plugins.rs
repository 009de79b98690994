//! The preprocessor and the backend as values that the driver can call.

use crate::diagnostics::{Diagnostic, Report};
use crate::plugin;
use crate::plugin::Rendered;
use crate::{print, site};
use anyhow::{Error, Result};
use mdbook_driver::config::Config;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use mdbook_renderer::{RenderContext, Renderer};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What all parts of a run have said and made.
#[derive(Clone, Default)]
pub struct Shared(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    report: Report,
    made: Vec<String>,
    deny_warnings: bool,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn push(&self, diagnostic: Diagnostic) {
        self.state().report.push(diagnostic);
    }

    pub fn extend(&self, report: Report) {
        self.state().report.extend(report);
    }

    pub fn deny_warnings(&self, deny: bool) {
        self.state().deny_warnings = deny;
    }

    pub fn fails(&self) -> bool {
        let state = self.state();
        state.report.fails(state.deny_warnings)
    }

    pub fn take_made(&self) -> Vec<String> {
        std::mem::take(&mut self.state().made)
    }

    /// Notes why mdBook stopped, unless it was we who stopped it.
    pub fn failed(&self, error: &Error) {
        if !error.chain().any(|cause| cause.is::<Told>()) {
            self.push(super::said(error));
        }
    }

    pub fn into_report(self) -> Report {
        std::mem::take(&mut self.state().report)
    }
}

/// The error that stops mdBook when the report says why already.
#[derive(Debug)]
struct Told;

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the book has errors")
    }
}

impl std::error::Error for Told {}

/// The preprocessor.
pub struct Booklet {
    name: String,
    shared: Shared,
}

impl Booklet {
    pub fn new(name: String, shared: &Shared) -> Self {
        Self {
            name,
            shared: shared.clone(),
        }
    }
}

impl Preprocessor for Booklet {
    fn name(&self) -> &str {
        &self.name
    }

    fn run(&self, context: &PreprocessorContext, book: Book) -> Result<Book> {
        let (book, report) = plugin::run(context, book);
        let fails = report.fails(plugin::denies_warnings(context));
        self.shared.extend(report);
        match fails {
            true => Err(Told.into()),
            false => Ok(book),
        }
    }
}

/// The preprocessors that are this one: by their command, or by the name from
/// which mdBook makes the command.
pub fn preprocessors(config: &Config) -> Vec<String> {
    let tables = config.preprocessors::<toml::Table>().unwrap_or_default();
    let is_ours =
        |name: &String, table: &toml::Table| match table.get("command").and_then(|c| c.as_str()) {
            Some(command) => {
                let mut words = command.split_whitespace();
                let program = words.next().unwrap_or_default().trim_end_matches(".exe");
                program.ends_with("mdbook-booklet") && words.next().is_none()
            }
            None => name == "booklet",
        };
    tables
        .into_iter()
        .filter(|(name, table)| is_ours(name, table))
        .map(|(name, _)| name)
        .collect()
}

/// The backends of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// The editions.
    Print,
    /// The files beside the site.
    Site,
}

impl Backend {
    /// The backend that a table `[output.NAME]` runs, if it is one of ours.
    /// Without a table of its own, `print` makes the editions.
    pub fn of(name: &str, config: &Config) -> Option<Self> {
        let runs = |command| plugin::outputs(config, command).iter().any(|n| n == name);
        let unasked = || name == "print" && plugin::outputs(config, "print").is_empty();
        if runs("print") || unasked() {
            Some(Self::Print)
        } else if runs("site") {
            Some(Self::Site)
        } else {
            None
        }
    }

    /// Does all that it does, and writes nothing.
    pub fn check(self, context: &RenderContext, name: &str) -> Report {
        match self {
            Self::Print => print::check(context, name),
            Self::Site => site::check(context, name),
        }
    }

    fn render(self, context: &RenderContext, name: &str) -> Rendered {
        match self {
            Self::Print => print::print(context, name),
            Self::Site => site::site(context, name),
        }
    }
}

/// A backend of ours as mdBook's driver calls it.
pub struct Ours {
    name: String,
    backend: Backend,
    shared: Shared,
}

impl Ours {
    pub fn new(name: String, backend: Backend, shared: &Shared) -> Self {
        Self {
            name,
            backend,
            shared: shared.clone(),
        }
    }
}

impl Renderer for Ours {
    fn name(&self) -> &str {
        &self.name
    }

    fn render(&self, context: &RenderContext) -> Result<()> {
        let rendered = self.backend.render(context, &self.name);
        let fails = rendered.report.fails(rendered.deny_warnings);
        let mut state = self.shared.state();
        state.report.extend(rendered.report);
        state.made.extend(rendered.made);
        match fails {
            true => Err(Told.into()),
            false => Ok(()),
        }
    }
}
