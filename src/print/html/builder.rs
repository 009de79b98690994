//! HTML, element by element: the one place where it is escaped.

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

/// A file that grows.
#[derive(Default)]
pub struct Html {
    out: String,
}

impl Html {
    pub fn doctype(&mut self) {
        self.out.push_str("<!DOCTYPE html>\n");
    }

    /// A start tag.
    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            // Writing into a string does not fail.
            let _ = escape_html(&mut self.out, value);
            self.out.push('"');
        }
        self.out.push('>');
        if BREAKS.contains(&name) {
            self.out.push('\n');
        }
    }

    /// An end tag.
    pub fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        if BREAKS.contains(&name) || ENDS.contains(&name) {
            self.out.push('\n');
        }
    }

    /// Text.
    pub fn text(&mut self, text: &str) {
        let _ = escape_html_body_text(&mut self.out, text);
    }

    /// An element that holds text alone.
    pub fn element(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close(name);
    }

    /// Code that the highlighter has escaped.
    pub fn highlighted(&mut self, html: &str) {
        self.out.push_str(html);
    }

    /// A style sheet, which must not end its own element.
    pub fn style(&mut self, css: &str) {
        self.out.push_str("<style>\n");
        self.out.push_str(&css.replace("</", "<\\/"));
        self.out.push_str("</style>\n");
    }

    pub fn finish(self) -> String {
        self.out
    }
}

/// Elements in which white space means nothing, so that lines can be broken.
const BREAKS: &[&str] = &[
    "html",
    "head",
    "meta",
    "body",
    "header",
    "nav",
    "main",
    "section",
    "ol",
    "ul",
    "dl",
    "table",
    "thead",
    "tbody",
    "tr",
    "figure",
    "div",
    "blockquote",
    "hr",
    "aside",
];
/// Elements after which they can be.
const ENDS: &[&str] = &[
    "title",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "li",
    "dt",
    "dd",
    "td",
    "th",
    "pre",
    "figcaption",
    "caption",
    "details",
    "summary",
];

#[cfg(test)]
mod tests {
    use super::*;
    use html5gum::{Token, Tokenizer};
    use proptest::prelude::*;

    /// Text in which what means something in HTML is common. What no edition
    /// holds is taken out before.
    fn text() -> impl Strategy<Value = String> {
        let pieces = prop::collection::vec(
            prop_oneof![
                prop::sample::select(vec![
                    "<", ">", "&", "\"", "'", "&amp;", "&lt", "&#60;", "</p>", "<!--", "-->",
                    "]]>", "<?", "<script>", "=", "`", "\n", "\t",
                ])
                .prop_map(str::to_owned),
                any::<char>().prop_map(String::from),
                any::<String>(),
            ],
            0..20,
        );
        pieces.prop_map(|pieces| pieces.concat().replace(['\0', '\r'], ""))
    }

    proptest! {
        #[test]
        fn text_and_values_mean_themselves(text in text(), value in text()) {
            let mut html = Html::default();
            html.element("b", &[("title", &value)], &text);
            // What is wrong with a character of its own is said beside it.
            let tokens = Tokenizer::new(&html.out).map(|Ok(token)| token);
            let mut tokens = tokens.filter(|token| !matches!(token, Token::Error(_)));
            let Some(Token::StartTag(tag)) = tokens.next() else { panic!("no tag") };
            prop_assert_eq!(tag.attributes.len(), 1);
            prop_assert_eq!(&tag.attributes[&b"title"[..]].0, value.as_bytes());
            let mut found = Vec::new();
            for token in tokens {
                match token {
                    Token::String(text) => found.extend_from_slice(&text.0),
                    Token::EndTag(tag) => prop_assert_eq!(&tag.name.0, b"b"),
                    Token::StartTag(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {
                        prop_assert!(false, "{:?} in {}", token, html.out)
                    }
                }
            }
            prop_assert_eq!(found, text.as_bytes());
        }
    }
}
