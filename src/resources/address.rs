//! When two addresses lead to the same thing.
//!
//! Each address has a canonical form, which is an address too: two lead to the
//! same thing if their forms are equal. What tells apart is kept; what only says
//! how one came there is dropped.
//!
//! | Written | Canonical |
//! | --- | --- |
//! | `http://www.Example.org:80/a/?utm_source=x#top` | `https://example.org/a` |
//! | `https://arxiv.org/pdf/1706.03762v5.pdf` | `https://arxiv.org/abs/1706.03762` |
//! | `doi:10.1145/2347736.2347755`, `https://dl.acm.org/doi/pdf/10.1145/…` | `https://doi.org/10.1145/2347736.2347755` |
//! | `https://blog.example.org/some-post-9dafcbcef743` | `https://medium.com/p/9dafcbcef743` |

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::Url;

/// The canonical form of an address; what is no address of the web stays as it
/// is. The form of a form is itself.
pub fn canonical(address: &str) -> String {
    let address = address.trim();
    if let Some(id) = arxiv_id(address) {
        return format!("https://arxiv.org/abs/{id}");
    }
    if let Some(doi) = doi(address) {
        return format!("https://doi.org/{}", encoded(&doi));
    }
    match web(address) {
        Some(url) => post(&url)
            .or_else(|| video(&url))
            .unwrap_or_else(|| plain(&url)),
        None => address.to_owned(),
    }
}

/// The arXiv identifier of an address or of text like `arXiv:1706.03762v5`,
/// without its version.
pub fn arxiv_id(address: &str) -> Option<String> {
    let address = address.trim();
    if let Some(rest) = without(address, "arxiv:") {
        return identifier(rest);
    }
    if let Some(doi) = any_doi(address) {
        return identifier(without(&doi, "10.48550/arxiv.")?);
    }
    let url = web(address)?;
    let host = host(&url);
    let ours = host == "arxiv.org" || host.ends_with(".arxiv.org");
    if !ours && !matches!(&*host, "ar5iv.org" | "ar5iv.labs.arxiv.org") {
        return None;
    }
    let path = path(&url);
    let mut parts = path.trim_matches('/').splitn(2, '/');
    let what = parts.next()?;
    let forms = ["abs", "pdf", "html", "ps", "format", "src", "e-print"];
    forms.contains(&what).then(|| identifier(parts.next()?))?
}

/// The DOI of an address or of text like `doi:10.1145/2347736.2347755`, in
/// lower case, which tells no two apart. That of a paper on arXiv is none:
/// there the identifier says all.
pub fn doi(address: &str) -> Option<String> {
    any_doi(address.trim()).filter(|doi| without(doi, "10.48550/arxiv.").is_none())
}

/// What text of the form `10.1145/2347736.2347755` is called, as an address.
pub fn of_doi(doi: &str) -> Option<String> {
    let doi = without(doi.trim(), "doi:").unwrap_or(doi).trim();
    let doi = match web(doi) {
        Some(_) => any_doi(doi)?,
        // As it is written, which reads better than in small letters.
        None => valid_doi(doi).map(|_| doi.trim_end_matches('/').to_owned())?,
    };
    Some(format!("https://doi.org/{}", encoded(&doi)))
}

/// An address without the parameters that say where a reader came from.
pub fn without_tracking(address: &str) -> String {
    let Some(url) = web(address) else {
        return address.to_owned();
    };
    let (rest, fragment) = match address.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (address, None),
    };
    let Some((path, query)) = rest.split_once('?') else {
        return address.to_owned();
    };
    let host = host(&url);
    let pairs: Vec<_> = query.split('&').collect();
    let kept: Vec<_> = pairs
        .iter()
        .copied()
        .filter(|pair| !is_tracking(pair, &host))
        .collect();
    if kept.len() == pairs.len() {
        return address.to_owned();
    }
    let mut out = path.to_owned();
    if !kept.is_empty() {
        out = format!("{out}?{}", kept.join("&"));
    }
    match fragment {
        Some(fragment) => format!("{out}#{fragment}"),
        None => out,
    }
}

