//! Walks all text of a chapter.

use super::doc::{Block, Cell, Chapter, Inline, Stage};

/// Gives each piece of text to `take`, in reading order, the notes last.
pub fn of_chapter<S: Stage>(chapter: &Chapter<S>, take: &mut impl FnMut(&str)) {
    inlines(&chapter.title, take);
    of_blocks(&chapter.blocks, take);
    chapter.notes.iter().for_each(|note| of_blocks(note, take));
}

/// Gives each piece of text in blocks to `take`.
pub fn of_blocks<S: Stage>(all: &[Block<S>], take: &mut impl FnMut(&str)) {
    for block in all {
        match block {
            Block::Paragraph(content) | Block::Plain(content) | Block::Heading { content, .. } => {
                inlines(content, take)
            }
            Block::Code { text, .. } => take(text),
            Block::Quote(inner)
            | Block::Admonition { blocks: inner, .. }
            | Block::Division { blocks: inner, .. } => {
                of_blocks(inner, take);
            }
            Block::List { items, .. } => {
                items.iter().for_each(|item| of_blocks(&item.blocks, take))
            }
            Block::Definitions(all) => {
                for definition in all {
                    definition.terms.iter().for_each(|term| inlines(term, take));
                    definition
                        .bodies
                        .iter()
                        .for_each(|body| of_blocks(body, take));
                }
            }
            Block::Table(table) => {
                inlines(&table.caption, take);
                let cells = table.head.iter().chain(&table.body).flatten();
                cells.for_each(|cell: &Cell<S>| of_blocks(&cell.blocks, take));
            }
            Block::Figure {
                blocks: inner,
                caption,
                number: _,
            } => {
                of_blocks(inner, take);
                inlines(caption, take);
            }
            Block::Details {
                summary,
                blocks: inner,
            } => {
                inlines(summary, take);
                of_blocks(inner, take);
            }
            Block::Anchor(_) | Block::Rule => {}
        }
    }
}

fn inlines<S: Stage>(all: &[Inline<S>], take: &mut impl FnMut(&str)) {
    for inline in all {
        match inline {
            Inline::Text(text) | Inline::Code(text) => take(text),
            Inline::Styled(_, content)
            | Inline::Link { content, .. }
            | Inline::Span { content, .. } => {
                inlines(content, take);
            }
            // The font of formulas has what they need.
            Inline::Math(_)
            | Inline::Image(_)
            | Inline::Note(_)
            | Inline::Anchor(_)
            | Inline::Break => {}
        }
    }
}
