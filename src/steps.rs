//! The steps of a book: its outline, numbers and references.

mod figure;
mod number;

pub use figure::overview;
pub use number::{number_book, number_heading};

use crate::dest;
use crate::diagnostics::{Diagnostic, Place, Report};
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use std::collections::BTreeMap;

/// What a chapter is called wherever it is referred to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// “Step 3”, “2.3”; none for a chapter outside the steps.
    pub label: Option<Label>,
    /// Its name in `SUMMARY.md`.
    pub title: String,
    /// The file it is made from and the page it becomes differ (`README.md`
    /// becomes `index.md`): this is the page.
    pub page: String,
}

/// A chapter's place among the steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label(Vec<u32>);

impl Label {
    /// The numbers, the step's first.
    pub fn numbers(&self) -> &[u32] {
        &self.0
    }

    /// The chapter's title with its label: “Step 3: Modeling”, “2.3 Labels”.
    pub fn title(&self, title: &str) -> String {
        format!("{}{title}", self.prefix())
    }

    /// What stands before the title.
    pub fn prefix(&self) -> String {
        match self.0.as_slice() {
            [step] => format!("Step {step}: "),
            numbers => {
                let numbers: Vec<_> = numbers.iter().map(u32::to_string).collect();
                format!("{} ", numbers.join("."))
            }
        }
    }
}

/// Parts the label from a title that begins with one: `Step 3` and `Modeling`,
/// `2.3` and `Labels`.
pub fn split_label(title: &str) -> Option<(&str, &str)> {
    let is_number = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit())
            && text.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    let (label, rest) = match title.split_once(": ") {
        Some((label, rest)) if label.starts_with("Step ") => (label, rest),
        _ => title.split_once(' ')?,
    };
    is_number(label.strip_prefix("Step ").unwrap_or(label)).then_some((label, rest))
}

impl Entry {
    /// The title with its label, as references show it.
    pub fn reference(&self) -> String {
        match &self.label {
            Some(label) => label.title(&self.title),
            None => self.title.clone(),
        }
    }
}

/// One of the steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its id: the name of its file without `.md`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its page.
    pub page: String,
}

/// All chapters by the path of their source and of their page, and the steps.
#[derive(Debug, Default)]
pub struct Outline {
    entries: BTreeMap<String, Entry>,
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// The path of a chapter's page, with `/` between its parts.
pub fn page_of(chapter: &Chapter) -> Option<String> {
    Some(slashes(chapter.path.as_ref()?))
}

/// The path a chapter's links are written for: that of its source.
pub fn source_of(chapter: &Chapter) -> Option<String> {
    Some(slashes(
        chapter.source_path.as_ref().or(chapter.path.as_ref())?,
    ))
}

fn slashes(path: &std::path::Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The id of a step, from the name of its file.
pub fn step_id(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.strip_suffix(".md").unwrap_or(name).to_owned()
}

impl Outline {
    /// Collects the outline of a whole book before anything in it is changed.
    /// `place` tells where an entry of `steps` is written.
    pub fn collect(
        book: &Book,
        steps: &[String],
        place: impl Fn(usize) -> Option<Place>,
        report: &mut Report,
    ) -> Self {
        let mut outline = Self::default();
        let numbers: BTreeMap<&str, u32> = steps.iter().map(String::as_str).zip(1..).collect();
        outline.add(&book.items, None, &numbers);
        for (i, file) in steps.iter().enumerate() {
            match outline.entries.get(file) {
                Some(entry) => outline.steps.push(Step {
                    id: step_id(file),
                    title: entry.title.clone(),
                    page: entry.page.clone(),
                }),
                None => {
                    let chapters = outline.entries.keys().map(String::as_str);
                    let mut diagnostic =
                        Diagnostic::error(format!("the step `{file}` is not in SUMMARY.md"))
                            .maybe_hint(crate::diagnostics::did_you_mean(file, chapters));
                    diagnostic.places.extend(place(i));
                    report.push(diagnostic);
                }
            }
        }
        outline
    }

    fn add(&mut self, items: &[BookItem], parent: Option<&Label>, steps: &BTreeMap<&str, u32>) {
        let mut child = 0;
        for item in items {
            let BookItem::Chapter(chapter) = item else {
                continue;
            };
            child += 1;
            let source = source_of(chapter);
            let step = source.as_deref().and_then(|source| steps.get(source));
            let label = match (step, parent) {
                (Some(step), _) => Some(Label(vec![*step])),
                (None, Some(parent)) => {
                    let mut numbers = parent.0.clone();
                    numbers.push(child);
                    Some(Label(numbers))
                }
                (None, None) => None,
            };
            if let (Some(source), Some(page)) = (source, page_of(chapter)) {
                let entry = Entry {
                    label: label.clone(),
                    title: chapter.name.clone(),
                    page: page.clone(),
                };
                self.entries.insert(page, entry.clone());
                self.entries.insert(source, entry);
            }
            self.add(&chapter.sub_items, label.as_ref(), steps);
        }
    }

    /// Adds a page that is not in `SUMMARY.md`.
    pub fn insert(&mut self, source: String, entry: Entry) {
        self.entries.insert(source, entry);
    }

    /// The chapter of a path, of its source or of its page.
    pub fn get(&self, path: &str) -> Option<&Entry> {
        self.entries.get(path)
    }

    /// The ids of the steps.
    pub fn step_ids(&self) -> Vec<String> {
        self.steps.iter().map(|step| step.id.clone()).collect()
    }

    /// The step of an id.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// The step a chapter belongs to, and its topic: an aspect's topic is the
    /// name of its file; a step has none.
    pub fn step_and_topic(&self, path: &str) -> Option<(&Step, Option<String>)> {
        let label = self.get(path)?.label.as_ref()?;
        let step = self.steps.get(*label.0.first()? as usize - 1)?;
        let topic = (label.0.len() > 1).then(|| step_id(path));
        Some((step, topic))
    }

    /// The link from one page to another.
    pub fn link(from: &str, to: &str) -> String {
        dest::relative(from, to)
    }
}
