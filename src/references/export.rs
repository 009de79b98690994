//! The registry of a book, or a part of it, in a format.

use super::{Format, export};
use crate::build;
use crate::config::BookConfig;
use crate::diagnostics::{Diagnostic, Report};
use crate::new::check_step_names;
use crate::resources::{Choice, Registry};
use crate::steps::step_id;
use std::path::Path;

/// The entries of the book in the folder `dir` that the choice takes, by title.
/// With an error in the registry there are none.
pub fn of_book(dir: &Path, choice: &Choice, format: Format, report: &mut Report) -> Option<String> {
    let config = build::read_config(dir, report)?;
    let booklet = BookConfig::new(dir, &config).booklet(report);
    let steps: Vec<_> = booklet.steps.iter().map(|s| step_id(s)).collect();
    let registry = Registry::load(dir, &config.book.src, &booklet.resources, &steps, report);
    let named: Vec<_> = choice.step.iter().cloned().collect();
    check_step_names(&named, &steps, report);
    if report.fails(false) {
        return None;
    }
    let chosen = choice.of(&registry);
    if chosen.is_empty() {
        report.push(Diagnostic::warning("there is no such resource to export"));
    }
    Some(export(&chosen, format))
}
