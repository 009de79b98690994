//! RIS: a line for each value, `ER` at the end of an entry.

use super::{Name, keywords};
use crate::resources::{Kind, Resource, address};
use std::fmt::Write;

/// ```text
/// TY  - BLOG
/// ID  - rules-of-ml
/// TI  - Rules of Machine Learning
/// AU  - Zinkevich, Martin
/// …
/// ER  -
/// ```
pub fn write(resources: &[&Resource]) -> String {
    let entries: Vec<_> = resources.iter().map(|r| entry(r)).collect();
    entries.join("\r\n")
}

fn entry(resource: &Resource) -> String {
    let kind = match resource.kind {
        Kind::Paper => "JOUR",
        Kind::Article | Kind::CaseStudy => "BLOG",
        Kind::Book => "BOOK",
        Kind::Course | Kind::Documentation => "ELEC",
        Kind::Talk => "SLIDE",
        Kind::Tool => "COMP",
        Kind::Dataset => "DATA",
    };
    let mut out = String::new();
    let mut line = |tag: &str, value: &str| {
        // A line break would begin another value.
        let value: Vec<_> = value.split_whitespace().collect();
        if !value.is_empty() {
            let _ = write!(out, "{tag}  - {}\r\n", value.join(" "));
        }
    };
    let organization = resource.organization.as_deref();
    line("TY", kind);
    line("ID", &resource.id);
    line("TI", &resource.title);
    for author in &resource.authors {
        line("AU", &name(&Name::of(author, organization)));
    }
    line("PY", &resource.year.to_string());
    line("PB", organization.unwrap_or_default());
    line("M3", &resource.kind.words());
    line("UR", &resource.url);
    line("DO", &address::doi(&resource.url).unwrap_or_default());
    line("L2", resource.archive.as_deref().unwrap_or_default());
    for keyword in keywords(resource) {
        line("KW", &keyword);
    }
    line("N1", &resource.why);
    out + "ER  - \r\n"
}

/// `Family, Given, Suffix`
fn name(name: &Name) -> String {
    match name {
        Name::Whole(name) => name.clone(),
        Name::Person {
            given,
            particle,
            family,
            suffix,
        } => {
            let family = match particle.as_str() {
                "" => family.clone(),
                particle => format!("{particle} {family}"),
            };
            match suffix.as_str() {
                "" => format!("{family}, {given}"),
                suffix => format!("{family}, {given}, {suffix}"),
            }
        }
    }
}
