//! What a page says of itself: the data for a new entry.
//!
//! A page is a stranger's. What it says is cleaned and bounded, nothing in it is
//! followed or run, and its description is not taken over: what a reader gets
//! from it, an entry says in its author's own words.
//!
//! | Taken from | Title | Authors | Year | Kind |
//! | --- | --- | --- | --- | --- |
//! | Highwire and Dublin Core tags, as journals and arXiv have them | `citation_title` | `citation_author` | `citation_date` | paper, book |
//! | JSON-LD | `headline` or `name` | `author` | `datePublished` | by `@type` |
//! | Open Graph and plain tags | `og:title` | `author` | `article:published_time` | by `og:type` |
//! | the page itself | `<title>` | | | by its host |

mod json_ld;
mod tags;

use crate::references::import::year;
use crate::resources::draft::{LINE, clean, clean_url};
use crate::resources::{Draft, Kind, address};
use json_ld::Thing;
use tags::Tags;
use url::Url;

/// How many authors of a page are kept.
const AUTHORS: usize = 100;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// What it is called; empty if it does not say.
    pub title: String,
    /// Who made it, in natural order.
    pub authors: Vec<String>,
    /// The company or institution behind it.
    pub organization: Option<String>,
    /// When it appeared.
    pub year: Option<u16>,
    /// What it is, as far as can be told.
    pub kind: Option<Kind>,
    /// Its own address.
    pub url: String,
}

impl Found {
    /// An entry with what was found.
    pub fn draft(self) -> Draft {
        Draft {
            title: self.title,
            authors: self.authors,
            organization: self.organization,
            year: self.year,
            kind: self.kind,
            url: self.url,
            ..Draft::default()
        }
    }
}

/// Reads an item of CSL-JSON, as the registries of DOIs answer.
pub fn of_csl(json: &str) -> Option<Found> {
    let draft = crate::references::import::of_item(json)?;
    Some(Found {
        title: draft.title,
        authors: draft.authors,
        organization: draft.organization,
        year: draft.year,
        kind: draft.kind,
        url: draft.url,
    })
}

/// Reads the HTML that an address has answered with.
pub fn of_html(html: &str, url: &Url) -> Found {
    let tags = Tags::read(html);
    let thing = tags.scripts.iter().filter_map(|json| Thing::read(json));
    // The one that says most about what it is.
    let thing = thing.max_by_key(Thing::rank).unwrap_or_default();
    let first = |names: &[&str]| tags.first(names).map(|text| clean(text, LINE));
    let some = |text: String| Some(clean(&text, LINE)).filter(|text| !text.is_empty());

    let kind = kind(&tags, &thing, url);
    let site =
        first(&["og:site_name", "application-name"]).or(thing.publisher.clone().and_then(some));
    let title = first(&[
        "citation_title",
        "citation_book_title",
        "dc.title",
        "dcterms.title",
    ])
    .or_else(|| some(thing.title.clone()?))
    .or_else(|| first(&["og:title", "twitter:title"]))
    .or_else(|| some(tags.title.clone()?))
    .map(|title| without_site(&title, site.as_deref()))
    .unwrap_or_default();
    let organization = match kind {
        // The journal or archive is not behind the paper.
        Kind::Paper => first(&["citation_technical_report_institution"]),
        Kind::Book => first(&["citation_publisher", "dc.publisher"]).or(site),
        _ => site,
    };
    let mut authors = authors(&tags, &thing);
    if authors.is_empty() {
        authors.extend(organization.clone());
    }
    let date = tags
        .first(&[
            "citation_publication_date",
            "citation_date",
            "citation_online_date",
            "citation_year",
            "dc.date",
            "dcterms.issued",
            "article:published_time",
            "og:article:published_time",
            "datepublished",
            "date",
            "publish-date",
        ])
        .or(thing.date.as_deref());
    Found {
        title,
        authors,
        organization,
        year: date.and_then(year),
        kind: Some(kind),
        url: own_address(&tags, url),
    }
}

