//! The real mdBook, with the plugin on its path.

use crate::Check;
use crate::book::{program, run, small};
use libtest_mimic::Failed;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

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

/// A server that ends with the value.
struct Server {
    child: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn page(&self, path: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        let request = format!("GET /{path} HTTP/1.0\r\nHost: localhost\r\n\r\n");
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        Some(String::from_utf8_lossy(&answer).into_owned())
    }

    /// Waits until a page shows a text.
    fn shows(&self, path: &str, text: &str) -> Result<(), Failed> {
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(60) {
            if self.page(path).is_some_and(|page| page.contains(text)) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err(format!("{path} does not come to show `{text}`").into())
    }
}

fn serve_shows_each_edit() -> Result<(), Failed> {
    let book = small()?;
    let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
    let server = Server {
        child: mdbook(book.path())
            .args(["serve", "-n", "127.0.0.1", "-p", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?,
        port,
    };
    let edit = |file: &str, from: &str, to: &str| -> Result<(), Failed> {
        let path = book.path().join("src").join(file);
        let text = std::fs::read_to_string(&path)?;
        assert!(text.contains(from), "{file}");
        Ok(std::fs::write(path, text.replace(from, to))?)
    };
    server.shows("setup/goals.html", "Say what you want")?;
    edit("setup/goals.md", "Say what you want", "Say what is needed")?;
    server.shows("setup/goals.html", "Say what is needed")?;
    edit("resources/rules-of-ml.toml", "by* someone", "from* someone")?;
    server.shows("setup/goals.html", "from* someone")?;
    edit("questions/fraud.md", "A bank asks", "A shop asks")?;
    server.shows("questions/fraud.html", "A shop asks")?;
    edit("answers/fraud/ada.md", "Ask first", "Begin by asking")?;
    server.shows("questions/fraud.html", "Begin by asking")?;
    Ok(())
}
