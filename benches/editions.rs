//! Times of a whole run, side by side on one book: `cargo bench`.
//!
//! The book is this repository's booklet, or the folder that `BENCH_BOOK` names.
//! Each task runs in a process of its own, since Typst remembers what it has
//! set, and the tasks take turns, so that a busy moment meets all. The medians
//! are shown, with their ratio to mdBook's own HTML backend.

use mdbook_booklet::preprocess::{Input, preprocess};
use mdbook_booklet::print;
use mdbook_driver::MDBook;
use mdbook_html::HtmlHandlebars;
use mdbook_renderer::{RenderContext, Renderer};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

const ROUNDS: usize = 5;
const TASKS: [(&str, &str); 5] = [
    ("site", "mdBook's HTML backend"),
    ("preprocess", "preprocessing"),
    ("before", "read and resolve"),
    ("html", "the one-file HTML, whole"),
    ("pdf", "the PDF, whole"),
];

fn main() {
    let book = std::env::var_os("BENCH_BOOK")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    if let Ok(task) = std::env::var("BENCH_TASK") {
        let seconds = run(&task, &book);
        println!("{seconds} {}", peak_memory());
        return;
    }
    let this = std::env::current_exe().expect("a program knows its place");
    let mut times = [(); TASKS.len()].map(|()| Vec::new());
    let mut memory = [0; TASKS.len()];
    for _ in 0..ROUNDS {
        for (n, (task, _)) in TASKS.iter().enumerate() {
            let output = Command::new(&this).env("BENCH_TASK", task).output();
            let output = output.expect("this program can be run");
            let said = String::from_utf8_lossy(&output.stdout);
            let mut words = said.split_whitespace();
            let mut next = || words.next().expect("a task says its figures");
            times[n].push(next().parse::<f64>().expect("seconds"));
            memory[n] = memory[n].max(next().parse::<u64>().expect("MiB"));
        }
    }
    let median = |n: usize| {
        let mut all = times[n].clone();
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    println!("{}: medians of {ROUNDS} rounds\n", book.display());
    for (n, (_, what)) in TASKS.iter().enumerate() {
        println!(
            "{what:<26} {:>8.3} s  {:>6.2} of mdBook's  {:>5} MiB at most",
            median(n),
            median(n) / median(0),
            memory[n],
        );
    }
}

/// Runs a task on a freshly loaded book; gives its seconds.
fn run(task: &str, root: &Path) -> f64 {
    let book = MDBook::load(root).expect("the book can be loaded");
    let input = |renderer| Input {
        root: &book.root,
        config: &book.config,
        renderer,
    };
    let (for_site, _) = preprocess(&input("html"), book.book.clone());
    let (for_print, _) = preprocess(&input("print"), book.book.clone());
    let folder = tempfile::tempdir().expect("there is room");
    let context = |book, destination: &str, formats: &[&str]| {
        let mut config = crate::config(root);
        config
            .set("output.print.formats", formats)
            .expect("formats can be set");
        let destination = folder.path().join(destination);
        RenderContext::new(root, book, config, destination)
    };
    let started = Instant::now();
    match task {
        "site" => HtmlHandlebars::new()
            .render(&context(for_site, "html", &[]))
            .expect("the site is made"),
        "preprocess" => drop(preprocess(&input("html"), book.book.clone())),
        // Without a format, an edition is read and resolved, and not written.
        "before" => drop(print::print(&context(for_print, "print", &[]), "print")),
        "html" | "pdf" => {
            let printed = print::print(&context(for_print, "print", &[task]), "print");
            assert_eq!(printed.made.len(), 1, "the edition is made");
        }
        other => unreachable!("no task {other}"),
    }
    started.elapsed().as_secs_f64()
}

fn config(root: &Path) -> mdbook_driver::config::Config {
    let text = std::fs::read_to_string(root.join("book.toml")).expect("the book has a book.toml");
    text.parse().expect("mdBook has read it before")
}

/// The most memory this process has had, in MiB; 0 where Linux does not tell.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
    kilobytes.map_or(0, |kb| kb.parse::<u64>().unwrap_or(0) / 1024)
}
