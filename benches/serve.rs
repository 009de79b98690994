//! From saving a chapter to the page that a browser reloads, under `mdbook
//! serve`: the booklet with this plugin, and beside it the same files with mdBook
//! alone: `cargo bench --bench serve`. The program `mdbook` must be on the path.
//!
//! Both are saved in turn, so that what else the machine does hits both; the
//! middle of the times counts.

#[path = "../tests/programs/serve.rs"]
mod serve;

use serve::{Error, Server};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// How often each is saved.
const ROUNDS: usize = 21;
const CHAPTER: &str = "data-pipeline/labels";

fn main() -> Result<(), Error> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (with, without) = (tempfile::tempdir()?, tempfile::tempdir()?);
    for folder in [with.path(), without.path()] {
        for part in ["book", "theme", "book.toml"] {
            copy(&root.join(part), &folder.join(part))?;
        }
    }
    let toml = std::fs::read_to_string(root.join("book.toml"))?;
    std::fs::write(without.path().join("book.toml"), plain(&toml)?)?;
    let pages = [Page::open(with.path())?, Page::open(without.path())?];
    let mut times = [Vec::new(), Vec::new()];
    for round in 0..ROUNDS {
        for (page, times) in pages.iter().zip(&mut times) {
            times.push(page.save(round)?);
        }
    }
    let [ours, plain] = times.map(middle);
    println!("From saving a chapter to the reloaded page, the middle of {ROUNDS}:");
    println!("  with the plugin  {:6.0} ms", 1e3 * ours.as_secs_f64());
    println!("  mdBook alone     {:6.0} ms", 1e3 * plain.as_secs_f64());
    let ratio = ours.as_secs_f64() / plain.as_secs_f64();
    println!("  ratio            {ratio:6.2} (1.2 is the most it should be)");
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
