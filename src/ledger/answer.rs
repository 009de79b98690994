//! What came back when a link was asked.

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// The last answer: a code of HTTP, or why there was none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// The code of the last response.
    Code(u16),
    /// There was no response that could be read.
    Trouble(Trouble),
}

/// Why there was no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trouble {
    /// The name service says that the host does not exist.
    NoSuchHost,
    /// The name service does not answer, or not with an address.
    NameService,
    /// Nothing answers at the address.
    NoConnection,
    /// It takes too long.
    Timeout,
    /// What answers breaks off or does not speak HTTP.
    BrokenAnswer,
    /// The certificate is not good, or the encryption fails.
    Tls,
    /// Redirects go in a circle or do not end.
    RedirectLoop,
    /// A redirect leads nowhere, or away from http and https.
    BadRedirect,
    /// The address is one of a private network.
    PrivateAddress,
    /// The host's robots.txt asks programs to stay away.
    Robots,
}

impl Trouble {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::NoSuchHost,
        Self::NameService,
        Self::NoConnection,
        Self::Timeout,
        Self::BrokenAnswer,
        Self::Tls,
        Self::RedirectLoop,
        Self::BadRedirect,
        Self::PrivateAddress,
        Self::Robots,
    ];

    /// The word of the ledger.
    pub fn word(self) -> &'static str {
        match self {
            Self::NoSuchHost => "no-such-host",
            Self::NameService => "name-service",
            Self::NoConnection => "no-connection",
            Self::Timeout => "timeout",
            Self::BrokenAnswer => "broken-answer",
            Self::Tls => "tls",
            Self::RedirectLoop => "redirect-loop",
            Self::BadRedirect => "bad-redirect",
            Self::PrivateAddress => "private-address",
            Self::Robots => "robots",
        }
    }

    /// The trouble in a sentence: “the page …”.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoSuchHost => "the host does not exist",
            Self::NameService => "the host's name could not be looked up",
            Self::NoConnection => "nothing answers there",
            Self::Timeout => "it took too long",
            Self::BrokenAnswer => "the answer broke off or was no HTTP",
            Self::Tls => "there was no secure connection",
            Self::RedirectLoop => "it is redirected without end",
            Self::BadRedirect => "it is redirected to where no link can lead",
            Self::PrivateAddress => "it leads to an address of a private network",
            Self::Robots => "robots.txt asks programs to stay away",
        }
    }
}

impl Answer {
    /// The answer that a word of the ledger means.
    pub fn from_word(word: &str) -> Option<Self> {
        let trouble = Trouble::ALL.into_iter().find(|t| t.word() == word)?;
        Some(Self::Trouble(trouble))
    }

    /// Whether a host has spoken at all, so that there is a network.
    pub fn is_code(self) -> bool {
        matches!(self, Self::Code(_))
    }
}

/// As the ledger writes it, without quotes.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => code.fmt(f),
            Self::Trouble(trouble) => f.write_str(trouble.word()),
        }
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnswerVisitor)
    }
}

struct AnswerVisitor;

impl Visitor<'_> for AnswerVisitor {
    type Value = Answer;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a code of HTTP or one of")?;
        for (i, trouble) in Trouble::ALL.into_iter().enumerate() {
            let comma = if i == 0 { "" } else { "," };
            write!(f, "{comma} `{}`", trouble.word())?;
        }
        Ok(())
    }

    fn visit_i64<E: Error>(self, code: i64) -> Result<Answer, E> {
        match u16::try_from(code) {
            Ok(code @ 100..=999) => Ok(Answer::Code(code)),
            _ => Err(E::invalid_value(Unexpected::Signed(code), &self)),
        }
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Answer, E> {
        Answer::from_word(word).ok_or_else(|| E::invalid_value(Unexpected::Str(word), &self))
    }
}
