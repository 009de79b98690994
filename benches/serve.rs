//! From saving a chapter to the page that a browser reloads, under `mdbook
//! serve`: the booklet with this plugin, and beside it with mdBook alone: `cargo
//! bench --bench serve`. The program `mdbook` must be on the path.
//!
//! mdBook alone is given the same pages, as the plugin makes them of the same
//! files; it is told too what it takes with those files as they are, which
//! hold a third of the text and no page of a question.
//!
//! All are saved in turn, so that what else the machine does hits all; the middle
//! of the times counts.

#[path = "../tests/programs/serve.rs"]
mod serve;

use mdbook_booklet::preprocess::{Input, preprocess};
use mdbook_driver::MDBook;
use mdbook_renderer::book::BookItem;
use serve::{Error, Server};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// How often each is saved.
const ROUNDS: usize = 21;
const CHAPTER: &str = "data-pipeline/labels";

fn main() -> Result<(), Error> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        tempfile::tempdir()?,
        tempfile::tempdir()?,
        tempfile::tempdir()?,
    ];
    let [with, same, files] = folders.each_ref().map(|folder| folder.path());
    for folder in [with, same, files] {
        for part in ["book", "theme", "book.toml"] {
            copy(&root.join(part), &folder.join(part))?;
        }
    }
    let toml = std::fs::read_to_string(root.join("book.toml"))?;
    for folder in [same, files] {
        std::fs::write(folder.join("book.toml"), plain(&toml)?)?;
    }
    write_pages(with, same)?;
    let pages = [Page::open(with)?, Page::open(same)?, Page::open(files)?];
    let mut times = [const { Vec::new() }; 3];
    for round in 0..ROUNDS {
        for (page, times) in pages.iter().zip(&mut times) {
            times.push(page.save(round)?);
        }
    }
    let [ours, same, files] = times.map(|times| middle(times).as_secs_f64());
    println!("From saving a chapter to the reloaded page, the middle of {ROUNDS}:");
    println!("{:>36} {:6.0} ms", "with the plugin", 1e3 * ours);
    for (what, time) in [("the same pages", same), ("the files as they are", files)] {
        println!(
            "{:>36} {:6.0} ms, ratio {:.2}",
            format!("mdBook alone, {what}"),
            1e3 * time,
            ours / time
        );
    }
    println!("The first ratio should be at most 1.2.");
    Ok(())
}

/// Writes the pages that the plugin makes of a book into another.
fn write_pages(from: &Path, to: &Path) -> Result<(), Error> {
    let book = MDBook::load(from)?;
    let input = Input {
        root: from,
        config: &book.config,
        renderer: "html",
    };
    let (pages, _) = preprocess(&input, book.book);
    let mut summary = String::from("# Summary\n");
    write_items(&pages.items, 0, &to.join("book"), &mut summary)?;
    Ok(std::fs::write(to.join("book/SUMMARY.md"), summary)?)
}

fn write_items(
    items: &[BookItem],
    depth: usize,
    src: &Path,
    summary: &mut String,
) -> Result<(), Error> {
    for item in items {
        match item {
            BookItem::PartTitle(title) => summary.push_str(&format!("\n# {title}\n\n")),
            BookItem::Separator => summary.push_str("\n---\n\n"),
            BookItem::Chapter(chapter) => {
                let Some(path) = &chapter.source_path else {
                    continue;
                };
                std::fs::write(src.join(path), &chapter.content)?;
                let item = match &chapter.number {
                    Some(_) => format!("{}- ", "  ".repeat(depth)),
                    None => String::new(),
                };
                let (name, path) = (&chapter.name, path.display());
                summary.push_str(&format!("{item}[{name}]({path})\n"));
                write_items(&chapter.sub_items, depth + 1, src, summary)?;
            }
        }
    }
    Ok(())
}

/// `book.toml` without what this plugin reads.
fn plain(toml: &str) -> Result<String, Error> {
    let mut table: toml::Table = toml.parse()?;
    table.remove("preprocessor");
    if let Some(toml::Value::Table(outputs)) = table.get_mut("output") {
        outputs.retain(|name, _| name == "html");
    }
    Ok(table.to_string())
}

struct Page {
    server: Server,
    file: PathBuf,
    text: String,
}

impl Page {
    fn open(folder: &Path) -> Result<Self, Error> {
        let mut mdbook = Command::new("mdbook");
        let ours = Path::new(env!("CARGO_BIN_EXE_mdbook-booklet")).parent();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let all = ours
            .into_iter()
            .map(Path::to_owned)
            .chain(std::env::split_paths(&path));
        mdbook
            .current_dir(folder)
            .env("PATH", std::env::join_paths(all)?);
        let file = folder.join("book").join(CHAPTER).with_extension("md");
        Ok(Self {
            server: Server::start(mdbook)?,
            text: std::fs::read_to_string(&file)?,
            file,
        })
    }

    fn save(&self, round: usize) -> Result<Duration, Error> {
        let changed = format!("{}\n\nSaved {round} times.\n", self.text);
        let began = Instant::now();
        let page = self
            .server
            .save(&self.file, &changed, &format!("{CHAPTER}.html"))?;
        let time = began.elapsed();
        match page.contains(&format!("Saved {round} times.")) {
            true => Ok(time),
            false => Err("the page was reloaded too early".into()),
        }
    }
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    if from.is_file() {
        return std::fs::copy(from, to).map(drop);
    }
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}
