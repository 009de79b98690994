//! Raw HTML, token by token.

use super::{Builder, Open, VOID};
use crate::markdown::HtmlPieces;
use html5gum::{DefaultEmitter, Token, Tokenizer};

impl Builder {
    pub(super) fn raw_html(&mut self, html: &HtmlPieces) {
        let emitter = DefaultEmitter::<usize>::new_with_span();
        let place = |span: html5gum::Span<usize>| html.place(span.start..span.end);
        for token in Tokenizer::new_with_emitter(&html.html, emitter) {
            let Ok(token) = token;
            let string = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            match token {
                Token::StartTag(tag) => {
                    let name = string(&tag.name);
                    let attributes = tag
                        .attributes
                        .iter()
                        .map(|(name, value)| (string(name), string(&value.value)))
                        .collect();
                    let closed = tag.self_closing || VOID.contains(&name.as_str());
                    self.raw_text = matches!(name.as_str(), "script" | "style");
                    self.open(&name, attributes, true, place(tag.span));
                    if closed {
                        self.close();
                    }
                }
                Token::EndTag(tag) => {
                    self.raw_text = false;
                    let name = string(&tag.name);
                    let matches = |open: &&Open| open.id != 0 && open.name == name;
                    if let Some(top) = self.stack.last().filter(matches).map(|open| open.id) {
                        self.tree.nodes[top].at.end =
                            place(tag.span).end.max(self.tree.nodes[top].at.start);
                        self.close();
                    } else if !VOID.contains(&name.as_str()) {
                        self.complain(
                            format!("the HTML end tag `</{name}>` closes nothing here"),
                            place(tag.span),
                        );
                    }
                }
                Token::String(text) => self.text(&string(&text.value), place(text.span)),
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        self.raw_text = false;
    }
}
