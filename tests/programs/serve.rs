//! `mdbook serve`, and a page of it that is open in a browser. The bench of it
//! uses this too.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// What goes wrong with another program.
pub type Error = Box<dyn std::error::Error>;

/// `mdbook serve`, which ends with the value.
pub struct Server {
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
    /// Starts it, as the program in the book's folder, and waits until it watches
    /// the book.
    pub fn start(mut mdbook: Command) -> Result<Self, Error> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut child = mdbook
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

    fn request(&self, lines: &str) -> Result<TcpStream, Error> {
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

    /// A page as it is now.
    pub fn page(&self, path: &str) -> Result<String, Error> {
        let mut answer = Vec::new();
        self.request(&format!("/{path} HTTP/1.0"))?
            .read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    /// Connects as an open page does, to be told when to reload
    /// (<https://www.rfc-editor.org/rfc/rfc6455>).
    fn open_page(&self) -> Result<TcpStream, Error> {
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

    /// Saves a file and gives the page as it is when the browser reloads it.
    pub fn save(&self, file: &Path, text: &str, page: &str) -> Result<String, Error> {
        let mut socket = self.open_page()?;
        socket.set_read_timeout(Some(Duration::from_secs(10)))?;
        let mut frame = [0; 8];
        let started = Instant::now();
        loop {
            // Saved before its first look at the files, a change goes unseen:
            // then it is saved again.
            std::fs::write(file, text)?;
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
