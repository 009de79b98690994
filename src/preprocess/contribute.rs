//! The ways to contribute: links to the repository's host that open a file for
//! editing, or a new one with its form filled in.
//!
//! Names that stand at every entry are kept in attributes, as in `site`.

use super::Model;
use super::directives::option;
use crate::diagnostics::Place;
use crate::markdown::{Directive, destination, html_text};
use crate::questions::{self, Answer, Question};
use crate::resources::{Choice, Kind, Resource, resource_template};

impl Model<'_> {
    /// Where an answer to a question is written; editions say it too.
    pub(super) fn contribute(&self, question: &Question) -> String {
        let folder = format!("{}/{}", self.config.answers, question.slug);
        match &self.repository {
            Some(repository) => {
                let steps: Vec<_> = self.outline.steps.iter().map(|s| s.title.clone()).collect();
                let template = questions::answer_template(&steps);
                let url = repository.new_file(&folder, "your-name.md", &template);
                format!("[Write an answer]({}).", destination(&url))
            }
            None => format!("An answer is a file `{folder}/YOUR-NAME.md`."),
        }
    }

    /// Where an entry of the registry is changed, if the site can lead there.
    pub(super) fn edit_resource(&self, resource: &Resource) -> Option<String> {
        self.edit(&resource.place)
    }

    /// Where an answer is changed: where its text begins.
    pub(super) fn edit_answer(&self, answer: &Answer) -> Option<String> {
        self.edit(&answer.source.at(answer.body.clone()))
    }

    fn edit(&self, place: &Place) -> Option<String> {
        let repository = self.repository.as_ref().filter(|_| self.site)?;
        Some(repository.edit(place))
    }

    /// The link that adds an entry to a list of them: to the list of a chapter
    /// `from`, which has a step and a topic, or to what a directive chooses.
    pub(super) fn add_resource(&self, directive: &Directive, from: &str) -> String {
        let Some(repository) = self.repository.as_ref().filter(|_| self.site) else {
            return String::new();
        };
        let choice = match self.outline.step_and_topic(from) {
            Some((step, topic)) if directive.options.is_empty() => Choice {
                step: Some(step.id.clone()),
                topic,
                kind: None,
            },
            _ => Choice {
                step: option(directive, "step"),
                topic: option(directive, "topic"),
                kind: option(directive, "kind"),
            },
        };
        let steps = match choice.step {
            Some(step) => vec![step],
            None => self.outline.step_ids(),
        };
        let topics: Vec<_> = choice.topic.into_iter().collect();
        let kind = choice.kind.and_then(|name| Kind::named(&name));
        // The day of the build is not to be in its results.
        let newest = self.registry.iter().map(|resource| resource.year).max();
        let form = resource_template(
            newest.unwrap_or_default(),
            kind.unwrap_or(Kind::Article),
            &steps,
            &topics,
        );
        let url = repository.new_file(&self.config.resources, "your-id.toml", &form);
        add_link("Add a resource", &url)
    }

    /// The link that adds a question to the appendix.
    pub(super) fn suggest_question(&self) -> String {
        let Some(repository) = self.repository.as_ref().filter(|_| self.site) else {
            return String::new();
        };
        let number = self.bank.questions().last().map_or(0, |q| q.number) + 1;
        let form = questions::question_template(number, "Your title", &self.outline.step_ids());
        let url = repository.new_file(&self.config.questions, "your-slug.md", &form);
        add_link("Suggest a question", &url)
    }
}

/// ```text
/// <p class="booklet-add"><a href="https://…" aria-label="Add a resource"></a></p>
/// ```
fn add_link(name: &str, url: &str) -> String {
    let url = html_text(url);
    format!("<p class=\"booklet-add\"><a href=\"{url}\" aria-label=\"{name}\"></a></p>\n\n")
}
