//! What a user sets in `book.toml`, typed and checked.
//!
//! The values come from mdBook, so that its environment variables
//! (`MDBOOK_PREPROCESSOR__BOOKLET__WARNINGS=deny`) count; the file itself is
//! read again only to say where a mistake stands.

#[cfg(any(feature = "print", feature = "links"))]
mod file;
mod fonts;
mod links;
mod page;
mod site;

#[cfg(any(feature = "print", feature = "links"))]
pub(crate) use file::{read_config, said};
pub use fonts::Fonts;
pub use links::{HostConfig, LinksConfig};
pub use page::{Binding, Length, Margins, Paper};
pub use site::SiteConfig;

use crate::diagnostics::{Diagnostic, Place, Report, Source};
use crate::toml_text::Toml;
use mdbook_preprocessor::config::Config;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::path::{Component, Path, PathBuf};

/// The table `[preprocessor.booklet]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct BookletConfig {
    /// The chapters that are the steps, in order, as `SUMMARY.md` names them.
    pub steps: Vec<String>,
    /// The folder of the registry, below the source folder.
    pub resources: String,
    /// The folder of the questions.
    pub questions: String,
    /// The folder of the answers.
    pub answers: String,
    /// Whether warnings fail the build.
    pub warnings: Warnings,
    /// How links are checked.
    pub links: LinksConfig,
}

impl Default for BookletConfig {
    fn default() -> Self {
        Self {
            steps: Vec::new(),
            resources: "resources".into(),
            questions: "questions".into(),
            answers: "answers".into(),
            warnings: Warnings::Allow,
            links: LinksConfig::default(),
        }
    }
}

/// Whether warnings fail the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Warnings {
    /// They are shown.
    Allow,
    /// They fail it.
    Deny,
    /// They fail it where the environment variable `CI` is set.
    DenyInCi,
}

impl Warnings {
    /// Whether they fail the build here and now.
    pub fn denied(self) -> bool {
        match self {
            Self::Allow => false,
            Self::Deny => true,
            Self::DenyInCi => std::env::var_os("CI").is_some_and(|ci| ci != "false" && ci != "0"),
        }
    }
}

/// The table `[output.print]`, or whatever table runs `mdbook-booklet print`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct PrintConfig {
    /// The editions to make.
    pub formats: Vec<Edition>,
    /// The size of a page.
    pub paper: Paper,
    /// The white around the text.
    pub margins: Margins,
    /// Where the sheets are bound.
    pub binding: Binding,
    /// The font families of the PDF, besides those of the theme.
    pub fonts: Fonts,
    /// Where each of [`Fonts::named`] is written.
    #[serde(skip)]
    pub font_places: Vec<Option<Place>>,
    /// Whether fonts that this machine has are used. Then the same input may
    /// look different on another.
    pub system_fonts: bool,
    /// The PDF standard to meet.
    pub standard: Standard,
    /// Whether editions are made under `mdbook serve` too.
    pub preview: bool,
    /// Whether editions are put beside the site, as downloads.
    pub copy_to_site: bool,
}

impl Default for PrintConfig {
    fn default() -> Self {
        Self {
            formats: vec![Edition::Pdf, Edition::Html],
            paper: Paper::A4,
            margins: Margins::default(),
            binding: Binding::None,
            fonts: Fonts::default(),
            font_places: Vec::new(),
            system_fonts: false,
            standard: Standard::Auto,
            preview: false,
            copy_to_site: false,
        }
    }
}

/// An output of the print backend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Edition {
    /// A PDF, by Typst.
    Pdf,
    /// One self-contained HTML file.
    Html,
}

impl Edition {
    /// The ending of its file name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Html => "html",
        }
    }
}

/// The PDF standard to meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Standard {
    /// PDF/UA-1 if the book meets it, otherwise a warning and a tagged PDF.
    #[serde(rename = "auto")]
    Auto,
    /// A tagged PDF that claims nothing.
    #[serde(rename = "none")]
    None,
    /// PDF/UA-1, accessible; what falls short is an error.
    #[serde(rename = "ua-1")]
    Ua1,
    /// PDF/A-2a, archival and accessible.
    #[serde(rename = "a-2a")]
    A2a,
    /// PDF/A-2b, archival.
    #[serde(rename = "a-2b")]
    A2b,
    /// PDF/A-2u, archival, with text that can be copied.
    #[serde(rename = "a-2u")]
    A2u,
    /// PDF/A-3a, as A-2a with attachments allowed.
    #[serde(rename = "a-3a")]
    A3a,
    /// PDF/A-3b, as A-2b with attachments allowed.
    #[serde(rename = "a-3b")]
    A3b,
    /// PDF/A-3u, as A-2u with attachments allowed.
    #[serde(rename = "a-3u")]
    A3u,
    /// PDF/A-4, archival, on PDF 2.0.
    #[serde(rename = "a-4")]
    A4,
}

impl Standard {
    /// Whether the document must be dated, as every PDF/A must.
    pub fn wants_date(self) -> bool {
        !matches!(self, Self::Auto | Self::None | Self::Ua1)
    }

    /// Whether images without alternative text are errors.
    pub fn wants_words(self) -> bool {
        matches!(self, Self::Ua1 | Self::A2a | Self::A3a)
    }
}

/// What mdBook itself reads from a preprocessor's table.
const PREPROCESSOR_KEYS: &[&str] = &["command", "before", "after", "renderers", "optional"];
/// What mdBook itself reads from a renderer's table.
const OUTPUT_KEYS: &[&str] = &["command", "optional"];

