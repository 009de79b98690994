//! One request: the door to the HTTP library.

use super::names::Names;
use super::{Ask, Options, Page, address, is_within};
use crate::ledger::Trouble;
use std::fmt;
use std::io::{ErrorKind, Read};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use ureq::config::Config;
use ureq::http::{Response, Uri, header};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Body, Error};
use url::{Host, Url};

pub(super) struct Agent {
    agent: ureq::Agent,
    guard: Guard,
}

/// Why there is no page, as an error of the HTTP library.
#[derive(Debug, Clone, Copy)]
struct Failed(Trouble);

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.words())
    }
}

impl std::error::Error for Failed {}

impl Agent {
    pub fn new(options: &Options, names: Arc<dyn Names>) -> Self {
        let roots = match &options.roots {
            Some(roots) => roots
                .iter()
                .map(|der| Certificate::from_der(der).to_owned())
                .into(),
            None => RootCerts::WebPki,
        };
        let config = Config::builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A proxy would look up names where this cannot see the address.
            .proxy(None)
            .user_agent(&options.user_agent)
            .timeout_global(Some(options.timeout))
            .timeout_connect(Some(options.connect_timeout))
            .timeout_resolve(Some(options.connect_timeout))
            .max_response_header_size(64 << 10)
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .build();
        let guard = Guard {
            names,
            private: options.private.clone().into(),
        };
        Self {
            agent: ureq::Agent::with_parts(config, DefaultConnector::default(), guard.clone()),
            guard,
        }
    }

    /// Whether the name service knows a host.
    pub fn knows(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        self.guard.addresses(host, Duration::from_secs(10)).is_ok()
    }

    pub fn ask(&self, url: &Url, ask: &Ask<'_>) -> Result<Page, Trouble> {
        let mut request = self
            .agent
            .get(url.as_str())
            .header(header::ACCEPT, ask.accept);
        if let Some(range) = ask.range {
            request = request.header(
                header::RANGE,
                format!("bytes=0-{}", range.saturating_sub(1)),
            );
        }
        match request.call() {
            Ok(response) => Ok(page(url, response, ask.limit)),
            Err(error) => Err(trouble(&error)),
        }
    }
}

fn page(url: &Url, mut response: Response<Body>, limit: usize) -> Page {
    let header = |name| {
        let value = response.headers().get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let media_type = response
        .body()
        .mime_type()
        .map(|kind| kind.trim().to_lowercase());
    let charset = response.body().charset().map(str::to_owned);
    let (location, retry) = (header(header::LOCATION), header(header::RETRY_AFTER));
    let code = match response.status().as_u16() {
        206 => 200,
        code => code,
    };
    // The body may break off, or be no end of it: what has come by then is the
    // page. Its size is counted after it is decompressed, and the connection is
    // closed on what is left.
    let mut body = Vec::new();
    let reader = response.body_mut().as_reader();
    let _ = reader.take(limit as u64).read_to_end(&mut body);
    Page {
        url: url.clone(),
        code,
        media_type,
        charset,
        body,
        location,
        retry,
    }
}

fn trouble(error: &Error) -> Trouble {
    match error {
        Error::Other(inner) => match inner.downcast_ref::<Failed>() {
            Some(Failed(trouble)) => *trouble,
            None => Trouble::BrokenAnswer,
        },
        Error::HostNotFound => Trouble::NameService,
        Error::Timeout(_) => Trouble::Timeout,
        Error::Tls(_) | Error::Rustls(_) | Error::TlsRequired => Trouble::Tls,
        Error::ConnectionFailed => Trouble::NoConnection,
        Error::Io(error) => match error.kind() {
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Trouble::Timeout,
            ErrorKind::ConnectionRefused
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
            | ErrorKind::AddrNotAvailable
            | ErrorKind::NetworkDown => Trouble::NoConnection,
            // The encryption's own errors come so.
            ErrorKind::InvalidData => Trouble::Tls,
            _ => Trouble::BrokenAnswer,
        },
        _ => Trouble::BrokenAnswer,
    }
}

/// Finds addresses and lets none of a private network pass. What it gives is
/// what is connected to.
#[derive(Clone)]
struct Guard {
    names: Arc<dyn Names>,
    private: Arc<[String]>,
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Guard")
    }
}

impl Guard {
    fn addresses(&self, host: &str, timeout: Duration) -> Result<Vec<IpAddr>, Trouble> {
        let addresses = match Host::parse(host) {
            Ok(Host::Ipv4(address)) => vec![address.into()],
            Ok(Host::Ipv6(address)) => vec![address.into()],
            _ => self.names.lookup(host, timeout)?,
        };
        if addresses.is_empty() {
            return Err(Trouble::NameService);
        }
        if self.private.iter().any(|domain| is_within(host, domain)) {
            return Ok(addresses);
        }
        let public: Vec<_> = addresses
            .into_iter()
            .filter(|a| address::is_public(*a))
            .collect();
        match public.is_empty() {
            true => Err(Trouble::PrivateAddress),
            false => Ok(public),
        }
    }
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        _: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let timeout = config.timeouts().resolve.unwrap_or(Duration::from_secs(10));
        let (Some(host), Some(scheme)) = (uri.host(), uri.scheme_str()) else {
            return Err(Error::HostNotFound);
        };
        let port = uri
            .port_u16()
            .unwrap_or(if scheme == "https" { 443 } else { 80 });
        let found = self
            .addresses(host, timeout)
            .map_err(|trouble| Error::Other(Box::new(Failed(trouble))))?;
        let mut addresses = self.empty();
        // The library keeps sixteen.
        for address in found.into_iter().take(16) {
            addresses.push(SocketAddr::new(address, port));
        }
        Ok(addresses)
    }
}
