//! Where a link's destination leads, seen from the file it stands in.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// A destination, sorted by kind. Paths are relative to the book's source
/// folder, with `/` between their parts, percent-decoded and normalized.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dest {
    /// Has a scheme or names a host: `https://…`, `mailto:…`, `//host/…`.
    External,
    /// A place in the same file.
    Fragment(String),
    /// A file of the book, or what stands for one, with its fragment.
    Path {
        /// The file.
        path: String,
        /// What follows `#`, if anything.
        fragment: Option<String>,
    },
    /// An address from the root of the site, `/…`: not ours to judge.
    Root,
    /// A path that climbs out of the book.
    Outside,
}

impl Dest {
    /// Sorts the destination `dest` of a link in the file `from`.
    pub fn parse(dest: &str, from: &str) -> Self {
        if scheme(dest).is_some() || dest.starts_with("//") {
            return Self::External;
        }
        if dest.starts_with('/') {
            return Self::Root;
        }
        let (path, fragment) = match dest.split_once('#') {
            Some((path, fragment)) => (path, Some(decode(fragment))),
            None => (dest, None),
        };
        let path = path.split('?').next().unwrap_or_default();
        match (path.is_empty(), fragment) {
            (true, Some(fragment)) => Self::Fragment(fragment),
            // An empty destination leads to the page it stands on.
            (true, None) => Self::Fragment(String::new()),
            (false, fragment) => match join(parent(from), &decode(path)) {
                Some(path) => Self::Path { path, fragment },
                None => Self::Outside,
            },
        }
    }
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The scheme of an absolute URL, as mdBook and RFC 3986 (section 3.1) know it.
pub fn scheme(dest: &str) -> Option<&str> {
    let (scheme, _) = dest.split_once(':')?;
    let mut chars = scheme.chars();
    let starts = chars.next()?.is_ascii_alphabetic();
    let rest = chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    (starts && rest).then_some(scheme)
}

/// The schemes whose links are kept: none of these runs anything or reaches
/// into the reader's machine.
const SCHEMES: &[&str] = &[
    "http", "https", "mailto", "tel", "ftp", "ftps", "news", "irc", "ircs", "matrix", "doi", "urn",
];

/// Whether an address can be followed from anywhere, and safely.
pub fn is_safe(url: &str) -> bool {
    let scheme = scheme(url).map(str::to_ascii_lowercase);
    scheme.is_some_and(|scheme| SCHEMES.contains(&scheme.as_str()))
}

/// A path or a fragment as an address writes it.
pub fn encoded(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// What cannot stand in a path of an address (<https://url.spec.whatwg.org/#path-percent-encode-set>).
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// The folder of a file; empty for a file at the top.
pub fn parent(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A relative path put behind a folder; none if it climbs out of the book.
pub fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The path of the file `to` as a link in the file `from` writes it.
pub fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = parent(from).split('/').filter(|p| !p.is_empty()).collect();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from
        .iter()
        .zip(&to[..to.len() - 1])
        .take_while(|(a, b)| a == b)
        .count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    let path: Vec<&str> = up.chain(to[shared..].iter().copied()).collect();
    // A name with a colon would read as a scheme.
    match scheme(path[0]) {
        Some(_) => format!("./{}", path.join("/")),
        None => path.join("/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(path: &str, fragment: Option<&str>) -> Dest {
        Dest::Path {
            path: path.into(),
            fragment: fragment.map(Into::into),
        }
    }

    #[test]
    fn destinations_are_sorted_by_kind() {
        let parse = |dest| Dest::parse(dest, "a/b.md");
        assert_eq!(parse("https://x.org/y.md"), Dest::External);
        assert_eq!(parse("mailto:a@b.org"), Dest::External);
        assert_eq!(parse("JavaScript:alert(1)"), Dest::External);
        assert_eq!(parse("//host/x"), Dest::External);
        assert_eq!(parse("/x.md"), Dest::Root);
        assert_eq!(parse("#top"), Dest::Fragment("top".into()));
        assert_eq!(parse(""), Dest::Fragment("".into()));
        assert_eq!(parse("c.md"), path("a/c.md", None));
        assert_eq!(parse("../c%20d.md#e%C3%A9"), path("c d.md", Some("eé")));
        assert_eq!(parse("./../a/./c.md?x#"), path("a/c.md", Some("")));
        assert_eq!(parse("../../etc/passwd"), Dest::Outside);
        assert_eq!(parse("%2e%2e/%2e%2e/x"), Dest::Outside);
    }

    #[test]
    fn relative_is_the_way_back() {
        for (from, to, expected) in [
            ("a.md", "b.md", "b.md"),
            ("a/b.md", "c.md", "../c.md"),
            ("a/b.md", "a/c.md", "c.md"),
            ("a/b/c.md", "a/d/e.md", "../d/e.md"),
            ("a.md", "a/b.md", "a/b.md"),
            ("a.md", "x:y.md", "./x:y.md"),
        ] {
            assert_eq!(relative(from, to), expected);
            assert_eq!(join(parent(from), expected).unwrap(), to);
        }
    }
}
