//! What an answer means: is it there, is it something else, is it gone?

use crate::config::LinksConfig;
use crate::ledger::{Answer, Link, Observation, Page, Rules, Trouble, Verdict, key};
use crate::web::{self, Fetched, Outcome, is_within};
use std::collections::BTreeSet;
use url::Url;

/// The rules for one link.
pub struct Judge<'a> {
    /// The address asked.
    pub url: &'a Url,
    /// What is known of it.
    pub link: &'a Link,
    /// The titles that the registry has for it.
    pub titles: &'a [String],
    /// What the book says about hosts.
    pub config: &'a LinksConfig,
}

/// The numbers of the state machine for one address.
pub fn rules(url: &Url, config: &LinksConfig) -> Rules {
    let host = config.host(url.host_str().unwrap_or_default());
    let strikes = host.and_then(|host| host.strikes).unwrap_or(config.strikes);
    Rules { strikes: strikes.0 }
}

impl Judge<'_> {
    /// Judges an answer; none if there is nothing to judge. `has_network` tells
    /// whether other names are found.
    pub fn judge(&self, fetched: &Fetched, has_network: impl Fn() -> bool) -> Option<Observation> {
        let page = match &fetched.outcome {
            Outcome::Left => return None,
            Outcome::Trouble(trouble) => {
                let answer = Answer::Trouble(*trouble);
                let gone = self.strikes(answer);
                // A name service that finds no name at all has lost its own.
                let gone = gone && (*trouble != Trouble::NoSuchHost || has_network());
                return Some(Observation {
                    verdict: if gone {
                        Verdict::Gone
                    } else {
                        Verdict::Unknown
                    },
                    answer,
                    page: None,
                });
            }
            Outcome::Page(page) => page,
        };
        let answer = Answer::Code(page.code);
        let host = self.config.host(self.url.host_str().unwrap_or_default());
        let alive = host.is_some_and(|host| host.alive.contains(&answer));
        let verdict = match page.code {
            // A code that this host is known to give says nothing of the page.
            _ if alive => {
                return Some(Observation {
                    verdict: Verdict::Alive,
                    answer,
                    page: Some(self.known()),
                });
            }
            200..=299 => return Some(self.look(page, answer)),
            _ if self.strikes(answer) => Verdict::Gone,
            _ => Verdict::Unknown,
        };
        Some(Observation {
            verdict,
            answer,
            page: None,
        })
    }

    fn known(&self) -> Page {
        Page {
            url: self.link.final_url.clone(),
            title: self.link.title.clone(),
        }
    }

    fn strikes(&self, answer: Answer) -> bool {
        let host = self.config.host(self.url.host_str().unwrap_or_default());
        let dead = host.and_then(|host| host.dead.as_ref());
        dead.unwrap_or(&self.config.dead).contains(&answer)
    }

    /// Looks at a page that answers 200: the one that was there, or another?
    fn look(&self, page: &web::Page, answer: Answer) -> Observation {
        let title = page.title();
        let observation = |verdict| Observation {
            verdict,
            answer,
            page: Some(Page {
                url: key(page.url.as_str()).filter(|url| url != self.url.as_str()),
                title: title.clone(),
            }),
        };
        let host = self.config.host(self.url.host_str().unwrap_or_default());
        let least = host
            .and_then(|host| host.similarity)
            .unwrap_or(self.config.similarity);
        let known = self.link.title.iter().chain(self.titles);
        let known: Vec<_> = known.map(String::as_str).collect();
        if is_parked(self.url, &page.url, title.as_deref()) {
            return observation(Verdict::Changed);
        }
        let before = self
            .link
            .final_url
            .as_deref()
            .and_then(|url| Url::parse(url).ok());
        let moved = self.link.last_alive.is_some()
            && domain(before.as_ref().unwrap_or(self.url)) != domain(&page.url);
        let Some(title) = &title else {
            return observation(if moved {
                Verdict::Changed
            } else {
                Verdict::Alive
            });
        };
        // A page that is about errors, or for sale, may say so.
        let same = known
            .iter()
            .any(|known| similarity(known, title) >= least.0.max(0.01));
        if same {
            return observation(Verdict::Alive);
        }
        if says(title, WALLS) {
            return Observation {
                verdict: Verdict::Unknown,
                answer,
                page: None,
            };
        }
        let lost = says(title, MISSING) || to_front_page(self.url, &page.url);
        let other = self.link.title.is_some() && least.0 > 0.0;
        observation(match lost || other || moved {
            true => Verdict::Changed,
            false => Verdict::Alive,
        })
    }
}

/// How much two titles have in common, from 0 to 1: the share of their words, or
/// of their pairs of letters where that is more, since not every script parts
/// its words.
pub fn similarity(a: &str, b: &str) -> f64 {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let words = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (x, y) = (words(&a), words(&b));
    let shared = 2.0 * x.intersection(&y).count() as f64;
    let all = (x.len() + y.len()).max(1) as f64;
    let letters = |words: &BTreeSet<String>| words.iter().map(String::as_str).collect::<String>();
    // Letters of any two English texts make some of the same pairs.
    let pairs = match a.is_ascii() && b.is_ascii() {
        true => strsim::sorensen_dice(&a, &b) - 0.2,
        false => strsim::sorensen_dice(&letters(&x), &letters(&y)),
    };
    (shared / all).max(pairs)
}

