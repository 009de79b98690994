//! How links are checked.

use crate::ledger::{Answer, Trouble};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// The table `[preprocessor.booklet.links]`. It is read strictly by whoever
/// reads the booklet's table, and used by `mdbook-booklet links` alone.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct LinksConfig {
    /// How many strikes, on as many days, make a link dead.
    pub strikes: Strikes,
    /// The answers that strike.
    pub dead: Vec<Answer>,
    /// Seconds between two requests to a host.
    pub pace: Pace,
    /// How much of a title must be left for the page to count as itself, from 0
    /// to 1.
    pub similarity: Share,
    /// Addresses that begin so are never asked.
    pub skip: Vec<String>,
    /// Where an archive's copies are looked up, by the interface of the Wayback
    /// Machine; empty for not at all.
    pub archive: String,
    /// Where a copy is asked for; the address to keep is put behind.
    pub save: String,
    /// After how many days a copy is looked for again, or looked at again.
    pub archive_days: u32,
    /// What differs for single hosts, each with its subdomains.
    pub hosts: BTreeMap<String, HostConfig>,
}

impl Default for LinksConfig {
    fn default() -> Self {
        Self {
            strikes: Strikes(3),
            dead: vec![
                Answer::Code(404),
                Answer::Code(410),
                Answer::Trouble(Trouble::NoSuchHost),
            ],
            pace: Pace(1.0),
            similarity: Share(0.35),
            skip: Vec::new(),
            archive: "https://archive.org/wayback/available".into(),
            save: "https://web.archive.org/save/".into(),
            archive_days: 30,
            hosts: BTreeMap::new(),
        }
    }
}

/// What differs for one host.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct HostConfig {
    /// As in the table above.
    pub strikes: Option<Strikes>,
    /// As in the table above.
    pub dead: Option<Vec<Answer>>,
    /// Answers that mean that the page is there, besides 200 to 299.
    pub alive: Vec<Answer>,
    /// As in the table above.
    pub pace: Option<Pace>,
    /// As in the table above; 0 for a host whose titles say nothing.
    pub similarity: Option<Share>,
    /// Whether it may be in a private network.
    pub private: bool,
    /// Whether it is never asked.
    pub skip: bool,
}

impl LinksConfig {
    /// What is set for a host: by the longest name that it is within.
    pub fn host(&self, host: &str) -> Option<&HostConfig> {
        let within = |domain: &str| {
            let rest = host.strip_suffix(domain);
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        let named = self.hosts.iter().filter(|(domain, _)| within(domain));
        Some(named.max_by_key(|(domain, _)| domain.len())?.1)
    }
}

macro_rules! bounded {
    ($(#[$doc:meta])* $name:ident($inner:ty), $fits:expr, $what:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
        pub struct $name(pub $inner);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = <$inner>::deserialize(deserializer)?;
                let fits: fn(&$inner) -> bool = $fits;
                match fits(&value) {
                    true => Ok(Self(value)),
                    false => Err(serde::de::Error::custom(concat!("it must be ", $what))),
                }
            }
        }
    };
}

bounded!(
    /// A number of strikes.
    Strikes(u32), |n| (2..=100).contains(n), "a number from 2 to 100: one failure is no proof"
);
bounded!(
    /// A number of seconds.
    Pace(f64), |n| (0.0..=3600.0).contains(n), "a number of seconds from 0 to 3600"
);
bounded!(
    /// A part of a whole.
    Share(f64), |n| (0.0..=1.0).contains(n), "a number from 0 to 1"
);
