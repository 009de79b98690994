//! Questions and answers as Markdown pages.

use super::{Answer, Bank, Question};
use crate::markdown::{destination, html_text, text};
use std::fmt::Write;

/// An answer on its way to a page.
pub struct PlacedAnswer<'a> {
    /// The answer.
    pub answer: &'a Answer,
    /// Its text.
    pub body: String,
    /// Where it is edited, on the site.
    pub edit: Option<String>,
}

/// What the page of a question is made of. Texts are rewritten already: their
/// links are right for the page.
pub struct QuestionPage<'a> {
    /// The question.
    pub question: &'a Question,
    /// Its text.
    pub body: String,
    /// The names of its steps, each with a link to its chapter.
    pub steps: Vec<(String, String)>,
    /// Its answers with their texts, for a page that holds them itself.
    pub answers: Vec<PlacedAnswer<'a>>,
    /// The page its answers are on, for a page that does not.
    pub answers_link: Option<String>,
    /// Where an answer is contributed.
    pub contribute: String,
    /// Where the question is practiced with a clock.
    pub practice: Option<String>,
}

impl QuestionPage<'_> {
    /// The page.
    pub fn markdown(&self) -> String {
        let question = self.question;
        let mut out = format!(
            "# {} {{#{}}}\n\n",
            text(&question.reference()),
            question.slug
        );
        out.push_str("<div class=\"booklet-about\">\n\n");
        let _ = write!(out, "Level: {}", question.level.name());
        if !self.steps.is_empty() {
            let steps: Vec<_> = self
                .steps
                .iter()
                .map(|(name, link)| format!("[{}]({})", text(name), destination(link)))
                .collect();
            let _ = write!(out, " · Steps: {}", steps.join(", "));
        }
        if !question.topics.is_empty() {
            let topics: Vec<_> = question
                .topics
                .iter()
                .map(|t| t.replace('-', " "))
                .collect();
            let _ = write!(out, " · Topics: {}", topics.join(", "));
        }
        if let Some(link) = &self.practice {
            let _ = write!(out, " · [Practice with a clock]({})", destination(link));
        }
        let _ = write!(out, "\n\n</div>\n\n{}\n\n", self.body.trim());
        match &self.answers_link {
            Some(link) => {
                let _ = writeln!(
                    out,
                    "<div class=\"booklet-more\">\n\n[Read the answers.]({})\n\n</div>",
                    destination(link)
                );
            }
            None => self.answers(&mut out),
        }
        out
    }

    fn answers(&self, out: &mut String) {
        out.push_str("## Answers {#answers}\n\n");
        if self.answers.is_empty() {
            let _ = writeln!(
                out,
                "Nobody has answered this question yet. {}",
                self.contribute
            );
            return;
        }
        if self.answers.len() > 1 {
            // A script puts a button there that opens all of them.
            out.push_str("<div class=\"booklet-all\"></div>\n\n");
        }
        for placed in &self.answers {
            let _ = write!(
                out,
                "<details class=\"booklet-answer\" id=\"answer-{}\">\n<summary>Answer by {}</summary>\n\n{}\n\n{}\n\n</details>\n\n",
                placed.answer.name,
                // Inside an HTML block only the HTML characters mean anything.
                html_text(&placed.answer.author),
                byline(placed),
                placed.body.trim(),
            );
        }
        let _ = writeln!(out, "{}", self.contribute);
    }
}

/// The answers to one question, as a page of their own.
pub struct AnswerPage<'a> {
    /// The question.
    pub question: &'a Question,
    /// The link back to it.
    pub question_link: String,
    /// The answers with their texts.
    pub answers: Vec<PlacedAnswer<'a>>,
}

impl AnswerPage<'_> {
    /// The title of the page.
    pub fn title(question: &Question) -> String {
        format!(
            "Answers to question {}: {}",
            question.number, question.title
        )
    }

    /// The page.
    pub fn markdown(&self) -> String {
        let mut out = format!(
            "# {} {{#answers-{}}}\n\n<div class=\"booklet-back\">\n\n[Read the question again.]({})\n\n</div>\n\n",
            text(&Self::title(self.question)),
            self.question.slug,
            destination(&self.question_link),
        );
        for placed in &self.answers {
            let _ = write!(
                out,
                "## Answer by {} {{#answer-{}}}\n\n{}\n\n{}\n\n",
                text(&placed.answer.author),
                placed.answer.name,
                byline(placed),
                placed.body.trim(),
            );
        }
        out
    }
}

fn byline(placed: &PlacedAnswer<'_>) -> String {
    let answer = placed.answer;
    let author = match &answer.link {
        Some(link) => format!("[{}]({})", text(&answer.author), destination(link)),
        None => text(&answer.author),
    };
    let edit = placed.edit.as_deref().map_or(String::new(), |url| {
        format!(
            " <a class=\"booklet-edit\" href=\"{}\" aria-label=\"Edit the answer by {}\"></a>",
            html_text(url),
            html_text(&answer.author)
        )
    });
    format!(
        "<div class=\"booklet-about\">\n\nBy {author}, updated {}{edit}\n\n</div>",
        answer.updated
    )
}

/// How many questions there are, and how many are answered.
pub fn count_line(bank: &Bank) -> String {
    let all = bank.questions().len();
    let questions = if all == 1 { "question" } else { "questions" };
    match (all, bank.answered()) {
        (all, 0) => format!("{all} {questions}, none answered yet."),
        (all, answered) if all == answered => format!("{all} {questions}, all answered."),
        (all, answered) => format!("{all} {questions}, {answered} answered."),
    }
}

/// One line of the appendix. On the site it also carries `attributes` for scripts.
pub fn list_item(question: &Question, link: &str, answers: usize, attributes: &str) -> String {
    let answered = match answers {
        0 => "no answer yet".to_owned(),
        1 => "1 answer".to_owned(),
        n => format!("{n} answers"),
    };
    format!(
        "- [{}]({}) <span class=\"booklet-by\"{attributes}>{}, {answered}</span>\n",
        text(&question.reference()),
        destination(link),
        question.level.name(),
    )
}

/// What a script needs to filter the list: level, steps and topics, and how many
/// answers there are.
///
/// ```text
///  data-level="easy" data-steps="setup data" data-topics="fraud" data-answers="1"
/// ```
pub fn attributes(question: &Question, answers: usize) -> String {
    format!(
        " data-level=\"{}\" data-steps=\"{}\" data-topics=\"{}\" data-answers=\"{answers}\"",
        question.level.name(),
        html_text(&question.steps.join(" ")),
        html_text(&question.topics.join(" ")),
    )
}

/// What a new answer begins with.
pub fn answer_template(steps: &[String]) -> String {
    let mut out = String::from("+++\nauthor = \"Your name\"\nupdated = 2026-01-01\n+++\n");
    for step in steps {
        let _ = write!(out, "\n## {step}\n\n…\n");
    }
    out
}