/// The domain that somebody has registered, or the host if it is an address.
pub fn domain(url: &Url) -> &str {
    let registered = url.domain().and_then(psl::domain_str);
    registered.or(url.host_str()).unwrap_or_default()
}

/// A path that named something, sent to the front page of the same site.
fn to_front_page(asked: &Url, answered: &Url) -> bool {
    let front = |url: &Url| {
        let path = url.path().trim_matches('/').to_lowercase();
        let index = path.starts_with("index.") || path.starts_with("default.");
        (path.is_empty() || index || path == "home") && url.query().is_none()
    };
    !front(asked) && front(answered) && domain(asked) == domain(answered)
}

fn is_parked(asked: &Url, answered: &Url, title: Option<&str>) -> bool {
    let host = answered.host_str().unwrap_or_default();
    let on = |market: &&str| is_within(host, market);
    let market = MARKETS.iter().any(on) && domain(asked) != domain(answered);
    market || title.is_some_and(|title| says(title, PARKED))
}

fn says(title: &str, phrases: &[&str]) -> bool {
    let title = title.to_lowercase().replace('’', "'");
    phrases.iter().any(|phrase| match phrase.strip_prefix('^') {
        Some(start) => title.starts_with(start),
        None => title.contains(phrase),
    })
}

/// What pages say that are not there, though the server says they are.
const MISSING: &[&str] = &[
    "^404",
    "404 not found",
    "error 404",
    "404 error",
    "| 404",
    "- 404",
    "page not found",
    "^not found",
    "file not found",
    "page cannot be found",
    "page can't be found",
    "page doesn't exist",
    "page does not exist",
    "no longer available",
    "no longer exists",
    "content not found",
    "nicht gefunden",
    "introuvable",
    "no encontrada",
    "non trovata",
    "não encontrada",
    "niet gevonden",
    "не найдена",
    "nie znaleziono",
    "页面不存在",
    "找不到",
    "未找到",
    "見つかりません",
    "찾을 수 없습니다",
    "bulunamadı",
    "غير موجودة",
];

/// What domains say that nobody uses.
const PARKED: &[&str] = &[
    "domain is for sale",
    "domain for sale",
    "domain name is for sale",
    "domain may be for sale",
    "buy this domain",
    "domain is parked",
    "parked domain",
    "domain parking",
    "domain has expired",
    "domain is available",
    "zu verkaufen",
    "domaine est à vendre",
    "域名出售",
];

/// Where domains are sold and parked.
const MARKETS: &[&str] = &[
    "sedo.com",
    "sedoparking.com",
    "dan.com",
    "hugedomains.com",
    "afternic.com",
    "bodis.com",
    "parkingcrew.net",
    "above.com",
    "buydomains.com",
    "domainmarket.com",
    "undeveloped.com",
    "parklogic.com",
    "skenzo.com",
    "atom.com",
    "squadhelp.com",
    "domains.squarespace.com",
];

/// What stands before a page: there is no telling what is behind.
const WALLS: &[&str] = &[
    "^just a moment",
    "attention required",
    "access denied",
    "^forbidden",
    "are you a robot",
    "are you human",
    "verify you are human",
    "security check",
    "captcha",
    "bot verification",
    "^sign in",
    "^log in",
    "^login",
    "^sign up",
    "log in or sign up",
    "cookies required",
    "temporarily unavailable",
    "under maintenance",
    "too many requests",
    "rate limit",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_alike_if_words_or_letters_are() {
        let least = LinksConfig::default().similarity.0;
        for (a, b) in [
            (
                "Rules of Machine Learning",
                "Rules of Machine Learning:  |  Google for Developers",
            ),
            (
                "Rules of Machine Learning: Best Practices for ML Engineering",
                "Rules of ML | Best practices for ML engineering",
            ),
            (
                "GitHub - o/r: An old description",
                "o/r: Something new altogether · GitHub",
            ),
            ("機械学習の規則", "機械学習の規則｜開発者"),
            (
                "Scaling Knowledge at Airbnb",
                "Scaling knowledge at Airbnb | by Chetan Sharma | Medium",
            ),
            (
                "Attention Is All You Need",
                "[1706.03762] Attention Is All You Need",
            ),
        ] {
            assert!(similarity(a, b) >= least, "{a} ~ {b}: {}", similarity(a, b));
        }
        for (a, b) in [
            ("Rules of Machine Learning", "Online casino bonus 2026"),
            (
                "Deep learning for fraud detection",
                "Best slots and betting tips for winners",
            ),
            ("機械学習の規則", "オンラインカジノ"),
            ("Машинное обучение", "Купить диплом"),
            ("Rules of Machine Learning", "Home"),
            ("Rules of Machine Learning", "example.org"),
        ] {
            assert!(similarity(a, b) < least, "{a} ≁ {b}: {}", similarity(a, b));
        }
        assert_eq!(similarity("a", "A"), 1.0);
    }

    #[test]
    fn domains_are_those_that_somebody_has_registered() {
        let domain = |url: &str| domain(&Url::parse(url).unwrap()).to_owned();
        assert_eq!(domain("https://a.b.example.co.uk/x"), "example.co.uk");
        assert_eq!(domain("https://me.github.io/"), "me.github.io");
        assert_eq!(domain("http://127.0.0.1:80/"), "127.0.0.1");
    }
}
