//! Ids in the style of the registry: a few words that a person would remember.

use super::{Draft, Kind, is_slug};
use unicode_normalization::UnicodeNormalization;

/// How long an id gets, in bytes.
const LENGTH: usize = 32;
/// How many words it has.
const WORDS: usize = 4;
/// Words that say nothing.
const STOP_WORDS: &[&str] = &[
    "a", "about", "an", "and", "are", "as", "at", "by", "can", "do", "for", "from", "how", "in",
    "into", "is", "it", "its", "of", "on", "or", "our", "s", "that", "the", "their", "this", "to",
    "toward", "towards", "using", "via", "we", "what", "when", "why", "with", "you", "your",
];

impl Draft {
    /// An id for the entry that is not yet `taken`.
    ///
    /// A name that the entry has already stays if it is one that a person would
    /// give. Otherwise the id is made of the title up to its colon, behind the
    /// name of the company for what a company tells of itself; then, if it must
    /// be told apart, of the first author's name, the year, a number.
    pub fn id(&self, name: &str, taken: &dyn Fn(&str) -> bool) -> String {
        let mut candidates = Vec::new();
        if is_slug(name) && name.len() <= 2 * LENGTH && !is_citation_key(name) {
            candidates.push(name.to_owned());
        }
        let base = self.words();
        candidates.push(base.clone());
        let author = self.authors.first().map(|author| slug(author));
        let family = author.as_deref().and_then(|a| a.rsplit('-').next());
        if let Some(family) = family.filter(|family| !family.is_empty()) {
            candidates.push(format!("{base}-{family}"));
        }
        if let Some(year) = self.year {
            candidates.push(format!("{base}-{year}"));
        }
        let numbered = (2..).map(|n: u32| format!("{base}-{n}"));
        candidates
            .into_iter()
            .chain(numbered)
            .find(|id| is_slug(id) && !taken(id))
            .expect("numbers do not end")
    }

    fn words(&self) -> String {
        let head = self.title.split([':', '—', '–', '?', '(']).next();
        let head = slug(head.unwrap_or_default());
        let head = match head.is_empty() {
            true => slug(&self.title),
            false => head,
        };
        let words = head.split('-').filter(|word| !STOP_WORDS.contains(word));
        let mut words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            words = head.split('-').filter(|word| !word.is_empty()).collect();
        }
        let company = match self.kind {
            Some(Kind::CaseStudy | Kind::Article) => self.organization.as_deref(),
            _ => None,
        };
        let company = slug(company.unwrap_or_default());
        let company = company.split('-').next().unwrap_or_default();
        if !company.is_empty() && !words.contains(&company) {
            words.insert(0, company);
        }
        let mut id = String::new();
        for word in words.into_iter().take(WORDS) {
            let length = id.len() + word.len() + 1;
            if !id.is_empty() && length > LENGTH {
                break;
            }
            if !id.is_empty() {
                id.push('-');
            }
            id.push_str(&word[..word.len().min(LENGTH)]);
        }
        if !id.is_empty() {
            return id;
        }
        // Without a title, the end of the address often is one.
        if self.title.is_empty()
            && let Ok(url) = url::Url::parse(&self.url)
            && let Some(last) = url
                .path_segments()
                .and_then(|mut parts| parts.rfind(|part| !part.is_empty()))
        {
            let letters = |text: &str| text.bytes().any(|b| b.is_ascii_alphabetic());
            let ending = last.rsplit_once('.').filter(|(_, ending)| letters(ending));
            let name = ending.map_or(last, |(name, _)| name);
            // A number says something together with its host: arxiv-1706-03762.
            let host = url.host_str().unwrap_or_default();
            let host = host.rsplit('.').nth(1).filter(|_| !letters(name));
            let named = Self {
                title: format!("{} {name}", host.unwrap_or_default()),
                url: String::new(),
                ..Self::default()
            };
            return named.words();
        }
        // A title in another script: where it is says more than a number.
        let host = url::Url::parse(&self.url).ok();
        let host = host.as_ref().and_then(url::Url::host_str).map(slug);
        let host = host.unwrap_or_default();
        match host.strip_prefix("www-").unwrap_or(&host) {
            "" => "resource".into(),
            host => host
                .chars()
                .take(LENGTH)
                .collect::<String>()
                .trim_matches('-')
                .to_owned(),
        }
    }
}

