//! A new entry from an address: what the page says of itself, filled in.

use super::{Book, Given, check, create};
use crate::diagnostics::{Diagnostic, Report};
use crate::metadata::Found;
use crate::resources::draft::clean_url;
use crate::resources::{Draft, address};
use std::path::{Path, PathBuf};

/// What is asked for.
pub struct FromPage<'a> {
    /// The address: of the web, a DOI, or an identifier of arXiv.
    pub address: &'a str,
    /// The id, or none to make one.
    pub id: Option<&'a str>,
    /// What the command line says of the entry.
    pub given: &'a Given,
    /// Whether the page is not to be asked.
    pub offline: bool,
    /// Whether nothing is to be written.
    pub rehearsal: bool,
}

/// The new file.
pub struct Entry {
    /// Its path from the book's root.
    pub file: PathBuf,
    /// What it holds.
    pub text: String,
    /// What has still to be filled in.
    pub missing: Vec<&'static str>,
}

/// Writes an entry for what an address leads to, with what the page says of
/// itself. Where it cannot be asked, the reason is a warning, and the entry
/// holds what was given.
pub fn from_page(dir: &Path, page: &FromPage<'_>, report: &mut Report) -> Option<Entry> {
    let book = Book::load(dir, report)?;
    book.check_given(page.given, report)?;
    if let Some(id) = page.id {
        check(id, "an id", report)?;
    }
    let Some(address) = of_words(page.address) else {
        report.push(
            Diagnostic::error(format!("`{}` is neither an id nor an address", page.address))
                .hint("an address begins with https:// or http://; doi:10.1145/… and arXiv:1706.03762 will do too"),
        );
        return None;
    };
    refuse_known(&book, &address, report)?;
    let found = match page.offline {
        true => None,
        false => look(&book, &address)
            .map_err(|why| {
                let message = format!("`{address}` could not be read: {why}");
                let hint = "the entry holds what you gave; fill in the rest";
                report.push(Diagnostic::warning(message).hint(hint));
            })
            .ok(),
    };
    let mut draft = found.map(Found::draft).unwrap_or_default();
    // The identifiers are addresses that last.
    let lasting = address::doi(&address).is_some() || address::arxiv_id(&address).is_some();
    if lasting || draft.url.is_empty() {
        draft.url.clone_from(&address);
    }
    refuse_known(&book, &draft.url, report)?;
    draft.steps.clone_from(&page.given.steps);
    draft.topics.clone_from(&page.given.topics);
    draft.kind = page.given.kind.or(draft.kind);
    let taken = |id: &str| book.dir.join(book.resource_file(id)).exists();
    let id = match page.id {
        Some(id) => id.to_owned(),
        None => draft.id("", &taken),
    };
    let entry = Entry {
        file: book.resource_file(&id),
        text: draft.toml(),
        missing: Draft::missing(&draft),
    };
    (page.rehearsal || create(dir, &entry.file, &entry.text, report)).then_some(entry)
}

/// The address that a user means.
fn of_words(words: &str) -> Option<String> {
    let words = words.trim();
    if let Some(id) = address::arxiv_id(words) {
        return Some(format!("https://arxiv.org/abs/{id}"));
    }
    // That of a publisher's page stays what it is.
    if !words.contains("://")
        && let Some(doi) = address::of_doi(words)
    {
        return Some(doi);
    }
    let bare = !words.contains(':') && words.starts_with(|c: char| c.is_alphanumeric());
    let host = words.split('/').next().unwrap_or_default();
    let url = match bare && host.contains('.') {
        true => format!("https://{words}"),
        false => words.to_owned(),
    };
    clean_url(&address::without_tracking(&url))
}

/// Complains if an entry of the registry leads where an address leads.
fn refuse_known(book: &Book<'_>, address: &str, report: &mut Report) -> Option<()> {
    let known = book.known().remove(&address::canonical(address));
    let Some((id, place)) = known else {
        return Some(());
    };
    report.push(Diagnostic::error(format!("`{id}` of the registry leads there already")).at(place));
    None
}

#[cfg(not(feature = "links"))]
fn look(_: &Book<'_>, _: &str) -> Result<Found, String> {
    Err("this program was built without the feature `links`, which asks the network".into())
}

/// Asks the page. Of a DOI, its registry is asked, which answers with data.
#[cfg(feature = "links")]
fn look(book: &Book<'_>, address: &str) -> Result<Found, String> {
    use crate::metadata;
    use crate::repository::Repository;
    use crate::web::{self, Ask, Outcome, Web};
    use url::Url;

    let repository = Repository::from_config(&book.config);
    let hosts = book.booklet.links.hosts.iter();
    let web = Web::real(web::Options {
        user_agent: web::user_agent(repository.as_ref().map(Repository::address)),
        private: hosts
            .filter(|(_, set)| set.private)
            .map(|(host, _)| host.clone())
            .collect(),
        ..web::Options::default()
    });
    let doi = address::doi(address).and_then(|doi| address::of_doi(&doi));
    let ask = match &doi {
        Some(_) => Ask {
            accept: "application/vnd.citationstyles.csl+json",
            range: None,
            robots: false,
            ..Ask::default()
        },
        None => Ask::default(),
    };
    let url = doi.as_deref().unwrap_or(address);
    let url = Url::parse(url).map_err(|error| error.to_string())?;
    let page = match web.get(&url, ask, None).outcome {
        Outcome::Page(page) => page,
        Outcome::Trouble(trouble) => return Err(trouble.words().into()),
        Outcome::Left => return Err("the server asks to be left alone for now".into()),
    };
    if !(200..300).contains(&page.code) {
        return Err(format!("the answer is {}", page.code));
    }
    match doi {
        Some(_) => metadata::of_csl(&page.text()).ok_or_else(|| "the answer is no CSL-JSON".into()),
        None if page.is_html() => Ok(metadata::of_html(&page.text(), &page.url)),
        None => {
            let kind = page.media_type.as_deref().unwrap_or("of no known type");
            Err(format!("it is no HTML but {kind}"))
        }
    }
}
