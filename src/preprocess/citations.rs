//! Which entries of the registry a text is about, and where an entry is cited.

use super::Model;
use crate::dest::{self, Dest};
use crate::markdown::{self, Scan};
use crate::resources::{Choice, Resource};
use std::collections::BTreeMap;

/// The pages that cite an entry, by its id, in reading order.
pub(super) type Citations = BTreeMap<String, Vec<String>>;

impl Model<'_> {
    /// The entries that a text links to, in the order in which it does. `from`
    /// is the path its links are written for.
    fn linked<'m>(&'m self, scan: &Scan, from: &str) -> Vec<&'m Resource> {
        let dests = scan.links.iter().map(|link| &link.dest);
        dests
            .filter_map(|dest| {
                let Dest::Path { path, .. } = Dest::parse(dest, from) else {
                    return None;
                };
                let id = self.in_folder(&path, &self.config.resources, ".toml")?;
                self.registry.get(id)
            })
            .collect()
    }

    /// The entries a chapter cites, in the order in which it does, then those
    /// registered for its step and topic, by title.
    pub(super) fn resources_of<'m>(&'m self, scan: &Scan, from: &str) -> Vec<&'m Resource> {
        let mut listed = self.linked(scan, from);
        if let Some((step, topic)) = self.outline.step_and_topic(from) {
            let choice = Choice {
                step: Some(step.id.clone()),
                topic,
                kind: None,
            };
            listed.extend(choice.of(&self.registry));
        }
        let mut seen = std::collections::BTreeSet::new();
        listed.retain(|resource| seen.insert(&resource.id));
        listed
    }

    /// Collects the citations of the whole book: links in chapters, in questions
    /// and in answers, and what a chapter lists as its own.
    pub(super) fn cite(&self) -> Citations {
        let mut cited = Citations::new();
        let mut add = |resources: Vec<&Resource>, page: &str| {
            for resource in resources {
                let pages = cited.entry(resource.id.clone()).or_default();
                if pages.last().is_none_or(|last| last != page) {
                    pages.push(page.to_owned());
                }
            }
        };
        for (page, text) in self.chapters.iter() {
            let mut directives = text.scan.directives.iter();
            let lists = directives.any(|d| d.name == "resources" && d.options.is_empty());
            let resources = match lists {
                true => self.resources_of(&text.scan, &text.from),
                false => self.linked(&text.scan, &text.from),
            };
            add(resources, page);
        }
        for question in self.bank.questions() {
            let page = self.question_page(&question.slug);
            let text = &question.source.text[question.body.clone()];
            // What cannot be parsed is reported where it is put on its page.
            let scan = markdown::scan(text, &self.options).unwrap_or_default();
            add(self.linked(&scan, &page), &page);
            for answer in self.bank.answers(&question.slug) {
                let text = &answer.source.text[answer.body.clone()];
                let scan = markdown::scan(text, &self.options).unwrap_or_default();
                let from = self.answer_file(&question.slug, &answer.name);
                add(self.linked(&scan, &from), &page);
            }
        }
        cited
    }

    /// The other pages that cite an entry, each with its title and its link.
    pub(super) fn cited_in(&self, resource: &Resource, page: &str) -> Vec<(String, String)> {
        let pages = self.citations.get(&resource.id).into_iter().flatten();
        pages
            .filter(|cited| *cited != page)
            .filter_map(|cited| {
                let title = self.outline.get(cited)?.reference();
                Some((title, dest::relative(page, cited)))
            })
            .collect()
    }
}
