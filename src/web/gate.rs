//! Politeness: whose turn it is at a host, and when.

use super::clock::Clock;
use super::is_within;
use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use url::Url;

/// Lets one request at a time through to each host, at its pace.
pub struct Gate {
    clock: Arc<dyn Clock>,
    pace: Duration,
    paces: Vec<(String, Duration)>,
    hosts: Mutex<HashMap<String, Host>>,
    freed: Condvar,
}

#[derive(Default)]
struct Host {
    busy: bool,
    /// When the next request may be made.
    ready: Duration,
    /// Its own pace, by its robots.txt.
    pace: Option<Duration>,
    /// It has asked to be left alone for longer than a run takes.
    closed: bool,
}

/// The right to make one request to a host. The host is free again when it is
/// dropped.
pub struct Turn {
    gate: Arc<Gate>,
    host: String,
    ready: Duration,
    used: bool,
}

/// What is done next.
pub enum Next<T> {
    /// This, with the turn at its host.
    Go(T, Turn),
    /// All hosts are busy.
    Wait,
    /// Nothing is left, but for hosts that are closed.
    Done,
}

/// The host of an address. A port makes no other host.
pub fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

impl Gate {
    pub(super) fn new(
        clock: Arc<dyn Clock>,
        pace: Duration,
        paces: Vec<(String, Duration)>,
    ) -> Self {
        Self {
            clock,
            pace,
            paces,
            hosts: Mutex::default(),
            freed: Condvar::new(),
        }
    }

    pub(super) fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    fn hosts(&self) -> MutexGuard<'_, HashMap<String, Host>> {
        // No thread panics while it holds this.
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until a host is free and takes it; none if it is closed.
    pub fn enter(self: &Arc<Self>, name: &str) -> Option<Turn> {
        let mut hosts = self.hosts();
        loop {
            let host = hosts.entry(name.to_owned()).or_default();
            if host.closed {
                return None;
            }
            if !host.busy {
                return Some(self.take(name, host));
            }
            hosts = self
                .freed
                .wait(hosts)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Takes, of some hosts, the free one that is ready first.
    pub fn enter_first<'a, T: Copy>(
        self: &Arc<Self>,
        wanted: impl Iterator<Item = (&'a str, T)>,
    ) -> Next<T> {
        let mut hosts = self.hosts();
        let mut open = false;
        let mut best: Option<(Duration, &str, T)> = None;
        for (name, what) in wanted {
            let host = hosts.get(name);
            if host.is_some_and(|host| host.closed) {
                continue;
            }
            open = true;
            if host.is_some_and(|host| host.busy) {
                continue;
            }
            let ready = host.map_or(Duration::ZERO, |host| host.ready);
            if best.is_none_or(|(first, ..)| ready < first) {
                best = Some((ready, name, what));
            }
        }
        match best {
            Some((_, name, what)) => {
                let host = hosts.entry(name.to_owned()).or_default();
                Next::Go(what, self.take(name, host))
            }
            None if open => Next::Wait,
            None => Next::Done,
        }
    }

    /// Waits until some host may have become free.
    pub fn wait_for_any(&self) {
        let hosts = self.hosts();
        // The time limit is for a host freed since the caller looked.
        let waited = self.freed.wait_timeout(hosts, Duration::from_millis(20));
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }

    fn take(self: &Arc<Self>, name: &str, host: &mut Host) -> Turn {
        host.busy = true;
        Turn {
            gate: self.clone(),
            host: name.to_owned(),
            ready: host.ready,
            used: false,
        }
    }

    /// Lets no request through to a host for a while.
    pub fn wait(&self, name: &str, time: Duration) {
        let until = self.clock.now() + time;
        let mut hosts = self.hosts();
        let host = hosts.entry(name.to_owned()).or_default();
        host.ready = host.ready.max(until);
    }

    /// Lets no more requests through to a host.
    pub fn close(&self, name: &str) {
        self.hosts().entry(name.to_owned()).or_default().closed = true;
        self.freed.notify_all();
    }

    /// Sets a host's pace, unless it has a slower one.
    pub fn set_pace(&self, name: &str, pace: Duration) {
        self.hosts().entry(name.to_owned()).or_default().pace = Some(pace);
    }

    fn pace_of(&self, name: &str, host: &Host) -> Duration {
        let set = self
            .paces
            .iter()
            .find(|(domain, _)| is_within(name, domain));
        let pace = set.map_or(self.pace, |(_, pace)| *pace);
        host.pace.map_or(pace, |own| own.max(pace))
    }
}

impl Turn {
    /// Waits until the host is ready.
    pub fn waited(self) -> Self {
        let now = self.gate.clock.now();
        if self.ready > now {
            self.gate.clock.sleep(self.ready - now);
        }
        self
    }

    /// Ends the turn, after a request: the next one comes at the host's pace.
    pub fn used(mut self) {
        self.used = true;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let now = self.gate.clock.now();
        let mut hosts = self.gate.hosts();
        let host = hosts.entry(self.host.clone()).or_default();
        host.busy = false;
        if self.used {
            let next = now + self.gate.pace_of(&self.host, host);
            host.ready = host.ready.max(next);
        }
        drop(hosts);
        self.gate.freed.notify_all();
    }
}