/// Words that stand before a DOI in the addresses of publishers.
const BEFORE_DOI: &[&str] = &[
    "abs",
    "article",
    "articles",
    "book",
    "chapter",
    "citation",
    "content",
    "doi",
    "epdf",
    "epub",
    "full",
    "fullhtml",
    "pdf",
    "pdfdirect",
    "proceedings",
    "reader",
];
/// Words that stand behind one.
const AFTER_DOI: &[&str] = &["/abstract", "/epdf", "/full", "/pdf", ".pdf"];

fn any_doi(address: &str) -> Option<String> {
    if let Some(rest) = without(address, "doi:") {
        return valid_doi(rest.trim());
    }
    let url = web(address)?;
    let path = decoded(&path(&url));
    if matches!(&*host(&url), "doi.org" | "dx.doi.org") {
        return valid_doi(path.trim_start_matches('/'));
    }
    let path = path.to_ascii_lowercase();
    let (before, _) = path.split_once("/10.")?;
    let mut words = before.split('/').filter(|word| !word.is_empty()).peekable();
    words.peek()?;
    if !words.all(|word| BEFORE_DOI.contains(&word)) {
        return None;
    }
    let doi = &path[before.len() + 1..];
    let end = AFTER_DOI.iter().find_map(|end| doi.strip_suffix(end));
    valid_doi(end.unwrap_or(doi))
}

/// A DOI in lower case: `10.`, the number of who gave it, `/`, its name.
fn valid_doi(text: &str) -> Option<String> {
    let text = text.trim_end_matches('/').to_ascii_lowercase();
    let (who, name) = text.strip_prefix("10.")?.split_once('/')?;
    let number = who.split('.').next().unwrap_or_default();
    let valid = (4..=9).contains(&number.len())
        && who.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && !name.is_empty()
        && !name.starts_with('/')
        && !name.contains(|c: char| c.is_whitespace() || c.is_control());
    valid.then_some(text)
}

