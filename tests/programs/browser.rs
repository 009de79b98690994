//! The site and the one-file HTML in a browser: the checks are in
//! `browser.mjs`, one name each.

use crate::Check;
use crate::book::{booklet, hostile, root, run};
use libtest_mimic::Failed;
use std::path::Path;
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
    ("browser::the_keyboard_leads_everywhere", || {
        check("keyboard")
    }),
    ("browser::settings_of_the_reader_are_kept", || {
        check("settings")
    }),
    ("browser::a_page_says_where_it_is_and_what_is_on_it", || {
        check("here")
    }),
    (
        "browser::lists_are_filtered_and_the_address_says_how",
        || check("filter"),
    ),
    ("browser::a_round_of_practice", || check("practice")),
    ("browser::practice_without_storage", || check("storage")),
    ("browser::practice_after_a_question_is_gone", || {
        check("removed")
    }),
    ("browser::all_is_readable_without_scripts", || {
        check("scriptless")
    }),
    ("browser::words_stay_words", || {
        let book = hostile()?;
        check_build("hostile", &book.path().join("build"))
    }),
    ("browser::nothing_jumps_and_scripts_are_light", || {
        check("light")
    }),
    ("browser::text_stands_out_in_light_and_dark", || {
        check("contrast")
    }),
];

fn check(name: &str) -> Result<(), Failed> {
    check_build(name, &booklet()?.join("build"))
}

fn check_build(name: &str, build: &Path) -> Result<(), Failed> {
    let mut node = Command::new("node");
    node.arg("tests/programs/browser.mjs").arg(name).arg(build);
    run(node.current_dir(root())).map(drop)
}
