//! One text rewritten for the page it is put on.

use super::Model;
use crate::dest::{self, Dest};
use crate::diagnostics::{Diagnostic, Report, Source};
use crate::markdown::{self, Edits, LinkForm, Scan};
use crate::steps::{self, source_of};
use mdbook_preprocessor::book::Book;
use std::ops::Range;

/// A text on its way to a page.
pub(super) struct Text<'t> {
    /// The file, for places.
    pub source: &'t Source,
    /// Where the text begins in the file.
    pub base: usize,
    /// What stands in it.
    pub scan: &'t Scan,
    /// The path its links are written for.
    pub from: &'t str,
    /// The path of the page it is put on.
    pub page: &'t str,
}

impl Text<'_> {
    pub(super) fn place(&self, span: &Range<usize>) -> crate::diagnostics::Place {
        self.source.at(self.base + span.start..self.base + span.end)
    }

    pub(super) fn markdown(&self) -> &str {
        &self.source.text[self.base..]
    }
}

/// What a destination becomes.
struct Resolved {
    /// The new destination, if it changes.
    dest: Option<String>,
    /// What an empty text is filled with.
    text: Option<String>,
}

impl Model<'_> {
    /// Rewrites all chapters in place.
    pub(super) fn rewrite_chapters(&self, book: &mut Book, report: &mut Report) {
        // Reports are to come in reading order, so chapters are rewritten in
        // it and put in place afterwards (`for_each_mut` goes children first).
        let mut rewritten = std::collections::BTreeMap::new();
        for chapter in book.chapters() {
            let Some(page) = steps::page_of(chapter) else {
                continue;
            };
            let Some(text) = self.chapters.get(&page) else {
                continue;
            };
            let label = source_of(chapter)
                .and_then(|source| self.outline.get(&source))
                .and_then(|entry| entry.label.as_ref());
            let text = Text {
                source: &text.source,
                base: 0,
                scan: &text.scan,
                from: &text.from,
                page: &page,
            };
            let mut edits = Edits::new(text.markdown());
            self.links(&text, &mut edits, report);
            self.mark_gone(&text, &mut edits, report);
            self.directives(&text, &mut edits, report);
            if let Some(label) = label {
                steps::number_heading(label, text.markdown(), text.scan, &mut edits);
                if self.site {
                    self.here(label, &text, &mut edits);
                }
            }
            let content = edits.apply();
            rewritten.insert(page, content);
        }
        book.for_each_chapter_mut(|chapter| {
            if let Some(content) = steps::page_of(chapter).and_then(|page| rewritten.remove(&page))
            {
                chapter.content = content;
            }
        });
    }

    /// Points links to where they lead on the page, and fills empty texts.
    pub(super) fn links(&self, text: &Text<'_>, edits: &mut Edits<'_>, report: &mut Report) {
        for link in &text.scan.links {
            if let Some(image) = self.sized_image(link, text) {
                edits.replace(link.span.clone(), image);
                continue;
            }
            let resolved = match (&link.form, link.image) {
                (LinkForm::Auto, _) => continue,
                // Where it leads is said, and rewritten, at its definition.
                (LinkForm::Reference { .. }, _) => {
                    self.resolve(&link.dest, text, None, &mut Report::default())
                }
                _ => self.resolve(&link.dest, text, Some(&link.span), report),
            };
            if let Some(dest) = resolved.dest {
                match &link.form {
                    LinkForm::Inline(span) => {
                        edits.replace(span.clone(), markdown::destination(&dest));
                    }
                    LinkForm::Html(span, name) => {
                        let mut value = String::new();
                        // Writing into a string does not fail.
                        let _ = pulldown_cmark_escape::escape_html(&mut value, &dest);
                        edits.replace(span.clone(), format!("{name}=\"{value}\""));
                    }
                    LinkForm::Reference { .. } | LinkForm::Auto => {}
                }
            }
            if let (Some(at), Some(filling), false) = (link.empty_at, resolved.text, link.image) {
                edits.insert(at, markdown::text(&filling));
            }
        }
        for definition in &text.scan.definitions {
            let resolved = self.resolve(&definition.dest, text, Some(&definition.span), report);
            if let Some(dest) = resolved.dest {
                edits.replace(definition.dest_span.clone(), markdown::destination(&dest));
            }
        }
    }

    fn resolve(
        &self,
        dest: &str,
        text: &Text<'_>,
        span: Option<&Range<usize>>,
        report: &mut Report,
    ) -> Resolved {
        let nothing = Resolved {
            dest: None,
            text: None,
        };
        let Dest::Path { path, fragment } = Dest::parse(dest, text.from) else {
            return nothing;
        };
        let fragment = fragment.map_or(String::new(), |fragment| format!("#{fragment}"));
        if let Some(id) = self.in_folder(&path, &self.config.resources, ".toml")
            && self.registry.is_present()
        {
            let Some(resource) = self.registry.get(id) else {
                if let Some(span) = span {
                    report.push(
                        Diagnostic::error(format!("unknown resource `{id}`"))
                            .at(text.place(span))
                            .hint(self.registry.suggestion(id).unwrap_or_else(|| {
                                format!("an entry is a file {}/ID.toml", self.config.resources)
                            })),
                    );
                }
                return nothing;
            };
            self.used.borrow_mut().insert(resource.id.clone());
            return Resolved {
                dest: Some(resource.url.clone() + &fragment),
                text: Some(resource.reference()),
            };
        }
        if let Some(entry) = self.outline.get(&path) {
            let moved = text.from != text.page || entry.page != path;
            return Resolved {
                dest: moved.then(|| dest::relative(text.page, &entry.page) + &fragment),
                text: Some(entry.reference()),
            };
        }
        if let Some(slug) = self.in_folder(&path, &self.config.questions, ".md")
            && !self.bank.questions().is_empty()
        {
            if let Some(span) = span {
                report.push(
                    Diagnostic::error(format!("unknown question `{slug}`"))
                        .at(text.place(span))
                        .hint(self.bank.suggestion(slug).unwrap_or_else(|| {
                            format!("a question is a file {}/SLUG.md", self.config.questions)
                        })),
                );
            }
            return nothing;
        }
        Resolved {
            dest: (text.from != text.page).then(|| dest::relative(text.page, &path) + &fragment),
            text: None,
        }
    }

    /// The name of a file that lies right in a folder.
    pub(super) fn in_folder<'p>(
        &self,
        path: &'p str,
        folder: &str,
        ending: &str,
    ) -> Option<&'p str> {
        let name = path
            .strip_prefix(folder.trim_matches('/'))?
            .strip_prefix('/')?
            .strip_suffix(ending)?;
        (!name.contains('/')).then_some(name)
    }
}
