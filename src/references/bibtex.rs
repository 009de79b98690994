//! BibTeX: types and fields that the styles of 1988 know, in UTF-8.

use super::{ARCHIVED, Name, keywords};
use crate::resources::{Kind, Resource, address};
use std::fmt::Write;

/// ```text
/// @misc{tfx,
///   title = {{TFX}: A {TensorFlow}-Based Production-Scale Machine Learning Platform},
///   author = {Baylor, Denis and {Google}},
///   …
/// }
/// ```
pub fn write(resources: &[&Resource]) -> String {
    let entries: Vec<_> = resources.iter().map(|r| entry(r)).collect();
    entries.join("\n")
}

fn entry(resource: &Resource) -> String {
    let organization = resource.organization.as_deref();
    let kind = match (resource.kind, organization) {
        (Kind::Book, Some(_)) => "book",
        // A book without a publisher.
        (Kind::Book, None) => "booklet",
        (Kind::Documentation, _) => "manual",
        // An article of `@article` has a journal, which the registry has not.
        _ => "misc",
    };
    let mut out = format!("@{kind}{{{},\n", resource.id);
    let mut field = |name: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(out, "  {name} = {{{value}}},");
        }
    };
    field("title", title(&resource.title));
    let authors = resource.authors.iter();
    let authors: Vec<_> = authors
        .map(|a| author(&Name::of(a, organization)))
        .collect();
    field("author", authors.join(" and "));
    let publisher = match kind {
        "book" => "publisher",
        _ => "organization",
    };
    field(publisher, organization.map(text).unwrap_or_default());
    field("year", resource.year.to_string());
    if kind == "misc" {
        field("type", resource.kind.words());
    }
    field("url", url(&resource.url));
    if let Some(doi) = address::doi(&resource.url).filter(|doi| !doi.contains(['{', '}', '\\'])) {
        field("doi", doi);
    }
    if let Some(id) = address::arxiv_id(&resource.url) {
        field("eprint", id);
        field("archiveprefix", "arXiv".into());
    }
    field("keywords", keywords(resource).join(", "));
    field("annote", text(&resource.why));
    if let Some(archive) = &resource.archive {
        field("note", format!("{ARCHIVED}\\url{{{}}}", url(archive)));
    }
    out + "}\n"
}

fn author(name: &Name) -> String {
    match name {
        Name::Whole(name) => format!("{{{}}}", text(name)),
        Name::Person {
            given,
            particle,
            family,
            suffix,
        } => {
            let mut out = match particle.as_str() {
                "" => String::new(),
                particle => format!("{} ", text(particle)),
            };
            // A small letter would make a particle of it.
            match family.starts_with(char::is_lowercase) {
                true => out += &format!("{{{}}}", text(family)),
                false => out += &text(family),
            }
            if !suffix.is_empty() {
                out += &format!(", {}", text(suffix));
            }
            out + ", " + &text(given)
        }
    }
}

/// Small words of titles that write all others with a capital.
const SMALL: &[&str] = &[
    "about", "after", "against", "before", "between", "beyond", "through", "toward", "towards",
    "under", "using", "within", "without",
];

/// A title. Styles set titles in small letters, so capitals that must stay are
/// put in braces: those within words, and in a title that writes words small
/// also those at the beginning of one.
fn title(title: &str) -> String {
    let words: Vec<_> = title.split(' ').collect();
    let sentence_case = words.iter().skip(1).any(|word| {
        word.chars().count() > 4
            && word.chars().all(|c| c.is_lowercase() || !c.is_alphabetic())
            && word.starts_with(char::is_alphabetic)
            && !SMALL.contains(word)
    });
    let mut out = String::new();
    for (i, word) in words.iter().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        let first = letters.next().is_some_and(char::is_uppercase);
        let within = letters.any(char::is_uppercase);
        // A word of one letter, like R or C, is a name where it is not `A`.
        let single = first
            && i > 0
            && word.chars().filter(|c| c.is_alphabetic()).count() == 1
            && !word.starts_with('A');
        match within || single || first && sentence_case && i > 0 {
            true => out += &format!("{{{}}}", text(word)),
            false => out += &text(word),
        }
    }
    out
}

/// Plain text for TeX. A brace counts for BibTeX even where TeX escapes it.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '#' | '$' | '%' | '&' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '|' => out.push_str("\\textbar{}"),
            // Two of them would make one sign.
            '-' | '\'' | '`' if c == before => {
                out.push_str("{}");
                out.push(c);
            }
            _ => out.push(c),
        }
        before = c;
    }
    out
}

/// An address, whose braces must not count.
fn url(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D")
}
