//! What robots.txt asks of programs (RFC 9309), once for each origin.

use super::{Page, ROBOT};
use robotxt::Robots;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use url::Url;

/// What an origin allows.
pub(super) enum Leave {
    Rules(Robots),
    /// The server has failed with a code, and allows nothing now.
    Failing(u16),
}

impl Leave {
    pub fn all() -> Self {
        Self::Rules(Robots::allow_all())
    }

    /// What the answer to the question for robots.txt means. Without one, all is
    /// allowed; where the server fails, nothing is.
    pub fn from_page(page: &Page) -> Self {
        match page.code {
            200..=299 => Self::Rules(Robots::parse(&page.body, ROBOT)),
            429 | 500..=599 => Self::Failing(page.code),
            _ => Self::all(),
        }
    }

    /// Whether an address may be asked for, or the code that the server fails
    /// with.
    pub fn allows(&self, url: &Url) -> Result<bool, u16> {
        match self {
            Self::Rules(robots) => Ok(robots.is_url_allowed(url)),
            Self::Failing(code) => Err(*code),
        }
    }

    pub fn delay(&self) -> Option<Duration> {
        match self {
            Self::Rules(robots) => robots.crawl_delay(),
            Self::Failing(_) => None,
        }
    }
}

/// The address of an origin's robots.txt.
pub(super) fn address(url: &Url) -> Url {
    let mut address = url.clone();
    address.set_path("/robots.txt");
    address.set_query(None);
    address
}

/// What is known of an origin: nothing until it was asked. Who asks holds the
/// lock, so that nobody else does.
pub(super) type Slot = Arc<Mutex<Option<Arc<Leave>>>>;

#[derive(Default)]
pub(super) struct Cache {
    origins: Mutex<HashMap<String, Slot>>,
}

impl Cache {
    /// The place of an origin.
    pub fn slot(&self, url: &Url) -> Slot {
        let mut origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        let origin = url.origin().ascii_serialization();
        origins.entry(origin).or_default().clone()
    }
}
