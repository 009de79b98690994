//! What only the site has: where the reader is, filters, practice, downloads.
//!
//! Everything here reads well without a script. Where one adds something, its
//! place is an empty element with the data it needs in `data-*` attributes.
//!
//! mdBook's search indexes all text of a page. Names that stand on every page
//! are therefore kept in attributes, which style sheet and screen readers show.

use super::Model;
use super::directives::option;
use super::rewrite::Text;
use crate::dest;
use crate::diagnostics::{Diagnostic, Report, did_you_mean};
use crate::markdown::{self, Directive, Edits, html_text};
use crate::questions::Question;
use crate::steps::Label;
use mdbook_preprocessor::config::Config;
use std::fmt::Write;

/// What an average reader manages; words of running text a minute.
const WORDS_PER_MINUTE: usize = 220;
/// The length of a practice where the author says nothing.
const PRACTICE_MINUTES: usize = 45;

impl Model<'_> {
    /// Says below the heading of a step's page where that is among the steps,
    /// how long it takes to read and what stands on it.
    ///
    /// ```text
    /// <nav class="booklet-here" aria-label="The steps, at 2.1 Labels">
    /// <ol>
    /// <li><a href="../setup.md" aria-label="1 Setup" data-name="Setup">1</a></li>
    /// <li><a href="../data.md" aria-label="2 Data" data-name="Data" aria-current="step">2</a></li>
    /// </ol>
    /// <p>Step 2 of 2 · 4 minutes to read</p>
    /// <details><summary>On this page</summary>…</details>
    /// </nav>
    /// ```
    pub(super) fn here(&self, label: &Label, text: &Text<'_>, edits: &mut Edits<'_>) {
        let (Some(heading), Some(current)) = (text.scan.headings.first(), label.numbers().first())
        else {
            return;
        };
        // On the page of the whole book each has a name of its own.
        let mut out = format!(
            "\n\n<nav class=\"booklet-here\" aria-label=\"The steps, at {}\">\n<ol>\n",
            html_text(&label.title(&heading.text))
        );
        for (step, n) in self.outline.steps.iter().zip(1..) {
            let title = html_text(&step.title);
            let here = match (n == *current, step.page == text.page) {
                (true, true) => " aria-current=\"page\"",
                (true, false) => " aria-current=\"step\"",
                (false, _) => "",
            };
            let link = html_text(&dest::relative(text.page, &step.page));
            let _ = writeln!(
                out,
                "<li><a href=\"{link}\" aria-label=\"{n} {title}\" data-name=\"{title}\"{here}>{n}</a></li>",
            );
        }
        let _ = write!(
            out,
            "</ol>\n<p>Step {current} of {} · {}</p>\n",
            self.outline.steps.len(),
            reading_time(text.markdown()),
        );
        let parts = text.scan.headings.iter().filter(|h| h.level == 2);
        let parts: Vec<_> = parts
            .map(|part| {
                let (id, name) = (html_text(&part.id), html_text(&part.text));
                format!("<li><a href=\"#{id}\" aria-label=\"{name}\"></a></li>\n")
            })
            .collect();
        if !parts.is_empty() {
            let _ = write!(
                out,
                "<details><summary>On this page</summary>\n<ul>\n{}</ul>\n</details>\n",
                parts.concat()
            );
        }
        out.push_str("</nav>\n");
        edits.insert(heading.span.end, out);
    }

    /// The place of the controls that filter the lists behind it on the page.
    pub(super) fn filter(&self) -> String {
        match self.site {
            true => format!(
                "<div class=\"booklet-filter\" data-steps=\"{}\"></div>",
                self.steps_data(&[])
            ),
            false => String::new(),
        }
    }

    /// Links to the editions that lie beside the site.
    pub(super) fn downloads(&self, text: &Text<'_>) -> String {
        if !self.site || self.downloads.is_empty() {
            return String::new();
        }
        let mut out = String::from("<div class=\"booklet-downloads\">\n\n");
        for (name, what) in &self.downloads {
            let link = markdown::destination(&dest::relative(text.page, name));
            let _ = writeln!(out, "- [{what}]({link})");
        }
        out.push_str("\n</div>");
        out
    }

    /// A place to practice: a script draws questions from the list, keeps the
    /// time and the notes. Editions have no place for it.
    pub(super) fn practice(
        &self,
        directive: &Directive,
        text: &Text<'_>,
        report: &mut Report,
    ) -> String {
        if !self.has_steps(directive, text, report) {
            return String::new();
        }
        let before = report.iter().count();
        let minutes = self.minutes(directive, text, report);
        let rubric = option(directive, "rubric")
            .and_then(|file| self.rubric_page(&file, directive, text, report));
        if !self.site || report.iter().count() > before {
            return String::new();
        }
        let rubric = match rubric {
            Some(page) => format!(
                " Mark what you wrote with the [rubric]({}), and only then open the answers.",
                markdown::destination(&dest::relative(text.page, &page))
            ),
            None => " Only then open the answers.".into(),
        };
        format!(
            "<div class=\"booklet-practice\" data-steps=\"{}\">\n\n\
             Drawing a question, the clock and your notes need JavaScript, which is off. \
             The questions are here all the same: choose one, set a timer to {} minutes and take notes step by step.{rubric}\n\n\
             </div>\n\n{}\n\n{}",
            self.steps_data(&minutes),
            minutes.iter().sum::<usize>(),
            self.filter(),
            self.question_list(directive, text),
        )
    }

    /// How many minutes each step is given.
    fn minutes(&self, directive: &Directive, text: &Text<'_>, report: &mut Report) -> Vec<usize> {
        let steps = self.outline.steps.len();
        let Some(written) = option(directive, "minutes") else {
            let each = PRACTICE_MINUTES / steps;
            let mut minutes = vec![each; steps];
            if let Some(last) = minutes.last_mut() {
                *last = PRACTICE_MINUTES - each * (steps - 1);
            }
            return minutes;
        };
        let minutes: Vec<usize> = written
            .split(',')
            .filter_map(|n| n.trim().parse().ok().filter(|n| (1..=600).contains(n)))
            .collect();
        if minutes.len() != steps || written.split(',').count() != steps {
            report.push(
                Diagnostic::error("`minutes` must have a number for each step")
                    .at(text.place(&directive.span))
                    .hint("separate them by commas: minutes=\"10,15,10,10\""),
            );
        }
        minutes
    }

    fn rubric_page(
        &self,
        file: &str,
        directive: &Directive,
        text: &Text<'_>,
        report: &mut Report,
    ) -> Option<String> {
        let path = dest::join(dest::parent(text.from), file);
        let page = path
            .filter(|path| self.chapters.get(path).is_some())
            .and_then(|path| Some(self.outline.get(&path)?.page.clone()));
        if page.is_none() {
            let pages = self.chapters.iter().map(|(page, _)| page);
            report.push(
                Diagnostic::error(format!("the rubric `{file}` is not in SUMMARY.md"))
                    .at(text.place(&directive.span))
                    .maybe_hint(did_you_mean(file, pages)),
            );
        }
        page
    }

    /// Where a question is practiced, seen from its page.
    pub(super) fn practice_link(&self, question: &Question, from: &str) -> Option<String> {
        let practice = self
            .chapters
            .find(|directive| directive.name == "practice")
            .filter(|_| self.site)?;
        let link = dest::relative(from, practice);
        Some(format!("{link}#question-{}", question.slug))
    }

    /// The steps as data for a script, as JSON in an attribute's value: id and
    /// title, and where `minutes` has them, the minutes.
    fn steps_data(&self, minutes: &[usize]) -> String {
        let steps = self.outline.steps.iter().enumerate().map(|(i, step)| {
            let mut data = serde_json::json!({ "id": step.id, "title": step.title });
            if let Some(minutes) = minutes.get(i) {
                data["minutes"] = (*minutes).into();
            }
            data
        });
        html_text(&serde_json::Value::from_iter(steps).to_string())
    }
}

/// The editions that `book.toml` puts beside the site: the file, and what it is.
#[cfg(feature = "print")]
pub(super) fn editions(book: &Config) -> Vec<(String, &'static str)> {
    use crate::config::{Edition, PrintConfig};
    let name = crate::print::file_name(book.book.title.as_deref().unwrap_or_default());
    let file = |edition: Edition| {
        let what = match edition {
            Edition::Pdf => "PDF",
            Edition::Html => "One HTML file",
        };
        (format!("{name}.{}", edition.extension()), what)
    };
    crate::plugin::outputs(book, "print")
        .iter()
        .filter_map(|table| {
            book.get::<PrintConfig>(&format!("output.{table}"))
                .ok()
                .flatten()
        })
        .filter(|settings| settings.copy_to_site)
        .flat_map(|settings| settings.formats)
        .map(file)
        .collect()
}

#[cfg(not(feature = "print"))]
pub(super) fn editions(_: &Config) -> Vec<(String, &'static str)> {
    Vec::new()
}

fn reading_time(text: &str) -> String {
    let words = text
        .split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .count();
    match words.div_ceil(WORDS_PER_MINUTE) {
        0 | 1 => "1 minute to read".into(),
        n => format!("{n} minutes to read"),
    }
}
