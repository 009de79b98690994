//! What stands in a chapter and where, in one pass over the parser's events.

mod raw;
#[cfg(test)]
pub(super) mod tests;

use super::html::{Attribute, TagKind, tags};
use super::ids::{Ids, id_from_content, unique_id};
use super::parse::{Unparsable, parse};
use super::pieces::HtmlPieces;
use mdbook_markdown::MarkdownOptions;
use mdbook_markdown::pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use raw::{raw_destination, read_definition, read_directive};
use std::ops::Range;

/// Everything in a text that booklets care about, in order.
#[derive(Debug, Default)]
pub struct Scan {
    /// Links, and the `<a href>` of raw HTML.
    pub links: Vec<Link>,
    /// Link reference definitions, used or not.
    pub definitions: Vec<Definition>,
    /// Block directives.
    pub directives: Vec<Directive>,
    /// Directives that do not stand alone in their paragraph.
    pub misplaced: Vec<Range<usize>>,
    /// Headings.
    pub headings: Vec<Heading>,
    /// Footnote marks and notes.
    pub footnotes: Vec<Footnote>,
    /// Raw HTML, block by block: the HTML and where it stands.
    pub html: Vec<(String, Range<usize>)>,
}

/// A link or image as it stands in the text.
#[derive(Debug)]
pub struct Link {
    /// Where it leads, escapes resolved.
    pub dest: String,
    /// Whether it shows what it leads to.
    pub image: bool,
    /// All of it.
    pub span: Range<usize>,
    /// Where a text is to be put, if it has none.
    pub empty_at: Option<usize>,
    /// How it is written.
    pub form: LinkForm,
}

/// How a link is written, with what must be replaced to change it.
#[derive(Debug)]
pub enum LinkForm {
    /// `[text](dest)`: the place of the destination.
    Inline(Range<usize>),
    /// `[text][label]`, `[label][]` or `[label]`: where the label goes, and
    /// whether the brackets must be written too.
    Reference {
        /// The place of the second pair of brackets' contents, or the end.
        label_at: Range<usize>,
        /// Whether there is no second pair.
        shortcut: bool,
        /// The label as written.
        label: String,
    },
    /// `<https://…>`.
    Auto,
    /// An `href` or `src` of raw HTML: the place of the attribute, its name.
    Html(Range<usize>, String),
}

/// `[label]: dest "title"`
#[derive(Debug)]
pub struct Definition {
    /// Where it leads.
    pub dest: String,
    /// The place of the destination.
    pub dest_span: Range<usize>,
    /// The place of the label.
    pub label_span: Range<usize>,
    /// All of it.
    pub span: Range<usize>,
}

/// `{{#name key="value"}}`, alone in a paragraph.
#[derive(Debug)]
pub struct Directive {
    /// What follows `#`.
    pub name: String,
    /// Its options in order, each with its place.
    pub options: Vec<(String, String, Range<usize>)>,
    /// Parts that are no options.
    pub malformed: Vec<Range<usize>>,
    /// All of it.
    pub span: Range<usize>,
}

/// A heading.
#[derive(Debug)]
pub struct Heading {
    /// 1 to 6.
    pub level: usize,
    /// Its text without formatting.
    pub text: String,
    /// The id mdBook gives it.
    pub id: String,
    /// Whether the author gave the id.
    pub explicit: bool,
    /// All of it, without the line's end.
    pub span: Range<usize>,
    /// From its first inline to its last.
    pub content: Range<usize>,
    /// Whether it is underlined rather than marked with `#`.
    pub setext: bool,
}

/// The place of the label of a footnote, in a mark or in the note.
#[derive(Debug)]
pub struct Footnote {
    /// From after `[^` to before `]`.
    pub label: Range<usize>,
}

/// Scans a text.
pub fn scan(text: &str, options: &MarkdownOptions) -> Result<Scan, Unparsable> {
    let parsed = parse(text, options)?;
    let definitions = parsed.definitions.into_iter();
    let out = Scan {
        definitions: definitions
            .filter_map(|(dest, span)| read_definition(text, span, dest))
            .collect(),
        ..Scan::default()
    };
    let mut scanner = Scanner {
        text,
        out,
        links: Vec::new(),
        heading: None,
        paragraph: None,
        html: None,
        code: 0,
        ids: Ids::new(),
    };
    for (event, span) in parsed.events {
        scanner.event(event, span);
    }
    Ok(scanner.out)
}

