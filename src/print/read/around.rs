//! An element of a line that holds blocks: it is put around each of their
//! lines instead, as a browser shows it.

use crate::print::doc::{Block, Inline, Written};

/// A line's content, wrapped.
pub type Wrap<'w> = &'w dyn Fn(Vec<Inline<Written>>) -> Inline<Written>;

/// Puts an element around each line of blocks.
pub fn around(blocks: &mut [Block<Written>], wrap: Wrap<'_>) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Plain(content) | Block::Heading { content, .. } => {
                line(content, wrap)
            }
            Block::Quote(blocks)
            | Block::Admonition { blocks, .. }
            | Block::Division { blocks, .. } => around(blocks, wrap),
            Block::List { items, .. } => {
                for item in items {
                    around(&mut item.blocks, wrap);
                }
            }
            Block::Definitions(all) => {
                for definition in all {
                    definition
                        .terms
                        .iter_mut()
                        .for_each(|term| line(term, wrap));
                    let bodies = definition.bodies.iter_mut();
                    bodies.for_each(|body| around(body, wrap));
                }
            }
            Block::Table(table) => {
                for cell in table.head.iter_mut().chain(&mut table.body).flatten() {
                    around(&mut cell.blocks, wrap);
                }
            }
            Block::Figure {
                blocks, caption, ..
            } => {
                around(blocks, wrap);
                line(caption, wrap);
            }
            Block::Details { summary, blocks } => {
                line(summary, wrap);
                around(blocks, wrap);
            }
            Block::Code { .. } | Block::Anchor(_) | Block::Rule => {}
        }
    }
}

fn line(content: &mut Vec<Inline<Written>>, wrap: Wrap<'_>) {
    if !content.is_empty() {
        *content = vec![wrap(std::mem::take(content))];
    }
}

/// A line as code: its texts are code, and what else it holds stays.
pub fn coded(content: &mut [Inline<Written>]) {
    for inline in content {
        match inline {
            Inline::Text(text) => *inline = Inline::Code(std::mem::take(text)),
            Inline::Styled(_, content)
            | Inline::Link { content, .. }
            | Inline::Span { content, .. } => coded(content),
            Inline::Code(_)
            | Inline::Image(_)
            | Inline::Note(_)
            | Inline::Anchor(_)
            | Inline::Math(_)
            | Inline::Break => {}
        }
    }
}