/// `1706.03762`, `math/0309136`: what names a paper on arXiv, without version,
/// file ending and class.
fn identifier(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('/').to_ascii_lowercase();
    let text = text.strip_suffix(".pdf").unwrap_or(&text);
    let digits = |text: &str, lengths: &[usize]| {
        lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    let unversioned = match text.rsplit_once('v') {
        Some((id, version)) if digits(version, &[1, 2]) => id,
        _ => text,
    };
    match unversioned.split_once('/') {
        Some((archive, number)) => {
            let archive = archive.split('.').next().unwrap_or_default();
            let named =
                !archive.is_empty() && archive.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
            (named && digits(number, &[7])).then(|| format!("{archive}/{number}"))
        }
        None => {
            let (month, number) = unversioned.split_once('.')?;
            (digits(month, &[4]) && digits(number, &[4, 5])).then(|| unversioned.to_owned())
        }
    }
}

/// A post on Medium. It stands under its author, under its publication and
/// under a domain of theirs, always with the same twelve digits at its end;
/// where these are those of no UUID, no other site has them too.
fn post(url: &Url) -> Option<String> {
    let host = host(url);
    let path = path(url);
    let parts: Vec<_> = path.split('/').filter(|part| !part.is_empty()).collect();
    let medium = host == "medium.com" || host.ends_with(".medium.com");
    let last = parts.last()?;
    let (slug, id) = last.rsplit_once('-').unwrap_or(("", last));
    let hexadecimal = |id: &str| id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let named = hexadecimal(id)
        && match medium {
            true => (8..=12).contains(&id.len()) && (!slug.is_empty() || parts == ["p", *last]),
            // A time or a number of an article has no letters.
            false => {
                id.len() == 12
                    && !slug.is_empty()
                    && id.bytes().any(|b| b.is_ascii_lowercase())
                    && id.bytes().any(|b| b.is_ascii_digit())
                    && !is_uuid(last)
                    && (parts.len() == 1 || parts.len() == 2 && parts[0].starts_with('@'))
            }
        };
    named.then(|| format!("https://medium.com/p/{id}"))
}

/// Whether a name ends in a UUID, of which many end alike.
fn is_uuid(name: &str) -> bool {
    let groups: Vec<_> = name.rsplit('-').take(5).collect();
    let lengths: Vec<_> = groups.iter().map(|group| group.len()).collect();
    matches!(lengths.as_slice(), [12, 4, 4, 4, 8])
}

/// A video on YouTube.
fn video(url: &Url) -> Option<String> {
    let host = host(url);
    let path = path(url);
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let id = match (&*host, parts.next()) {
        ("youtu.be", Some(id)) => id.to_owned(),
        ("youtube.com" | "m.youtube.com", Some("watch")) => {
            let mut pairs = url.query_pairs();
            pairs.find(|(key, _)| key == "v")?.1.into_owned()
        }
        (
            "youtube.com" | "m.youtube.com" | "youtube-nocookie.com",
            Some("embed" | "live" | "shorts" | "v"),
        ) => parts.next()?.to_owned(),
        _ => return None,
    };
    let valid = id.len() == 11
        && id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    (valid && parts.next().is_none()).then(|| format!("https://youtube.com/watch?v={id}"))
}

/// Any other address.
fn plain(url: &Url) -> String {
    let mut out = String::from("https://");
    if !url.username().is_empty() {
        out.push_str(url.username());
        if let Some(password) = url.password() {
            out.push(':');
            out.push_str(password);
        }
        out.push('@');
    }
    let host = host(url);
    out.push_str(&host);
    if let Some(port) = url.port().filter(|port| !matches!(port, 80 | 443)) {
        out.push_str(&format!(":{port}"));
    }
    let path = path(url);
    out.push_str(&path);
    let kept = url.query().unwrap_or_default().split('&');
    let kept: Vec<_> = kept
        .filter(|pair| !pair.is_empty() && !is_tracking(pair, &host))
        .map(normal)
        .collect();
    if !kept.is_empty() {
        out.push_str(if path.is_empty() { "/?" } else { "?" });
        out.push_str(&kept.join("&"));
    }
    // Where a script shows other pages, the fragment names them.
    if let Some(route) = url.fragment().filter(|f| f.starts_with(['!', '/']))
        && route.len() > 1
    {
        if path.is_empty() && kept.is_empty() {
            out.push('/');
        }
        out.push('#');
        out.push_str(&normal(route));
    }
    out
}

/// Parameters that say where a reader comes from.
const TRACKING: &[&str] = &[
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "cmpid",
    "dclid",
    "fbclid",
    "gbraid",
    "gclid",
    "gclsrc",
    "hsctatracking",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ref",
    "ref_",
    "ref_src",
    "ref_url",
    "s_cid",
    "trk",
    "twclid",
    "vero_id",
    "wbraid",
    "yclid",
];

fn is_tracking(pair: &str, host: &str) -> bool {
    let key = pair.split('=').next().unwrap_or_default();
    let key = decoded(key).to_ascii_lowercase();
    // There, it names a branch.
    let branch = key == "ref"
        && ["github.com", "gitlab.com"]
            .iter()
            .any(|forge| host == *forge || host.ends_with(&format!(".{forge}")));
    (key.starts_with("utm_") || TRACKING.contains(&key.as_str())) && !branch
}

/// An address of the web.
fn web(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

/// The host without `www.` and the full stop of the root.
fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let mut host = match host.trim_end_matches('.') {
        "" => host,
        named => named,
    };
    while let Some(rest) = host.strip_prefix("www.").filter(|rest| rest.contains('.')) {
        host = rest;
    }
    host.to_owned()
}

/// The path without what stands for a folder itself.
fn path(url: &Url) -> String {
    let path = normal(url.path());
    let mut path = path.trim_end_matches('/');
    while let Some(folder) = ["/index.html", "/index.htm"]
        .iter()
        .find_map(|index| path.strip_suffix(index))
    {
        path = folder.trim_end_matches('/');
    }
    path.to_owned()
}

/// What follows a prefix, whose letters may be small or capital.
fn without<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// Percent-encoding in one way (RFC 3986, section 6.2.2): none of what needs
/// none, and capital letters in the rest.
fn normal(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |i: usize| char::from(*bytes.get(i)?).to_digit(16);
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                let byte = (high * 16 + low) as u8;
                match byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                    true => out.push(byte),
                    false => out.extend(format!("%{byte:02X}").bytes()),
                }
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// A DOI as the path of an address.
fn encoded(doi: &str) -> String {
    const DOI: &percent_encoding::AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~')
        .remove(b'/')
        .remove(b':')
        .remove(b';')
        .remove(b'(')
        .remove(b')');
    utf8_percent_encode(doi, DOI).to_string()
}

#[cfg(test)]
mod tests;
