//! The words of a chapter of the document.

use super::site::{code, spaced};
use mdbook_booklet::print::doc::{Block, Chapter, Inline, ListItem, Stage, plain_text};

/// Words with one space between them. The words of a title that is the name are
/// not the text's.
pub fn words<S: Stage>(chapter: &Chapter<S>, name: &str) -> String {
    let mut out = String::new();
    match chapter.title.as_slice() {
        [Inline::Text(title)] if title == name => {}
        title => inlines(title, &mut out),
    }
    out.push('\n');
    blocks(&chapter.blocks, &mut out);
    chapter.notes.iter().for_each(|note| blocks(note, &mut out));
    spaced(&out)
}

fn blocks<S: Stage>(all: &[Block<S>], out: &mut String) {
    for one in all {
        block(one, out);
        out.push('\n');
    }
}

fn block<S: Stage>(block: &Block<S>, out: &mut String) {
    match block {
        Block::Paragraph(content) | Block::Plain(content) | Block::Heading { content, .. } => {
            inlines(content, out)
        }
        Block::Code { text, .. } => out.push_str(&code(text)),
        Block::Quote(inner) | Block::Division { blocks: inner, .. } => blocks(inner, out),
        Block::Admonition {
            kind,
            blocks: inner,
        } => {
            out.push_str(kind.title());
            out.push('\n');
            blocks(inner, out);
        }
        Block::List { items, .. } => items.iter().for_each(|ListItem { blocks: inner, .. }| {
            blocks(inner, out);
        }),
        Block::Definitions(all) => {
            for definition in all {
                for term in &definition.terms {
                    inlines(term, out);
                    out.push('\n');
                }
                definition.bodies.iter().for_each(|body| blocks(body, out));
            }
        }
        Block::Table(table) => {
            inlines(&table.caption, out);
            for cell in table.head.iter().chain(&table.body).flatten() {
                out.push('\n');
                blocks(&cell.blocks, out);
            }
        }
        Block::Figure {
            blocks: inner,
            caption,
            ..
        } => {
            blocks(inner, out);
            // A picture's title is its caption; it is told with the picture.
            let title = match inner.as_slice() {
                [Block::Plain(line)] => title_of(line),
                _ => None,
            };
            if title != Some(&plain_text(caption)) {
                inlines(caption, out);
            }
        }
        Block::Details {
            summary,
            blocks: inner,
        } => {
            inlines(summary, out);
            out.push('\n');
            blocks(inner, out);
        }
        Block::Anchor(_) | Block::Rule => {}
    }
}

/// The title of a picture alone on its line, be it in a link or not.
fn title_of<S: Stage>(line: &[Inline<S>]) -> Option<&String> {
    match line {
        [Inline::Image(image)] => image.title.as_ref(),
        [Inline::Link { content, .. } | Inline::Styled(_, content)] => title_of(content),
        _ => None,
    }
}

/// Words that stand by themselves.
pub fn apart(words: &str, out: &mut String) {
    if !words.is_empty() {
        out.push_str(&format!(" {words} "));
    }
}

fn inlines<S: Stage>(all: &[Inline<S>], out: &mut String) {
    for inline in all {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Styled(_, content)
            | Inline::Link { content, .. }
            | Inline::Span { content, .. } => inlines(content, out),
            Inline::Image(image) => {
                let words = [&image.alt, &image.title].into_iter().flatten();
                words.for_each(|words| apart(words, out));
            }
            Inline::Math(formula) => out.push_str(&formula.written),
            Inline::Break => out.push('\n'),
            Inline::Note(_) | Inline::Anchor(_) => {}
        }
    }
}
