//! From what is written to where it leads: links, images and their words.

mod figures;
mod images;
mod links;

use super::doc::{
    Block, Cell, Chapter, Definition, Doc, Href, Image, Inline, Item, ListItem, Picture, Resolved,
    Table, Target, Written,
};
use super::prove::Promises;
use super::read::Places;
use crate::diagnostics::{Diagnostic, Report, Source};
use figures::Figures;
use images::Images;
use links::Links;
use mdbook_renderer::RenderContext;

/// Resolves a document. A link that leads nowhere becomes plain text and an
/// image that is not there becomes its words; both are reported. If
/// `wants_words`, an image without alternative text is an error.
pub fn resolve(
    context: &RenderContext,
    doc: Doc<Written>,
    places: &Places,
    wants_words: bool,
    report: &mut Report,
) -> (Doc<Resolved>, Promises) {
    let mut images = Images::new(context.source_dir(), wants_words);
    let mut figures = Figures::default();
    let mut items = Vec::with_capacity(doc.items.len());
    let links = Links::new(places, context, &doc);
    let mut promises = Promises::default();
    for (index, item) in doc.items.into_iter().enumerate() {
        items.push(match item {
            Item::Part { title, anchor } => Item::Part { title, anchor },
            Item::Chapter(chapter) => {
                let mut resolver = Resolver {
                    page: chapter.page.clone().unwrap_or_default(),
                    source: chapter.source.clone(),
                    links: &links,
                    images: &mut images,
                    figures: &mut figures,
                    promises: &mut promises,
                    index,
                    in_link: false,
                    report,
                };
                Item::Chapter(Box::new(resolver.chapter(*chapter)))
            }
        });
    }
    let doc = Doc {
        title: doc.title,
        authors: doc.authors,
        description: doc.description,
        language: doc.language,
        right_to_left: doc.right_to_left,
        items,
        anchors: doc.anchors,
        images: images.into_files(),
    };
    (doc, promises)
}

/// Resolves one chapter.
struct Resolver<'a> {
    page: String,
    source: Source,
    links: &'a Links<'a>,
    images: &'a mut Images,
    figures: &'a mut Figures,
    promises: &'a mut Promises,
    /// The chapter's index in the document.
    index: usize,
    in_link: bool,
    report: &'a mut Report,
}