/// Whether a name is one that a program gave, like `sculley2015hidden`.
fn is_citation_key(name: &str) -> bool {
    let letters = name.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '-');
    let year = letters.get(..4).unwrap_or_default();
    letters.len() < name.len()
        && year.len() == 4
        && year.bytes().all(|b| b.is_ascii_digit())
        && !letters[4..].starts_with(|c: char| c.is_ascii_digit())
        && !name[..name.len() - letters.len()].ends_with('-')
        || name.bytes().all(|b| b.is_ascii_digit())
}

/// Text in lower-case letters, digits and single hyphens; empty if there is
/// nothing of these in it. Letters lose their accents.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.nfkd() {
        match c {
            'ß' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            _ if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            // An apostrophe joins, and so does an accent.
            '\'' | '’' | '\u{300}'..='\u{36f}' => {}
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(title: &str, name: &str, taken: &[&str]) -> String {
        let draft = Draft {
            title: title.into(),
            authors: vec!["D. Sculley".into(), "Gary Holt".into()],
            year: Some(2015),
            url: "https://www.example.org/x".into(),
            ..Draft::default()
        };
        draft.id(name, &|id| taken.contains(&id))
    }

    #[test]
    fn without_a_title_the_address_names_it() {
        for (url, expected) in [
            ("https://arxiv.org/abs/1706.03762", "arxiv-1706-03762"),
            ("https://example.org/posts/shadow-mode.html", "shadow-mode"),
            ("https://example.org/posts/shadow-mode/", "shadow-mode"),
            ("https://example.org/", "example-org"),
        ] {
            let draft = Draft {
                url: url.into(),
                ..Draft::default()
            };
            assert_eq!(draft.id("", &|_| false), expected, "{url}");
        }
    }

    #[test]
    fn ids_are_what_a_person_would_write() {
        let title = "Hidden Technical Debt in Machine Learning Systems";
        for (expected, title, name, taken) in [
            ("hidden-technical-debt-machine", title, "", vec![]),
            (
                "hidden-technical-debt-machine",
                title,
                "sculley2015hidden",
                vec![],
            ),
            (
                "hidden-technical-debt-machine",
                title,
                "http://zotero.org/1",
                vec![],
            ),
            ("hidden-debt", title, "hidden-debt", vec![]),
            ("tfx", title, "tfx", vec![]),
            ("hidden-technical-debt-machine", title, "tfx", vec!["tfx"]),
            (
                "hidden-technical-debt-machine-sculley",
                title,
                "",
                vec!["hidden-technical-debt-machine"],
            ),
            ("snorkel", "Snorkel: Rapid Training Data", "", vec![]),
            (
                "snorkel-2015",
                "Snorkel",
                "",
                vec!["snorkel", "snorkel-sculley"],
            ),
            (
                "snorkel-2",
                "Snorkel",
                "",
                vec!["snorkel", "snorkel-sculley", "snorkel-2015"],
            ),
            ("what-is-it", "What is it?", "", vec![]),
            ("ubermut-strasse", "Übermut & Straße", "", vec![]),
            ("example-org", "機械学習", "", vec![]),
            ("dont-panic", "Don’t panic", "", vec![]),
        ] {
            assert_eq!(id(title, name, &taken), expected, "{title} {name}");
        }
    }

    #[test]
    fn what_a_company_tells_begins_with_its_name() {
        let mut draft = Draft {
            title: "Deploying Fraud Models at Uber".into(),
            organization: Some("Uber".into()),
            kind: Some(Kind::CaseStudy),
            ..Draft::default()
        };
        assert_eq!(draft.id("", &|_| false), "deploying-fraud-models-uber");
        draft.title = "Deploying Fraud Models".into();
        assert_eq!(draft.id("", &|_| false), "uber-deploying-fraud-models");
    }
}
