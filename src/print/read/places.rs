//! The places in a book that links can lead to.

use crate::markdown::{Ids, unique_id};
use crate::print::doc::Anchor;
use std::collections::HashMap;

/// Pages and the ids on them. A place gets a name that is unique in the whole
/// document and does not depend on what else is in the book.
#[derive(Debug, Default)]
pub struct Places {
    names: Vec<String>,
    used: Ids,
    pages: HashMap<String, Page>,
}

#[derive(Debug)]
struct Page {
    anchor: Anchor,
    ids: HashMap<String, Anchor>,
}

impl Places {
    /// The name of each place, in the order of their indices.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Enters a chapter by its page (`a/b.md`), and by its source where that
    /// has another name (`a/README.md` becomes `a/index.md`).
    pub fn enter_page(&mut self, page: &str, source: Option<&str>) -> Anchor {
        let anchor = self.new_anchor(&name_of_page(page));
        for path in [Some(page), source].into_iter().flatten() {
            self.pages.entry(path.to_owned()).or_insert_with(|| Page {
                anchor,
                ids: HashMap::new(),
            });
        }
        anchor
    }

    /// Enters a part.
    pub fn enter_part(&mut self, title: &str) -> Anchor {
        self.new_anchor(&format!("part-{}", crate::markdown::id_from_content(title)))
    }

    /// Enters an id on a page. None if the page has it already: links lead to
    /// the first, as in a browser.
    pub fn enter_id(&mut self, page: &str, id: &str) -> Option<Anchor> {
        if self.pages.get(page)?.ids.contains_key(id) {
            return None;
        }
        let anchor = self.new_anchor(&format!("{}--{}", name_of_page(page), safe(id)));
        self.pages.get_mut(page)?.ids.insert(id.to_owned(), anchor);
        Some(anchor)
    }

    /// The place of a page, given as a link gives it: `.md`, `.html` or a folder.
    pub fn page(&self, path: &str) -> Option<Anchor> {
        Some(self.find(path)?.anchor)
    }

    /// The place of an id on a page.
    pub fn id(&self, path: &str, id: &str) -> Option<Anchor> {
        self.find(path)?.ids.get(id).copied()
    }

    /// The paths of all pages, for suggestions.
    pub fn pages(&self) -> impl Iterator<Item = &str> {
        self.pages.keys().map(String::as_str)
    }

    /// The ids on a page, for suggestions.
    pub fn ids(&self, path: &str) -> impl Iterator<Item = &str> {
        let ids = self.find(path).into_iter().flat_map(|page| page.ids.keys());
        ids.map(String::as_str)
    }

    fn find(&self, path: &str) -> Option<&Page> {
        let stem = path.strip_suffix(".html").unwrap_or(path);
        let folder = path.trim_end_matches('/');
        let candidates = [
            path.to_owned(),
            format!("{stem}.md"),
            format!("{folder}/index.md"),
            // mdBook turns README into index, but leaves links to it alone.
            path.replace("README.md", "index.md"),
        ];
        let first = |path: &String| self.pages.get(path.trim_start_matches('/'));
        let page = candidates.iter().find_map(first)?;
        // The ids are kept with the page, not with its other name.
        self.pages
            .values()
            .find(|other| other.anchor == page.anchor && !other.ids.is_empty())
            .or(Some(page))
    }

    fn new_anchor(&mut self, name: &str) -> Anchor {
        let name = unique_id(name, &mut self.used);
        self.names.push(name);
        Anchor(self.names.len() - 1)
    }
}

fn name_of_page(page: &str) -> String {
    safe(page.strip_suffix(".md").unwrap_or(page))
}

/// What any format takes as an id: no white space, and a letter first.
fn safe(id: &str) -> String {
    let mut out: String = id
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '_' {
                c
            } else {
                '-'
            }
        })
        .collect();
    if !out.starts_with(char::is_alphabetic) {
        out.insert_str(0, "p-");
    }
    out
}
