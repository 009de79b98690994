//! CSL-JSON (<https://docs.citationstyles.org/en/stable/specification.html>,
//! appendix III and IV).

use super::{Name, keywords};
use crate::resources::{Kind, Resource, address};
use serde_json::{Map, Value, json};

/// An array of items, one for each entry.
pub fn write(resources: &[&Resource]) -> String {
    let items: Vec<_> = resources.iter().map(|r| item(r)).collect();
    serde_json::to_string_pretty(&items).expect("it has text keys only") + "\n"
}

fn item(resource: &Resource) -> Value {
    let kind = match resource.kind {
        Kind::Paper => match address::arxiv_id(&resource.url) {
            // What CSL calls a preprint.
            Some(_) => "article",
            None => "article-journal",
        },
        Kind::Article | Kind::CaseStudy => "post-weblog",
        Kind::Book => "book",
        Kind::Course | Kind::Documentation => "webpage",
        Kind::Talk => "speech",
        Kind::Tool => "software",
        Kind::Dataset => "dataset",
    };
    let organization = resource.organization.as_deref();
    let authors = resource.authors.iter();
    let authors: Vec<_> = authors.map(|a| name(&Name::of(a, organization))).collect();
    let mut item = Map::new();
    let mut set = |key: &str, value: Value| {
        if value != json!("") {
            item.insert(key.into(), value);
        }
    };
    set("id", json!(resource.id));
    set("type", json!(kind));
    set("title", json!(resource.title));
    set("author", json!(authors));
    set("issued", json!({ "date-parts": [[resource.year]] }));
    set("publisher", json!(organization.unwrap_or_default()));
    set("genre", json!(resource.kind.words()));
    set("URL", json!(resource.url));
    set(
        "DOI",
        json!(address::doi(&resource.url).unwrap_or_default()),
    );
    if let Some(id) = address::arxiv_id(&resource.url) {
        set("number", json!(format!("arXiv:{id}")));
    }
    set(
        "archive_location",
        json!(resource.archive.clone().unwrap_or_default()),
    );
    set("keyword", json!(keywords(resource).join(", ")));
    set("annote", json!(resource.why));
    Value::Object(item)
}

fn name(name: &Name) -> Value {
    match name {
        Name::Whole(name) => json!({ "literal": name }),
        Name::Person {
            given,
            particle,
            family,
            suffix,
        } => {
            let parts = [
                ("family", family),
                ("given", given),
                ("non-dropping-particle", particle),
                ("suffix", suffix),
            ];
            let parts = parts.into_iter().filter(|(_, part)| !part.is_empty());
            parts
                .map(|(key, part)| (key.to_owned(), json!(part)))
                .collect()
        }
    }
}
