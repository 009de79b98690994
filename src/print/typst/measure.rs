//! How much room text needs, in characters: for the widths of a table's columns
//! and for words that are too long for a line.

use crate::print::doc::{Block, Resolved, Table};
use crate::print::text;

/// What the cells of a column hold, in characters.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The longest word.
    pub word: usize,
    /// The longest cell.
    pub cell: usize,
}

/// A word of this length or less is kept on its line.
const SHORT: usize = 20;
/// A word of running text that is longer may be broken too.
const LONG: usize = 40;
/// So long is a piece of a word that has no better place to break.
const PIECE: usize = 16;

/// Measures the columns of a table. What spans several counts in none.
pub fn columns(table: &Table<Resolved>) -> Vec<Column> {
    let mut columns = vec![Column::default(); table.columns];
    for row in table.head.iter().chain(&table.body) {
        let mut at = 0;
        for cell in row {
            if cell.colspan == 1
                && let Some(column) = columns.get_mut(at)
            {
                let measured = blocks(&cell.blocks);
                column.word = column.word.max(measured.word);
                column.cell = column.cell.max(measured.cell);
            }
            at += cell.colspan;
        }
    }
    columns
}

fn blocks(blocks: &[Block<Resolved>]) -> Column {
    let mut measured = Column::default();
    text::of_blocks(blocks, &mut |text| {
        measured.cell += text.chars().count();
        for word in text.split_whitespace() {
            let longest = pieces(word).iter().map(|piece| piece.chars().count()).max();
            measured.word = measured.word.max(longest.unwrap_or_default());
        }
    });
    measured
}

/// Parts what is too long for a line where a reader expects it: after a sign or
/// before a capital within a word, and anywhere if there is no such place.
pub fn pieces(code: &str) -> Vec<&str> {
    let longest = code.split(' ').map(|word| word.chars().count()).max();
    if longest.unwrap_or_default() <= SHORT {
        return vec![code];
    }
    let mut pieces = Vec::new();
    let (mut start, mut length) = (0, 0);
    let mut before = ' ';
    for (at, c) in code.char_indices() {
        let sign = !before.is_alphanumeric() && c.is_alphanumeric() && before != ' ';
        let hump = before.is_lowercase() && c.is_uppercase();
        // Two letters alone on a line would be odder than a long one.
        if length >= 4 && (sign || hump) || length >= PIECE && c.is_alphanumeric() {
            pieces.push(&code[start..at]);
            (start, length) = (at, 0);
        }
        before = c;
        // A space is a place to break by itself.
        length = if c == ' ' { 0 } else { length + 1 };
    }
    pieces.push(&code[start..]);
    pieces
}

/// Whether a text has a word that may not fit on a line. Typst breaks addresses
/// by itself, at these signs.
pub fn long_word(text: &str) -> bool {
    let sign = |c: char| c.is_whitespace() || matches!(c, '/' | '-' | '?' | '&' | '=');
    text.len() > LONG && text.split(sign).any(|part| part.chars().count() > LONG)
}

/// How many columns code takes; a tab is as wide as four characters.
pub fn code_columns(code: &str) -> usize {
    let width = |line: &str| {
        let width = |c| if c == '\t' { 4 } else { 1 };
        line.chars().map(width).sum()
    };
    code.lines().map(width).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_code_is_parted_where_it_reads_well() {
        assert_eq!(pieces("std::mem::take"), ["std::mem::take"]);
        assert_eq!(
            pieces("std::collections::HashMap<String, Vec<u8>>"),
            [
                "std::",
                "collections::",
                "Hash",
                "Map<",
                "String, Vec<",
                "u8>>"
            ]
        );
        assert_eq!(
            pieces("let it = many.short(words);"),
            ["let it = many.short(words);"]
        );
        assert_eq!(
            pieces("0123456789abcdef0123456789abcdef01"),
            ["0123456789abcdef", "0123456789abcdef", "01"]
        );
        assert_eq!(
            pieces("AbstractSingletonProxyFactoryBean"),
            ["Abstract", "Singleton", "Proxy", "Factory", "Bean"]
        );
        assert_eq!(
            pieces("a-very-long/path_to.file"),
            ["a-very-", "long/", "path_", "to.file"]
        );
    }

    #[test]
    fn code_is_as_wide_as_its_longest_line() {
        assert_eq!(code_columns(""), 0);
        assert_eq!(code_columns("ab\n\tc\nd"), 5);
    }
}
