//! The PDF edition, set by Typst.

mod errors;
mod fonts;
mod panicked;
mod world;

use super::doc::{Doc, ImageId, Resolved};
use super::prove::{self, Promises};
use super::record::Record;
use super::theme::Theme;
use super::typst as markup;
use crate::config::{PrintConfig, Standard};
use crate::diagnostics::{Diagnostic, Report};
use crate::source_date::source_date as date_of_build;
use errors::Places;
use std::collections::HashMap;
use std::sync::Arc;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Bytes, Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use world::BookWorld;

/// A PDF.
pub struct Pdf {
    /// The file.
    pub bytes: Arc<Vec<u8>>,
    /// The pages it was made of.
    paged: PagedDocument,
    /// The pictures, by their bytes.
    images: HashMap<Bytes, ImageId>,
}

impl Pdf {
    /// How many pages it has.
    pub fn pages(&self) -> usize {
        self.paged.pages().len()
    }

    /// Says what it lacks of what it must hold.
    pub fn prove(&self, doc: &Doc<Resolved>, promises: &Promises) -> Vec<Diagnostic> {
        prove::pdf(&self.bytes, &self.paged, &self.images, doc, promises)
    }
}

/// A document that is ready to be set.
pub struct Job<'a> {
    doc: &'a Doc<Resolved>,
    config: &'a PrintConfig,
    date: Option<Datetime>,
    world: BookWorld,
    record: Option<Record>,
}

impl<'a> Job<'a> {
    /// Writes the markup and looks at what can be told before Typst is asked:
    /// date, fonts, characters. None if that fails, and the report says why.
    pub fn new(
        doc: &'a Doc<Resolved>,
        config: &'a PrintConfig,
        theme: &Theme,
        report: &mut Report,
    ) -> Option<Self> {
        let date = source_date(report);
        if date.is_none() && config.standard.wants_date() {
            report.push(
                Diagnostic::error("PDF/A needs a date, and none is set").hint(
                    "set SOURCE_DATE_EPOCH to the seconds since 1970, for example by `git log -1 --format=%ct`",
                ),
            );
        }
        let markup = markup::write(doc, config);
        let record = Record::of(doc, &markup, theme, config, date);
        let world = BookWorld::new(doc, markup, theme, config.system_fonts);
        let strict = !matches!(config.standard, Standard::Auto | Standard::None);
        fonts::check_families(config, &world, report);
        for warning in fonts::check(doc, &world) {
            // Every standard wants all text to be shown.
            report.push(if strict {
                warning.into_error()
            } else {
                warning
            });
        }
        // Typst would say the same again, and not where it is.
        (!report.fails(false)).then_some(Self {
            doc,
            config,
            date,
            world,
            record,
        })
    }

    /// What it will be made from, where that can be told.
    pub fn record(&self) -> Option<&Record> {
        self.record.as_ref()
    }

    /// Sets it; none if that failed, and the report says why.
    pub fn set(&self, report: &mut Report) -> Option<Pdf> {
        let Self {
            doc, config, world, ..
        } = self;
        let places = Places::new(doc, world);
        let Warned { output, warnings } = panicked::compile(world, doc)
            .map_err(|error| report.push(error))
            .ok()?;
        for warning in &warnings {
            report.push(places.diagnostic(warning));
        }
        let paged = match output {
            Ok(paged) => paged,
            Err(errors) => {
                errors
                    .iter()
                    .for_each(|error| report.push(places.diagnostic(error)));
                return None;
            }
        };
        let export = |standards: &[PdfStandard]| {
            let options = PdfOptions {
                ident: Smart::Custom(doc.title.clone()),
                creator: Smart::Custom(Some(
                    concat!("mdbook-booklet ", env!("CARGO_PKG_VERSION")).into(),
                )),
                timestamp: self.date.map(Timestamp::new_utc),
                standards: PdfStandards::new(standards)
                    .expect("one standard is always compatible with itself"),
                ..PdfOptions::default()
            };
            typst_pdf::pdf(&paged, &options)
        };
        let exported = match config.standard {
            // An old book must print at the first try: it gets what it meets.
            Standard::Auto => export(&[PdfStandard::Ua_1]).or_else(|errors| {
                let short = |error| places.diagnostic(error).into_warning().hint(FALLS_SHORT);
                errors
                    .iter()
                    .filter(|error| !is_told(error))
                    .map(short)
                    .for_each(|warning| report.push(warning));
                export(&[])
            }),
            Standard::None => export(&[]),
            Standard::Ua1 => export(&[PdfStandard::Ua_1]),
            Standard::A2a => export(&[PdfStandard::A_2a]),
            Standard::A2b => export(&[PdfStandard::A_2b]),
            Standard::A2u => export(&[PdfStandard::A_2u]),
            Standard::A3a => export(&[PdfStandard::A_3a]),
            Standard::A3b => export(&[PdfStandard::A_3b]),
            Standard::A3u => export(&[PdfStandard::A_3u]),
            Standard::A4 => export(&[PdfStandard::A_4]),
        };
        match exported {
            Ok(bytes) => Some(Pdf {
                bytes: Arc::new(bytes),
                images: world.images(doc),
                paged,
            }),
            Err(errors) => {
                errors
                    .iter()
                    .for_each(|error| report.push(places.diagnostic(error)));
                None
            }
        }
    }
}

const FALLS_SHORT: &str = "so the PDF is tagged, but does not claim PDF/UA-1";

/// Whether our own checks have said it, with its place.
fn is_told(error: &SourceDiagnostic) -> bool {
    let message = &error.message;
    message.contains("missing alt text") || message.contains("could not be displayed with")
}

/// The date to write into the file.
fn source_date(report: &mut Report) -> Option<Datetime> {
    let date = date_of_build().unwrap_or_else(|epoch| {
        report.push(Diagnostic::warning(format!(
            "the environment variable SOURCE_DATE_EPOCH is `{epoch}`, which is no number of seconds"
        )));
        None
    })?;
    Datetime::from_ymd_hms(
        date.year(),
        date.month().into(),
        date.day(),
        date.hour(),
        date.minute(),
        date.second(),
    )
}
