//! Dead links, marked with their archived copies beside them.
//!
//! What is dead, the ledger says; a book without one is left as it is.

use super::Model;
use super::rewrite::Text;
use crate::dest::Dest;
use crate::diagnostics::{Diagnostic, Report};
use crate::markdown::{Edits, LinkForm};
use crate::resources::{Gone, Resource};

/// Where a link leads outside the book.
pub(super) enum Outside<'m> {
    /// To an entry of the registry.
    Entry(&'m Resource),
    /// To an address that the text names itself.
    Address(&'m str),
}

impl<'m> Outside<'m> {
    /// The address.
    pub fn url(&self) -> &'m str {
        match self {
            Self::Entry(resource) => &resource.url,
            Self::Address(url) => url,
        }
    }
}

impl Model<'_> {
    /// Marks the dead links of a text. That of a heading is marked behind it:
    /// within, the mark would change the heading's id and the outline.
    pub(super) fn mark_gone(&self, text: &Text<'_>, edits: &mut Edits<'_>, report: &mut Report) {
        if self.ledger.links.is_empty() {
            return;
        }
        for link in text.scan.links.iter().filter(|link| !link.image) {
            let Some(outside) = self.outside(&link.dest, text.from) else {
                continue;
            };
            let entry = match outside {
                Outside::Entry(resource) => Some(resource),
                Outside::Address(_) => None,
            };
            let Some(gone) = self.gone(outside.url(), entry) else {
                continue;
            };
            // Of an entry it is said once, where its address is written.
            if gone.copy.is_none() && entry.is_none() {
                report.push(
                    Diagnostic::warning(format!(
                        "`{}` is dead, and no copy of it is known",
                        outside.url()
                    ))
                    .at(text.place(&link.span))
                    .hint("find another address, or register it as a resource with an `archive`"),
                );
            }
            let heading = text.scan.headings.iter().find(|heading| {
                heading.span.start <= link.span.start && link.span.end <= heading.span.end
            });
            if let Some(heading) = heading {
                edits.insert(heading.span.end, format!("\n\n{}\n", gone.markdown()));
                continue;
            }
            match &link.form {
                LinkForm::Html(..) => {
                    if let Some(end) = end_of_anchor(text.markdown(), link.span.end) {
                        edits.insert(end, format!(" {}", gone.html()));
                    }
                }
                LinkForm::Inline(_) | LinkForm::Reference { .. } | LinkForm::Auto => {
                    edits.insert(link.span.end, format!(" {}", gone.markdown()));
                }
            }
        }
    }

    /// Where a destination leads, if that is outside the book.
    pub(super) fn outside<'m>(&'m self, dest: &'m str, from: &str) -> Option<Outside<'m>> {
        match Dest::parse(dest, from) {
            Dest::External => Some(Outside::Address(dest)),
            Dest::Path { path, .. } => {
                let id = self.in_folder(&path, &self.config.resources, ".toml")?;
                self.registry.get(id).map(Outside::Entry)
            }
            Dest::Fragment(_) | Dest::Root | Dest::Outside => None,
        }
    }

    /// What is to be said of an address that is dead.
    pub(super) fn gone(&self, url: &str, entry: Option<&Resource>) -> Option<Gone> {
        let gone = Gone::of(&self.ledger, url, None)?;
        if gone.copy.is_some() {
            return Some(gone);
        }
        // A text may name the address of an entry itself.
        let entry = entry.or_else(|| self.registry.at_address(url));
        let archive = entry.and_then(|entry| entry.archive.as_deref());
        Gone::of(&self.ledger, url, archive)
    }

    /// Names the entries that are dead and of which there is no copy.
    pub(super) fn check_gone(&self, report: &mut Report) {
        for resource in self.registry.iter() {
            let gone = Gone::resource(&self.ledger, resource);
            if gone.is_some_and(|gone| gone.copy.is_none()) {
                report.push(
                    Diagnostic::warning(format!(
                        "the resource `{}` is dead, and no copy of it is known",
                        resource.id
                    ))
                    .at(resource.url_place.clone())
                    .hint("find another address, or put that of a copy into `archive`"),
                );
            }
        }
    }
}

/// Where the link of raw HTML ends that begins before a place.
fn end_of_anchor(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let close = rest.to_ascii_lowercase().find("</a")?;
    let end = rest[close..].find('>')?;
    Some(from + close + end + 1)
}
