//! The bank of questions and their answers.

mod answer;
mod front_matter;
mod page;
mod question;
mod strangers;
mod template;

pub use answer::Answer;
pub use page::{
    AnswerPage, PlacedAnswer, QuestionPage, answer_template, attributes, count_line, list_item,
};
pub use question::{Level, Question};
pub(crate) use strangers::check as check_strangers;
pub use template::question_template;

use crate::diagnostics::{Diagnostic, Report, Source, did_you_mean};
use crate::resources::read_folder;
use std::collections::BTreeMap;
use std::path::Path;

/// All questions, in the order of their numbers, and all answers.
#[derive(Debug, Default)]
pub struct Bank {
    questions: Vec<Question>,
    /// By the slug of the question, in the order of their file names.
    answers: BTreeMap<String, Vec<Answer>>,
}

impl Bank {
    /// Reads the folders of questions and answers below the source folder.
    pub fn load(
        root: &Path,
        src: &Path,
        (questions, answers): (&str, &str),
        steps: &[String],
        report: &mut Report,
    ) -> Self {
        let mut bank = Self::default();
        for source in read_folder(root, &src.join(questions), "md", report) {
            bank.questions
                .extend(Question::parse(source, steps, report));
        }
        bank.check_numbers(report);
        let folder = src.join(answers);
        let mut slugs: Vec<_> = std::fs::read_dir(root.join(&folder))
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok())
            .filter(|entry| entry.path().is_dir())
            .map(|entry| entry.file_name())
            .collect();
        slugs.sort();
        for slug in slugs {
            for source in read_folder(root, &folder.join(&slug), "md", report) {
                bank.add_answer(&slug.to_string_lossy(), source, report);
            }
        }
        bank
    }

    fn add_answer(&mut self, slug: &str, source: Source, report: &mut Report) {
        if self.get(slug).is_none() {
            let slugs = self.questions.iter().map(|q| q.slug.as_str());
            report.push(
                Diagnostic::error(format!("an answer to `{slug}`, which is not a question"))
                    .at(source.whole())
                    .maybe_hint(did_you_mean(slug, slugs)),
            );
        }
        if let Some(answer) = Answer::parse(source, report) {
            self.answers
                .entry(slug.to_owned())
                .or_default()
                .push(answer);
        }
    }

    /// Sorts by number; numbers are unique and have no gaps.
    fn check_numbers(&mut self, report: &mut Report) {
        self.questions
            .sort_by(|a, b| (a.number, &a.slug).cmp(&(b.number, &b.slug)));
        for pair in self.questions.windows(2) {
            let [before, after] = pair else { continue };
            if before.number == after.number {
                report.push(
                    Diagnostic::error(format!("two questions have the number {}", after.number))
                        .at(after.number_place.clone().label("the same as the other"))
                        .at(before.number_place.clone().label("first here"))
                        .hint(format!("the next free number is {}", self.questions.len())),
                );
            }
        }
        let mut expected = 1;
        for question in &self.questions {
            if question.number > expected {
                report.push(
                    Diagnostic::error(format!("no question has the number {expected}"))
                        .at(question.number_place.clone().label("the next one"))
                        .hint("numbers run from 1 without gaps"),
                );
            }
            expected = question.number + 1;
        }
    }

    /// The questions, in order.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// The question of a slug.
    pub fn get(&self, slug: &str) -> Option<&Question> {
        self.questions.iter().find(|q| q.slug == slug)
    }

    /// The answers to a question.
    pub fn answers(&self, slug: &str) -> &[Answer] {
        self.answers.get(slug).map_or(&[], Vec::as_slice)
    }

    /// How many questions have an answer.
    pub fn answered(&self) -> usize {
        self.questions
            .iter()
            .filter(|q| !self.answers(&q.slug).is_empty())
            .count()
    }

    /// The hint for a slug that is not there.
    pub fn suggestion(&self, slug: &str) -> Option<String> {
        did_you_mean(slug, self.questions.iter().map(|q| q.slug.as_str()))
    }
}
