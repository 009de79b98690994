//! The index of resources: which entries of the registry a document lists, and
//! where else it links to them.
//!
//! The preprocessor marks lists of resources with the class
//! `booklet-resources`. An entry is an item of such a list: its first link is
//! its title, and the span `booklet-by` says who made it. Any other link to the
//! same address is a citation. Lists in a chapter that shows all entries cite none.

use crate::print::doc::{Block, Doc, Inline, Item, ListItem, Resolved, Target, plain_text};
use std::collections::{BTreeMap, BTreeSet};

/// An entry.
#[derive(Debug)]
pub struct Entry<'a> {
    pub url: &'a str,
    pub title: String,
    pub by: String,
    /// Whether it is dead.
    pub dead: bool,
    /// The address of its archived copy, if it is dead, and what to call that.
    pub copy: Option<(&'a str, String)>,
}

/// The entries, by title.
#[derive(Debug, Default)]
pub struct Index<'a> {
    pub entries: Vec<Entry<'a>>,
    numbers: BTreeMap<&'a str, usize>,
}

impl<'a> Index<'a> {
    /// Finds the entries of a document.
    pub fn new(doc: &'a Doc<Resolved>) -> Self {
        let mut entries = Vec::new();
        for item in &doc.items {
            if let Item::Chapter(chapter) = item {
                find(&chapter.blocks, &mut entries);
            }
        }
        entries.sort_by_cached_key(|entry: &Entry<'_>| (entry.title.to_lowercase(), entry.url));
        let mut seen = BTreeSet::new();
        entries.retain(|entry| seen.insert(entry.url));
        let numbers = entries.iter().enumerate();
        let numbers = numbers.map(|(number, entry)| (entry.url, number)).collect();
        Self { entries, numbers }
    }

    /// The number of the entry that an address leads to, or to a part of it.
    pub fn number(&self, url: &str) -> Option<usize> {
        let whole = || self.numbers.get(url.split_once('#')?.0);
        self.numbers.get(url).or_else(whole).copied()
    }

    /// Whether the lists in a chapter together show all there are.
    pub fn is_complete(&self, chapter: &[Block<Resolved>]) -> bool {
        let mut listed = Vec::new();
        find(chapter, &mut listed);
        let urls: BTreeSet<_> = listed.iter().map(|entry| entry.url).collect();
        urls.len() == self.entries.len()
    }
}

/// The class of a list of resources.
pub const LIST: &str = "booklet-resources";

fn find<'a>(blocks: &'a [Block<Resolved>], out: &mut Vec<Entry<'a>>) {
    for block in blocks {
        match block {
            Block::Division { classes, blocks } if classes.iter().any(|class| class == LIST) => {
                items(blocks, out);
            }
            Block::Division { blocks, .. }
            | Block::Quote(blocks)
            | Block::Admonition { blocks, .. }
            | Block::Details { blocks, .. }
            | Block::Figure { blocks, .. } => find(blocks, out),
            Block::List { items, .. } => items.iter().for_each(|item| find(&item.blocks, out)),
            // The preprocessor puts lists between paragraphs, in no table.
            Block::Paragraph(_)
            | Block::Plain(_)
            | Block::Heading { .. }
            | Block::Code { .. }
            | Block::Definitions(_)
            | Block::Table(_)
            | Block::Anchor(_)
            | Block::Rule => {}
        }
    }
}

fn items<'a>(list: &'a [Block<Resolved>], out: &mut Vec<Entry<'a>>) {
    for block in list {
        if let Block::List { items, .. } = block {
            out.extend(items.iter().filter_map(entry));
        }
    }
}

fn entry(item: &ListItem<Resolved>) -> Option<Entry<'_>> {
    let (Block::Plain(line) | Block::Paragraph(line)) = item.blocks.first()? else {
        return None;
    };
    let (url, title) = line.iter().find_map(|inline| match inline {
        Inline::Link {
            to: Target::Url(url),
            content,
        } => Some((url.as_str(), plain_text(content))),
        _ => None,
    })?;
    let by = line.iter().find_map(|inline| match inline {
        Inline::Span { classes, content } if classes.iter().any(|c| c == "booklet-by") => {
            Some(plain_text(content))
        }
        _ => None,
    });
    let dead = line.iter().find_map(|inline| match inline {
        Inline::Span { classes, content } if classes.iter().any(|c| c == "booklet-dead") => {
            Some(content)
        }
        _ => None,
    });
    let copy = dead.into_iter().flatten().find_map(|inline| match inline {
        Inline::Link {
            to: Target::Url(url),
            content,
        } => Some((url.as_str(), plain_text(content))),
        _ => None,
    });
    Some(Entry {
        url,
        title,
        by: by.unwrap_or_default(),
        dead: dead.is_some(),
        copy,
    })
}
