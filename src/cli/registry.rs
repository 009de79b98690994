//! The commands that fill the registry and give it away.

use super::{exit, show};
use crate::diagnostics::{Diagnostic, Place, Report};
use crate::new::{self, FromPage, Given, New};
use crate::references::{self, Format};
use crate::resources::{Choice, Kind};
use crate::toml_text::list;
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What is said of new entries.
#[derive(Args)]
pub struct About {
    /// A step that they belong to; may be given again
    #[arg(long = "step", value_name = "STEP")]
    steps: Vec<String>,
    /// A topic of theirs; may be given again
    #[arg(long = "topic", value_name = "TOPIC")]
    topics: Vec<String>,
    /// What they are
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(Kind::NAMES))]
    kind: Option<String>,
}

impl About {
    fn given(self) -> Given {
        Given {
            steps: self.steps,
            topics: self.topics,
            kind: self.kind.as_deref().and_then(Kind::named),
        }
    }
}

#[derive(Args)]
pub struct NewResource {
    /// An id (lower-case letters, digits and hyphens), or an address, a DOI or an
    /// arXiv identifier, whose page is asked what it is
    #[arg(value_name = "ID|URL")]
    what: String,
    #[command(flatten)]
    about: About,
    /// The id of an entry made from an address
    #[arg(long)]
    id: Option<String>,
    /// Ask nothing; write what is given
    #[arg(long)]
    offline: bool,
    /// Show the entry made from an address and write nothing
    #[arg(long)]
    dry_run: bool,
    /// The book's root folder
    #[arg(default_value = ".")]
    dir: PathBuf,
}

#[derive(Args)]
pub struct Import {
    /// A file in BibTeX, BibLaTeX or CSL-JSON
    file: PathBuf,
    #[command(flatten)]
    about: About,
    /// Show the entries and write nothing
    #[arg(long)]
    dry_run: bool,
    /// The book's root folder
    #[arg(default_value = ".")]
    dir: PathBuf,
}

#[derive(Args)]
pub struct Export {
    /// The format
    #[arg(long, value_enum, default_value_t = ExportFormat::Bibtex)]
    format: ExportFormat,
    /// Only what belongs to this step
    #[arg(long)]
    step: Option<String>,
    /// Only what has this topic
    #[arg(long)]
    topic: Option<String>,
    /// Only what is of this kind
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(Kind::NAMES))]
    kind: Option<String>,
    /// The file to write, instead of stdout
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The book's root folder
    #[arg(default_value = ".")]
    dir: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// BibTeX, for LaTeX
    Bibtex,
    /// CSL-JSON, for Zotero, Pandoc and others
    CslJson,
    /// RIS, for EndNote and others
    Ris,
}

pub fn new_resource(args: NewResource) -> ExitCode {
    let given = args.about.given();
    if !args.what.contains([':', '/', '.']) {
        let new = New::Resource {
            id: args.id.as_deref().unwrap_or(&args.what),
            given: &given,
        };
        return super::new(&args.dir, &new);
    }
    let mut report = Report::default();
    let page = FromPage {
        address: &args.what,
        id: args.id.as_deref(),
        given: &given,
        offline: args.offline,
        rehearsal: args.dry_run,
    };
    if let Some(entry) = new::from_page(&args.dir, &page, &mut report) {
        print!("{}", entry.text);
        let file = shown(&args.dir, &entry.file);
        let missing = match entry.missing.as_slice() {
            [] => String::new(),
            missing => format!("fill in {}, then ", list(missing)),
        };
        match args.dry_run {
            true => eprintln!("{file} would hold this"),
            false => eprintln!("Wrote {file}; {missing}run `mdbook-booklet check`"),
        }
    }
    if args.dir != Path::new(".") {
        report = report.seen_from(&args.dir);
    }
    show(&report, false);
    exit(&report, false)
}

pub fn import(args: Import) -> ExitCode {
    let mut report = Report::default();
    let given = args.about.given();
    let done = new::import(&args.dir, &args.file, &given, args.dry_run, &mut report);
    if let Some(done) = done {
        for (file, text) in &done.files {
            let file = shown(&args.dir, file);
            match args.dry_run {
                true => println!("# {file}\n{text}"),
                false => eprintln!("Wrote {file}"),
            }
        }
        let skipped = match done.skipped {
            0 => String::new(),
            n => format!(", {n} skipped"),
        };
        let entries = match done.files.len() {
            1 => "1 entry".into(),
            n => format!("{n} entries"),
        };
        match (args.dry_run, done.files.is_empty()) {
            (true, _) => eprintln!("{entries} to write{skipped}"),
            (false, true) => eprintln!("{entries} written{skipped}"),
            (false, false) => eprintln!(
                "{entries} written{skipped}; fill in what is empty, then run `mdbook-booklet check`"
            ),
        }
    }
    show(&report, false);
    exit(&report, false)
}

pub fn export(args: Export) -> ExitCode {
    let mut report = Report::default();
    let choice = Choice {
        step: args.step,
        topic: args.topic,
        kind: args.kind,
    };
    let format = match args.format {
        ExportFormat::Bibtex => Format::Bibtex,
        ExportFormat::CslJson => Format::CslJson,
        ExportFormat::Ris => Format::Ris,
    };
    let text = references::of_book(&args.dir, &choice, format, &mut report);
    if args.dir != Path::new(".") {
        report = report.seen_from(&args.dir);
    }
    if let Some(text) = text {
        let written = match &args.output {
            Some(file) => std::fs::write(file, text),
            None => std::io::stdout().lock().write_all(text.as_bytes()),
        };
        if let Err(error) = written {
            let file = args.output.unwrap_or_else(|| "stdout".into());
            let message = format!("the file cannot be written: {error}");
            report.push(Diagnostic::error(message).at(Place::file(file)));
        }
    }
    show(&report, false);
    exit(&report, false)
}

/// A file of the book, as it is named from here.
pub fn shown(dir: &Path, file: &Path) -> String {
    let file = dir.join(file).to_string_lossy().replace('\\', "/");
    file.strip_prefix("./").unwrap_or(&file).to_owned()
}
