//! The real mdBook, with the plugin on its path.

use crate::Check;
use crate::book::{program, run, small};
use libtest_mimic::Failed;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
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

/// `mdbook serve`, which ends with the value.
struct Server {
    child: Child,
    port: u16,
    /// What it logs; read to the end, or it would block.
    log: Receiver<String>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// More than any build of a small book takes, on any machine.
const PATIENCE: Duration = Duration::from_secs(60);

impl Server {
    /// Starts it, and waits until it watches the book.
    fn start(book: &Path) -> Result<Self, Failed> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut child = mdbook(book)
            .args(["serve", "-n", "127.0.0.1", "-p", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let lines = BufReader::new(child.stderr.take().expect("it is piped")).lines();
        let (send, log) = channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _ = send.send(line);
            }
        });
        let server = Self { child, port, log };
        while !server
            .log
            .recv_timeout(PATIENCE)?
            .contains("Watching for changes")
        {}
        Ok(server)
    }

    fn request(&self, lines: &str) -> Result<TcpStream, Failed> {
        let started = Instant::now();
        // It says that it serves a moment before it does.
        let mut stream = loop {
            match TcpStream::connect(("127.0.0.1", self.port)) {
                Ok(stream) => break stream,
                Err(error) if started.elapsed() > PATIENCE => return Err(error.into()),
                Err(_) => std::thread::yield_now(),
            }
        };
        stream.write_all(format!("GET {lines}\r\nHost: localhost\r\n\r\n").as_bytes())?;
        Ok(stream)
    }

    fn page(&self, path: &str) -> Result<String, Failed> {
        let mut answer = Vec::new();
        self.request(&format!("/{path} HTTP/1.0"))?
            .read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    /// Connects as an open page does, to be told when to reload
    /// (<https://www.rfc-editor.org/rfc/rfc6455>).
    fn open_page(&self) -> Result<TcpStream, Failed> {
        let mut socket = self.request(
            "/__livereload HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: Ym9va2xldCBib29rbGV0IQ==",
        )?;
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            socket.read_exact(&mut byte)?;
            head.push(byte[0]);
        }
        let head = String::from_utf8_lossy(&head).into_owned();
        match head.starts_with("HTTP/1.1 101") {
            true => Ok(socket),
            false => Err(head.into()),
        }
    }

    /// Saves a change and gives the page as it is when the browser reloads it.
    fn edit(&self, file: &Path, (from, to): (&str, &str), page: &str) -> Result<String, Failed> {
        let text = std::fs::read_to_string(file)?;
        assert!(text.contains(from), "{}", file.display());
        let text = text.replace(from, to);
        let mut socket = self.open_page()?;
        socket.set_read_timeout(Some(Duration::from_secs(10)))?;
        let mut frame = [0; 8];
        let started = Instant::now();
        loop {
            // Saved before its first look at the files, a change goes unseen:
            // then it is saved again.
            std::fs::write(file, &text)?;
            match socket.read_exact(&mut frame) {
                Ok(()) => break,
                Err(error) if started.elapsed() > PATIENCE => {
                    let log: Vec<_> = self.log.try_iter().collect();
                    return Err(format!("no reload: {error}\n{}", log.join("\n")).into());
                }
                Err(_) => {}
            }
        }
        // One unmasked frame of text.
        assert_eq!(&frame, b"\x81\x06reload");
        self.page(page)
    }
}

fn serve_shows_each_edit() -> Result<(), Failed> {
    let book = small()?;
    let server = Server::start(book.path())?;
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
        let shown = server.edit(&src.join(file), (from, to), page)?;
        assert!(shown.contains(to), "{file}: {shown}");
    }
    Ok(())
}
