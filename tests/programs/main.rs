//! Checks with other programs: mdBook itself, a browser, PDF tools.
//!
//! What is not installed is not run, and that is said. With
//! `BOOKLET_PROGRAMS=required`, as in CI, it fails instead.

mod book;
mod browser;
mod mdbook;
mod pdf;
mod serve;
mod site;

use libtest_mimic::{Arguments, Failed, Trial};
use std::process::{Command, ExitCode};

/// A program that some checks need.
pub struct Need {
    /// What is run to see whether it is there.
    probe: &'static [&'static str],
    /// How to get it.
    install: &'static str,
}

const MDBOOK: Need = Need {
    probe: &["mdbook", "--version"],
    install: "cargo install mdbook",
};
const POPPLER: Need = Need {
    probe: &["pdftotext", "-v"],
    install: "apt-get install poppler-utils",
};
const QPDF: Need = Need {
    probe: &["qpdf", "--version"],
    install: "apt-get install qpdf",
};
const VALIDATOR: Need = Need {
    probe: &["java", "-jar", site::VALIDATOR, "--version"],
    install: "apt-get install default-jre-headless && npm ci --prefix tests/programs",
};
const ANKI: Need = Need {
    probe: &["python3", "-c", "import anki"],
    install: "pip install --require-hashes -r tests/programs/requirements.txt",
};
/// Cargo alone.
const NOTHING: Need = Need {
    probe: &["cargo", "--version"],
    install: "https://rustup.rs/",
};
const BROWSER: Need = Need {
    probe: &["node", "tests/programs/browser.mjs", "--probe"],
    install: "apt-get install chromium && npm ci --prefix tests/programs",
};

impl Need {
    fn is_there(&self) -> bool {
        let probe = Command::new(self.probe[0])
            .args(&self.probe[1..])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output();
        probe.is_ok_and(|output| output.status.success())
    }
}

type Check = (&'static str, fn() -> Result<(), Failed>);

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let required = std::env::var_os("BOOKLET_PROGRAMS").is_some_and(|value| value == "required");
    let parts: [(&Need, &[Check]); 7] = [
        (&NOTHING, site::CHECKS),
        (&VALIDATOR, site::VALIDATOR_CHECKS),
        (&ANKI, site::ANKI_CHECKS),
        (&MDBOOK, mdbook::CHECKS),
        (&POPPLER, pdf::POPPLER_CHECKS),
        (&QPDF, pdf::QPDF_CHECKS),
        (&BROWSER, browser::CHECKS),
    ];
    let mut trials = Vec::new();
    let mut missing = Vec::new();
    for (need, checks) in parts {
        let there = need.is_there();
        if !there {
            missing.push(need);
        }
        for (name, check) in checks {
            let install = need.install;
            trials.push(match (there, required) {
                (false, true) => Trial::test(*name, move || {
                    Err(format!("not installed: {install}").into())
                }),
                _ => Trial::test(*name, *check).with_ignored_flag(!there),
            });
        }
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    for need in missing {
        println!(
            "NOT RUN: the checks with `{}`. To run them: {}",
            need.probe.join(" "),
            need.install
        );
    }
    conclusion.exit_code()
}
