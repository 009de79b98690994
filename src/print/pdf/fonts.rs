//! Whether the fonts are there, and have all characters of the book.

use super::world::BookWorld;
use crate::config::PrintConfig;
use crate::diagnostics::{Diagnostic, Place, Report, Source, did_you_mean};
use crate::print::doc::{Doc, Item, Resolved};
use crate::print::text;
use std::collections::BTreeSet;
use typst::World;
use typst::text::FontInfo;

/// Names the families that are set and not there.
pub fn check_families(config: &PrintConfig, world: &BookWorld, report: &mut Report) {
    let book = world.book();
    let families = || book.families().map(|(name, _)| name);
    let is_there = |wanted: &str| families().any(|name| name.eq_ignore_ascii_case(wanted));
    for ((_, _, family), place) in config.fonts.named().zip(&config.font_places) {
        if is_there(family) {
            continue;
        }
        let mut diagnostic = Diagnostic::error(format!("there is no font family `{family}`"))
            .hint(did_you_mean(family, families()).unwrap_or_else(|| match config.system_fonts {
                true => "install it, or put its files into `theme/print/fonts`".into(),
                false => "put its files into `theme/print/fonts`, or set `system-fonts = true` for those of this machine".into(),
            }));
        diagnostic.places.extend(place.clone());
        report.push(diagnostic);
    }
}

/// Names what would be an empty box: in the words of `book.toml`, in titles of
/// parts, and chapter by chapter.
pub fn check(doc: &Doc<Resolved>, world: &BookWorld) -> Vec<Diagnostic> {
    let mut fonts = Coverage::of(world);
    let mut found = Vec::new();
    let words = std::iter::once(&doc.title).chain(&doc.authors);
    let missing = fonts.missing(|take| words.chain(&doc.description).for_each(|word| take(word)));
    found.extend(complaint(&missing).map(|said| said.at(Place::file("book.toml"))));
    for item in &doc.items {
        match item {
            Item::Part { title, .. } => {
                let missing = fonts.missing(|take| take(title));
                found.extend(complaint(&missing).map(|said| Diagnostic {
                    message: format!("{}, in the title of the part `{title}`", said.message),
                    ..said
                }));
            }
            Item::Chapter(chapter) => {
                let missing =
                    fonts.missing(|take| text::of_chapter(chapter, &mut |text| take(text)));
                let place = || place(&chapter.source, &missing);
                found.extend(complaint(&missing).map(|said| said.at(place())));
            }
        }
    }
    found
}

/// What is said of characters that no font has.
fn complaint(missing: &BTreeSet<char>) -> Option<Diagnostic> {
    let shown: Vec<_> = missing
        .iter()
        .take(8)
        .map(|c| format!("`{c}` (U+{:04X})", u32::from(*c)))
        .collect();
    let and_more = match missing.len() - shown.len() {
        0 => String::new(),
        rest => format!(" and {rest} more"),
    };
    let said = Diagnostic::warning(format!(
        "no font has the character {}{and_more}",
        shown.join(", ")
    ));
    let hint = "put a font that has it into `theme/print/fonts`, or set `system-fonts = true`";
    (!missing.is_empty()).then(|| said.hint(hint))
}

/// Which characters the fonts have.
struct Coverage<'w> {
    fonts: Vec<&'w FontInfo>,
    known: BTreeSet<char>,
}

impl<'w> Coverage<'w> {
    fn of(world: &'w BookWorld) -> Self {
        let book = world.book();
        Self {
            fonts: (0..).map_while(|index| book.info(index)).collect(),
            known: BTreeSet::new(),
        }
    }

    fn has(&mut self, c: char) -> bool {
        if c.is_whitespace() || c.is_control() || is_ignorable(c) || self.known.contains(&c) {
            return true;
        }
        let has = self
            .fonts
            .iter()
            .any(|font| font.coverage.contains(c.into()));
        if has {
            self.known.insert(c);
        }
        has
    }

    /// Those that they lack, of the texts that `each` gives.
    fn missing(&mut self, each: impl FnOnce(&mut dyn FnMut(&str))) -> BTreeSet<char> {
        let mut missing = BTreeSet::new();
        each(&mut |text| missing.extend(text.chars().filter(|c| !self.has(*c))));
        missing
    }
}

/// Where a chapter has one of the characters for the first time.
fn place(source: &Source, missing: &BTreeSet<char>) -> Place {
    let found = source
        .text
        .char_indices()
        .find(|(_, c)| missing.contains(c));
    found.map_or_else(
        || source.whole(),
        |(at, c)| source.at(at..at + c.len_utf8()),
    )
}

/// Whether a character shows nothing where a font does not have it: Unicode's
/// property Default_Ignorable_Code_Point.
fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}
