//! Small books in a folder of their own, and the program run on them.

use snapbox::cmd::{Command, OutputAssert, cargo_bin};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A book on disk that goes with the value.
pub struct TestBook {
    dir: TempDir,
}

/// A `book.toml` with both backends, and the plugin found by its path, since
/// tests install nothing.
pub const BOOK_TOML: &str = r#"[book]
title = "Test"
language = "en"

[build]
build-dir = "build"

[preprocessor.booklet]

[output.html]

[output.print]
command = "mdbook-booklet print"
"#;

impl TestBook {
    /// A book with a minimal `book.toml`.
    pub fn new() -> Self {
        let book = Self {
            dir: tempfile::tempdir().unwrap(),
        };
        book.file("book.toml", BOOK_TOML)
    }

    /// A book of one chapter.
    pub fn of(chapter: &str) -> Self {
        Self::new().chapters(&[("one.md", "One", chapter)])
    }

    /// A copy of a book in `tests/books`.
    pub fn copy_of(name: &str) -> Self {
        let from = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/books")
            .join(name);
        let book = Self {
            dir: tempfile::tempdir().unwrap(),
        };
        copy(&from, book.root());
        book
    }

    /// A copy of the booklet that this repository holds.
    pub fn of_this_repository() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let book = Self {
            dir: tempfile::tempdir().unwrap(),
        };
        for folder in ["book", "theme"] {
            copy(&root.join(folder), &book.path(folder));
        }
        std::fs::copy(root.join("book.toml"), book.path("book.toml")).unwrap();
        book
    }

    /// Writes a file; its folders too.
    pub fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    /// Puts something into a table of `book.toml`.
    pub fn set(self, table: &str, line: &str) -> Self {
        let text = self.read("book.toml");
        assert!(text.contains(table), "{table}");
        let text = text.replace(table, &format!("{table}\n{line}"));
        self.file("book.toml", text)
    }

    /// Writes `SUMMARY.md` and its chapters, given by file, title and text.
    pub fn chapters(mut self, chapters: &[(&str, &str, &str)]) -> Self {
        let mut summary = String::from("# Summary\n\n");
        for (file, title, text) in chapters {
            summary.push_str(&format!("- [{title}]({file})\n"));
            self = self.file(&format!("src/{file}"), text);
        }
        self.file("src/SUMMARY.md", summary)
    }

    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// All files below a folder, by their path from there.
    pub fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        fn walk(folder: &Path, prefix: &str, out: &mut BTreeMap<String, Vec<u8>>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap();
                let path = format!("{prefix}{}", entry.file_name().to_str().unwrap());
                match entry.file_type().unwrap().is_dir() {
                    true => walk(&entry.path(), &format!("{path}/"), out),
                    false => drop(out.insert(path, std::fs::read(entry.path()).unwrap())),
                }
            }
        }
        let mut out = BTreeMap::new();
        walk(&self.path(folder), "", &mut out);
        out
    }

    /// The program, run in the book's folder.
    pub fn run(&self, args: &[&str]) -> OutputAssert {
        self.command().args(args).assert()
    }

    pub fn command(&self) -> Command {
        Command::new(program())
            .with_assert(snapbox::Assert::new().action_env("SNAPSHOTS"))
            .current_dir(self.root())
            .env_remove("CI")
            .env_remove("SOURCE_DATE_EPOCH")
            .env("NO_COLOR", "1")
    }

    /// Builds the book, which must succeed, and gives it back.
    pub fn built(self) -> Self {
        self.run(&["build"]).success();
        self
    }

    /// The chapters as the preprocessor hands them to a backend, by path, in
    /// order.
    pub fn preprocessed(&self, renderer: &str) -> Vec<(String, String)> {
        let (book, report) = self.preprocess(renderer);
        assert!(report.is_empty(), "{report}");
        fn walk(items: &[serde_json::Value], out: &mut Vec<(String, String)>) {
            for item in items {
                let Some(chapter) = item.get("Chapter") else {
                    continue;
                };
                let text = |key: &str| chapter[key].as_str().unwrap_or_default().to_owned();
                out.push((text("path"), text("content")));
                walk(chapter["sub_items"].as_array().unwrap(), out);
            }
        }
        let mut out = Vec::new();
        walk(book["items"].as_array().unwrap(), &mut out);
        out
    }

    /// The text of one chapter, preprocessed for the site.
    pub fn page(&self, path: &str) -> String {
        let chapters = self.preprocessed("html");
        let found = chapters.into_iter().find(|(page, _)| page == path);
        found.unwrap_or_else(|| panic!("no page {path}")).1
    }

    /// Runs the preprocessor as mdBook does; gives the book and what it said.
    pub fn preprocess(&self, renderer: &str) -> (serde_json::Value, String) {
        let output = self.command().stdin(self.input(renderer)).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        let book = match output.status.success() {
            true => serde_json::from_slice(&output.stdout).unwrap(),
            false => serde_json::Value::Null,
        };
        (book, said)
    }

    /// What mdBook sends to a preprocessor for this book.
    pub fn input(&self, renderer: &str) -> String {
        use mdbook_driver::MDBook;
        let book = MDBook::load(self.root()).unwrap();
        let context = mdbook_preprocessor::PreprocessorContext::new(
            book.root.clone(),
            book.config.clone(),
            renderer.into(),
        );
        serde_json::to_string(&(context, &book.book)).unwrap()
    }
}

/// The path of the program under test.
pub fn program() -> PathBuf {
    cargo_bin!("mdbook-booklet").to_owned()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => std::fs::write(target, std::fs::read(entry.path()).unwrap()).unwrap(),
        }
    }
}