/// Whether what is put behind a text is no part of it: no fence, comment or
/// HTML block is left open.
pub fn ends_cleanly(text: &str, options: &MarkdownOptions) -> bool {
    let probe = format!("{text}\n\nX\n");
    let mut depth = 0usize;
    let mut last = None;
    let Ok(parsed) = parse(&probe, options) else {
        return false;
    };
    for (event, _) in parsed.events {
        match event {
            Event::Start(tag) => {
                last = Some((depth, matches!(tag, Tag::Paragraph)));
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    last == Some((0, true))
}

struct Scanner<'t> {
    text: &'t str,
    out: Scan,
    /// Open links: their index and the end of what stands in them.
    links: Vec<(usize, usize)>,
    heading: Option<Heading>,
    /// The open paragraph and whether it holds nothing but text.
    paragraph: Option<(Range<usize>, bool)>,
    /// The open block of raw HTML: its pieces and their places.
    html: Option<HtmlPieces>,
    code: usize,
    ids: Ids,
}

impl Scanner<'_> {
    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        if let Some((_, inner_end)) = self.links.last_mut()
            && !matches!(event, Event::End(TagEnd::Link | TagEnd::Image))
        {
            *inner_end = (*inner_end).max(span.end);
        }
        if let Some(heading) = &mut self.heading
            && !matches!(event, Event::End(TagEnd::Heading(_)))
        {
            if heading.content.is_empty() {
                heading.content.start = span.start;
            }
            heading.content.end = heading.content.end.max(span.end);
            if let Event::Text(text) | Event::Code(text) = &event {
                heading.text.push_str(text);
            }
        }
        if let (Some((_, pure)), false) = (
            &mut self.paragraph,
            matches!(event, Event::Text(_) | Event::SoftBreak),
        ) && !matches!(event, Event::End(TagEnd::Paragraph))
        {
            *pure = false;
        }
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(_) => self.plain_text(span),
            Event::Html(html) => {
                if let Some(pieces) = &mut self.html {
                    pieces.push(&html, span.start);
                }
            }
            Event::InlineHtml(html) => {
                let mut pieces = HtmlPieces::default();
                pieces.push(&html, span.start);
                self.raw_html(pieces);
            }
            Event::FootnoteReference(_) => self.out.footnotes.push(Footnote {
                label: span.start + 2..span.end - 1,
            }),
            Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Range<usize>) {
        match tag {
            Tag::Paragraph => self.paragraph = Some((span, true)),
            Tag::CodeBlock(_) => self.code += 1,
            Tag::HtmlBlock => self.html = Some(HtmlPieces::default()),
            Tag::Heading { level, id, .. } => {
                self.heading = Some(Heading {
                    level: level as usize,
                    text: String::new(),
                    explicit: id.is_some(),
                    id: id.map(CowStr::into_string).unwrap_or_default(),
                    content: span.start..span.start,
                    setext: !self.text[span.clone()].starts_with('#'),
                    span: span.start..span.start + self.text[span].trim_end().len(),
                });
            }
            Tag::Link {
                link_type,
                dest_url,
                id,
                ..
            } => self.open_link(link_type, dest_url, id, span, false),
            Tag::Image {
                link_type,
                dest_url,
                id,
                ..
            } => self.open_link(link_type, dest_url, id, span, true),
            Tag::FootnoteDefinition(_) => {
                let start = span.start + 2;
                if let Some(length) = self.text[start..].find("]:") {
                    self.out.footnotes.push(Footnote {
                        label: start..start + length,
                    });
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Range<usize>) {
        match tag {
            TagEnd::Paragraph => {
                if let Some((span, true)) = self.paragraph.take() {
                    self.directive(span);
                }
            }
            TagEnd::CodeBlock => self.code -= 1,
            TagEnd::HtmlBlock => {
                if let Some(pieces) = self.html.take() {
                    self.raw_html(pieces);
                }
            }
            TagEnd::Heading(_) => {
                if let Some(mut heading) = self.heading.take() {
                    if !heading.explicit {
                        heading.id = unique_id(&id_from_content(&heading.text), &mut self.ids);
                    }
                    self.out.headings.push(heading);
                }
            }
            TagEnd::Link | TagEnd::Image => self.close_link(span),
            _ => {}
        }
    }

    fn open_link(
        &mut self,
        link_type: LinkType,
        dest: CowStr<'_>,
        id: CowStr<'_>,
        span: Range<usize>,
        image: bool,
    ) {
        let label = id.into_string();
        let form = match link_type {
            LinkType::Inline => LinkForm::Inline(0..0),
            LinkType::Reference
            | LinkType::ReferenceUnknown
            | LinkType::Collapsed
            | LinkType::CollapsedUnknown => LinkForm::Reference {
                label_at: 0..0,
                shortcut: false,
                label,
            },
            LinkType::Shortcut | LinkType::ShortcutUnknown => LinkForm::Reference {
                label_at: span.end..span.end,
                shortcut: true,
                label,
            },
            LinkType::Autolink | LinkType::Email | LinkType::WikiLink { .. } => LinkForm::Auto,
        };
        let inner = span.start + if image { 2 } else { 1 };
        self.links.push((self.out.links.len(), inner));
        self.out.links.push(Link {
            dest: dest.into_string(),
            image,
            span,
            empty_at: None,
            form,
        });
    }

    fn close_link(&mut self, _: Range<usize>) {
        let Some((index, inner_end)) = self.links.pop() else {
            return;
        };
        let link = &mut self.out.links[index];
        let inner_start = link.span.start + if link.image { 2 } else { 1 };
        let text = self.text;
        let tail = &text[inner_end..link.span.end];
        match &mut link.form {
            LinkForm::Inline(dest) => {
                let Some(open) = tail.find("](") else { return };
                let at = inner_end + open + 2;
                *dest = raw_destination(text, at, link.span.end);
                if text[inner_start..inner_end + open].trim().is_empty() {
                    link.empty_at = Some(inner_start);
                }
            }
            LinkForm::Reference {
                label_at,
                shortcut: false,
                ..
            } => {
                let Some(open) = tail.rfind('[') else { return };
                *label_at = inner_end + open + 1..link.span.end - 1;
                if text[inner_start..inner_end].trim().is_empty() && tail.starts_with(']') {
                    link.empty_at = Some(inner_start);
                }
            }
            _ => {}
        }
    }

    /// A paragraph of nothing but text: a directive, if it looks like one.
    fn directive(&mut self, span: Range<usize>) {
        let raw = &self.text[span.clone()];
        let start = span.start + (raw.len() - raw.trim_start().len());
        let raw = raw.trim();
        let Some(inner) = raw.strip_prefix("{{#").and_then(|r| r.strip_suffix("}}")) else {
            return;
        };
        if inner.contains("}}") {
            return;
        }
        let span = start..start + raw.len();
        // It was noted as misplaced when its text went by; here it is in place.
        self.out.misplaced.retain(|m| !span.contains(&m.start));
        self.out.directives.push(read_directive(inner, span));
    }

    fn plain_text(&mut self, span: Range<usize>) {
        if self.code > 0 {
            return;
        }
        let mut from = span.start;
        while let Some(at) = self.text[from..span.end].find("{{#") {
            let at = from + at;
            let end = self.text[at..]
                .find("}}")
                .map_or(span.end, |length| at + length + 2);
            if self.text.as_bytes()[..at].last() != Some(&b'\\') {
                self.out.misplaced.push(at..end);
            }
            from = at + 3;
        }
    }

    fn raw_html(&mut self, pieces: HtmlPieces) {
        for tag in tags(&pieces.html) {
            if tag.kind == TagKind::Close {
                continue;
            }
            let (name, image) = match tag.name.as_str() {
                "a" => ("href", false),
                "img" => ("src", true),
                _ => continue,
            };
            let Some(Attribute { value, span, .. }) = tag.attribute(name) else {
                continue;
            };
            self.out.links.push(Link {
                dest: value.clone(),
                image,
                span: pieces.place(tag.span.clone()),
                empty_at: None,
                form: LinkForm::Html(pieces.place(span.clone()), name.into()),
            });
        }
        let place = pieces.place(0..pieces.html.len());
        self.out.html.push((pieces.html, place));
    }
}
