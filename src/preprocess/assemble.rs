//! The appendix: a page for each question, and in editions a page of answers
//! for each answered one.

use super::Model;
use super::rewrite::Text;
use crate::dest;
use crate::diagnostics::{Diagnostic, Place, Report, Source};
use crate::markdown::{self, Edits, LinkForm, Scan};
use crate::questions::{self, Answer, AnswerPage, PlacedAnswer, Question, QuestionPage};
use crate::steps::{self, Entry};
use mdbook_preprocessor::book::{Book, BookItem, Chapter, SectionNumber};
use std::ops::Range;

impl Model<'_> {
    /// The path of a question's page, which is that of its file.
    pub(super) fn question_page(&self, slug: &str) -> String {
        format!("{}/{slug}.md", self.config.questions)
    }

    fn answers_page(&self, slug: &str) -> String {
        format!("{}/{slug}.md", self.config.answers)
    }

    /// The path of an answer's file.
    pub(super) fn answer_file(&self, slug: &str, name: &str) -> String {
        format!("{}/{slug}/{name}.md", self.config.answers)
    }

    /// Makes the questions known, so that links find them.
    pub(super) fn enter_questions(&mut self, report: &mut Report) {
        for question in self.bank.questions() {
            let page = format!("{}/{}.md", self.config.questions, question.slug);
            if self.chapters.get(&page).is_some() {
                report.push(
                    Diagnostic::error(format!(
                        "the question `{}` is listed in SUMMARY.md",
                        question.slug
                    ))
                    .at(question.source.whole())
                    .hint("leave it out there: it gets its page from the appendix"),
                );
            }
            let entry = Entry {
                label: None,
                title: question.reference(),
                page: page.clone(),
            };
            self.outline.insert(page, entry);
        }
    }

    /// Puts the pages of the questions below the chapter that lists them.
    pub(super) fn insert_questions(&self, book: &mut Book, report: &mut Report) {
        if self.bank.questions().is_empty() {
            return;
        }
        let home = self
            .chapters
            .find(|directive| directive.name == "questions" && directive.options.is_empty());
        let Some(home) = home.map(str::to_owned) else {
            report.push(
                Diagnostic::error("no chapter holds the questions")
                    .at(Place::file(self.src.join(&self.config.questions)))
                    .hint("write `{{#questions}}` alone in a paragraph of the chapter that is to be the appendix"),
            );
            return;
        };
        let pages: Vec<_> = self
            .bank
            .questions()
            .iter()
            .map(|question| self.question_chapter(question, report))
            .collect();
        let answers: Vec<_> = match self.site {
            true => Vec::new(),
            false => self
                .bank
                .questions()
                .iter()
                .filter(|question| !self.bank.answers(&question.slug).is_empty())
                .map(|question| self.answer_chapter(question, report))
                .collect(),
        };
        book.for_each_mut(|item| {
            let BookItem::Chapter(chapter) = item else {
                return;
            };
            if steps::page_of(chapter).as_deref() != Some(&home) {
                return;
            }
            let parents = [
                &chapter.parent_names[..],
                std::slice::from_ref(&chapter.name),
            ]
            .concat();
            // The sidebar nests by the length of the number.
            let number = chapter
                .number
                .as_ref()
                .map_or(vec![0], |number| number.to_vec());
            let first = chapter.sub_items.len() as u32 + 1;
            for (mut page, n) in pages.iter().chain(&answers).cloned().zip(first..) {
                page.parent_names = parents.clone();
                page.number = Some(SectionNumber::new([&number[..], &[n]].concat()));
                chapter.sub_items.push(BookItem::Chapter(page));
            }
        });
    }

    fn question_chapter(&self, question: &Question, report: &mut Report) -> Chapter {
        let page = self.question_page(&question.slug);
        let body = self.stranger(
            &question.source,
            question.body.start,
            &page,
            &page,
            None,
            report,
        );
        let all = self.bank.answers(&question.slug);
        let answers = match self.site {
            true => all
                .iter()
                .map(|answer| PlacedAnswer {
                    answer,
                    body: self.answer(question, answer, &page, report),
                    edit: self.edit_answer(answer),
                })
                .collect(),
            false => Vec::new(),
        };
        let answers_page = self.answers_page(&question.slug);
        let content = QuestionPage {
            question,
            body,
            steps: question
                .steps
                .iter()
                .filter_map(|id| self.outline.step(id))
                .map(|step| (step.title.clone(), dest::relative(&page, &step.page)))
                .collect(),
            answers,
            answers_link: (!self.site && !all.is_empty())
                .then(|| dest::relative(&page, &answers_page)),
            contribute: self.contribute(question),
            practice: self.practice_link(question, &page),
        }
        .markdown();
        let path = std::path::PathBuf::from(&page);
        Chapter {
            source_path: Some(path),
            ..Chapter::new(&question.reference(), content, page, Vec::new())
        }
    }

    fn answer_chapter(&self, question: &Question, report: &mut Report) -> Chapter {
        let page = self.answers_page(&question.slug);
        let answers = self.bank.answers(&question.slug).iter();
        let content = AnswerPage {
            question,
            question_link: dest::relative(&page, &self.question_page(&question.slug)),
            answers: answers
                .map(|answer| PlacedAnswer {
                    answer,
                    body: self.answer(question, answer, &page, report),
                    edit: None,
                })
                .collect(),
        }
        .markdown();
        Chapter {
            source_path: None,
            ..Chapter::new(&AnswerPage::title(question), content, page, Vec::new())
        }
    }

    fn answer(
        &self,
        question: &Question,
        answer: &Answer,
        page: &str,
        report: &mut Report,
    ) -> String {
        let from = self.answer_file(&question.slug, &answer.name);
        self.stranger(
            &answer.source,
            answer.body.start,
            &from,
            page,
            Some(answer),
            report,
        )
    }

    /// The text of a stranger, checked and made fit for a page. An answer shares
    /// its page with others: its headings go one level down, and what it names
    /// for itself (ids, footnotes, link labels) gets its name in front.
    fn stranger(
        &self,
        source: &Source,
        base: usize,
        from: &str,
        page: &str,
        answer: Option<&Answer>,
        report: &mut Report,
    ) -> String {
        let body = &source.text[base..];
        let scan = markdown::scan(body, &self.options).unwrap_or_else(|error| {
            report.push(error.diagnostic(source, base));
            Scan::default()
        });
        questions::check_strangers(&scan, source, base, from, &self.options, report);
        let text = Text {
            source,
            base,
            scan: &scan,
            from,
            page,
        };
        let mut edits = Edits::new(body);
        self.links(&text, &mut edits, report);
        self.mark_gone(&text, &mut edits, report);
        if let Some(answer) = answer {
            self.check_steps(&scan, answer, report);
            lower_headings(&scan, &answer.name, body, &mut edits);
            rename_labels(&scan, &answer.name, body, &mut edits);
        }
        edits.apply()
    }

    /// An answer walks the steps, each under a heading with its name.
    fn check_steps(&self, scan: &Scan, answer: &Answer, report: &mut Report) {
        let walked = |title: &str| {
            scan.headings
                .iter()
                .any(|heading| heading.text.trim().eq_ignore_ascii_case(title.trim()))
        };
        let missing: Vec<_> = self
            .outline
            .steps
            .iter()
            .map(|step| step.title.as_str())
            .filter(|title| !walked(title))
            .collect();
        if !missing.is_empty() {
            report.push(
                Diagnostic::warning(format!(
                    "the answer has no heading {}",
                    crate::toml_text::list(&missing)
                ))
                .at(answer.source.whole())
                .hint("an answer walks the steps, each under a heading with its title"),
            );
        }
    }
}

