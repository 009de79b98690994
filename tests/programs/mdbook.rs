//! The real mdBook, with the plugin on its path.

use crate::Check;
use crate::book::{program, run, small};
use crate::serve::Server;
use libtest_mimic::Failed;
use std::path::Path;
use std::process::Command;

pub const CHECKS: &[Check] = &[
    (
        "mdbook::build_gives_the_same_bytes",
        build_gives_the_same_bytes,
    ),
    ("mdbook::clean_leaves_the_book", clean_leaves_the_book),
    ("mdbook::serve_shows_each_edit", serve_shows_each_edit),
];

fn mdbook(folder: &Path) -> Command {
    let mut command = Command::new("mdbook");
    let ours = program()
        .parent()
        .expect("a program is in a folder")
        .to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(ours).chain(std::env::split_paths(&path));
    command.current_dir(folder).env(
        "PATH",
        std::env::join_paths(all).expect("these were a path"),
    );
    command
}

fn build_gives_the_same_bytes() -> Result<(), Failed> {
    let (theirs, ours) = (small()?, small()?);
    run(mdbook(theirs.path()).arg("build"))?;
    run(Command::new(program())
        .arg("build")
        .current_dir(ours.path()))?;
    let build = |folder: &Path| folder.join("build");
    run(Command::new("diff")
        .arg("-r")
        .arg(build(theirs.path()))
        .arg(build(ours.path())))?;
    Ok(())
}

fn clean_leaves_the_book() -> Result<(), Failed> {
    let book = small()?;
    run(mdbook(book.path()).arg("build"))?;
    run(mdbook(book.path()).arg("clean"))?;
    assert!(!book.path().join("build").exists());
    assert!(book.path().join("src/SUMMARY.md").exists());
    Ok(())
}

fn serve_shows_each_edit() -> Result<(), Failed> {
    let book = small()?;
    let server = Server::start(mdbook(book.path()))?;
    let src = book.path().join("src");
    assert!(
        server
            .page("setup/goals.html")?
            .contains("Say what you want")
    );
    for (file, from, to, page) in [
        (
            "setup/goals.md",
            "Say what you want",
            "Say what is needed",
            "setup/goals.html",
        ),
        (
            "resources/rules-of-ml.toml",
            "by* someone",
            "from* someone",
            "setup/goals.html",
        ),
        (
            "questions/fraud.md",
            "A bank asks",
            "A shop asks",
            "questions/fraud.html",
        ),
        (
            "answers/fraud/ada.md",
            "Ask first",
            "Begin by asking",
            "questions/fraud.html",
        ),
    ] {
        let file = src.join(file);
        let text = std::fs::read_to_string(&file)?;
        assert!(text.contains(from), "{}", file.display());
        let shown = server.save(&file, &text.replace(from, to), page)?;
        assert!(shown.contains(to), "{}: {shown}", file.display());
    }
    Ok(())
}
