//! A web server that does whatever its script says, good or bad, on loopback.

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A request, as far as scripts look at it.
pub struct Request {
    pub host: String,
    pub path: String,
    pub headers: HashMap<String, String>,
}

/// What the server does with a request.
pub enum Reply {
    /// A response in order: its code, more headers, its body.
    Full(u16, String, Vec<u8>),
    /// Bytes as they are, one piece after the other with a pause between, and
    /// then the end of the connection.
    Raw(Vec<Vec<u8>>, Duration),
    /// The first bytes, then the second over and over while they are taken.
    Endless(Vec<u8>, Vec<u8>),
    /// Nothing, for a time.
    Silence(Duration),
}

impl Reply {
    /// A page with a title.
    pub fn page(title: &str) -> Self {
        Self::html(
            200,
            &format!("<!doctype html><title>{title}</title><p>Text."),
        )
    }

    pub fn html(code: u16, body: &str) -> Self {
        Self::Full(
            code,
            "Content-Type: text/html; charset=utf-8\r\n".into(),
            body.into(),
        )
    }

    pub fn code(code: u16) -> Self {
        Self::html(code, "<title>Error</title>")
    }

    pub fn to(code: u16, location: &str) -> Self {
        Self::Full(code, format!("Location: {location}\r\n"), Vec::new())
    }
}

type Script = dyn Fn(&Request) -> Reply + Send + Sync;

/// One server for all hosts. It ends with the test's process.
pub struct Server {
    pub port: u16,
    log: Arc<Log>,
}

/// What the server has seen.
#[derive(Default)]
struct Log {
    /// Every request: its host, its path and when it came.
    requests: Mutex<Vec<(String, String, Duration)>>,
    busy: Mutex<HashMap<String, usize>>,
    most_at_host: AtomicUsize,
    most: AtomicUsize,
}

/// The time of a request, as whoever starts the server counts it.
pub type Now = Arc<dyn Fn() -> Duration + Send + Sync>;

impl Server {
    pub fn start(now: Now, script: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        Self::with(now, None, Arc::new(script))
    }

    /// The same with TLS: the certificate that a script of host names chooses
    /// cannot be seen here, so each server has one.
    pub fn start_tls(
        now: Now,
        (certificate, key): (CertificateDer<'static>, PrivateKeyDer<'static>),
        script: impl Fn(&Request) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
        Self::with(now, Some(Arc::new(config)), Arc::new(script))
    }

    fn with(now: Now, tls: Option<Arc<ServerConfig>>, script: Arc<Script>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let log = Arc::new(Log::default());
        let seen = log.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (script, log, now, tls) =
                    (script.clone(), seen.clone(), now.clone(), tls.clone());
                std::thread::spawn(move || {
                    // Whatever a test leaves behind ends.
                    stream
                        .set_read_timeout(Some(Duration::from_secs(20)))
                        .unwrap();
                    stream
                        .set_write_timeout(Some(Duration::from_secs(20)))
                        .unwrap();
                    // A client that has gone away is no failure of the server's.
                    let _ = match tls {
                        None => serve(stream, &*script, &log, &now),
                        Some(tls) => {
                            let tls = ServerConnection::new(tls).unwrap();
                            serve(StreamOwned::new(tls, stream), &*script, &log, &now)
                        }
                    };
                });
            }
        });
        Self { port, log }
    }

    /// Host, path and time of every request.
    pub fn requests(&self) -> Vec<(String, String, Duration)> {
        self.log.requests.lock().unwrap().clone()
    }

    /// The most requests that were under way at once: at one host, and in all.
    pub fn most(&self) -> (usize, usize) {
        let most = |n: &AtomicUsize| n.load(Ordering::SeqCst);
        (most(&self.log.most_at_host), most(&self.log.most))
    }
}

fn serve(
    mut stream: impl Read + Write,
    script: &Script,
    log: &Log,
    now: &Now,
) -> std::io::Result<()> {
    let Some(request) = read(&mut stream)? else {
        return Ok(());
    };
    let entry = (request.host.clone(), request.path.clone(), now());
    log.requests.lock().unwrap().push(entry);
    {
        let mut busy = log.busy.lock().unwrap();
        let here = busy.entry(request.host.clone()).or_default();
        *here += 1;
        log.most_at_host.fetch_max(*here, Ordering::SeqCst);
        let all = busy.values().sum();
        log.most.fetch_max(all, Ordering::SeqCst);
    }
    let reply = script(&request);
    // Before the reply: with it, the client is free to come again.
    *log.busy.lock().unwrap().get_mut(&request.host).unwrap() -= 1;
    match reply {
        Reply::Full(code, headers, body) => {
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {code} Said\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n"
            );
            stream.write_all(head.as_bytes())?;
            stream.write_all(&body)?;
        }
        Reply::Raw(pieces, pause) => {
            for (i, piece) in pieces.iter().enumerate() {
                if i > 0 {
                    std::thread::sleep(pause);
                }
                stream.write_all(piece)?;
                stream.flush()?;
            }
        }
        Reply::Endless(head, piece) => {
            stream.write_all(&head)?;
            // 5 GB at most, if nobody hangs up.
            for _ in 0..(5usize << 30) / piece.len() {
                stream.write_all(&piece)?;
            }
        }
        Reply::Silence(time) => std::thread::sleep(time),
    }
    stream.flush()
}

fn read(stream: &mut impl Read) -> std::io::Result<Option<Request>> {
    let mut lines = BufReader::new(stream.take(64 << 10)).lines();
    let Some(first) = lines.next().transpose()? else {
        return Ok(None);
    };
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = HashMap::new();
    for line in lines {
        let line = line?;
        match line.split_once(": ") {
            Some((name, value)) => headers.insert(name.to_lowercase(), value.to_owned()),
            None => break,
        };
    }
    let host = headers.get("host").map(String::as_str).unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().to_owned();
    Ok(Some(Request {
        host,
        path,
        headers,
    }))
}

/// Whether something still listens there; for tests that want nothing to.
pub fn nothing_at(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).is_err()
}
