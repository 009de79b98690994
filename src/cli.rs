//! The command line.

#[cfg(feature = "print")]
mod registry;

use crate::diagnostics::{Format, Report, Severity};
use crate::plugin::{self, Rendered};
use clap::{Parser, Subcommand};
use std::io::{IsTerminal, Read, Write};
use std::process::ExitCode;

#[cfg(feature = "print")]
use crate::new::New;
#[cfg(feature = "print")]
use std::path::PathBuf;

#[cfg(feature = "links")]
mod links;

#[derive(Parser)]
#[command(version, about, long_about = None, after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

const AFTER_HELP: &str = "Without a command it is a preprocessor and expects mdBook on stdin.";

#[derive(Subcommand)]
enum Command {
    /// Tell mdBook whether a backend is supported (every one is)
    Supports {
        /// The backend
        #[arg(value_name = "NAME")]
        _renderer: String,
    },
    /// Make the editions (mdBook runs this as a backend)
    #[cfg(feature = "print")]
    Print,
    /// Add files for machines to the site (mdBook runs this as a backend)
    Site,
    /// Build the whole book: the site and the editions
    #[cfg(feature = "print")]
    Build {
        /// The book's root folder, with its book.toml
        #[arg(default_value = ".")]
        dir: PathBuf,
    },
    /// Check the whole book and write nothing
    #[cfg(feature = "print")]
    Check {
        /// The book's root folder, with its book.toml
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// How to say what is wrong
        #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
        format: CheckFormat,
    },
    /// Check the links of the book, and keep what was seen in links.toml
    #[cfg(feature = "links")]
    Links(links::Args),
    /// Begin an answer: write its file with the form to fill in
    #[cfg(feature = "print")]
    NewAnswer {
        /// The question's slug, which is the name of its file
        slug: String,
        /// Who answers; the file is named after them
        #[arg(long, default_value = "Your name")]
        author: String,
        /// The book's root folder
        #[arg(default_value = ".")]
        dir: PathBuf,
    },
    /// Begin a question, with the next free number
    #[cfg(feature = "print")]
    NewQuestion {
        /// Its slug: lower-case letters, digits and hyphens
        slug: String,
        /// The book's root folder
        #[arg(default_value = ".")]
        dir: PathBuf,
    },
    /// Begin an entry of the registry
    #[cfg(feature = "print")]
    NewResource(registry::NewResource),
    /// Add the entries of a BibTeX or CSL-JSON file to the registry
    #[cfg(feature = "print")]
    Import(registry::Import),
    /// Give the registry, or a part of it, to a reference manager
    #[cfg(feature = "print")]
    Export(registry::Export),
}

#[cfg(any(feature = "print", feature = "links"))]
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum CheckFormat {
    /// With excerpts, for people
    Human,
    /// One JSON object, for programs
    Json,
    /// Annotations on a pull request
    Github,
}

/// Runs the program and gives its exit status: 0 if all is well, 1 if the book
/// has errors, 2 if the command is wrong. `links` has more of them.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match cli.command {
        None => preprocess(),
        Some(Command::Supports { .. }) => ExitCode::SUCCESS,
        #[cfg(feature = "print")]
        Some(Command::Print) => backend(crate::print::print_json),
        Some(Command::Site) => backend(crate::site::site_json),
        #[cfg(feature = "print")]
        Some(Command::Build { dir }) => build(&dir),
        #[cfg(feature = "print")]
        Some(Command::Check { dir, format }) => check(&dir, format),
        #[cfg(feature = "links")]
        Some(Command::Links(args)) => links::links(args),
        #[cfg(feature = "print")]
        Some(Command::NewAnswer { slug, author, dir }) => {
            let (slug, author) = (slug.as_str(), author.as_str());
            new(&dir, &New::Answer { slug, author })
        }
        #[cfg(feature = "print")]
        Some(Command::NewQuestion { slug, dir }) => new(&dir, &New::Question(&slug)),
        #[cfg(feature = "print")]
        Some(Command::NewResource(args)) => registry::new_resource(args),
        #[cfg(feature = "print")]
        Some(Command::Import(args)) => registry::import(args),
        #[cfg(feature = "print")]
        Some(Command::Export(args)) => registry::export(args),
    }
}

