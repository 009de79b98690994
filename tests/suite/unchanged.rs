//! A PDF that would be the same is not made again.

use crate::harness::TestBook;

const PDF: &str = "build/print/test.pdf";
const RECORD: &str = "build/print/.test.pdf.toml";

/// Builds; tells whether the PDF was left as it is.
fn kept(book: &TestBook) -> bool {
    let output = book.run(&["build"]).success().get_output().stderr.clone();
    let said = String::from_utf8(output).unwrap();
    let line = said.lines().find(|line| line.contains(PDF)).unwrap();
    assert!(line.contains("(3 pages, "), "{line}");
    line.contains(" MB), unchanged, in ")
}

fn modified(book: &TestBook) -> std::time::SystemTime {
    let file = std::fs::metadata(book.path(PDF)).unwrap();
    file.modified().unwrap()
}

#[test]
fn an_unchanged_pdf_is_kept() {
    let book = TestBook::of("# One\n\nText.\n");
    assert!(!kept(&book), "there is none");
    let (first, made) = (std::fs::read(book.path(PDF)).unwrap(), modified(&book));
    assert!(kept(&book));
    assert_eq!(modified(&book), made, "it is not even written");

    // What the site alone shows changes no page.
    let book = book
        .set("[output.html]", "default-theme = \"ayu\"")
        .file("theme/booklet.css", "p { color: red }");
    assert!(kept(&book));
    assert_eq!(std::fs::read(book.path(PDF)).unwrap(), first);
}

#[test]
fn what_it_depends_on_makes_it_anew() {
    let mut book = TestBook::of("# One\n\nText.\n");
    assert!(!kept(&book));
    for (file, text) in [
        ("src/one.md", "# One\n\nAnother text.\n"),
        (
            "theme/print/style.typ",
            include_str!("../../theme/print/style.typ"),
        ),
        ("theme/print/unused.typ", "// Nothing."),
    ] {
        let same = std::fs::read_to_string(book.path(file)).is_ok_and(|old| old == text);
        book = book.file(file, text);
        // The built-in file stood in for it, byte for byte.
        let same = same || file.ends_with("style.typ");
        assert_eq!(kept(&book), same, "{file}");
    }
    let book = book.set("command = \"mdbook-booklet print\"", "paper = \"a5\"");
    assert!(!kept(&book));
    assert!(kept(&book));
    // Dated otherwise, its bytes are others.
    let dated = book
        .command()
        .arg("build")
        .env("SOURCE_DATE_EPOCH", "86400");
    dated.assert().success();
    assert!(!kept(&book));
}

#[test]
fn a_changed_or_missing_file_is_made_anew() {
    let book = TestBook::of("# One\n\nText.\n");
    assert!(!kept(&book));
    let first = std::fs::read(book.path(PDF)).unwrap();
    let record = book.read(RECORD);
    for (file, bytes) in [
        (PDF, b"%PDF-1.7 torn".to_vec()),
        (RECORD, b"from = 1".to_vec()),
        (
            RECORD,
            record.replace("bytes = \"", "bytes = \"0").into_bytes(),
        ),
    ] {
        std::fs::write(book.path(file), bytes).unwrap();
        assert!(!kept(&book), "{file}");
        assert_eq!(std::fs::read(book.path(PDF)).unwrap(), first);
        assert_eq!(book.read(RECORD), record);
    }
    for file in [PDF, RECORD] {
        std::fs::remove_file(book.path(file)).unwrap();
        assert!(!kept(&book), "{file}");
        assert_eq!(std::fs::read(book.path(PDF)).unwrap(), first);
    }
}

/// A warning is told each time: what Typst says of a theme, too.
#[test]
fn no_warning_is_lost() {
    let theme = "#import \"page.typ\": page-style\n#set text(font: \"No Such Font\")\n#import \"headings.typ\": part, chapter, section\n#import \"parts.typ\": *\n#import \"code.typ\": code, long-code, long-text\n#import \"tables.typ\": data-table\n#import \"booklet.typ\": division, span, resource, cited, resource-index\n#let book(title: \"\", authors: (), description: none, language: \"en\", region: none, direction: ltr, body) = {\n  set document(title: title)\n  set text(font: \"No Such Font\")\n  body\n}\n";
    let book = TestBook::of("# One\n\nText.\n").file("theme/print/book.typ", theme);
    let said = || {
        let output = book.run(&["build"]).success().get_output().stderr.clone();
        let said = String::from_utf8(output).unwrap();
        said.lines()
            .filter(|line| line.starts_with("warning: "))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let first = said();
    assert!(!first.is_empty());
    assert_eq!(said(), first);
}
