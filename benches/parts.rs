//! Times of the parts of one run, Typst's own among them, and how they grow with
//! the book: `cargo bench --bench parts`.
//!
//! The book is a made one of some hundred pages, or the folder that `BENCH_BOOK`
//! names; nothing is written to it.
//!
//! Each part is timed a few times, and the best counts: what else the machine
//! does only makes it slower.

use mdbook_booklet::preprocess::{self, Input};
use mdbook_booklet::print;
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use mdbook_html::HtmlHandlebars;
use mdbook_renderer::book::BookItem;
use mdbook_renderer::{RenderContext, Renderer};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How often each part is timed.
const ROUNDS: usize = 3;

fn main() -> anyhow::Result<()> {
    let made = tempfile::tempdir()?;
    let root = match std::env::var_os("BENCH_BOOK") {
        Some(root) => PathBuf::from(root),
        None => {
            make_book(made.path())?;
            made.path().to_owned()
        }
    };
    let one = Times::of(&load(&root, 1)?)?;
    one.tell("One copy");
    let ten = Times::of(&load(&root, 10)?)?;
    ten.tell("Ten copies");
    println!("Ten copies to one; 10 is linear");
    for ((name, one), (_, ten)) in one.parts().into_iter().zip(ten.parts()) {
        println!("{name:>36} {:8.2}", ratio(ten, one));
    }
    Ok(())
}

/// A book of eighty chapters of text, code, tables, lists and links.
fn make_book(root: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(root.join("src"))?;
    std::fs::write(root.join("book.toml"), "[book]\ntitle = \"Bench\"\n")?;
    let mut summary = String::from("# Summary\n\n");
    for n in 0..80 {
        summary.push_str(&format!("- [Chapter {n}](c{n}.md)\n"));
        let mut text = format!("# Chapter {n}\n\n");
        for part in 0..8 {
            text.push_str(&format!("## Part {part} of {n}\n\n"));
            let sentence = format!(
                "What *was* said in [the next chapter](c{}.md#part-{part}-of-{}) holds for `code` and **all** the rest, as [others](https://example.org/{n}/{part}) say. ",
                (n + 1) % 80,
                (n + 1) % 80,
            );
            for _ in 0..3 {
                text.push_str(&sentence.repeat(4));
                text.push_str("\n\n");
            }
            text.push_str("- one\n- two\n  1. inner\n  2. again\n\n");
            text.push_str("```rust\nfn main() {\n    let answer: u32 = (1..=6).product();\n    println!(\"{answer}\");\n}\n```\n\n");
            text.push_str("| a | b | c |\n|---|:-:|--:|\n| 1 | `x` | 2 |\n| 3 | *y* | 4 |\n\n");
            text.push_str(&format!("A claim.[^{part}]\n\n[^{part}]: Its ground.\n\n"));
        }
        std::fs::write(root.join(format!("src/c{n}.md")), text)?;
    }
    std::fs::write(root.join("src/SUMMARY.md"), summary)?;
    Ok(())
}

/// Loads a book, each chapter several times under another name.
fn load(root: &Path, copies: usize) -> anyhow::Result<MDBook> {
    let mut config = Config::from_disk(root.join("book.toml"))?;
    // It is called here, and not as a program.
    config.set("preprocessor.booklet.renderers", ["none"])?;
    config.set("output.print.command", "mdbook-booklet print")?;
    let mut book = MDBook::load_with_config(root, config)?;
    let items = std::mem::take(&mut book.book.items);
    for copy in 0..copies {
        for item in &items {
            let mut item = item.clone();
            if copy > 0 {
                rename(&mut item, copy);
            }
            book.book.items.push(item);
        }
    }
    Ok(book)
}

/// Puts a chapter and those in it into a folder of their own.
fn rename(item: &mut BookItem, copy: usize) {
    if let BookItem::Chapter(chapter) = item {
        let folder = PathBuf::from(format!("copy-{copy}"));
        chapter.path = chapter.path.take().map(|path| folder.join(path));
        for item in &mut chapter.sub_items {
            rename(item, copy);
        }
    }
}