impl Resolver<'_> {
    fn chapter(&mut self, chapter: Chapter<Written>) -> Chapter<Resolved> {
        self.figures.enter(chapter.number.as_deref(), chapter.top);
        self.promises.notes(self.index, chapter.notes.len());
        Chapter {
            page: chapter.page,
            depth: chapter.depth,
            top: chapter.top,
            number: chapter.number,
            name: chapter.name,
            title: self.inlines(chapter.title),
            anchor: chapter.anchor,
            title_anchor: chapter.title_anchor,
            source: chapter.source,
            blocks: self.blocks(chapter.blocks),
            notes: chapter
                .notes
                .into_iter()
                .map(|note| self.blocks(note))
                .collect(),
        }
    }

    fn blocks(&mut self, blocks: Vec<Block<Written>>) -> Vec<Block<Resolved>> {
        blocks.into_iter().map(|block| self.block(block)).collect()
    }

    fn block(&mut self, block: Block<Written>) -> Block<Resolved> {
        match block {
            Block::Paragraph(content) => Block::Paragraph(self.inlines(content)),
            Block::Plain(content) => Block::Plain(self.inlines(content)),
            Block::Heading {
                level,
                anchor,
                content,
            } => Block::Heading {
                level,
                anchor,
                content: self.inlines(content),
            },
            Block::Code { language, text } => Block::Code {
                language,
                text: self.text(text),
            },
            Block::Quote(blocks) => Block::Quote(self.blocks(blocks)),
            Block::Admonition { kind, blocks } => Block::Admonition {
                kind,
                blocks: self.blocks(blocks),
            },
            Block::List { start, items } => Block::List {
                start,
                items: items
                    .into_iter()
                    .map(|item| ListItem {
                        task: item.task,
                        blocks: self.blocks(item.blocks),
                    })
                    .collect(),
            },
            Block::Definitions(all) => Block::Definitions(
                all.into_iter()
                    .map(|definition| Definition {
                        terms: definition
                            .terms
                            .into_iter()
                            .map(|term| self.inlines(term))
                            .collect(),
                        bodies: definition
                            .bodies
                            .into_iter()
                            .map(|body| self.blocks(body))
                            .collect(),
                    })
                    .collect(),
            ),
            Block::Table(table) => Block::Table(Table {
                caption: self.inlines(table.caption),
                columns: table.columns,
                head: table.head.into_iter().map(|row| self.row(row)).collect(),
                body: table.body.into_iter().map(|row| self.row(row)).collect(),
            }),
            Block::Figure {
                blocks, caption, ..
            } => Block::Figure {
                blocks: self.blocks(blocks),
                number: (!caption.is_empty()).then(|| self.figures.next()),
                caption: self.inlines(caption),
            },
            Block::Division { classes, blocks } => Block::Division {
                classes,
                blocks: self.blocks(blocks),
            },
            Block::Details { summary, blocks } => Block::Details {
                summary: self.inlines(summary),
                blocks: self.blocks(blocks),
            },
            Block::Anchor(anchor) => Block::Anchor(anchor),
            Block::Rule => Block::Rule,
        }
    }

    /// Text without what no edition can hold.
    fn text(&mut self, text: String) -> String {
        if !text.contains(is_no_text) {
            return text;
        }
        for c in text.chars().filter(|c| is_no_text(*c)) {
            let at = self.source.text.find(c);
            let place = at.map_or_else(
                || self.source.whole(),
                |at| self.source.at(at..at + c.len_utf8()),
            );
            let code = u32::from(c);
            self.report.push(
                Diagnostic::warning(format!(
                    "the character U+{code:04X} is no text, and is left out"
                ))
                .at(place),
            );
        }
        text.replace(is_no_text, "")
    }

    fn row(&mut self, row: Vec<Cell<Written>>) -> Vec<Cell<Resolved>> {
        row.into_iter()
            .map(|cell| Cell {
                align: cell.align,
                colspan: cell.colspan,
                rowspan: cell.rowspan,
                blocks: self.blocks(cell.blocks),
            })
            .collect()
    }

    fn inlines(&mut self, content: Vec<Inline<Written>>) -> Vec<Inline<Resolved>> {
        content
            .into_iter()
            .map(|inline| self.inline(inline))
            .collect()
    }

    fn inline(&mut self, inline: Inline<Written>) -> Inline<Resolved> {
        match inline {
            Inline::Text(text) => Inline::Text(self.text(text)),
            Inline::Styled(style, content) => Inline::Styled(style, self.inlines(content)),
            Inline::Code(code) => Inline::Code(self.text(code)),
            Inline::Link { to, content } => {
                let outer = std::mem::replace(&mut self.in_link, true);
                let content = self.inlines(content);
                self.in_link = outer;
                let target = self.links.target(&to.dest, &self.page);
                let to_at = to.at;
                match target {
                    Ok(to) => {
                        self.promises.link(self.index, &to, &content, to_at);
                        Inline::Link { to, content }
                    }
                    Err(problem) => {
                        self.report.push(problem.at(self.source.at(to_at)));
                        Inline::Span {
                            classes: Vec::new(),
                            content,
                        }
                    }
                }
            }
            Inline::Image(image) => self.image(image),
            Inline::Note(note) => Inline::Note(note),
            Inline::Anchor(anchor) => Inline::Anchor(anchor),
            Inline::Span { classes, content } => Inline::Span {
                classes,
                content: self.inlines(content),
            },
            Inline::Math(formula) => Inline::Math(formula),
            Inline::Break => Inline::Break,
        }
    }

    fn image(&mut self, image: Image<Written>) -> Inline<Resolved> {
        let at = match &image.picture {
            Picture::File(href) => href.at.clone(),
            Picture::Svg { svg, at } => images::first_line(svg, at.start),
        };
        match self.images.load(&image, &self.page, &self.source) {
            Ok((picture, complaint)) => {
                self.promises.image(self.index, picture, at);
                complaint
                    .into_iter()
                    .for_each(|complaint| self.report.push(complaint));
                Inline::Image(Image {
                    picture,
                    alt: image.alt.map(|alt| self.text(alt)),
                    title: image.title.map(|title| self.text(title)),
                    width: image.width,
                })
            }
            Err(problem) => {
                self.report.push(problem);
                let words = image.alt.filter(|alt| !alt.is_empty()).or(image.title);
                let words = self.text(words.unwrap_or_else(|| "image".into()));
                Inline::Span {
                    classes: vec!["missing-image".into()],
                    content: vec![self.linked(image.picture, Inline::Text(words))],
                }
            }
        }
    }

    /// The words for a picture, linked to it if it is on the web. Links do not
    /// nest.
    fn linked(&mut self, picture: Picture, words: Inline<Resolved>) -> Inline<Resolved> {
        if let Picture::File(Href { dest, at }) = picture
            && !self.in_link
            && let Ok(to @ Target::Url(_)) = self.links.target(&dest, &self.page)
        {
            let content = vec![words];
            self.promises.link(self.index, &to, &content, at);
            return Inline::Link { to, content };
        }
        words
    }
}

/// Control characters, what Unicode says is no character, and the mark of byte
/// order: HTML and PDF forbid them all.
fn is_no_text(c: char) -> bool {
    let code = u32::from(c);
    let no_character = code & 0xfffe == 0xfffe || matches!(c, '\u{fdd0}'..='\u{fdef}');
    no_character || c == '\u{feff}' || c.is_control() && !matches!(c, '\n' | '\t' | '\r')
}
