//! mdBook's protocol, spoken to the real program.

use crate::harness::{TestBook, program};
use mdbook_driver::MDBook;
use snapbox::str;

#[test]
fn every_backend_is_supported() {
    for name in ["html", "print", "markdown", "epub"] {
        TestBook::of("# One\n")
            .run(&["supports", name])
            .success()
            .stdout_eq("")
            .stderr_eq("");
    }
}

#[test]
fn input_that_is_not_mdbooks() {
    let book = TestBook::of("# One\n");
    let said = str![[r#"
error: the input is not what mdBook sends: EOF while parsing an object at line 1 column 1
 |
 = help: this command is run by mdBook; to build a book by hand, run `mdbook-booklet build`

1 error

"#]];
    book.command()
        .stdin("{")
        .assert()
        .failure()
        .stdout_eq("")
        .stderr_eq(said.clone());
    book.command()
        .arg("print")
        .stdin("{")
        .assert()
        .failure()
        .stdout_eq("")
        .stderr_eq(said);
    book.command()
        .stdin(b"\xff\xfe".as_slice())
        .assert()
        .failure()
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: the input cannot be read: stream did not contain valid UTF-8

"#]]);
    book.command()
        .stdin("")
        .assert()
        .failure()
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: the input is not what mdBook sends: EOF while parsing a value at line 1 column 0
 |
 = help: this command is run by mdBook; to build a book by hand, run `mdbook-booklet build`

1 error

"#]]);
    book.command()
        .stdin("[1, 2]")
        .assert()
        .failure()
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: the input is not what mdBook sends: invalid type: integer `1`, expected struct PreprocessorContext at line 1 column 3
 |
 = help: this command is run by mdBook; to build a book by hand, run `mdbook-booklet build`

1 error

"#]]);
}

fn of_version(version: &str) -> (String, bool) {
    let book = TestBook::of("# One\n");
    let input = book.input("html").replace(
        "\"mdbook_version\":\"0.5.4\"",
        &format!("\"mdbook_version\":\"{version}\""),
    );
    let output = book.command().stdin(input).output().unwrap();
    (
        String::from_utf8(output.stderr).unwrap(),
        output.status.success(),
    )
}

#[test]
fn another_mdbook() {
    assert_eq!(of_version("0.5.4"), (String::new(), true));
    assert_eq!(of_version("0.5.0"), (String::new(), true));
    assert_eq!(of_version("0.5.99"), (String::new(), true));
    let (said, works) = of_version("0.6.0");
    assert!(works, "what can be read is done");
    snapbox::assert_data_eq!(
        said,
        str![[r#"
warning: this is mdBook 0.6.0, and mdbook-booklet 0.1.0 is made for mdBook 0.5
 |
 = help: if it fails, install the mdbook and mdbook-booklet that belong together

1 warning

"#]]
    );
    // What 0.4 sends has another form, which serde alone would call a missing field.
    let book = TestBook::of("# One\n");
    let input =
        r#"[{"root":"/","config":{},"renderer":"html","mdbook_version":"0.4.52"},{"sections":[]}]"#;
    book.command()
        .stdin(input)
        .assert()
        .failure()
        .stdout_eq("")
        .stderr_eq(str![[r#"
warning: this is mdBook 0.4.52, and mdbook-booklet 0.1.0 is made for mdBook 0.5
 |
 = help: if it fails, install the mdbook and mdbook-booklet that belong together

error: the input is not what mdBook sends: missing field `items` at line 1 column 85
 |
 = help: this command is run by mdBook; to build a book by hand, run `mdbook-booklet build`

1 error, 1 warning

"#]]);
}

/// The book with the program named by its path: tests install nothing.
fn with_program(book: TestBook) -> TestBook {
    let program = program().display().to_string();
    let text = book
        .read("book.toml")
        .replace("\"mdbook-booklet print\"", &format!("'{program} print'"))
        .replace("\"mdbook-booklet site\"", &format!("'{program} site'"))
        .replace(
            "[preprocessor.booklet]",
            &format!("[preprocessor.booklet]\ncommand = '{program}'"),
        );
    book.file("book.toml", text)
}

#[test]
fn mdbook_and_build_give_the_same_bytes() {
    for name in ["booklet", "markdown"] {
        let ours = with_program(TestBook::copy_of(name)).built();
        let theirs = with_program(TestBook::copy_of(name));
        MDBook::load(theirs.root()).unwrap().build().unwrap();
        assert_eq!(ours.files("build"), theirs.files("build"));
        assert!(ours.files("build").len() > 20);
    }
}

#[test]
fn a_broken_book_stops_mdbook() {
    let book =
        TestBook::copy_of("booklet").file("src/setup.md", "# Setup\n\n[](resources/none.toml)\n");
    let book = with_program(book);
    assert!(MDBook::load(book.root()).unwrap().build().is_err());
    assert!(!book.path("build/print").exists());
}

#[test]
fn under_serve_the_editions_wait() {
    let serving = |preview: &str| {
        let book = TestBook::copy_of("booklet").set("standard = \"ua-1\"", preview);
        let book = with_program(book);
        let mut mdbook = MDBook::load(book.root()).unwrap();
        // What `mdbook serve` sets.
        mdbook
            .config
            .set("output.html.live-reload-endpoint", "__livereload")
            .unwrap();
        mdbook.build().unwrap();
        assert!(book.path("build/html/index.html").exists());
        book.path("build/print/a-small-booklet.pdf").exists()
    };
    assert!(!serving(""));
    assert!(serving("preview = true"));
}
