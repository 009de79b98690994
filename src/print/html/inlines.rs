//! Lines in HTML.

use super::blocks::Writer;
use crate::print::doc::{
    Formula, Image, ImageFile, Inline, MathNode, Resolved, Style, Target, Width,
};
use base64::Engine;

impl Writer<'_> {
    pub(super) fn inlines(&mut self, content: &[Inline<Resolved>]) {
        for inline in content {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline<Resolved>) {
        match inline {
            Inline::Text(text) => self.html.text(text),
            Inline::Styled(style, content) => {
                let name = element(*style);
                self.html.open(name, &[]);
                self.inlines(content);
                self.html.close(name);
            }
            Inline::Code(code) => self.html.element("code", &[], code),
            Inline::Link { to, content } => {
                match to {
                    Target::Anchor(anchor) => {
                        let href = format!("#{}", self.id(*anchor));
                        self.html.open("a", &[("href", &href)]);
                    }
                    Target::Url(url) => self.html.open("a", &[("href", url), ("class", "web")]),
                }
                self.inlines(content);
                self.html.close("a");
            }
            Inline::Image(image) => self.image(image),
            Inline::Note(note) => self.note(*note),
            Inline::Anchor(anchor) => self.anchor(*anchor),
            Inline::Span { classes, content } => match classes.is_empty() {
                true => self.inlines(content),
                false => {
                    self.html.open("span", &[("class", &classes.join(" "))]);
                    self.inlines(content);
                    self.html.close("span");
                }
            },
            Inline::Math(formula) => self.formula(formula),
            Inline::Break => self.html.open("br", &[]),
        }
    }

    fn image(&mut self, image: &Image<Resolved>) {
        let file = &self.doc.images[image.picture.0];
        let src = data_uri(file);
        let width = image.width.map(|width| match width {
            Width::Pixels(px) => px.to_string(),
            Width::Percent(percent) => format!("{percent}%"),
        });
        let mut attributes = vec![
            ("src", src.as_str()),
            ("alt", image.alt.as_deref().unwrap_or_default()),
        ];
        attributes.extend(image.title.as_deref().map(|title| ("title", title)));
        attributes.extend(width.as_deref().map(|width| ("width", width)));
        self.html.open("img", &attributes);
    }

    fn formula(&mut self, formula: &Formula) {
        let mut math = formula.math.clone();
        math.attributes
            .push(("alttext".into(), formula.latex.clone()));
        self.math(&math);
    }

    fn math(&mut self, node: &MathNode) {
        let attributes: Vec<_> = node
            .attributes
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        self.html.open(&node.name, &attributes);
        self.html.text(&node.text);
        node.children.iter().for_each(|child| self.math(child));
        self.html.close(&node.name);
    }

    fn note(&mut self, note: usize) {
        self.marks[note] += 1;
        let id = self.mark_id(note, self.marks[note]);
        let href = format!("#{}", self.note_id(note));
        self.html.open("sup", &[("id", &id)]);
        let label = format!("{} {}", self.words.footnote, note + 1);
        self.html.element(
            "a",
            &[("href", &href), ("aria-label", &label)],
            &(note + 1).to_string(),
        );
        self.html.close("sup");
    }
}

/// A picture as an address that holds it.
pub fn data_uri(file: &ImageFile) -> String {
    let data = base64::engine::general_purpose::STANDARD.encode(&file.bytes);
    format!("data:{};base64,{data}", file.format.media_type())
}

fn element(style: Style) -> &'static str {
    match style {
        Style::Emphasis => "em",
        Style::Strong => "strong",
        Style::Strike => "del",
        Style::Underline => "ins",
        Style::Subscript => "sub",
        Style::Superscript => "sup",
        Style::Mark => "mark",
        Style::Small => "small",
        Style::Keyboard => "kbd",
        Style::Quote => "q",
    }
}
