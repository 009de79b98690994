//! The one-file HTML, by a parser of HTML.

use super::{Finished, Promised, Promises, dead, missing, note_name};
use crate::config::Edition;
use crate::dest;
use crate::diagnostics::Diagnostic;
use crate::print::doc::{Doc, ImageId, Resolved, Target};
use crate::print::html::data_uri;
use html5gum::{Token, Tokenizer};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Says what the file lacks, and which of its links lead nowhere.
pub fn html(file: &str, doc: &Doc<Resolved>, promises: &Promises) -> Vec<Diagnostic> {
    let mut found = Found::read(file);
    let mut said: Vec<_> = found.dead().map(|href| dead(Edition::Html, href)).collect();
    said.extend(missing(Edition::Html, doc, promises, &mut found));
    said
}

/// What stands in the file.
#[derive(Default)]
struct Found {
    ids: BTreeSet<String>,
    links: BTreeMap<String, usize>,
    /// Pictures by the hash of their address, which holds their bytes.
    images: HashMap<u64, usize>,
    /// Those of the pictures that were asked for.
    hashes: HashMap<ImageId, u64>,
    /// Addresses of pictures that are elsewhere.
    elsewhere: BTreeSet<String>,
}

impl Found {
    fn read(file: &str) -> Self {
        let mut found = Self::default();
        for Ok(token) in Tokenizer::new(file) {
            let Token::StartTag(tag) = token else {
                continue;
            };
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            if let Some(id) = tag.attributes.get(&b"id"[..]) {
                found.ids.insert(text(id));
            }
            if let Some(href) = tag.attributes.get(&b"href"[..]) {
                *found.links.entry(text(href)).or_default() += 1;
            }
            if let Some(src) = tag.attributes.get(&b"src"[..]) {
                match src.starts_with(b"data:") {
                    true => *found.images.entry(hash(src)).or_default() += 1,
                    false => drop(found.elsewhere.insert(text(src))),
                }
            }
        }
        found
    }

    fn dead(&self) -> impl Iterator<Item = &str> {
        let leads = |href: &str| match href.strip_prefix('#') {
            Some(id) => self.ids.contains(id),
            None => dest::is_safe(href),
        };
        let links = self.links.keys().map(String::as_str);
        let links = links.filter(move |href| !leads(href));
        links.chain(self.elsewhere.iter().map(String::as_str))
    }

    fn take_link(&mut self, href: &str) -> bool {
        take(self.links.get_mut(href))
    }
}

impl Finished for Found {
    fn take(&mut self, doc: &Doc<Resolved>, chapter: usize, what: &Promised) -> bool {
        match what {
            Promised::Link(Target::Url(url)) => self.take_link(url),
            Promised::Link(Target::Anchor(anchor)) => {
                self.take_link(&format!("#{}", doc.anchors[anchor.0]))
            }
            Promised::Image(image) => {
                let hashed = || hash(data_uri(&doc.images[image.0]).as_bytes());
                let hash = *self.hashes.entry(*image).or_insert_with(hashed);
                take(self.images.get_mut(&hash))
            }
            Promised::Note(note) => {
                let name = note_name(doc, chapter, *note);
                self.ids.contains(&name) && self.take_link(&format!("#{name}"))
            }
        }
    }
}

fn take(left: Option<&mut usize>) -> bool {
    left.is_some_and(|left| match left.checked_sub(1) {
        Some(less) => {
            *left = less;
            true
        }
        None => false,
    })
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}
