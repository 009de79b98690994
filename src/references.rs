//! The registry in the formats of reference managers.
//!
//! | Ours | BibTeX | CSL-JSON | RIS |
//! | --- | --- | --- | --- |
//! | id | the key | `id` | `ID` |
//! | kind | the type, or `type` | `genre` | `M3` |
//! | organization | `publisher` of a book, else `organization` | `publisher` | `PB` |
//! | archive | `note` | `archive_location` | `L2` |
//! | topics, steps | `keywords`; a step as `step:serving` | `keyword` | `KW` |
//! | why | `annote` | `annote` | `N1` |
//!
//! What is written in BibTeX or CSL-JSON is read back as it was.

mod bibtex;
mod csl;
#[cfg(feature = "print")]
mod export;
#[cfg(feature = "print")]
pub mod import;
mod names;
mod ris;

#[cfg(feature = "print")]
pub use export::of_book;
pub use names::Name;

use crate::resources::Resource;

/// A format of reference managers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// BibTeX, which BibLaTeX reads too.
    Bibtex,
    /// The JSON of the Citation Style Language.
    CslJson,
    /// RIS, as EndNote and others exchange it.
    Ris,
}

/// Entries in a format, in the order given.
pub fn export(resources: &[&Resource], format: Format) -> String {
    match format {
        Format::Bibtex => bibtex::write(resources),
        Format::CslJson => csl::write(resources),
        Format::Ris => ris::write(resources),
    }
}

/// How a note begins that names a recorded copy.
const ARCHIVED: &str = "Archived copy: ";
/// How a keyword begins that is a step.
const STEP: &str = "step:";

/// Topics and steps as keywords.
fn keywords(resource: &Resource) -> Vec<String> {
    let steps = resource.steps.iter().map(|step| format!("{STEP}{step}"));
    resource.topics.iter().cloned().chain(steps).collect()
}

#[cfg(test)]
mod tests;
