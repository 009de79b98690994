//! Where hosts are.

use crate::ledger::Trouble;
use dns_lookup::{AddrInfoHints, LookupErrorKind, getaddrinfo};
use std::net::IpAddr;
use std::sync::mpsc;
use std::time::Duration;

/// A name service.
pub trait Names: Send + Sync {
    /// The addresses of a host, which is a name and no address. The trouble is
    /// [`Trouble::NoSuchHost`] only if the service has said so.
    fn lookup(&self, host: &str, timeout: Duration) -> Result<Vec<IpAddr>, Trouble>;
}

/// The machine's own.
pub struct SystemNames;

impl Names for SystemNames {
    fn lookup(&self, host: &str, timeout: Duration) -> Result<Vec<IpAddr>, Trouble> {
        // The system's look-up cannot be stopped; it is left behind.
        let (send, receive) = mpsc::sync_channel(1);
        let host = host.to_owned();
        std::thread::spawn(move || {
            let _ = send.send(look_up(&host));
        });
        receive
            .recv_timeout(timeout)
            .unwrap_or(Err(Trouble::NameService))
    }
}

fn look_up(host: &str) -> Result<Vec<IpAddr>, Trouble> {
    // SOCK_STREAM is 1 on every system: each address comes once.
    let hints = AddrInfoHints {
        socktype: 1,
        ..AddrInfoHints::default()
    };
    match getaddrinfo(Some(host), None, Some(hints)) {
        Ok(found) => Ok(found.flatten().map(|info| info.sockaddr.ip()).collect()),
        // The name service says that there is no such name. It is another thing
        // if there is one without an address, or if the service does not answer:
        // the system tells these apart, but for a few that call the first so too.
        Err(error) => Err(match error.kind() {
            LookupErrorKind::NoName => Trouble::NoSuchHost,
            _ => Trouble::NameService,
        }),
    }
}
