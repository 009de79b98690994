//! Copies in an archive, by the interface of the Wayback Machine.

use super::judge::domain;
use crate::ledger::{Copy, Day, Strikes};
use crate::web::{Ask, Outcome, Web};
use serde::Deserialize;
use url::Url;

/// What asking for a copy has brought.
#[derive(Debug, PartialEq)]
pub enum Found {
    /// A copy, which was seen to answer.
    Copy(Copy),
    /// There is none.
    None,
    /// There is no telling.
    Unknown,
}

/// How a known copy answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// As it should.
    There,
    /// It is gone.
    Gone,
    /// There is no telling.
    Unknown,
}

#[derive(Deserialize)]
struct Availability {
    archived_snapshots: Snapshots,
}

#[derive(Deserialize)]
struct Snapshots {
    closest: Option<Snapshot>,
}

#[derive(Deserialize)]
struct Snapshot {
    available: bool,
    url: String,
    timestamp: String,
    status: Option<String>,
}

// An archive's interfaces are made for programs; its robots.txt is about the
// copies as a whole.
const ASK: Ask<'_> = Ask {
    accept: "application/json,text/html;q=0.9,*/*;q=0.8",
    limit: 64 << 10,
    range: None,
    robots: false,
};

/// Looks up the copy of a page that is nearest to a day.
pub fn look_up(web: &Web, service: &str, page: &str, near: Day, today: Day) -> Found {
    let Ok(mut url) = Url::parse(service) else {
        return Found::None;
    };
    url.query_pairs_mut()
        .append_pair("url", page)
        .append_pair("timestamp", &near.compact());
    let answer = match web.get(&url, ASK, None).outcome {
        Outcome::Page(answer) if answer.code == 200 => answer,
        _ => return Found::Unknown,
    };
    let Ok(answer) = serde_json::from_slice::<Availability>(&answer.body) else {
        return Found::Unknown;
    };
    let Some(closest) = answer.archived_snapshots.closest else {
        return Found::None;
    };
    let good = closest.available && closest.status.is_none_or(|status| status.starts_with('2'));
    let copy = copy_at(&closest.url, &closest.timestamp, page, &url);
    match copy.filter(|_| good) {
        Some((copy, date)) => seen(web, &copy, date, today),
        // Whatever it names is no copy of this page.
        None => Found::None,
    }
}

/// Asks for a copy to be made.
pub fn save(web: &Web, service: &str, page: &str, today: Day) -> Found {
    let Ok(url) = Url::parse(&format!("{service}{page}")) else {
        return Found::None;
    };
    let fetched = web.get(&url, ASK, None);
    let Outcome::Page(answer) = fetched.outcome else {
        return Found::Unknown;
    };
    // It answers with the copy, by its address.
    let date = answer.url.path_segments().and_then(|mut parts| {
        parts.find_map(|part| {
            Some(part)
                .filter(|p| day_of(p).is_some())
                .map(str::to_owned)
        })
    });
    let copy = date.and_then(|date| copy_at(answer.url.as_str(), &date, page, &url));
    match copy {
        Some((copy, date)) if answer.code == 200 => Found::Copy(Copy {
            url: copy.into(),
            date,
            seen: today,
            strikes: Strikes::default(),
        }),
        _ => Found::Unknown,
    }
}

/// Looks at a copy that is known.
pub fn look_again(web: &Web, copy: &Copy) -> State {
    let Ok(url) = Url::parse(&copy.url) else {
        return State::Gone;
    };
    match web.get(&url, ASK, None).outcome {
        Outcome::Page(page) if page.code == 200 => State::There,
        Outcome::Page(page) if matches!(page.code, 404 | 410) => State::Gone,
        _ => State::Unknown,
    }
}

fn seen(web: &Web, url: &Url, date: Day, today: Day) -> Found {
    match web.get(url, ASK, None).outcome {
        Outcome::Page(page) if page.code == 200 => Found::Copy(Copy {
            url: url.as_str().to_owned(),
            date,
            seen: today,
            strikes: Strikes::default(),
        }),
        Outcome::Page(page) if matches!(page.code, 404 | 410) => Found::None,
        _ => Found::Unknown,
    }
}

/// The address of a copy and its day, if it is on the archive's site and a copy
/// of this page.
fn copy_at(copy: &str, timestamp: &str, page: &str, service: &Url) -> Option<(Url, Day)> {
    let mut copy = Url::parse(copy).ok()?;
    if domain(&copy) != domain(service) || !matches!(copy.scheme(), "http" | "https") {
        return None;
    }
    let bare = |url: &str| {
        let url = url.split_once("://").map_or(url, |(_, rest)| rest);
        url.trim_start_matches("www.")
            .trim_end_matches('/')
            .to_lowercase()
    };
    // The copy's address ends with the page's, with or without its scheme; a
    // port that is the scheme's own may be named.
    let named = copy
        .as_str()
        .replace(":80/", "/")
        .replace(":443/", "/")
        .to_lowercase();
    if !named.trim_end_matches('/').ends_with(&bare(page)) {
        return None;
    }
    // The interface names copies without encryption, and serves them with it.
    if service.scheme() == "https" && copy.port().is_none() {
        copy.set_scheme("https").ok()?;
    }
    Some((copy, day_of(timestamp)?))
}

/// The day of `20130919044612`.
fn day_of(timestamp: &str) -> Option<Day> {
    if !(8..=14).contains(&timestamp.len()) || !timestamp.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| timestamp.get(range)?.parse::<u16>().ok();
    Day::new(part(0..4)?, part(4..6)? as u8, part(6..8)? as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_on_the_archives_site_and_of_this_page() {
        let service = Url::parse("https://archive.org/wayback/available").unwrap();
        let copy = |url: &str, page: &str| {
            let copy = copy_at(url, "20130919044612", page, &service);
            copy.map(|(url, day)| format!("{day} {url}"))
        };
        let page = "https://example.org/a";
        assert_eq!(
            copy(
                "http://web.archive.org/web/20130919044612/http://www.example.org:80/a",
                page
            )
            .as_deref(),
            Some(
                "2013-09-19 https://web.archive.org/web/20130919044612/http://www.example.org:80/a"
            )
        );
        assert_eq!(
            copy("http://web.archive.org/web/2013/http://example.org/b", page),
            None
        );
        assert_eq!(
            copy("http://evil.example/web/2013/http://example.org/a", page),
            None
        );
        assert_eq!(copy("javascript:alert(1)//example.org/a", page), None);
        for timestamp in [
            "",
            "2013",
            "20131319044612",
            "2013-09-19",
            "201309190446120",
        ] {
            assert_eq!(day_of(timestamp), None, "{timestamp}");
        }
    }
}
