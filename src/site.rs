//! The backend that adds files for machines to the site.
//!
//! It changes nothing that mdBook has made, and a file of the same name in the
//! book's source folder stands in for one of these. What each holds is said in
//! `docs/files.md`.

mod data;
mod deck;
mod feed;
mod index;
mod pages;

use crate::config::{BookConfig, BookletConfig, SiteConfig};
use crate::diagnostics::{Diagnostic, Report};
use crate::plugin::{self, Rendered};
use crate::questions::{Bank, Question};
use crate::references::{self, Format};
use crate::resources::{Choice, Registry};
use crate::steps;
use mdbook_renderer::RenderContext;
use pages::Pages;
use std::path::Path;
use std::time::Instant;

/// Answers mdBook's call of the backend, with what stands on stdin.
pub fn site_json(json: &str) -> Rendered {
    plugin::render_json(json, "site", site)
}

/// Adds the files that the table `[output.NAME]` asks for to the site, or none.
pub fn site(context: &RenderContext, name: &str) -> Rendered {
    let started = Instant::now();
    let mut report = Report::default();
    let deny_warnings = BookConfig::new(&context.root, &context.config).denies_warnings();
    let files = make(context, name, &mut report);
    let made = match report.fails(deny_warnings) {
        true => None,
        false => write(context, &files, &mut report),
    };
    let line = |names| format!("{names} in {:.1} s", started.elapsed().as_secs_f64());
    Rendered {
        made: made.map(line).into_iter().collect(),
        report,
        deny_warnings,
    }
}

/// Makes the files and writes nothing.
pub fn check(context: &RenderContext, name: &str) -> Report {
    let mut report = Report::default();
    make(context, name, &mut report);
    report
}

/// A file by its path from the site's root, with `/` between its parts.
type File = (&'static str, String);

/// The registry for reference managers.
const REFERENCES: [(&str, Format); 3] = [
    ("resources.bib", Format::Bibtex),
    ("resources.csl.json", Format::CslJson),
    ("resources.ris", Format::Ris),
];

/// What the files are made of.
struct Model<'a> {
    context: &'a RenderContext,
    booklet: BookletConfig,
    settings: SiteConfig,
    registry: Registry,
    bank: Bank,
    pages: Pages<'a>,
}

impl Model<'_> {
    fn title(&self) -> &str {
        self.context
            .config
            .book
            .title
            .as_deref()
            .unwrap_or("Untitled")
    }

    fn language(&self) -> &str {
        self.context.config.book.language.as_deref().unwrap_or("en")
    }

    /// The path of a question's file.
    fn question_file(&self, slug: &str) -> String {
        format!("{}/{slug}.md", self.booklet.questions)
    }

    fn question_url(&self, slug: &str) -> String {
        let file = self.question_file(slug);
        match self.pages.get(&file) {
            Some(page) => page.url.clone(),
            None => self.pages.file(&file),
        }
    }

    /// The text of a question as Markdown, its links full addresses.
    fn question_text(&self, question: &Question) -> String {
        let text = &question.source.text[question.body.clone()];
        let resources = (self.booklet.resources.as_str(), &self.registry);
        let file = self.question_file(&question.slug);
        self.pages.absolute(text.trim(), &file, resources)
    }
}

fn make(context: &RenderContext, name: &str, report: &mut Report) -> Vec<File> {
    let config = BookConfig::new(&context.root, &context.config);
    let Some(settings) = config.site(name, report) else {
        return Vec::new();
    };
    // What is wrong in these, the preprocessor has told.
    let mut told = Report::default();
    let booklet = config.booklet(&mut told);
    let step_ids: Vec<_> = booklet.steps.iter().map(|s| steps::step_id(s)).collect();
    let src = &context.config.book.src;
    let folders = (booklet.questions.as_str(), booklet.answers.as_str());
    let model = Model {
        registry: Registry::load(&context.root, src, &booklet.resources, &step_ids, &mut told),
        bank: Bank::load(&context.root, src, folders, &step_ids, &mut told),
        pages: Pages::collect(context, &settings.url),
        context,
        booklet,
        settings,
    };
    let mut files = vec![
        ("llms.txt", index::llms(&model)),
        ("robots.txt", index::robots(&model)),
        ("sitemap.xml", index::sitemap(&model)),
    ];
    if model.registry.iter().next().is_some() {
        files.push(("resources.json", data::resources(&model)));
        let all = Choice::default().of(&model.registry);
        for (path, format) in REFERENCES {
            files.push((path, references::export(&all, format)));
        }
        files.extend(data::RESOURCE_SCHEMAS.map(|(path, text)| (path, text.to_owned())));
    }
    if !model.bank.questions().is_empty() {
        files.push(("questions.json", data::questions(&model)));
        files.extend(data::QUESTION_SCHEMAS.map(|(path, text)| (path, text.to_owned())));
    }
    files.extend(feed::feed(&model).map(|text| ("feed.xml", text)));
    files.extend(deck::deck(&model, &config, name, report).map(|text| ("deck.txt", text)));
    files.retain(|(path, _)| !context.root.join(src).join(path).exists());
    files.sort();
    files
}

/// Writes the files, and gives their names.
fn write(context: &RenderContext, files: &[File], report: &mut Report) -> Option<String> {
    let site = context.destination.parent()?.join("html");
    let shown = |path: &Path| {
        let path = path.strip_prefix(&context.root).unwrap_or(path);
        path.to_string_lossy().replace('\\', "/")
    };
    for (path, text) in files {
        let path = site.join(path);
        let folder = path.parent().unwrap_or(&site);
        let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, text));
        if let Err(error) = written {
            let shown = shown(&path);
            report.push(Diagnostic::error(format!(
                "`{shown}` cannot be written: {error}"
            )));
            return None;
        }
    }
    // mdBook makes a folder for each backend, and this one leaves it empty.
    let _ = std::fs::remove_dir(&context.destination);
    let at_top = files.iter().filter(|(path, _)| !path.contains('/'));
    let names: Vec<_> = at_top.map(|(path, _)| *path).collect();
    Some(format!("{}/ with {}", shown(&site), names.join(", ")))
}
