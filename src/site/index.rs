//! Lists of pages, for crawlers and language models.

use super::Model;
use crate::markdown::{destination, text, xml_text};
use std::fmt::Write;

/// `sitemap.xml` (<https://www.sitemaps.org/protocol.html>): all pages.
pub fn sitemap(model: &Model<'_>) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in model.pages.iter() {
        let _ = writeln!(out, "  <url><loc>{}</loc></url>", xml_text(&page.url));
    }
    out.push_str("</urlset>\n");
    out
}

/// `robots.txt` (<https://www.rfc-editor.org/rfc/rfc9309>): everything may be
/// read, and where the pages are listed.
pub fn robots(model: &Model<'_>) -> String {
    let sitemap = model.pages.file("sitemap.xml");
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n")
}

/// `llms.txt` (<https://llmstxt.org/>): the pages by part, then the data.
pub fn llms(model: &Model<'_>) -> String {
    let mut out = format!("# {}\n", text(model.title()));
    if let Some(description) = &model.context.config.book.description {
        let _ = write!(out, "\n> {}\n", text(description));
    }
    for part in &model.pages.parts {
        let _ = write!(out, "\n## {}\n\n", text(part.title));
        for page in &part.pages {
            item(&mut out, &page.title, &page.url, "");
        }
    }
    let resources = model.registry.iter().count();
    let questions = model.bank.questions().len();
    if resources + questions > 0 {
        out.push_str("\n## Data\n\n");
    }
    let mut data = |count: usize, file: &str, what: &str| {
        if count > 0 {
            let note = format!(": {what}, as JSON");
            item(&mut out, file, &model.pages.file(file), &note);
        }
    };
    data(resources, "resources.json", "the resources cited");
    data(questions, "questions.json", "the questions");
    out
}

fn item(out: &mut String, title: &str, url: &str, note: &str) {
    let _ = writeln!(out, "- [{}]({}){note}", text(title), destination(url));
}
