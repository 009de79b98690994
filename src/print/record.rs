//! What the PDF was last made from, so that an unchanged one is not made again:
//! Typst takes most of a run, and a change of the site alone changes no page.
//!
//! The record is a small file beside the edition. It is kept only of a run in
//! which Typst and the proof had nothing to say, so that no warning is lost, and
//! it holds only as long as the edition is, byte for byte, the one it tells of.

use super::doc::{Doc, Resolved};
use super::theme::Theme;
use super::typst::Markup;
use crate::config::PrintConfig;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use typst::foundations::Datetime;
use typst::utils::hash128;

/// A PDF that was made, as `.NAME.pdf.toml` beside it tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// A hash of all that the PDF depends on.
    from: String,
    /// A hash of its bytes; none while it is not made.
    #[serde(default)]
    bytes: String,
    /// How many pages it has.
    #[serde(default)]
    pages: usize,
}

impl Record {
    /// What is about to be set. None where that cannot be told: the fonts of
    /// the machine may change.
    pub fn of(
        doc: &Doc<Resolved>,
        markup: &Markup,
        theme: &Theme,
        config: &PrintConfig,
        date: Option<Datetime>,
    ) -> Option<Self> {
        if config.system_fonts {
            return None;
        }
        let text = (&markup.main, &markup.settings, &markup.items);
        let images: Vec<_> = doc.images.iter().map(|image| &image.bytes).collect();
        let theme: Vec<_> = theme.files().collect();
        let standard = config.standard as u8;
        Some(Self {
            from: hash(&(program(), text, images, theme, &doc.title, standard, date)),
            bytes: String::new(),
            pages: 0,
        })
    }

    /// The last PDF and its pages, if it was made from the same and is whole.
    pub fn last(&self, pdf: &Path) -> Option<(Vec<u8>, usize)> {
        let last = std::fs::read_to_string(path(pdf)).ok()?;
        let last: Self = toml::from_str(&last).ok()?;
        let bytes = std::fs::read(pdf).ok()?;
        (last.from == self.from && last.bytes == hash(&bytes)).then_some((bytes, last.pages))
    }

    /// The record of a PDF that has been made.
    pub fn made(self, bytes: &[u8], pages: usize) -> Self {
        Self {
            bytes: hash(&bytes),
            pages,
            ..self
        }
    }

    /// The text of its file.
    pub fn text(&self) -> String {
        let table = toml::to_string(self).unwrap_or_default();
        format!(
            "# What the PDF beside this file was made from; delete either to make it again.\n{table}"
        )
    }
}

/// The record's file.
pub fn path(pdf: &Path) -> PathBuf {
    let name = pdf.file_name().unwrap_or_default().to_string_lossy();
    pdf.with_file_name(format!(".{name}.toml"))
}

fn hash(value: &impl std::hash::Hash) -> String {
    format!("{:032x}", hash128(value))
}

/// This program: its version, and for those who change it, which build of it.
fn program() -> (&'static str, Option<(u64, std::time::SystemTime)>) {
    let build = || {
        let file = std::env::current_exe().ok()?.metadata().ok()?;
        Some((file.len(), file.modified().ok()?))
    };
    (env!("CARGO_PKG_VERSION"), build())
}
