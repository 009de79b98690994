//! Whether the fonts are there, and have all characters of the book.

use super::world::BookWorld;
use crate::config::PrintConfig;
use crate::diagnostics::{Diagnostic, Place, Report, Source, did_you_mean};
use crate::print::doc::{Doc, Item, Resolved};
use crate::print::text;
use std::collections::BTreeSet;
use typst::World;

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

/// Names what would be an empty box, chapter by chapter.
pub fn check(doc: &Doc<Resolved>, world: &BookWorld) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let book = world.book();
    let fonts: Vec<_> = (0..).map_while(|index| book.info(index)).collect();
    let mut known = BTreeSet::new();
    let mut has = |c: char| {
        if c.is_whitespace() || c.is_control() || is_ignorable(c) || known.contains(&c) {
            return true;
        }
        let has = fonts.iter().any(|font| font.coverage.contains(c.into()));
        if has {
            known.insert(c);
        }
        has
    };
    for item in &doc.items {
        let Item::Chapter(chapter) = item else {
            continue;
        };
        let mut missing = BTreeSet::new();
        text::of_chapter(chapter, &mut |text| {
            missing.extend(text.chars().filter(|c| !has(*c)))
        });
        if missing.is_empty() {
            continue;
        }
        let shown: Vec<_> = missing
            .iter()
            .take(8)
            .map(|c| format!("`{c}` (U+{:04X})", u32::from(*c)))
            .collect();
        let rest = missing.len() - shown.len();
        let and_more = if rest > 0 {
            format!(" and {rest} more")
        } else {
            String::new()
        };
        found.push(
            Diagnostic::warning(format!(
                "no font has the character {}{and_more}",
                shown.join(", ")
            ))
            .at(place(&chapter.source, &missing))
            .hint("put a font that has it into `theme/print/fonts`, or set `system-fonts = true`"),
        );
    }
    found
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
