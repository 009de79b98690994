//! An entry that is still to be written: what is known of it, and its file.
//!
//! What comes from a page or from another program is cleaned here and reaches
//! the file through TOML's own writer, so nothing in it can break out.

use super::Kind;
use crate::toml_text::array;

/// How long a line of text may get, in characters.
pub const LINE: usize = 300;
/// How long a description may get.
pub const TEXT: usize = 1000;
/// How many names are kept.
pub const NAMES: usize = 500;

/// What is known of a resource.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// What it is called.
    pub title: String,
    /// Who made it.
    pub authors: Vec<String>,
    /// The company or institution behind it.
    pub organization: Option<String>,
    /// When it appeared.
    pub year: Option<u16>,
    /// What it is.
    pub kind: Option<Kind>,
    /// Where it is.
    pub url: String,
    /// A recorded copy.
    pub archive: Option<String>,
    /// The steps it is about.
    pub steps: Vec<String>,
    /// Its topics.
    pub topics: Vec<String>,
    /// What a reader gets from it.
    pub why: String,
}

impl Draft {
    /// The registry file. What is not known is left empty in it, and `check`
    /// asks for it.
    ///
    /// ```text
    /// title = "Rules of Machine Learning"
    /// authors = ["Martin Zinkevich"]
    /// organization = "Google"
    /// year = 2017
    /// kind = "documentation"
    /// url = "https://…"
    /// steps = ["project-setup"]
    /// topics = []
    /// # One line in your own words: what does a reader get from it?
    /// why = ""
    /// ```
    pub fn toml(&self) -> String {
        let mut out = format!("title = {}\n", value(&self.title));
        let authors = match self.authors.is_empty() {
            true => array(&[String::new()]),
            false => array(&self.authors),
        };
        out.push_str(&format!("authors = {authors}\n"));
        if let Some(organization) = &self.organization {
            out.push_str(&format!("organization = {}\n", value(organization)));
        }
        match self.year {
            Some(year) => out.push_str(&format!("year = {year}\n")),
            None => out.push_str("# year = \n"),
        }
        if self.kind.is_none() {
            out.push_str(&format!("# {}\n", Kind::NAMES.join(", ")));
        }
        let kind = self.kind.unwrap_or(Kind::Article);
        out.push_str(&format!("kind = {}\n", value(kind.name())));
        out.push_str(&format!("url = {}\n", value(&self.url)));
        if let Some(archive) = &self.archive {
            out.push_str(&format!("archive = {}\n", value(archive)));
        }
        out.push_str(&format!("steps = {}\n", array(&self.steps)));
        out.push_str(&format!("topics = {}\n", array(&self.topics)));
        if self.why.is_empty() {
            out.push_str("# One line in your own words: what does a reader get from it?\n");
        }
        out.push_str(&format!("why = {}\n", value(&self.why)));
        out
    }

    /// What an author has still to fill in, in the words of the file.
    pub fn missing(&self) -> Vec<&'static str> {
        [
            ("title", self.title.is_empty()),
            ("authors", self.authors.is_empty()),
            ("year", self.year.is_none()),
            ("url", self.url.is_empty()),
            ("why", self.why.is_empty()),
        ]
        .into_iter()
        .filter_map(|(key, missing)| missing.then_some(key))
        .collect()
    }
}

fn value(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// Text from outside in one line: without control characters and such as turn
/// the direction of what follows or are not seen at all, and not without end.
pub fn clean(text: &str, limit: usize) -> String {
    let unseen = |c: char| {
        matches!(c,
            '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
    };
    let kept: String = text
        .chars()
        .filter(|c| c.is_whitespace() || !c.is_control() && !unseen(*c))
        .collect();
    let words: Vec<_> = kept.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(limit) {
        Some((end, _)) => line[..end].trim_end().to_owned() + "…",
        None => line,
    }
}

/// An address from outside, if it is one that an entry may have.
pub fn clean_url(url: &str) -> Option<String> {
    let url = url.trim();
    let parsed = url::Url::parse(url).ok()?;
    if !matches!(parsed.scheme(), "http" | "https") || url.len() > 2000 {
        return None;
    }
    let odd =
        |c: char| c.is_whitespace() || c.is_control() || "<>\"`\\".contains(c) || !c.is_ascii();
    Some(match url.contains(odd) {
        true => parsed.to_string(),
        false => url.to_owned(),
    })
    .filter(|url| !url.contains(|c: char| "<>\"`\\".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Report, Source};
    use crate::resources::Resource;
    use proptest::prelude::*;

    proptest! {
        /// Whatever a page says, the file says it too and nothing else.
        #[test]
        fn nothing_breaks_out_of_the_file(title in "\\PC{1,40}|[\"'\\\\\n\r\t=#\\[\\]]{1,20}x", author in "[\"'\\\\\u{202e}a]{0,9}b") {
            let draft = Draft {
                title: clean(&title, LINE),
                authors: vec![clean(&author, LINE)],
                year: Some(2020),
                url: "https://example.org/".into(),
                why: "\"\"\"'''\\".into(),
                ..Draft::default()
            };
            prop_assume!(!draft.title.is_empty());
            let source = Source::file("a.toml", draft.toml());
            let mut report = Report::default();
            let read = Resource::parse("a", &source, &[], &mut report);
            prop_assert!(report.is_empty(), "{report:?}");
            let read = read.unwrap();
            prop_assert_eq!(read.title, draft.title);
            prop_assert_eq!(read.authors, draft.authors);
            prop_assert_eq!(read.why, draft.why);
        }
    }

    #[test]
    fn text_from_outside_is_one_line() {
        assert_eq!(
            clean(" a\u{0}\u{1b}[31m\n\u{202e}b\u{200b}c ", 99),
            "a[31m bc"
        );
        assert_eq!(clean("a b c d", 3), "a b…");
        assert_eq!(clean("日本語", 3), "日本語");
    }

    #[test]
    fn addresses_from_outside() {
        for (from, to) in [
            (
                " https://example.org/a?b#c ",
                Some("https://example.org/a?b#c"),
            ),
            (
                "https://example.org/ä b",
                Some("https://example.org/%C3%A4%20b"),
            ),
            (
                "https://example.org/?\"<>",
                Some("https://example.org/?%22%3C%3E"),
            ),
            ("javascript:alert(1)", None),
            ("/a", None),
            ("https://", None),
        ] {
            assert_eq!(clean_url(from).as_deref(), to, "{from}");
        }
    }
}
