//! Tags of raw HTML, with their places.

use html5gum::{DefaultEmitter, Token, Tokenizer};
use std::ops::Range;

/// Whether a tag opens, closes or does both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagKind {
    /// `<a>`
    Open,
    /// `</a>`
    Close,
    /// `<a/>`
    SelfClosing,
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlTag {
    /// Its name in lower case.
    pub name: String,
    /// Opening or closing.
    pub kind: TagKind,
    /// Its attributes, sorted by name.
    pub attributes: Vec<Attribute>,
    /// Where it stands, in bytes of the HTML given.
    pub span: Range<usize>,
}

/// An attribute of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its name in lower case.
    pub name: String,
    /// Its value, character references resolved.
    pub value: String,
    /// From the name to the end of the value and its quote.
    pub span: Range<usize>,
}

impl HtmlTag {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|a| a.name == name)
    }
}

/// All tags of a piece of HTML, in order.
pub fn tags(html: &str) -> Vec<HtmlTag> {
    let emitter = DefaultEmitter::<usize>::new_with_span();
    let mut tags = Vec::new();
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => tags.push(HtmlTag {
                name: String::from_utf8_lossy(&tag.name).into_owned(),
                kind: match tag.self_closing {
                    true => TagKind::SelfClosing,
                    false => TagKind::Open,
                },
                attributes: tag
                    .attributes
                    .iter()
                    .map(|(name, value)| Attribute {
                        name: String::from_utf8_lossy(name).into_owned(),
                        value: String::from_utf8_lossy(&value.value).into_owned(),
                        span: attribute_span(html, value.span.start),
                    })
                    .collect(),
                span: tag.span.start..tag.span.end.min(html.len()),
            }),
            Token::EndTag(tag) => tags.push(HtmlTag {
                name: String::from_utf8_lossy(&tag.name).into_owned(),
                kind: TagKind::Close,
                attributes: Vec::new(),
                span: tag.span.start..tag.span.end.min(html.len()),
            }),
            Token::String(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    tags
}

/// The extent of the attribute whose name starts at `start`: the name, and if
/// `=` follows, the value in its quotes or up to white space or `>`.
fn attribute_span(html: &str, start: usize) -> Range<usize> {
    let rest = &html[start..];
    let name = rest
        .find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'))
        .unwrap_or(rest.len());
    let after = rest[name..].trim_start();
    let Some(value) = after.strip_prefix('=') else {
        return start..start + name;
    };
    let value = value.trim_start();
    let at = rest.len() - value.len();
    let length = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value[1..].find(quote).map_or(value.len(), |i| i + 2),
        _ => value
            .find(|c: char| c.is_ascii_whitespace() || c == '>')
            .unwrap_or(value.len()),
    };
    start..start + at + length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_have_the_place_of_the_whole_of_them() {
        for (html, spans) in [
            (r#"<a href="x" id=y>"#, vec![r#"href="x""#, "id=y"]),
            ("<a href = 'x>y' >", vec!["href = 'x>y'"]),
            ("<a\n  hidden href=é>", vec!["hidden", "href=é"]),
        ] {
            let tag = &tags(html)[0];
            let mut found: Vec<_> = tag.attributes.iter().map(|a| a.span.clone()).collect();
            found.sort_by_key(|span| span.start);
            let found: Vec<_> = found.into_iter().map(|span| &html[span]).collect();
            assert_eq!(found, spans, "{html}");
        }
    }
}
