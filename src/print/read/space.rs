//! White space, as a browser collapses it.

use crate::print::doc::{Inline, Written};

/// Makes runs of white space one space, and none at the edges of lines.
pub fn collapse(mut content: Vec<Inline<Written>>) -> Vec<Inline<Written>> {
    let mut after_space = true;
    squeeze(&mut content, &mut after_space);
    trim_end(&mut content);
    content.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
    content
}

fn squeeze(content: &mut [Inline<Written>], after_space: &mut bool) {
    for i in 0..content.len() {
        match &mut content[i] {
            Inline::Text(text) => *text = squeezed(text, after_space),
            Inline::Styled(_, inner)
            | Inline::Link { content: inner, .. }
            | Inline::Span { content: inner, .. } => {
                squeeze(inner, after_space);
            }
            Inline::Break => {
                *after_space = true;
                trim_end(&mut content[..i]);
            }
            Inline::Code(_) | Inline::Math(_) | Inline::Image(_) | Inline::Note(_) => {
                *after_space = false
            }
            Inline::Anchor(_) => {}
        }
    }
}

fn squeezed(text: &str, after_space: &mut bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        // A no-break space is no white space here, as in HTML.
        if matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c') {
            if !*after_space {
                out.push(' ');
            }
            *after_space = true;
        } else {
            out.push(c);
            *after_space = false;
        }
    }
    out
}

/// Takes the space off the end of a line.
fn trim_end(content: &mut [Inline<Written>]) {
    for inline in content.iter_mut().rev() {
        match inline {
            Inline::Text(text) => {
                text.truncate(text.trim_end_matches(' ').len());
                if !text.is_empty() {
                    return;
                }
            }
            Inline::Styled(_, inner)
            | Inline::Link { content: inner, .. }
            | Inline::Span { content: inner, .. } => {
                trim_end(inner);
                return;
            }
            Inline::Anchor(_) => {}
            Inline::Code(_)
            | Inline::Math(_)
            | Inline::Image(_)
            | Inline::Note(_)
            | Inline::Break => return,
        }
    }
}

/// Whether there is nothing to see.
pub fn is_blank(content: &[Inline<Written>]) -> bool {
    content.iter().all(|inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        _ => false,
    })
}
