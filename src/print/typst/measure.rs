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

/// Code of this length or less is kept on its line.
const SHORT: usize = 20;

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

/// Parts code that is too long for a line where a reader expects it: after a
/// sign, or before a capital within a word.
pub fn pieces(code: &str) -> Vec<&str> {
    if code.chars().count() <= SHORT {
        return vec![code];
    }
    let mut pieces = Vec::new();
    let (mut start, mut length) = (0, 0);
    let mut before = ' ';
    for (at, c) in code.char_indices() {
        let sign = !before.is_alphanumeric() && c.is_alphanumeric() && before != ' ';
        let hump = before.is_lowercase() && c.is_uppercase();
        // Two letters alone on a line would be odder than a long one.
        if length >= 4 && (sign || hump) {
            pieces.push(&code[start..at]);
            (start, length) = (at, 0);
        }
        before = c;
        length += 1;
    }
    pieces.push(&code[start..]);
    pieces
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
            ["std::", "collections::", "HashMap<", "String, Vec<", "u8>>"]
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