/// A backend that asks for chapters as they are for the editions.
struct Editions;

impl Renderer for Editions {
    fn name(&self) -> &str {
        "print"
    }

    fn render(&self, _: &RenderContext) -> anyhow::Result<()> {
        Ok(())
    }
}

/// How long the parts took, at best.
#[derive(Clone, Copy)]
struct Times {
    /// mdBook's own HTML backend.
    site: Duration,
    /// This tool's preprocessor.
    preprocessing: Duration,
    /// The whole of the print backend, as far as the files' bytes.
    backend: Duration,
    parts: print::Times,
    /// The most memory that the process has needed meanwhile, in MB.
    peak: Option<f64>,
}

impl Times {
    fn of(book: &MDBook) -> anyhow::Result<Self> {
        let mut best = Self::round(book)?;
        for _ in 1..ROUNDS {
            best = best.or_less(Self::round(book)?);
        }
        Ok(best)
    }

    fn round(book: &MDBook) -> anyhow::Result<Self> {
        let (resolved, _) = book.preprocess_book(&Editions)?;
        let input = Input {
            root: &book.root,
            config: &book.config,
            renderer: "print",
        };
        let started = Instant::now();
        let (resolved, _) = preprocess::preprocess(&input, resolved);
        let preprocessing = started.elapsed();

        let folder = tempfile::tempdir()?;
        let site = folder.path().join("html");
        let context = RenderContext::new(&book.root, resolved, book.config.clone(), site);
        let started = Instant::now();
        HtmlHandlebars::new().render(&context)?;
        let site = started.elapsed();

        // Typst must not remember the last round.
        typst::comemo::evict(0);
        // Linux forgets the peak of memory (proc(5), `clear_refs`).
        let _ = std::fs::write("/proc/self/clear_refs", "5");
        let started = Instant::now();
        let (_, mut parts) = print::timed(&context, "print");
        let (backend, peak) = (started.elapsed(), peak());
        // By itself, since beside Typst it waits for a processor.
        let mut alone = context;
        alone.config.set("output.print.formats", ["html"])?;
        parts.html = print::timed(&alone, "print").1.html;
        Ok(Self {
            site,
            preprocessing,
            backend,
            parts,
            peak,
        })
    }

    fn or_less(self, other: Self) -> Self {
        Self {
            site: self.site.min(other.site),
            preprocessing: self.preprocessing.min(other.preprocessing),
            backend: self.backend.min(other.backend),
            parts: print::Times {
                before: self.parts.before.min(other.parts.before),
                typst: self.parts.typst.min(other.parts.typst),
                proof: self.parts.proof.min(other.parts.proof),
                html: self.parts.html.min(other.parts.html),
            },
            peak: self.peak.or(other.peak),
        }
    }

    fn parts(&self) -> [(&'static str, Duration); 7] {
        [
            ("mdBook's HTML backend", self.site),
            ("preprocessing", self.preprocessing),
            ("before Typst", self.parts.before),
            ("Typst alone", self.parts.typst),
            ("proof of the PDF", self.parts.proof),
            ("one-file HTML alone, proved", self.parts.html),
            ("whole backend, both editions", self.backend),
        ]
    }

    fn tell(&self, title: &str) {
        println!("{title}");
        for (name, time) in self.parts() {
            println!("{name:>36} {:8.3} s", time.as_secs_f64());
        }
        if let Some(peak) = self.peak {
            println!("{:>36} {peak:8.0} MB", "peak of memory");
        }
        let to_typst = ratio(self.backend, self.parts.typst);
        let to_site = ratio(self.parts.html, self.site);
        println!("{:>36} {to_typst:8.2}", "backend to Typst alone");
        println!("{:>36} {to_site:8.2}\n", "one-file HTML to mdBook's HTML");
    }
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64().max(1e-9)
}

/// The most memory the process has had since the last reset, in MB.
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}
