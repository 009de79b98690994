//! The few words of our own, in the language of the book where Typst knows it.

use typst::text::{Lang, Region, localized_str};

/// Words in a language.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    pub contents: &'static str,
    pub figure: &'static str,
    pub footnote: &'static str,
    pub table: &'static str,
}

impl Words {
    /// The words of a language as BCP 47 writes it; English for one unknown.
    pub fn new(language: &str) -> Self {
        let (language, region) = match language.split_once(['-', '_']) {
            Some((language, region)) => (language, region.parse::<Region>().ok()),
            None => (language, None),
        };
        let language = language.parse().unwrap_or(Lang::ENGLISH);
        let word = |key| localized_str(language, region, key);
        Self {
            contents: word("outline"),
            figure: word("figure"),
            footnote: word("footnote"),
            table: word("table"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_follow_the_language() {
        assert_eq!(Words::new("en").figure, "Figure");
        assert_eq!(Words::new("de-AT").contents, "Inhaltsverzeichnis");
        assert_eq!(Words::new("x-klingon").table, "Table");
    }
}
