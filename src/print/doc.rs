//! The document: what a book says, free of Markdown, HTML and any output.
//!
//! A document is read with links and images as they are written ([`Written`]),
//! and resolved into one where each leads somewhere ([`Resolved`]). Writers
//! take only the latter, so none can meet a link that is not settled.

mod admonition;
mod formula;

pub use admonition::AdmonitionKind;
pub use formula::{Formula, MathNode};

use crate::diagnostics::Source;
use std::fmt::Debug;
use std::ops::Range;

/// What links and images are at a stage.
pub trait Stage: Debug + Clone + PartialEq + Eq {
    /// Where a link leads.
    type Link: Debug + Clone + PartialEq + Eq;
    /// What an image shows.
    type Image: Debug + Clone + PartialEq + Eq;
}

/// As read: destinations as written, with their place in the chapter's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written;

/// As written by the author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Href {
    /// The destination.
    pub dest: String,
    /// The place of the link in the chapter's text.
    pub at: Range<usize>,
}

/// An image as written: a file, or the drawing itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// `![alt](file)`
    File(Href),
    /// `<svg>…</svg>`
    Svg {
        /// The drawing.
        svg: String,
        /// Its place in the chapter's text.
        at: Range<usize>,
    },
}

impl Stage for Written {
    type Link = Href;
    type Image = Picture;
}

/// Ready for a writer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To a place in the document.
    Anchor(Anchor),
    /// To an address: http, https, mailto or another that is safe to follow.
    Url(String),
}

/// A picture the document holds: an index into [`Doc::images`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ImageId(pub usize);

impl Stage for Resolved {
    type Link = Target;
    type Image = ImageId;
}

/// A place that can be linked to: an index into [`Doc::anchors`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor(pub usize);

/// A whole book.
#[derive(Debug)]
pub struct Doc<S: Stage> {
    /// Its title.
    pub title: String,
    /// Its authors.
    pub authors: Vec<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Its language, as BCP 47 writes it.
    pub language: String,
    /// Whether it is written from right to left.
    pub right_to_left: bool,
    /// Parts and chapters in reading order.
    pub items: Vec<Item<S>>,
    /// The name of each anchor, unique in the document and fit to be an id.
    pub anchors: Vec<String>,
    /// The pictures; empty until resolved.
    pub images: Vec<ImageFile>,
}

/// A picture's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageFile {
    /// What they are.
    pub format: ImageFormat,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// The formats of pictures that both editions can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageFormat {
    /// Portable Network Graphics
    Png,
    /// JPEG
    Jpeg,
    /// Graphics Interchange Format
    Gif,
    /// WebP
    Webp,
    /// Scalable Vector Graphics
    Svg,
}

impl ImageFormat {
    /// The ending of a file of this format.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Svg => "svg",
        }
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Svg => "image/svg+xml",
        }
    }
}

/// A part title or a chapter.
#[derive(Debug)]
pub enum Item<S: Stage> {
    /// The title of a part; what follows belongs to it.
    Part {
        /// The title.
        title: String,
        /// Where links to it lead.
        anchor: Anchor,
    },
    /// A chapter.
    Chapter(Box<Chapter<S>>),
}

/// A chapter.
#[derive(Debug)]
pub struct Chapter<S: Stage> {
    /// The path of its page; none for a draft.
    pub page: Option<String>,
    /// 1 for a chapter, 2 for a chapter in it, and so on; one more within a part.
    pub depth: usize,
    /// Whether it is in no other chapter.
    pub top: bool,
    /// The number to show before its title.
    pub number: Option<String>,
    /// Its name in `SUMMARY.md`.
    pub name: String,
    /// Its heading.
    pub title: Vec<Inline<S>>,
    /// Where links to the chapter lead.
    pub anchor: Anchor,
    /// The id its heading has on its page.
    pub title_anchor: Option<Anchor>,
    /// The text it was read from.
    pub source: Source,
    /// What it says below the heading.
    pub blocks: Vec<Block<S>>,
    /// Its footnotes, in the order in which they are first referred to.
    pub notes: Vec<Vec<Block<S>>>,
}

