//! Where a link leads in a document that holds the whole book.

use crate::dest::{self, Dest};
use crate::diagnostics::{Diagnostic, nearest};
use crate::print::doc::{Anchor, Doc, Item, Target, Written};
use crate::print::read::Places;
use mdbook_renderer::RenderContext;
use std::collections::HashMap;
use std::path::PathBuf;

/// The longest address that Typst writes into a PDF, in bytes.
const MAX_ADDRESS: usize = 8000;

/// Knows every place of the book.
pub struct Links<'a> {
    places: &'a Places,
    src: PathBuf,
    first: Option<Anchor>,
    redirects: HashMap<String, String>,
}

impl<'a> Links<'a> {
    pub fn new(places: &'a Places, context: &RenderContext, doc: &Doc<Written>) -> Self {
        let html = context.config.html_config().unwrap_or_default();
        Self {
            places,
            src: context.source_dir(),
            first: doc.items.iter().find_map(|item| match item {
                Item::Chapter(chapter) => Some(chapter.anchor),
                Item::Part { .. } => None,
            }),
            redirects: html.redirect.into_iter().collect(),
        }
    }

    /// Where a link on a page leads; the problem, without its place, if nowhere.
    pub fn target(&self, dest: &str, page: &str) -> Result<Target, Diagnostic> {
        match Dest::parse(dest, page) {
            Dest::External => self.external(dest),
            Dest::Fragment(id) if id.is_empty() => self.page(page, dest),
            Dest::Fragment(id) => self.id(page, &id, dest),
            Dest::Path { path, fragment } => self.path(&path, fragment.as_deref(), dest),
            Dest::Root => self.redirected(dest.trim_start_matches('/'), dest).unwrap_or_else(|| {
                Err(Diagnostic::warning(format!(
                    "the link `{dest}` leads to the site's root, which an edition does not have"
                ))
                .hint("write it relative to this file"))
            }),
            Dest::Outside => Err(Diagnostic::warning(format!("the link `{dest}` leads out of the book"))
                .hint("links to files outside of the source folder work neither on the site nor in an edition")),
        }
    }

    fn external(&self, dest: &str) -> Result<Target, Diagnostic> {
        match dest::scheme(dest).map(str::to_ascii_lowercase) {
            Some(_) if dest.len() > MAX_ADDRESS => Err(Diagnostic::warning(format!(
                "an address of {} bytes is too long for a link, and is left out",
                dest.len()
            ))
            .hint(format!("a PDF takes up to {MAX_ADDRESS} bytes"))),
            Some(_) if dest::is_safe(dest) => Ok(Target::Url(dest.to_owned())),
            // `//host/path` takes the scheme of the site it stands on.
            None => Ok(Target::Url(format!("https:{dest}"))),
            Some(scheme) => Err(Diagnostic::warning(format!(
                "a link with the scheme `{scheme}` is not safe to follow, and is left out"
            ))),
        }
    }

    fn page(&self, page: &str, dest: &str) -> Result<Target, Diagnostic> {
        self.places
            .page(page)
            .map(Target::Anchor)
            .ok_or_else(|| self.no_page(page, dest))
    }

    fn path(&self, path: &str, fragment: Option<&str>, dest: &str) -> Result<Target, Diagnostic> {
        let known = self.places.page(path);
        match (known, fragment.filter(|fragment| !fragment.is_empty())) {
            (Some(_), Some(id)) => self.id(path, id, dest),
            (Some(anchor), None) => Ok(Target::Anchor(anchor)),
            (None, _) => match self.redirected(path, dest) {
                Some(target) => target,
                // The site's front page is the first chapter, and `print.html`
                // the whole book, as an edition is.
                None if matches!(path, "" | "index.html" | "index.md" | "print.html")
                    && self.first.is_some() =>
                {
                    Ok(self.first.map(Target::Anchor).expect("checked"))
                }
                None if self.src.join(path).exists() => Err(Diagnostic::warning(format!(
                    "the link `{dest}` leads to a file that the site has and an edition has not"
                ))
                .hint("link to it by its full address on the web")),
                None => Err(self.no_page(path, dest)),
            },
        }
    }

    fn id(&self, path: &str, id: &str, dest: &str) -> Result<Target, Diagnostic> {
        let found = self.places.id(path, id);
        found.map(Target::Anchor).ok_or_else(|| {
            let near =
                nearest(id, self.places.ids(path)).map(|near| format!("did you mean `#{near}`?"));
            Diagnostic::warning(format!(
                "the link `{dest}` leads to a heading that is not there"
            ))
            .maybe_hint(near)
        })
    }

    fn redirected(&self, path: &str, dest: &str) -> Option<Result<Target, Diagnostic>> {
        let to = self.redirects.get(&format!("/{path}"))?;
        // A redirect is written relative to the page it replaces.
        Some(
            match Dest::parse(
                to.trim_start_matches('/'),
                if to.starts_with('/') { "" } else { path },
            ) {
                Dest::External => self.external(to),
                Dest::Path { path, fragment } => match (self.places.page(&path), fragment) {
                    (Some(_), Some(id)) => self.id(&path, &id, dest),
                    (Some(anchor), None) => Ok(Target::Anchor(anchor)),
                    (None, _) => Err(self.no_page(&path, dest)),
                },
                Dest::Fragment(_) | Dest::Root | Dest::Outside => Err(self.no_page(path, dest)),
            },
        )
    }

    fn no_page(&self, path: &str, dest: &str) -> Diagnostic {
        let near = nearest(path, self.places.pages())
            .map(|near| format!("did you mean the chapter `{near}`?"));
        let listed = self.src.join(path).is_file();
        Diagnostic::warning(format!(
            "the link `{dest}` leads to a chapter that is not there"
        ))
        .maybe_hint(match listed {
            true => Some(format!("the file `{path}` exists; list it in SUMMARY.md")),
            false => near,
        })
    }
}
