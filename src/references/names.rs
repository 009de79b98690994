//! A name, sorted into its parts as reference managers want it.

/// Who made something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// A person.
    Person {
        /// The given names; may be empty.
        given: String,
        /// What stands before the family name in small letters, like `van der`.
        particle: String,
        /// The family name.
        family: String,
        /// What stands behind, like `Jr.`
        suffix: String,
    },
    /// A company, a team, or a person whose name has one word.
    Whole(String),
}

const SUFFIXES: &[&str] = &["Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"];
/// Words before a family name that belong to it, whatever their letters.
const PARTICLES: &[&str] = &[
    "al", "ben", "bin", "da", "de", "del", "della", "der", "di", "dos", "du", "el", "la", "le",
    "ten", "ter", "van", "von",
];
/// Words that no name of a person has.
const NO_PERSON: &[&str] = &[
    "and",
    "association",
    "authors",
    "collaborative",
    "commission",
    "community",
    "consortium",
    "contributors",
    "corporation",
    "council",
    "department",
    "developers",
    "engineering",
    "for",
    "foundation",
    "group",
    "inc",
    "inc.",
    "institute",
    "lab",
    "labs",
    "of",
    "on",
    "organization",
    "project",
    "research",
    "staff",
    "team",
    "the",
    "university",
];

impl Name {
    /// Sorts a name in its natural order. What contains the name of the
    /// organization behind the thing is that, or a part of it.
    pub fn of(name: &str, organization: Option<&str>) -> Self {
        let words: Vec<_> = name.split_whitespace().collect();
        let same = |word: &str, known: &str| word.eq_ignore_ascii_case(known);
        let organization: Vec<_> = organization
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let whole = words.len() < 2
            || words.join(" ") != name
            || name.contains(|c: char| c.is_ascii_digit() || "(),;&=/".contains(c))
            || words
                .iter()
                .any(|word| NO_PERSON.iter().any(|known| same(word, known)))
            || words.contains(&"AI")
            || !organization.is_empty()
                && words.windows(organization.len()).any(|w| w == organization);
        if whole {
            return Self::Whole(name.to_owned());
        }
        let (names, suffix) = match words.as_slice() {
            [names @ .., last] if names.len() > 1 && SUFFIXES.contains(last) => (names, *last),
            names => (names, ""),
        };
        let small = |word: &str| word.starts_with(char::is_lowercase);
        let last = names.len() - 1;
        let mut start = last;
        while start > 1
            && (small(names[start - 1]) || PARTICLES.iter().any(|p| same(names[start - 1], p)))
        {
            start -= 1;
        }
        let particle = names[start..last]
            .iter()
            .take_while(|word| small(word))
            .count();
        Self::Person {
            given: names[..start].join(" "),
            particle: names[start..start + particle].join(" "),
            family: names[start + particle..].join(" "),
            suffix: suffix.to_owned(),
        }
    }

    /// The name in its natural order.
    pub fn natural(&self) -> String {
        match self {
            Self::Whole(name) => name.clone(),
            Self::Person {
                given,
                particle,
                family,
                suffix,
            } => {
                let parts = [given, particle, family, suffix];
                let parts: Vec<_> = parts
                    .into_iter()
                    .map(String::as_str)
                    .filter(|p| !p.is_empty())
                    .collect();
                parts.join(" ")
            }
        }
    }
}
