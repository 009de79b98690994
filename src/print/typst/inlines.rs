//! Lines in Typst: a code block whose values are joined.

use super::blocks::Writer;
use super::literal::{array, string};
use super::measure;
use crate::print::doc::{Block, Image, Inline, Resolved, Style, Target, Width};

impl Writer<'_> {
    /// The line of a heading, and the anchors in it. Contents and running heads
    /// repeat the line, but an anchor may be there only once.
    pub(super) fn heading_line(&mut self, content: &[Inline<Resolved>]) -> (String, String) {
        self.in_heading = true;
        let line = self.inlines(content);
        self.in_heading = false;
        let anchors = std::mem::take(&mut self.heading_anchors);
        let anchors = anchors.into_iter().map(|anchor| self.mark(anchor));
        (line, anchors.collect())
    }

    /// A line as an expression of content.
    pub(super) fn inlines(&mut self, content: &[Inline<Resolved>]) -> String {
        if content.is_empty() {
            return "[]".to_owned();
        }
        let parts: Vec<_> = content.iter().map(|inline| self.inline(inline)).collect();
        format!("{{{}}}", parts.join("; "))
    }

    fn inline(&mut self, inline: &Inline<Resolved>) -> String {
        match inline {
            Inline::Text(text) => match measure::long_word(text) {
                false => string(text),
                true => pieces("long-text", text),
            },
            Inline::Styled(style, content) => {
                let content = self.inlines(content);
                format!("{}({content})", function(*style))
            }
            Inline::Code(code) => match measure::pieces(code).len() {
                1 => format!("raw({})", string(code)),
                _ => pieces("long-code", code),
            },
            Inline::Link { to, content } => self.link(to, content),
            Inline::Image(image) => self.image(image),
            Inline::Note(note) => self.note(*note),
            Inline::Anchor(anchor) if self.in_heading => {
                self.heading_anchors.push(*anchor);
                "[]".to_owned()
            }
            Inline::Anchor(anchor) => self.anchor(*anchor),
            Inline::Span { classes, content } => {
                let content = self.inlines(content);
                match classes.is_empty() {
                    true => content,
                    false => format!(
                        "span({}, {content})",
                        array(classes.iter().map(|class| string(class)))
                    ),
                }
            }
            Inline::Math(formula) => super::math::formula(formula),
            Inline::Break => "linebreak()".to_owned(),
        }
    }

    fn link(&mut self, to: &Target, content: &[Inline<Resolved>]) -> String {
        let content = self.inlines(content);
        match to {
            Target::Anchor(anchor) => {
                // A heading is repeated in the contents, where a page would not be right.
                let pageless = self.in_heading || self.terms.contains(anchor);
                let function = if pageless { "link" } else { "reference" };
                format!(
                    "{function}(label({}), {content})",
                    string(&self.doc.anchors[anchor.0])
                )
            }
            Target::Url(url) => {
                let cited = self
                    .index
                    .number(url)
                    .filter(|_| self.citing && !self.in_heading);
                match cited {
                    Some(entry) => format!("cited({entry}, {}, {content})", string(url)),
                    None => format!("web({}, {content})", string(url)),
                }
            }
        }
    }

    fn image(&mut self, image: &Image<Resolved>) -> String {
        let path = super::image_path(self.doc, image.picture.0);
        let alt = image.alt.as_deref().map_or("none".into(), string);
        // A CSS pixel is 1/96 of an inch, a point 1/72.
        let width = match image.width {
            None => "auto".into(),
            Some(Width::Pixels(px)) => format!("{}pt", f64::from(px) * 0.75),
            Some(Width::Percent(percent)) => format!("{}%", percent.min(100)),
        };
        format!("picture({}, alt: {alt}, width: {width})", string(&path))
    }

    fn note(&mut self, note: usize) -> String {
        let name = string(&format!(
            "{}--note-{}",
            self.doc.anchors[self.chapter.anchor.0],
            note + 1
        ));
        if !self.noted.insert(note) {
            return format!("footnote(label({name}))");
        }
        let body = match self.chapter.notes.get(note) {
            Some(blocks) => self.note_text(blocks),
            None => "[]".to_owned(),
        };
        format!("[#footnote({body})#label({name})]")
    }
}

impl Writer<'_> {
    /// The text of a footnote begins on the line of its number.
    fn note_text(&mut self, blocks: &[Block<Resolved>]) -> String {
        match blocks {
            [Block::Paragraph(first)] => self.inlines(first),
            [Block::Paragraph(first), rest @ ..] => {
                let first = self.inlines(first);
                format!("{{{first}; parbreak(); {}}}", self.blocks(rest))
            }
            blocks => self.blocks(blocks),
        }
    }
}

/// A call with the pieces between which a line may break.
fn pieces(function: &str, text: &str) -> String {
    let pieces = measure::pieces(text).into_iter().map(string);
    format!("{function}({})", array(pieces))
}

fn function(style: Style) -> &'static str {
    match style {
        Style::Emphasis => "emph",
        Style::Strong => "strong",
        Style::Strike => "strike",
        Style::Underline => "underline",
        Style::Subscript => "sub",
        Style::Superscript => "super",
        Style::Mark => "highlight",
        Style::Small => "small-text",
        Style::Keyboard => "key",
        Style::Quote => "quoted",
    }
}
