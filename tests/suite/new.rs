//! The commands that begin a file.

use crate::harness::TestBook;
use snapbox::{IntoData, assert_data_eq, str};

fn run(book: &TestBook, args: &[&str]) -> snapbox::cmd::OutputAssert {
    // 2026-03-04
    let command = book.command().env("SOURCE_DATE_EPOCH", "1772600000");
    command.args(args).assert()
}

fn refuses(book: &TestBook, args: &[&str], said: impl IntoData) {
    let before = book.files(".");
    run(book, args).failure().stdout_eq("").stderr_eq(said);
    assert_eq!(book.files("."), before);
}

#[test]
fn an_answer() {
    let book = TestBook::copy_of("booklet");
    let args = ["new-answer", "hashtags", "--author", "Grace \"G.\" H."];
    run(&book, &args)
        .success()
        .stdout_eq("")
        .stderr_eq(str![[r#"
Wrote src/answers/hashtags/grace-g-h.md; fill it in, then run `mdbook-booklet check`

"#]]);
    assert_data_eq!(
        book.read("src/answers/hashtags/grace-g-h.md"),
        str![[r#"
+++
author = 'Grace "G." H.'
updated = 2026-03-04
+++

## Setup

…

## Data

…

"#]]
    );
    book.run(&["check"])
        .success()
        .stderr_eq("no errors, no warnings\n");
    run(&book, &["new-answer", "hashtags"]).success();
    assert!(book.path("src/answers/hashtags/your-name.md").exists());
}

#[test]
fn a_question_gets_the_next_number() {
    let book = TestBook::copy_of("booklet");
    run(&book, &["new-question", "broken-scooters"])
        .success()
        .stdout_eq("")
        .stderr_eq(str![[r#"
Wrote src/questions/broken-scooters.md; fill it in, then run `mdbook-booklet check`

"#]]);
    assert_data_eq!(
        book.read("src/questions/broken-scooters.md"),
        str![[r#"
+++
number = 3
title = "Broken scooters"
steps = ["setup", "data"]
topics = []
level = "medium"
+++

…

**Worth asking about:**

- …

**Follow-ups:**

1. …

"#]]
    );
    book.run(&["check"])
        .success()
        .stderr_eq("no errors, no warnings\n");
    let first = TestBook::of("# One\n\n{{#questions}}\n");
    run(&first, &["new-question", "a"]).success();
    assert!(
        first
            .read("src/questions/a.md")
            .starts_with("+++\nnumber = 1\ntitle = \"A\"\nsteps = []\n")
    );
}

/// `check` asks for what its author has left empty.
#[test]
fn a_resource() {
    let book = TestBook::copy_of("booklet");
    let folder = book.root().display().to_string();
    let outside = tempfile::tempdir().unwrap();
    let command = book.command().current_dir(outside.path());
    command
        .env("SOURCE_DATE_EPOCH", "1772600000")
        .args(["new-resource", "drift", &folder])
        .assert()
        .success();
    assert_data_eq!(
        book.read("src/resources/drift.toml"),
        str![[r#"
title = ""
authors = [""]
# organization = ""
year = 2026
# paper, article, book, course, documentation, talk, tool, dataset, case-study
kind = "article"
url = ""
# archive = ""
steps = ["setup", "data"]
topics = []
why = ""

"#]]
    );
    let output = book.run(&["check"]).failure().get_output().stderr.clone();
    let said = String::from_utf8(output).unwrap();
    for wanted in [
        "`title` is empty",
        "an author is empty",
        "`url` is not a URL",
        "`why` is empty",
    ] {
        assert!(said.contains(wanted), "{said}");
    }
}

#[test]
fn what_is_refused() {
    let book = TestBook::copy_of("booklet");
    refuses(
        &book,
        &["new-answer", "frad"],
        str![[r#"
error: unknown question `frad`
 |
 = help: did you mean `fraud`?

1 error

"#]],
    );
    refuses(
        &book,
        &["new-answer", "fraud", "--author", "Ada"],
        str![[r#"
error: the file is there already
--> src/answers/fraud/ada.md

1 error

"#]],
    );
    refuses(
        &book,
        &["new-answer", "fraud", "--author", "機械"],
        str![[r#"
error: no file can be named after `機械`
 |
 = help: give the name in Latin letters, and write it as it is in the file

1 error

"#]],
    );
    refuses(
        &book,
        &["new-question", "../x"],
        str![[r#"
error: `../x` is not a slug
 |
 = help: write lower-case letters, digits and single hyphens

1 error

"#]],
    );
    refuses(
        &book,
        &["new-question", "fraud"],
        str![[r#"
error: the file is there already
--> src/questions/fraud.md

1 error

"#]],
    );
    refuses(
        &book,
        &["new-resource", "Hidden"],
        str![[r#"
error: `Hidden` is not an id
 |
 = help: write lower-case letters, digits and single hyphens

1 error

"#]],
    );
    refuses(
        &book,
        &["new-resource", "hidden-debt"],
        str![[r#"
error: the file is there already
--> src/resources/hidden-debt.toml

1 error

"#]],
    );
    refuses(
        &book,
        &["new-resource", "x", "none"],
        str![[r#"
error: book.toml cannot be read: [..] (os error [..])
--> none/book.toml
 = help: name the folder of a book: `mdbook-booklet build path/to/book`

1 error

"#]],
    );
}
