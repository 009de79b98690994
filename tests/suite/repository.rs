//! Promises that this repository makes about itself.

use snapbox::cmd::Command;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn book_toml() -> toml::Table {
    std::fs::read_to_string(root().join("book.toml"))
        .unwrap()
        .parse()
        .unwrap()
}

/// mdBook's default build folder is `book`, where this booklet's source is, and
/// its HTML backend empties the build folder.
#[test]
fn a_build_cannot_erase_the_booklet() {
    let config = book_toml();
    assert_eq!(config["book"]["src"].as_str(), Some("book"));
    assert_eq!(config["build"]["build-dir"].as_str(), Some("build"));
}

#[test]
fn the_booklet_is_in_order() {
    assert_eq!(
        book_toml()["preprocessor"]["booklet"]["warnings"].as_str(),
        Some("deny")
    );
    Command::new(crate::harness::program())
        .current_dir(root())
        .arg("check")
        .assert()
        .success()
        // What the ledger notes depends on the web.
        .stderr_eq("...\nno errors, no warnings\n");
}

/// What a reader copies is what the repository says.
#[test]
fn the_citation_is_the_same_everywhere() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let (cff, page) = (read("CITATION.cff"), read("book/cite.md"));
    let (_, preferred) = cff.split_once("preferred-citation:").unwrap();
    let value = |key: &str| {
        let line = preferred
            .lines()
            .find(|line| line.trim_start_matches([' ', '-']).starts_with(key));
        line.unwrap().split_once(": ").unwrap().1.to_owned()
    };
    let line = |key: &str, value: String| {
        let written = page.lines().any(|line| {
            line.split_once('=').is_some_and(|(name, rest)| {
                name.trim() == key && rest.trim().trim_matches([',', '{', '}']) == value
            })
        });
        assert!(written, "{key} = {value}");
    };
    line("title", value("title"));
    line("author", value("name"));
    line("year", value("year"));
    line("url", value("url"));
}

/// The template that `docs/themes.md` shows can be used as it stands.
#[test]
fn the_template_in_the_docs_works() {
    let docs = std::fs::read_to_string(root().join("docs/themes.md")).unwrap();
    let (_, rest) = docs.split_once("```typst\n").unwrap();
    let (template, _) = rest.split_once("```\n").unwrap();
    crate::harness::TestBook::copy_of("booklet")
        .file("theme/print/book.typ", template)
        .set("command = \"mdbook-booklet print\"", "")
        .run(&["check"])
        .success()
        .stderr_eq("no errors, no warnings\n");
}

/// `docs/themes.md` names each file of the theme.
#[test]
fn the_docs_name_the_files_of_the_theme() {
    let docs = std::fs::read_to_string(root().join("docs/themes.md")).unwrap();
    for entry in std::fs::read_dir(root().join("theme/print")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(docs.contains(&format!("`{name}")), "{name}");
    }
}

/// mdBook makes the page of a wrong address, and no check of ours sees it.
#[test]
fn the_page_of_a_wrong_address_leads_on() {
    let text = std::fs::read_to_string(root().join("book/404.md")).unwrap();
    let scan = mdbook_booklet::markdown::scan(&text, &Default::default()).unwrap();
    let (outside, inside): (Vec<_>, Vec<_>) = scan
        .links
        .iter()
        .partition(|link| link.dest.starts_with("https://"));
    assert_eq!((outside.len(), inside.len()), (1, 4));
    for link in inside {
        // The front page has this name only on the site.
        let file = root().join("book").join(&link.dest);
        assert!(link.dest == "index.html" || file.is_file(), "{link:?}");
    }
}

/// The forms offer the kinds and levels that the tool knows.
#[test]
fn the_forms_know_the_kinds_and_levels() {
    let options = |form: &str| {
        let path = root().join(".github/ISSUE_TEMPLATE").join(form);
        let text = std::fs::read_to_string(path).unwrap();
        let (_, rest) = text.split_once("      options:\n").unwrap();
        rest.lines()
            .map_while(|line| line.strip_prefix("        - ").map(str::to_owned))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        options("resource.yml"),
        mdbook_booklet::resources::Kind::NAMES
    );
    assert_eq!(options("question.yml"), ["easy", "medium", "hard"]);
}
