//! The booklet's PDF, as other programs read it.

use crate::Check;
use crate::book::{booklet, pdf, run, said};
use libtest_mimic::Failed;
use std::process::Command;

pub const POPPLER_CHECKS: &[Check] = &[
    ("pdf::text_can_be_copied", text_can_be_copied),
    ("pdf::is_tagged_and_titled", is_tagged_and_titled),
    ("pdf::fonts_are_embedded", fonts_are_embedded),
    ("pdf::addresses_are_printed", addresses_are_printed),
];

pub const QPDF_CHECKS: &[Check] = &[("pdf::syntax_is_sound", syntax_is_sound)];

fn text() -> Result<String, Failed> {
    let text = said(Command::new("pdftotext").arg(pdf()?).arg("-"))?;
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The headings of all chapters are in the text, in the book's order.
fn text_can_be_copied() -> Result<(), Failed> {
    let text = text()?;
    let mut rest = text.as_str();
    for heading in [
        "Contents",
        "Introduction",
        "Step 1 Project setup",
        "1.1 Goals",
        "Step 2 Data pipeline",
        "Step 3 Modeling",
        "Step 4 Serving",
        "Question 1:",
        "Question 27:",
        "How to contribute",
    ] {
        let found = rest
            .find(heading)
            .ok_or_else(|| format!("no `{heading}`, or out of order"))?;
        rest = &rest[found..];
    }
    Ok(())
}

fn is_tagged_and_titled() -> Result<(), Failed> {
    let info = said(Command::new("pdfinfo").arg(pdf()?))?;
    let value = |key: &str| {
        let line = info.lines().find(|line| line.starts_with(key));
        line.and_then(|line| line.split_once(':'))
            .map(|(_, value)| value.trim().to_owned())
    };
    assert_eq!(
        value("Title").as_deref(),
        Some("Machine Learning Systems Design")
    );
    assert_eq!(value("Tagged").as_deref(), Some("yes"));
    assert_eq!(value("JavaScript").as_deref(), Some("no"));
    assert_eq!(value("Encrypted").as_deref(), Some("no"));
    Ok(())
}

fn fonts_are_embedded() -> Result<(), Failed> {
    let fonts = said(Command::new("pdffonts").arg(pdf()?))?;
    let rows: Vec<_> = fonts.lines().skip(2).collect();
    assert!(!rows.is_empty());
    for row in rows {
        // name, type, encoding, embedded, subset, unicode, object
        let words: Vec<_> = row.split_whitespace().rev().collect();
        assert_eq!((words[4], words[2]), ("yes", "yes"), "{row}");
    }
    Ok(())
}

/// A reader on paper sees where a resource is.
fn addresses_are_printed() -> Result<(), Failed> {
    // At the end of a line a hyphen is taken for one that parts a word.
    let plain = |text: &str| -> String { text.split([' ', '-']).collect() };
    let text = plain(&text()?);
    let folder = booklet()?.join("book/resources");
    for entry in std::fs::read_dir(folder)? {
        let entry: toml::Table = std::fs::read_to_string(entry?.path())?.parse()?;
        let url = entry["url"].as_str().unwrap_or_default();
        assert!(text.contains(&plain(url)), "{url} is not printed");
    }
    Ok(())
}

fn syntax_is_sound() -> Result<(), Failed> {
    run(Command::new("qpdf").arg("--check").arg(pdf()?)).map(drop)
}
