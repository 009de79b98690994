//! The examples that the parser's crate carries.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The files that hold examples of what mdBook enables.
const FILES: &[&str] = &[
    "blockquotes_tags",
    "definition_lists",
    "footnotes",
    "gfm_strikethrough",
    "gfm_table",
    "gfm_tasklist",
    "heading_attrs",
    "regression",
    "smart_punct",
    "spec",
    "strikethrough",
    "table",
];

/// All examples, by file and number; and the names of those on which the parser
/// panics, which neither backend can show.
pub fn all() -> (Vec<(String, String)>, Vec<String>) {
    let folder = parser().join("tests/suite");
    let mut examples = Vec::new();
    let mut unparsable = Vec::new();
    for file in FILES {
        let text = std::fs::read_to_string(folder.join(file).with_extension("rs")).unwrap();
        for (i, example) in in_tests(&text).enumerate() {
            let name = format!("{file}-{}", i + 1);
            let options = mdbook_markdown::MarkdownOptions::default();
            match mdbook_booklet::markdown::parse(example, &options) {
                Ok(_) => examples.push((name, example.to_owned())),
                Err(_) => unparsable.push(name),
            }
        }
    }
    (examples, unparsable)
}

/// The folder of the parser's source.
fn parser() -> PathBuf {
    let said = |command: &mut Command| {
        let output = command
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{error}");
        String::from_utf8(output.stdout).unwrap()
    };
    // What is built for this machine is here; the rest may not be.
    let version = said(Command::new("rustc").arg("-vV"));
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let metadata = said(
        Command::new(env!("CARGO"))
            .args(["metadata", "--format-version", "1", "--locked", "--offline"])
            .args(["--filter-platform", host.unwrap()]),
    );
    let metadata: serde_json::Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let parser = packages
        .iter()
        .find(|package| package["name"] == "pulldown-cmark")
        .unwrap();
    let manifest = Path::new(parser["manifest_path"].as_str().unwrap());
    manifest.parent().unwrap().to_owned()
}

/// What stands in `let original = r##"…"##;`.
fn in_tests(text: &str) -> impl Iterator<Item = &str> {
    text.split("let original = r##\"")
        .skip(1)
        .map(|rest| rest.split_once("\"##;").unwrap().0)
}