fn lower_headings(scan: &Scan, name: &str, body: &str, edits: &mut Edits<'_>) {
    for heading in &scan.headings {
        let level = (heading.level + 1).min(6);
        if heading.setext {
            edits.insert(heading.span.start, "#".repeat(level) + " ");
            // The underline is the last line.
            let underline = body[heading.span.clone()].rfind('\n');
            if let Some(at) = underline {
                edits.replace(heading.span.start + at..heading.span.end, "");
            }
        } else if level > heading.level {
            edits.insert(heading.span.start, "#");
        }
        if !heading.explicit {
            edits.insert(heading.content.end, format!(" {{#{name}-{}}}", heading.id));
        }
    }
}

fn rename_labels(scan: &Scan, name: &str, body: &str, edits: &mut Edits<'_>) {
    for footnote in &scan.footnotes {
        edits.insert(footnote.label.start, format!("{name}-"));
    }
    for definition in &scan.definitions {
        edits.insert(definition.label_span.start, format!("{name}-"));
    }
    let defined = |label: &str| !label.is_empty();
    for link in &scan.links {
        let LinkForm::Reference {
            label_at,
            shortcut,
            label,
        } = &link.form
        else {
            continue;
        };
        if !defined(label) {
            continue;
        }
        let label = written_label(link.span.clone(), label_at.clone(), *shortcut, body);
        match shortcut {
            true => edits.insert(label_at.start, format!("[{name}-{label}]")),
            false => edits.replace(label_at.clone(), format!("{name}-{label}")),
        }
    }
}

/// The label of a reference as its author wrote it.
fn written_label(link: Range<usize>, at: Range<usize>, shortcut: bool, body: &str) -> &str {
    if shortcut {
        return body[link]
            .trim_start_matches('!')
            .trim_start_matches('[')
            .trim_end_matches(']');
    }
    match &body[at.clone()] {
        // `[label][]`
        "" => body[link.start..at.start - 1]
            .trim_start_matches('!')
            .trim_start_matches('[')
            .trim_end_matches(']'),
        label => label,
    }
}
