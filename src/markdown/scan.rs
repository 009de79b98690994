//! What stands in a chapter and where, in one pass over the parser's events.

use super::html::{Attribute, TagKind, tags};
use super::ids::{id_from_content, unique_id};
use mdbook_markdown::MarkdownOptions;
use mdbook_markdown::pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use std::collections::HashSet;
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
pub fn scan(text: &str, options: &MarkdownOptions) -> Scan {
    let parser = mdbook_markdown::new_cmark_parser(text, options);
    let mut out = Scan::default();
    for (_, definition) in parser.reference_definitions().iter() {
        out.definitions.extend(read_definition(
            text,
            definition.span.clone(),
            definition.dest.to_string(),
        ));
    }
    out.definitions.sort_by_key(|d| d.span.start);
    let mut scanner = Scanner {
        text,
        out,
        links: Vec::new(),
        heading: None,
        paragraph: None,
        html: None,
        code: 0,
        ids: HashSet::new(),
    };
    for (event, span) in parser.into_offset_iter() {
        scanner.event(event, span);
    }
    scanner.out
}

/// Whether what is put behind a text is no part of it: no fence, comment or
/// HTML block is left open.
pub fn ends_cleanly(text: &str, options: &MarkdownOptions) -> bool {
    let probe = format!("{text}\n\nX\n");
    let mut depth = 0usize;
    let mut last = None;
    for event in mdbook_markdown::new_cmark_parser(&probe, options) {
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
    ids: HashSet<String>,
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
            if self.text[..at].as_bytes().last() != Some(&b'\\') {
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

/// Raw HTML that the parser hands over line by line, without the marks of a
/// quote or list around it.
#[derive(Debug, Default)]
struct HtmlPieces {
    html: String,
    /// Offsets in `html` and, beside each, the offset in the source.
    starts: Vec<(usize, usize)>,
}

impl HtmlPieces {
    fn push(&mut self, piece: &str, source: usize) {
        self.starts.push((self.html.len(), source));
        self.html.push_str(piece);
    }

    fn place(&self, span: Range<usize>) -> Range<usize> {
        let at = |offset: usize| {
            let i = self.starts.partition_point(|(start, _)| *start <= offset);
            match i.checked_sub(1).map(|i| self.starts[i]) {
                Some((start, source)) => source + offset - start,
                None => 0,
            }
        };
        // The end belongs to the piece of the last byte, not to the next one.
        let end = match span.end.checked_sub(1) {
            Some(last) if last >= span.start => at(last) + 1,
            _ => at(span.start),
        };
        at(span.start)..end
    }
}

/// The place of the destination that begins at or after `from`.
fn raw_destination(text: &str, from: usize, until: usize) -> Range<usize> {
    let rest = &text[from..until];
    let start = from + (rest.len() - rest.trim_start().len());
    let rest = &text[start..until];
    let length = if rest.starts_with('<') {
        unescaped(rest, |c| c == '>').map_or(rest.len(), |end| end + 1)
    } else {
        let mut depth = 0usize;
        unescaped(rest, |c| {
            match c {
                '(' => depth += 1,
                ')' if depth == 0 => return true,
                ')' => depth -= 1,
                _ => {}
            }
            c.is_ascii_whitespace()
        })
        .unwrap_or(rest.len())
    };
    start..start + length
}

/// The offset of the first character that is not escaped and meets a condition.
fn unescaped(text: &str, mut condition: impl FnMut(char) -> bool) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(i, c)| {
        if std::mem::take(&mut escaped) {
            return None;
        }
        escaped = c == '\\';
        condition(c).then_some(i)
    })
}

fn read_definition(text: &str, span: Range<usize>, dest: String) -> Option<Definition> {
    let raw = &text[span.clone()];
    let open = raw.find('[')?;
    let close = open + 1 + unescaped(&raw[open + 1..], |c| c == ']')?;
    let after = span.start + close + raw[close..].find(':')? + 1;
    Some(Definition {
        dest,
        dest_span: raw_destination(text, after, span.end),
        label_span: span.start + open + 1..span.start + close,
        span: span.start..span.start + raw.trim_end().len(),
    })
}

/// Reads what stands between `{{#` and `}}`.
fn read_directive(inner: &str, span: Range<usize>) -> Directive {
    let base = span.start + "{{#".len();
    let name_length = inner.find(char::is_whitespace).unwrap_or(inner.len());
    let mut directive = Directive {
        name: inner[..name_length].to_owned(),
        options: Vec::new(),
        malformed: Vec::new(),
        span,
    };
    let mut at = name_length;
    while let Some(skip) = inner[at..].find(|c: char| !c.is_whitespace()) {
        at += skip;
        let mut quoted = false;
        let length = inner[at..]
            .find(|c: char| {
                quoted ^= c == '"';
                c.is_whitespace() && !quoted
            })
            .unwrap_or(inner.len() - at);
        let part = &inner[at..at + length];
        let place = base + at..base + at + length;
        match part.split_once('=') {
            Some((key, value)) if !key.is_empty() => {
                directive
                    .options
                    .push((key.to_owned(), value.trim_matches('"').to_owned(), place));
            }
            _ => directive.malformed.push(place),
        }
        at += length;
    }
    directive
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The text a Markdown snippet shows, and the destination of its first link.
    pub fn render(markdown: &str) -> (String, Option<String>) {
        let mut options = MarkdownOptions::default();
        options.smart_punctuation = false;
        let (mut text, mut dest) = (String::new(), None);
        for event in mdbook_markdown::new_cmark_parser(markdown, &options) {
            match event {
                Event::Text(t) | Event::Code(t) | Event::Html(t) | Event::InlineHtml(t) => {
                    text.push_str(&t);
                }
                Event::SoftBreak | Event::HardBreak => text.push(' '),
                Event::Start(Tag::Link { dest_url, .. }) if dest.is_none() => {
                    dest = Some(dest_url.into_string());
                }
                _ => {}
            }
        }
        (text, dest)
    }

    fn scan_default(text: &str) -> Scan {
        scan(text, &MarkdownOptions::default())
    }

    #[test]
    fn destinations_are_found_wherever_commonmark_allows_them() {
        let cases = [
            ("[a](x.toml)", "x.toml"),
            ("[a]( x.toml )", "x.toml"),
            ("[a](<x y.toml> 'title')", "<x y.toml>"),
            ("[a](x(1).toml \"t\")", "x(1).toml"),
            ("[a](x\\).toml)", "x\\).toml"),
            ("[](x.toml)", "x.toml"),
            ("[![i](i.png)](x.toml)", "x.toml"),
            ("[**b**\n`c`](\nx.toml)", "x.toml"),
            ("| a |\n|---|\n| [a](x.toml) |", "x.toml"),
            ("> - [a](x.toml)", "x.toml"),
            ("[a \\]( b](x.toml)", "x.toml"),
        ];
        for (text, expected) in cases {
            let scan = scan_default(text);
            let link = scan.links.iter().find(|l| l.dest.contains("toml")).unwrap();
            let LinkForm::Inline(dest) = &link.form else {
                panic!("{text}")
            };
            assert_eq!(&text[dest.clone()], expected, "{text}");
        }
        for text in [
            "[a]: x.toml\n",
            "> [a]:\n> <x.toml> 'title'\n",
            "[a\\]]: x.toml",
        ] {
            let scan = scan_default(text);
            let definition = &scan.definitions[0];
            assert_eq!(definition.dest, "x.toml");
            let raw = &text[definition.dest_span.clone()];
            assert_eq!(raw.trim_matches(['<', '>']), "x.toml", "{text}");
        }
        for text in [
            "a <a href=\"x.toml\">b</a>",
            "> <div>\n> <a class='c'\n>    href='x.toml'>\n> </div>\n",
        ] {
            let scan = scan_default(text);
            let LinkForm::Html(span, _) = &scan.links[0].form else {
                panic!("{text}")
            };
            assert!(text[span.clone()].starts_with("href="), "{text}");
            assert!(text[span.clone()].contains("x.toml"), "{text}");
        }
    }

    #[test]
    fn code_is_never_looked_into() {
        let scan = scan_default(
            "`[a](x.toml)` `{{#steps}}`\n\n```md\n[](x.toml)\n{{#steps}}\n```\n\n    {{#steps}}\n\n<!-- [a](x.toml) -->\n",
        );
        assert!(scan.links.is_empty());
        assert!(scan.directives.is_empty());
        assert!(scan.misplaced.is_empty());
    }

    #[test]
    fn empty_texts_are_seen_in_every_form() {
        for (text, at) in [
            ("[](a.md)", 1),
            ("x [][r]\n\n[r]: a.md", 3),
            ("[ ](a.md)", 1),
        ] {
            let scan = scan_default(text);
            assert_eq!(scan.links[0].empty_at, Some(at), "{text}");
        }
        for text in ["[a](a.md)", "[![](i.png)](a.md)", "[`x`](a.md)"] {
            let scan = scan_default(text);
            assert_eq!(scan.links[0].empty_at, None, "{text}");
        }
    }

    #[test]
    fn what_is_left_open_is_noticed() {
        let options = MarkdownOptions::default();
        for text in [
            "",
            "a",
            "- a\n  - b",
            "> q",
            "```\nx\n```",
            "<!-- c -->",
            "[^1]: n",
            "| a |\n|-|",
            "    code",
            "<b>x</b>",
        ] {
            assert!(ends_cleanly(text, &options), "{text}");
        }
        for text in [
            "```\nx",
            "~~~~\nx\n~~~",
            "<!-- c",
            "<pre>\nx",
            "<?x",
            "<![CDATA[",
            "<!X",
        ] {
            assert!(!ends_cleanly(text, &options), "{text}");
        }
    }

    #[test]
    fn directives_stand_alone() {
        let text = "{{#resources kind=\"case-study\" step=serving x}}\n\nsee {{#steps}} here\n\n\\{{#steps}}\n";
        let scan = scan_default(text);
        assert_eq!(scan.directives.len(), 1);
        let directive = &scan.directives[0];
        assert_eq!(directive.name, "resources");
        let options: Vec<_> = directive
            .options
            .iter()
            .map(|(key, value, span)| (key.as_str(), value.as_str(), &text[span.clone()]))
            .collect();
        assert_eq!(
            options,
            [
                ("kind", "case-study", "kind=\"case-study\""),
                ("step", "serving", "step=serving")
            ]
        );
        assert_eq!(&text[directive.malformed[0].clone()], "x");
        assert_eq!(scan.misplaced.len(), 1);
        assert_eq!(&text[scan.misplaced[0].clone()], "{{#steps}}");
    }

    #[test]
    fn headings_have_the_ids_mdbook_gives() {
        let scan = scan_default("# One `two` {#x}\n\nThree\n=====\n\n## Three\n## _Three_!\n");
        let found: Vec<_> = scan
            .headings
            .iter()
            .map(|h| (h.level, h.text.as_str(), h.id.as_str(), h.setext))
            .collect();
        assert_eq!(
            found,
            [
                (1, "One two", "x", false),
                (1, "Three", "three", true),
                (2, "Three", "three-1", false),
                (2, "Three!", "three-2", false)
            ]
        );
    }
}