fn preprocess() -> ExitCode {
    let mut json = String::new();
    if let Err(error) = std::io::stdin().lock().read_to_string(&mut json) {
        eprintln!("error: the input cannot be read: {error}");
        return ExitCode::FAILURE;
    }
    let done = plugin::preprocess_json(&json);
    show(&done.report, done.deny_warnings);
    let Some(book) = done.book else {
        return ExitCode::FAILURE;
    };
    match std::io::stdout().lock().write_all(book.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: the book cannot be handed back: {error}");
            ExitCode::FAILURE
        }
    }
}

fn backend(render: impl FnOnce(&str) -> Rendered) -> ExitCode {
    let mut json = String::new();
    if let Err(error) = std::io::stdin().lock().read_to_string(&mut json) {
        eprintln!("error: the input cannot be read: {error}");
        return ExitCode::FAILURE;
    }
    let done = render(&json);
    done.made.iter().for_each(|line| eprintln!("{line}"));
    show(&done.report, done.deny_warnings);
    exit(&done.report, done.deny_warnings)
}

#[cfg(feature = "print")]
fn build(dir: &std::path::Path) -> ExitCode {
    let color = std::io::stderr().is_terminal();
    let done = crate::build::build(dir, &|line| {
        let (word, rest) = line;
        match color {
            true => eprintln!("\x1b[1;32m{word:>10}\x1b[0m {rest}"),
            false => eprintln!("{word:>10} {rest}"),
        }
    });
    show(&done.report, done.deny_warnings);
    exit(&done.report, done.deny_warnings)
}

#[cfg(feature = "print")]
fn check(dir: &std::path::Path, format: CheckFormat) -> ExitCode {
    let done = crate::build::check(dir);
    match format {
        CheckFormat::Human => {
            show(&done.report, done.deny_warnings);
            let counts = [Severity::Error, Severity::Warning].map(|s| done.report.count(s));
            if counts == [0, 0] {
                eprintln!("no errors, no warnings");
            }
        }
        CheckFormat::Json => print!("{}", done.report.render(Format::Json)),
        CheckFormat::Github => print!("{}", done.report.render(Format::Github)),
    }
    exit(&done.report, done.deny_warnings)
}

#[cfg(feature = "print")]
fn new(dir: &std::path::Path, new: &New<'_>) -> ExitCode {
    let mut report = Report::default();
    if let Some(file) = crate::new::write(dir, new, &mut report) {
        let file = registry::shown(dir, &file);
        eprintln!("Wrote {file}; fill it in, then run `mdbook-booklet check`");
    }
    if dir != std::path::Path::new(".") {
        report = report.seen_from(dir);
    }
    show(&report, false);
    exit(&report, false)
}

fn exit(report: &Report, deny_warnings: bool) -> ExitCode {
    match report.fails(deny_warnings) {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    }
}

/// Shows a report on stderr, with a last line that counts.
fn show(report: &Report, deny_warnings: bool) {
    if report.is_empty() {
        return;
    }
    let color = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let format = if color { Format::Color } else { Format::Human };
    let (errors, warnings) = (
        report.count(Severity::Error),
        report.count(Severity::Warning),
    );
    let plural = |n: usize, word: &str| match n {
        0 => None,
        1 => Some(format!("1 {word}")),
        n => Some(format!("{n} {word}s")),
    };
    let counts: Vec<_> = [plural(errors, "error"), plural(warnings, "warning")]
        .into_iter()
        .flatten()
        .collect();
    let denied = match (errors, deny_warnings) {
        (0, true) => ", and this book denies warnings",
        _ => "",
    };
    eprint!("{}", report.render(format));
    if counts.is_empty() {
        return;
    }
    eprintln!("{}{denied}", counts.join(", "));
}
