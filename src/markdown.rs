//! Markdown as mdBook reads it: what stands where, and how to change it
//! without touching the rest.
//!
//! The parser is mdBook's own, with the options of the book at hand. Nothing
//! here writes Markdown back from events: [`Edits`] splices replacements into
//! the source, so what is not edited stays byte for byte.

mod edits;
mod escape;
mod html;
mod ids;
mod notes;
mod parse;
mod pieces;
mod scan;

pub use edits::Edits;
pub use escape::{address, destination, html_text, text, xml_text};
pub use html::{Attribute, HtmlTag, TagKind, tags};
pub use ids::{Ids, id_from_content, unique_id};
pub use notes::footnote_mark;
pub use parse::{Parsed, Unparsable, parse};
pub use pieces::HtmlPieces;
pub use scan::{
    Definition, Directive, Footnote, Heading, Link, LinkForm, Scan, ends_cleanly, scan,
};

use mdbook_markdown::MarkdownOptions;
use mdbook_preprocessor::config::Config;

/// The parser options of a book, read where mdBook's HTML backend reads them.
pub fn options(config: &Config) -> MarkdownOptions {
    let html = config.html_config().unwrap_or_default();
    let mut options = MarkdownOptions::default();
    options.smart_punctuation = html.smart_punctuation;
    options.definition_lists = html.definition_lists;
    options.admonitions = html.admonitions;
    options
}
