//! Block directives and what they become.

use super::Model;
use super::rewrite::Text;
use crate::dest;
use crate::diagnostics::{Diagnostic, Report, did_you_mean, nearest};
use crate::markdown::{Directive, Edits};
use crate::questions;
use crate::resources::{self, Choice, Gone, Index, Item, Kind};
use crate::steps;
use std::collections::BTreeSet;

/// Each directive with its options.
const DIRECTIVES: &[(&str, &[&str])] = &[
    ("downloads", &[]),
    ("filter", &[]),
    ("practice", &["minutes", "rubric"]),
    ("questions", &["step", "topic", "level"]),
    ("resources", &["step", "topic", "kind"]),
    ("steps", &[]),
];
const LEVELS: &[&str] = &["easy", "medium", "hard"];

fn names() -> impl Iterator<Item = &'static str> {
    DIRECTIVES.iter().map(|(name, _)| *name)
}

impl Model<'_> {
    /// Replaces the directives of a chapter.
    pub(super) fn directives(&self, text: &Text<'_>, edits: &mut Edits<'_>, report: &mut Report) {
        let mut targets = BTreeSet::new();
        for directive in &text.scan.directives {
            let Some((_, options)) = DIRECTIVES.iter().find(|(name, _)| *name == directive.name)
            else {
                unknown(directive, text, report);
                continue;
            };
            if self.check_options(directive, options, text, report) {
                let block = match directive.name.as_str() {
                    "questions" => self.question_list(directive, text),
                    "resources" => self.resource_list(directive, text, &mut targets, report),
                    "downloads" => self.downloads(text),
                    "filter" => self.filter(),
                    "practice" => self.practice(directive, text, report),
                    _ => self.overview(directive, text, report),
                };
                edits.replace(directive.span.clone(), block);
            }
        }
        for span in &text.scan.misplaced {
            let written = &text.source.text[text.base + span.start..text.base + span.end];
            let name = written.trim_start_matches("{{#").trim_end_matches("}}");
            let name = name.split_whitespace().next().unwrap_or_default();
            if names().any(|known| known == name) {
                report.push(
                    Diagnostic::error(format!(
                        "`{{{{#{name}}}}}` must stand alone in its paragraph"
                    ))
                    .at(text.source.at(text.base + span.start..text.base + span.end))
                    .hint("put an empty line before and after it"),
                );
            }
        }
    }

    fn check_options(
        &self,
        directive: &Directive,
        options: &[&str],
        text: &Text<'_>,
        report: &mut Report,
    ) -> bool {
        let before = report.iter().count();
        let place = |span: &std::ops::Range<usize>| {
            text.source.at(text.base + span.start..text.base + span.end)
        };
        for span in &directive.malformed {
            report.push(
                Diagnostic::error("this is not an option")
                    .at(place(span))
                    .hint("an option is written name=\"value\""),
            );
        }
        let step_ids = self.outline.step_ids();
        for (name, value, span) in &directive.options {
            if !options.contains(&name.as_str()) {
                let hint = match options {
                    [] => format!("`{{{{#{}}}}}` has no options", directive.name),
                    options => did_you_mean(name, options.iter().copied()).unwrap_or_else(|| {
                        format!("its options are {}", crate::toml_text::list(options))
                    }),
                };
                report.push(
                    Diagnostic::error(format!(
                        "`{{{{#{}}}}}` has no option `{name}`",
                        directive.name
                    ))
                    .at(place(span))
                    .hint(hint),
                );
                continue;
            }
            let known: Option<Vec<&str>> = match name.as_str() {
                "step" => Some(step_ids.iter().map(String::as_str).collect()),
                "kind" => Some(Kind::NAMES.to_vec()),
                "level" => Some(LEVELS.to_vec()),
                _ => None,
            };
            if let Some(known) = known
                && !known.contains(&value.as_str())
            {
                report.push(
                    Diagnostic::error(format!("unknown {name} `{value}`"))
                        .at(place(span))
                        .hint(
                            did_you_mean(value, known.iter().copied()).unwrap_or_else(|| {
                                format!("it may be {}", crate::toml_text::list(&known))
                            }),
                        ),
                );
            }
        }
        report.iter().count() == before
    }

    /// What the chapter cites and what is registered for it, or what the
    /// options choose. The latter is an index: it says where each entry is cited,
    /// and each is a target of links where the page first lists it.
    fn resource_list(
        &self,
        directive: &Directive,
        text: &Text<'_>,
        targets: &mut BTreeSet<String>,
        report: &mut Report,
    ) -> String {
        let by_choice = !directive.options.is_empty();
        let listed = if !by_choice {
            self.resources_of(text.scan, text.from)
        } else {
            let choice = Choice {
                step: option(directive, "step"),
                topic: option(directive, "topic"),
                kind: option(directive, "kind"),
            };
            choice.of(&self.registry)
        };
        if listed.is_empty() {
            report.push(
                Diagnostic::warning("`{{#resources}}` finds nothing to list").at(text
                    .source
                    .at(text.base + directive.span.start..text.base + directive.span.end)),
            );
            return String::new();
        }
        let mut used = self.used.borrow_mut();
        used.extend(listed.iter().map(|resource| resource.id.clone()));
        let items: Vec<_> = listed
            .into_iter()
            .map(|resource| Item {
                resource,
                gone: Gone::resource(&self.ledger, resource),
                edit: self.edit_resource(resource),
                index: (self.site && by_choice).then(|| Index {
                    target: targets.insert(resource.id.clone()),
                    cited: self.cited_in(resource, text.page),
                }),
            })
            .collect();
        resources::list(&items, !self.site, &self.add_resource(directive, text.from))
    }

    pub(super) fn question_list(&self, directive: &Directive, text: &Text<'_>) -> String {
        let chosen = |name: &str, has: &dyn Fn(&str) -> bool| {
            option(directive, name).is_none_or(|wanted| has(&wanted))
        };
        let mut out = String::new();
        if directive.name == "questions" && directive.options.is_empty() {
            out.push_str(&questions::count_line(&self.bank));
            out.push_str("\n\n");
        }
        out.push_str("<div class=\"booklet-questions\">\n\n");
        for question in self.bank.questions() {
            if chosen("step", &|step| question.steps.iter().any(|s| s == step))
                && chosen("topic", &|topic| question.topics.iter().any(|t| t == topic))
                && chosen("level", &|level| question.level.name() == level)
            {
                let link = dest::relative(text.page, &self.question_page(&question.slug));
                let answers = self.bank.answers(&question.slug).len();
                let mut attributes = String::new();
                if self.site {
                    attributes = questions::attributes(question, answers);
                    if directive.name == "practice" {
                        attributes.insert_str(0, &format!(" id=\"question-{}\"", question.slug));
                    }
                }
                out.push_str(&questions::list_item(question, &link, answers, &attributes));
            }
        }
        out.push('\n');
        if directive.name == "questions" && directive.options.is_empty() {
            out.push_str(&self.suggest_question());
        }
        out.push_str("</div>");
        out
    }

    fn overview(&self, directive: &Directive, text: &Text<'_>, report: &mut Report) -> String {
        match self.has_steps(directive, text, report) {
            true => steps::overview(&self.outline, text.page, self.site),
            false => String::new(),
        }
    }

    /// Whether there are steps; complains if not.
    pub(super) fn has_steps(
        &self,
        directive: &Directive,
        text: &Text<'_>,
        report: &mut Report,
    ) -> bool {
        if self.outline.steps.is_empty() {
            report.push(
                Diagnostic::error("this book has no steps to show")
                    .at(text.place(&directive.span))
                    .hint("name their chapters in the key `steps` of [preprocessor.booklet] in book.toml"),
            );
        }
        !self.outline.steps.is_empty()
    }
}

pub(super) fn option(directive: &Directive, name: &str) -> Option<String> {
    directive
        .options
        .iter()
        .find(|(key, _, _)| key == name)
        .map(|(_, value, _)| value.clone())
}

/// A name near to one of ours is a slip; any other may be another
/// preprocessor's, and is left as it stands.
fn unknown(directive: &Directive, text: &Text<'_>, report: &mut Report) {
    let place = text
        .source
        .at(text.base + directive.span.start..text.base + directive.span.end);
    let message = format!("unknown directive `{{{{#{}}}}}`", directive.name);
    report.push(match nearest(&directive.name, names()) {
        Some(near) => Diagnostic::error(message)
            .at(place)
            .hint(format!("did you mean `{{{{#{near}}}}}`?")),
        None => Diagnostic::warning(message).at(place).hint(
            "it is left as it stands; if another preprocessor reads it, let that one run before `booklet`",
        ),
    });
}
