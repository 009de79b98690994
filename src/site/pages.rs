//! The pages of the site: their addresses, and texts as they read from afar.

use super::Registry;
use crate::dest::{self, Dest};
use crate::markdown::{self, Edits, LinkForm};
use crate::steps::{page_of, source_of};
use mdbook_markdown::MarkdownOptions;
use mdbook_markdown::pulldown_cmark::Event;
use mdbook_renderer::RenderContext;
use mdbook_renderer::book::{BookItem, Chapter};
use std::collections::BTreeMap;
use url::Url;

/// A page of the site.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// Its title, with the number that its heading shows.
    pub title: String,
    /// Its full address.
    pub url: String,
    /// Its Markdown.
    pub text: &'a str,
}

/// Pages under one title of `SUMMARY.md`.
pub struct Part<'a> {
    /// The title.
    pub title: &'a str,
    /// The pages, in order.
    pub pages: Vec<Page<'a>>,
}

/// All pages of the site.
pub struct Pages<'a> {
    /// In the order of `SUMMARY.md`.
    pub parts: Vec<Part<'a>>,
    url: String,
    options: MarkdownOptions,
    /// By the path of their source and of their page.
    by_path: BTreeMap<String, Page<'a>>,
}

impl<'a> Pages<'a> {
    /// Collects the pages of a site whose front page is at `url`.
    pub fn collect(context: &'a RenderContext, url: &str) -> Self {
        let mut pages = Self {
            parts: vec![Part::new("Contents")],
            url: url.to_owned(),
            options: markdown::options(&context.config),
            by_path: BTreeMap::new(),
        };
        for item in context.book.iter() {
            match item {
                BookItem::PartTitle(title) => pages.parts.push(Part::new(title)),
                BookItem::Separator => pages.parts.push(Part::new("More")),
                BookItem::Chapter(chapter) => pages.add(chapter),
            }
        }
        pages.parts.retain(|part| !part.pages.is_empty());
        pages
    }

    fn add(&mut self, chapter: &'a Chapter) {
        let (Some(path), Some(source)) = (page_of(chapter), source_of(chapter)) else {
            return;
        };
        let scan = markdown::scan(&chapter.content, &self.options).unwrap_or_default();
        let heading = scan.headings.into_iter().next().filter(|h| h.level == 1);
        let page = Page {
            title: heading.map_or_else(|| chapter.name.clone(), |heading| heading.text),
            // mdBook makes the first page the front page too.
            url: match self.by_path.is_empty() {
                true => self.url.clone(),
                false => self.file(&html(&path)),
            },
            text: &chapter.content,
        };
        self.by_path.insert(path, page.clone());
        self.by_path.insert(source, page.clone());
        if let Some(part) = self.parts.last_mut() {
            part.pages.push(page);
        }
    }

    /// The page of a source file.
    pub fn get(&self, path: &str) -> Option<&Page<'a>> {
        self.by_path.get(path)
    }

    /// The source files of all pages.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.by_path.keys().map(String::as_str)
    }

    /// All pages, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Page<'a>> {
        self.parts.iter().flat_map(|part| &part.pages)
    }

    /// The full address of a file of the site.
    pub fn file(&self, path: &str) -> String {
        format!("{}{}", self.url, dest::encoded(path))
    }

    /// A text as the parser reads it. One that it cannot read, mdBook could not
    /// put on the site either.
    pub fn events<'t>(&self, text: &'t str) -> Vec<Event<'t>> {
        let parsed = markdown::parse(text, &self.options);
        let events = parsed.map(|parsed| parsed.events).unwrap_or_default();
        events.into_iter().map(|(event, _)| event).collect()
    }

    /// A text of the file `from` whose links are full addresses and whose empty
    /// links are filled.
    pub fn absolute(&self, text: &str, from: &str, resources: (&str, &Registry)) -> String {
        let scan = markdown::scan(text, &self.options).unwrap_or_default();
        let mut edits = Edits::new(text);
        for link in &scan.links {
            let (address, filling) = self.resolve(&link.dest, from, resources);
            match (&link.form, address) {
                (LinkForm::Inline(span), Some(address)) => {
                    edits.replace(span.clone(), markdown::destination(&address));
                }
                (LinkForm::Html(span, name), Some(address)) => {
                    let value = markdown::html_text(&address);
                    edits.replace(span.clone(), format!("{name}=\"{value}\""));
                }
                // The address of a reference is in its definition.
                (LinkForm::Inline(_) | LinkForm::Html(..), None)
                | (LinkForm::Reference { .. } | LinkForm::Auto, _) => {}
            }
            if let (Some(at), Some(filling), false) = (link.empty_at, filling, link.image) {
                edits.insert(at, markdown::text(&filling));
            }
        }
        for definition in &scan.definitions {
            if let (Some(address), _) = self.resolve(&definition.dest, from, resources) {
                edits.replace(
                    definition.dest_span.clone(),
                    markdown::destination(&address),
                );
            }
        }
        edits.apply()
    }

    /// The full address of what a link leads to, if it is not one already, and
    /// the text of a link that has none.
    fn resolve(
        &self,
        dest: &str,
        from: &str,
        (folder, registry): (&str, &Registry),
    ) -> (Option<String>, Option<String>) {
        let with = |address: &str, fragment: Option<String>| {
            let fragment = fragment.map(|f| format!("#{}", dest::encoded(&f)));
            Some(format!("{address}{}", fragment.unwrap_or_default()))
        };
        match Dest::parse(dest, from) {
            Dest::External | Dest::Outside => (None, None),
            Dest::Root => {
                let host = Url::parse(&self.url).and_then(|url| url.join(dest));
                (host.ok().map(Into::into), None)
            }
            Dest::Fragment(fragment) => match self.get(from) {
                Some(page) => (with(&page.url, Some(fragment)), None),
                None => (None, None),
            },
            Dest::Path { path, fragment } => {
                let id = path
                    .strip_prefix(folder)
                    .and_then(|rest| rest.strip_prefix('/')?.strip_suffix(".toml"));
                if let Some(resource) = id.and_then(|id| registry.get(id)) {
                    let text = Some(resource.reference());
                    return (with(&resource.url, fragment), text);
                }
                match self.get(&path) {
                    Some(page) => (with(&page.url, fragment), Some(page.title.clone())),
                    None => (with(&self.file(&path), fragment), None),
                }
            }
        }
    }
}

impl<'a> Part<'a> {
    fn new(title: &'a str) -> Self {
        Self {
            title,
            pages: Vec::new(),
        }
    }
}

/// The page that mdBook makes of a Markdown file.
fn html(path: &str) -> String {
    match path.strip_suffix(".md") {
        Some(stem) => format!("{stem}.html"),
        None => path.to_owned(),
    }
}