/// Something that stands by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block<S: Stage> {
    /// A paragraph.
    Paragraph(Vec<Inline<S>>),
    /// Text without a paragraph's space around it, as in a tight list.
    Plain(Vec<Inline<S>>),
    /// A heading within a chapter.
    Heading {
        /// Its level, 1 to 6, as written.
        level: usize,
        /// Where links to it lead.
        anchor: Option<Anchor>,
        /// Its text.
        content: Vec<Inline<S>>,
    },
    /// A block of code.
    Code {
        /// The language, if one is named.
        language: Option<String>,
        /// The lines to show, without the last line's end.
        text: String,
    },
    /// A quotation.
    Quote(Vec<Block<S>>),
    /// A note set apart.
    Admonition {
        /// Its kind.
        kind: AdmonitionKind,
        /// What it says.
        blocks: Vec<Block<S>>,
    },
    /// A list.
    List {
        /// The first number of a numbered list.
        start: Option<u64>,
        /// Its items.
        items: Vec<ListItem<S>>,
    },
    /// A list of terms with what they mean.
    Definitions(Vec<Definition<S>>),
    /// A table.
    Table(Table<S>),
    /// A figure.
    Figure {
        /// What it shows.
        blocks: Vec<Block<S>>,
        /// What is written below.
        caption: Vec<Inline<S>>,
        /// Its number, given when resolved if it has a caption: `2.3` for the
        /// third in chapter 2.
        number: Option<String>,
    },
    /// A division with a meaning of its own, given by its classes.
    Division {
        /// The classes.
        classes: Vec<String>,
        /// What it holds.
        blocks: Vec<Block<S>>,
    },
    /// Something folded on the site; open on paper.
    Details {
        /// What is seen of it when folded.
        summary: Vec<Inline<S>>,
        /// What it holds.
        blocks: Vec<Block<S>>,
    },
    /// A place to link to, before what follows.
    Anchor(Anchor),
    /// A line across.
    Rule,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListItem<S: Stage> {
    /// Whether it is a task, and done.
    pub task: Option<bool>,
    /// What it says.
    pub blocks: Vec<Block<S>>,
}

/// Terms with what they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition<S: Stage> {
    /// The terms.
    pub terms: Vec<Vec<Inline<S>>>,
    /// What they mean.
    pub bodies: Vec<Vec<Block<S>>>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<S: Stage> {
    /// What stands above it.
    pub caption: Vec<Inline<S>>,
    /// How many columns it has.
    pub columns: usize,
    /// Its head.
    pub head: Vec<Vec<Cell<S>>>,
    /// Its body.
    pub body: Vec<Vec<Cell<S>>>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell<S: Stage> {
    /// How it is aligned.
    pub align: Align,
    /// How many columns it takes.
    pub colspan: usize,
    /// How many rows it takes.
    pub rowspan: usize,
    /// What it says.
    pub blocks: Vec<Block<S>>,
}

/// How a cell is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Where its line starts.
    #[default]
    Start,
    /// Left.
    Left,
    /// In the middle.
    Center,
    /// Right.
    Right,
}

/// Something within a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline<S: Stage> {
    /// Text, its white space collapsed.
    Text(String),
    /// Text in a style.
    Styled(Style, Vec<Inline<S>>),
    /// Code.
    Code(String),
    /// A link.
    Link {
        /// Where it leads.
        to: S::Link,
        /// What it says.
        content: Vec<Inline<S>>,
    },
    /// A formula.
    Math(Formula),
    /// A picture.
    Image(Image<S>),
    /// A mark for a footnote: an index into [`Chapter::notes`].
    Note(usize),
    /// A place to link to.
    Anchor(Anchor),
    /// Text with a meaning of its own, given by its classes.
    Span {
        /// The classes.
        classes: Vec<String>,
        /// The text.
        content: Vec<Inline<S>>,
    },
    /// The end of a line that is not the end of a paragraph.
    Break,
}

/// A picture in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image<S: Stage> {
    /// What it shows.
    pub picture: S::Image,
    /// The same in words; none if it was not said, empty if it is decoration.
    pub alt: Option<String>,
    /// What is written below it.
    pub title: Option<String>,
    /// Its width, if the author gave one.
    pub width: Option<Width>,
}

/// How wide a picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// In CSS pixels, of which 96 are an inch.
    Pixels(u32),
    /// Of the width of the text.
    Percent(u32),
}

/// How text is set apart in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Stressed.
    Emphasis,
    /// Strong.
    Strong,
    /// Struck out.
    Strike,
    /// Inserted, or underlined.
    Underline,
    /// Below the line.
    Subscript,
    /// Above the line.
    Superscript,
    /// Marked.
    Mark,
    /// Small.
    Small,
    /// A key to press.
    Keyboard,
    /// Quoted.
    Quote,
}

/// The text of inlines, as it reads aloud: for outlines, titles and ids.
pub fn plain_text<S: Stage>(inlines: &[Inline<S>]) -> String {
    let mut out = String::new();
    collect_text(inlines, &mut out);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn collect_text<S: Stage>(inlines: &[Inline<S>], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Styled(_, content)
            | Inline::Link { content, .. }
            | Inline::Span { content, .. } => collect_text(content, out),
            Inline::Image(image) => out.push_str(image.alt.as_deref().unwrap_or_default()),
            Inline::Math(formula) => out.push_str(&formula.written),
            Inline::Break => out.push(' '),
            Inline::Note(_) | Inline::Anchor(_) => {}
        }
    }
}