/// Where the page wants to be found, if that is on the same host: what another
/// one says of itself is not for this page to say.
fn own_address(tags: &Tags, url: &Url) -> String {
    let same_host = |other: &Url| {
        let bare = |url: &Url| {
            let host = url.host_str().unwrap_or_default();
            host.strip_prefix("www.").unwrap_or(host).to_owned()
        };
        bare(other) == bare(url)
    };
    let claimed = tags
        .canonical
        .as_deref()
        .or_else(|| tags.first(&["og:url"]));
    let claimed = claimed.and_then(|claimed| url.join(claimed.trim()).ok());
    let claimed = claimed.filter(|claimed| same_host(claimed));
    // A site whose every page claims to be its front page says nothing.
    let claimed = claimed.filter(|claimed| claimed.path() != "/" || url.path() == "/");
    let found = claimed.unwrap_or_else(|| url.clone());
    let found = address::without_tracking(found.as_str());
    match address::arxiv_id(&found) {
        Some(id) => format!("https://arxiv.org/abs/{id}"),
        None => clean_url(&found).unwrap_or_default(),
    }
}

fn authors(tags: &Tags, thing: &Thing) -> Vec<String> {
    let named = |names: &[&str]| -> Vec<String> {
        let all = tags.all(names);
        // “Family, Given”, as these tags have it.
        all.map(|name| match name.split_once(',') {
            Some((family, given)) if !given.contains(',') => format!("{given} {family}"),
            _ => name.to_owned(),
        })
        .collect()
    };
    let several = || -> Vec<String> {
        let all = tags.first(&["citation_authors"]).unwrap_or_default();
        all.split(';').map(str::to_owned).collect()
    };
    let plain = || -> Vec<String> {
        let all = tags.all(&["author", "article:author", "byl", "parsely-author"]);
        all.map(|name| name.trim().trim_start_matches("By ").to_owned())
            .collect()
    };
    let tidy = |names: Vec<String>| -> Vec<String> {
        let mut out = Vec::new();
        let names = names.iter().map(|name| clean(name, LINE));
        // Some sites give the address of a profile, or a handle, as the name.
        for name in names.filter(|n| !n.is_empty() && !n.contains("://") && !n.starts_with('@')) {
            if !out.contains(&name) && out.len() < AUTHORS {
                out.push(name);
            }
        }
        out
    };
    [
        tidy(named(&["citation_author", "dc.creator", "dcterms.creator"])),
        tidy(several()),
        tidy(thing.authors.clone()),
        tidy(plain()),
    ]
    .into_iter()
    .find(|names| !names.is_empty())
    .unwrap_or_default()
}

fn kind(tags: &Tags, thing: &Thing, url: &Url) -> Kind {
    let has = |names: &[&str]| tags.first(names).is_some();
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let deep = url
        .path_segments()
        .is_some_and(|mut parts| parts.nth(1).is_some_and(|p| !p.is_empty()));
    if has(&["citation_isbn", "citation_book_title", "book:isbn"])
        && !has(&["citation_conference_title"])
    {
        return Kind::Book;
    }
    if has(&["citation_title"]) || address::arxiv_id(url.as_str()).is_some() {
        return Kind::Paper;
    }
    if let Some(kind) = thing.kind {
        return kind;
    }
    match tags.first(&["og:type"]).unwrap_or_default() {
        "book" | "books.book" => return Kind::Book,
        kind if kind.starts_with("video") => return Kind::Talk,
        _ => {}
    }
    match host {
        "github.com" | "gitlab.com" | "codeberg.org" | "pypi.org" | "crates.io" if deep => {
            Kind::Tool
        }
        "youtube.com" | "youtu.be" | "vimeo.com" | "slideshare.net" | "speakerdeck.com" => {
            Kind::Talk
        }
        "kaggle.com" if url.path().starts_with("/datasets") => Kind::Dataset,
        "coursera.org" | "edx.org" => Kind::Course,
        host if host.starts_with("docs.") || host.ends_with(".readthedocs.io") => {
            Kind::Documentation
        }
        _ => Kind::Article,
    }
}

/// A title without the name of its site behind it.
fn without_site(title: &str, site: Option<&str>) -> String {
    let Some(site) = site.filter(|site| !site.is_empty()) else {
        return title.to_owned();
    };
    for dash in [" | ", " - ", " – ", " — ", " · ", " :: ", " • "] {
        if let Some(rest) = title
            .strip_suffix(site)
            .and_then(|rest| rest.strip_suffix(dash))
            && !rest.trim().is_empty()
        {
            return rest.trim().to_owned();
        }
    }
    title.to_owned()
}

#[cfg(test)]
mod tests;
