//! Numbers of figures.

use std::collections::BTreeMap;

/// Counts figures by the chapter they are in: `2.3` is the third in chapter 2
/// and the chapters in it. Where chapters have no numbers, all are counted
/// together.
#[derive(Default)]
pub struct Figures {
    chapter: Option<String>,
    counts: BTreeMap<Option<String>, usize>,
}

impl Figures {
    /// Enters a chapter; one without a number within another is part of it.
    pub fn enter(&mut self, number: Option<&str>, top: bool) {
        let first = number.map(|number| {
            let digits = number.trim_start_matches(|c: char| !c.is_ascii_digit());
            let end = digits.find(|c: char| !c.is_ascii_digit());
            digits[..end.unwrap_or(digits.len())].to_owned()
        });
        if top || first.is_some() {
            self.chapter = first.filter(|digits| !digits.is_empty());
        }
    }

    /// The number of the next figure.
    pub fn next(&mut self) -> String {
        let count = self.counts.entry(self.chapter.clone()).or_default();
        *count += 1;
        match &self.chapter {
            Some(chapter) => format!("{chapter}.{count}"),
            None => count.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_counted_by_chapter() {
        let mut figures = Figures::default();
        let mut number = |chapter: Option<&str>, top| {
            figures.enter(chapter, top);
            figures.next()
        };
        assert_eq!(number(None, true), "1");
        assert_eq!(number(Some("Step 1"), true), "1.1");
        assert_eq!(number(Some("1.2"), false), "1.2");
        assert_eq!(number(None, false), "1.3");
        assert_eq!(number(Some("12"), true), "12.1");
        assert_eq!(number(None, true), "2");
    }
}
