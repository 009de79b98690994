//! The site and the one-file HTML in a browser: the checks are in
//! `browser.mjs`, one name each.

use crate::Check;
use crate::book::{booklet, root, run};
use libtest_mimic::Failed;
use std::process::Command;

pub const CHECKS: &[Check] = &[
    ("browser::nothing_leaves_the_page_sideways", || {
        check("fits")
    }),
    ("browser::no_request_to_another_host_and_no_error", || {
        check("quiet")
    }),
    ("browser::answers_are_folded_until_asked_for", || {
        check("folded")
    }),
    ("browser::numbers_are_the_same_everywhere", || {
        check("numbers")
    }),
    ("browser::the_one_file_edition_stands_alone", || {
        check("edition")
    }),
    ("browser::axe_finds_no_violation", || check("accessible")),
    ("browser::text_stands_out_in_light_and_dark", || {
        check("contrast")
    }),
];

fn check(name: &str) -> Result<(), Failed> {
    let mut node = Command::new("node");
    node.arg("tests/programs/browser.mjs")
        .arg(name)
        .arg(booklet()?.join("build"));
    run(node.current_dir(root())).map(drop)
}
