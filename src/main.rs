//! The program `mdbook-booklet`.

use std::process::ExitCode;

fn main() -> ExitCode {
    mdbook_booklet::cli::run()
}