const BOOKLET_KEYS: &[&str] = &[
    "steps",
    "resources",
    "questions",
    "answers",
    "warnings",
    "links",
];
const PRINT_KEYS: &[&str] = &[
    "formats",
    "paper",
    "margins",
    "binding",
    "fonts",
    "system-fonts",
    "standard",
    "preview",
    "copy-to-site",
];

/// The book's configuration and the file it is written in.
pub struct BookConfig<'c> {
    /// What mdBook has made of it.
    pub values: &'c Config,
    file: Option<Source>,
}

impl<'c> BookConfig<'c> {
    /// Finds `book.toml` in the book's root; a book may do without.
    pub fn new(root: &Path, values: &'c Config) -> Self {
        let file = std::fs::read_to_string(root.join("book.toml"))
            .ok()
            .map(|text| Source::file("book.toml", text));
        Self { values, file }
    }

    /// The preprocessor's settings. Mistakes are reported; defaults stand in.
    pub fn booklet(&self, report: &mut Report) -> BookletConfig {
        self.read(
            "preprocessor",
            "booklet",
            &[PREPROCESSOR_KEYS, BOOKLET_KEYS],
            report,
        )
    }

    /// Whether this book lets warnings fail its build. What is wrong in that
    /// table is told by who reads the rest of it.
    pub fn denies_warnings(&self) -> bool {
        self.booklet(&mut Report::default()).warnings.denied()
    }

    /// The print backend's settings, from `[output.NAME]`.
    pub fn print(&self, name: &str, report: &mut Report) -> PrintConfig {
        let mut config: PrintConfig = self.read("output", name, &[OUTPUT_KEYS, PRINT_KEYS], report);
        let font_place = |(role, index, _)| match role {
            Some(role) => self.place(&["output", name, "fonts"], role, Some(index)),
            None => self.place(&["output", name], "fonts", Some(index)),
        };
        config.font_places = config.fonts.named().map(font_place).collect();
        if let Some(message) = page::complaint(config.paper, config.margins) {
            let place = |key| self.place(&["output", name], key, None);
            let mut diagnostic = Diagnostic::error(message);
            diagnostic
                .places
                .extend(place("margins").or_else(|| place("paper")));
            report.push(diagnostic);
        }
        config
    }

    fn read<T: DeserializeOwned + Default>(
        &self,
        kind: &str,
        name: &str,
        keys: &[&[&str]],
        report: &mut Report,
    ) -> T {
        let table_name = format!("{kind}.{name}");
        let mut in_file = Report::default();
        if let Some(file) = &self.file
            && let Some(toml) = Toml::parse(file, 0..file.text.len(), &mut in_file)
            && let Some(table) = toml.table(&[kind, name])
        {
            table.check_keys(&keys.concat(), &format!("[{table_name}]"), &mut in_file);
            table.read::<T>(&mut in_file);
        }
        let told = !in_file.is_empty();
        report.extend(in_file);
        match self.values.get::<T>(&table_name) {
            Ok(value) => value.unwrap_or_default(),
            // The file is in order, so the mistake came by the environment.
            Err(error) if !told => {
                report.push(Diagnostic::error(format!("{error:#}").replace('\n', " ")));
                T::default()
            }
            Err(_) => T::default(),
        }
    }

    /// Where a key of a table is written, or an item of its list.
    pub fn place(&self, table: &[&str], key: &str, item: Option<usize>) -> Option<Place> {
        let file = self.file.as_ref()?;
        let mut ignored = Report::default();
        Toml::parse(file, 0..file.text.len(), &mut ignored)?
            .table(table)?
            .place(key, item)
    }

    /// Where an entry of `steps` is written.
    pub fn step_place(&self, index: usize) -> Option<Place> {
        self.place(&["preprocessor", "booklet"], "steps", Some(index))
    }

    /// Refuses a build folder that is, or contains, the source folder: mdBook's
    /// HTML backend empties its output folder, and would erase the book.
    pub fn check_folders(&self, root: &Path, report: &mut Report) {
        let build = normalize(&root.join(&self.values.build.build_dir));
        let source = normalize(&root.join(&self.values.book.src));
        if !source.starts_with(&build) {
            return;
        }
        let relation = if source == build { "is" } else { "contains" };
        let place = self.file.as_ref().map(|file| {
            let mut ignored = Report::default();
            let toml = Toml::parse(file, 0..file.text.len(), &mut ignored);
            let key = |table, key| toml.as_ref()?.table(&[table])?.place(key, None);
            key("build", "build-dir")
                .or_else(|| key("book", "src"))
                .unwrap_or_else(|| file.whole())
        });
        let mut diagnostic = Diagnostic::error(format!(
            "the build folder `{}` {relation} the source folder `{}`: building would erase the book",
            self.values.build.build_dir.display(),
            self.values.book.src.display(),
        ))
        .hint("set `build-dir = \"build\"` in the table [build] of book.toml");
        diagnostic.places.extend(place);
        report.push(diagnostic);
    }
}

/// The path without `.` and `..`, links resolved where it exists.
fn normalize(path: &Path) -> PathBuf {
    if let Ok(path) = path.canonicalize() {
        return path;
    }
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            _ => out.push(part),
        }
    }
    // The folder may not be there yet, but what leads to it is.
    match (out.parent(), out.file_name()) {
        (Some(parent), Some(name)) if parent != Path::new("") => normalize(parent).join(name),
        _ => out,
    }
}
