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
