//! Lists of resources, as Markdown.

use super::{Registry, Resource};
use crate::markdown;
use std::fmt::Write;

/// Which entries to list. Without any choice, all.
#[derive(Debug, Default, Clone)]
pub struct Choice {
    /// Only those of this step.
    pub step: Option<String>,
    /// Only those of this topic.
    pub topic: Option<String>,
    /// Only those of this kind, as a registry file names it.
    pub kind: Option<String>,
}

impl Choice {
    fn takes(&self, resource: &Resource) -> bool {
        let has = |all: &[String], wanted: &Option<String>| {
            wanted.as_ref().is_none_or(|wanted| all.contains(wanted))
        };
        has(&resource.steps, &self.step)
            && has(&resource.topics, &self.topic)
            && self
                .kind
                .as_ref()
                .is_none_or(|kind| kind == resource.kind.name())
    }

    /// The entries chosen, by title.
    pub fn of<'r>(&self, registry: &'r Registry) -> Vec<&'r Resource> {
        let mut chosen: Vec<_> = registry.iter().filter(|r| self.takes(r)).collect();
        chosen.sort_by_key(|r| (r.title.to_lowercase(), &r.id));
        chosen
    }
}

/// The list of some entries.
///
/// The title leads to the resource; then who, when, what and why. With
/// `print_urls` the address is shown too, for readers on paper.
///
/// ```text
/// - [Rules of Machine Learning](https://…) <span class="booklet-by">Martin Zinkevich, Google, 2017, article.</span> Forty rules …
/// ```
pub fn list(resources: &[&Resource], print_urls: bool) -> String {
    let mut out = String::from("<div class=\"booklet-resources\">\n\n");
    for resource in resources {
        item(resource, print_urls, &mut out);
    }
    out.push_str("\n</div>");
    out
}

fn item(resource: &Resource, print_urls: bool, out: &mut String) {
    let text = markdown::text;
    let by = [
        Some(resource.author_names()),
        // A report signed by the company alone would name it twice.
        resource
            .organization
            .clone()
            .filter(|o| !resource.authors.contains(o)),
        Some(resource.year.to_string()),
        Some(resource.kind.words()),
    ];
    let by: Vec<_> = by.into_iter().flatten().map(|part| text(&part)).collect();
    let _ = write!(
        out,
        "- [{}]({}) <span class=\"booklet-by\">{}.</span> <span class=\"booklet-why\">{}</span>",
        text(&resource.title),
        markdown::destination(&resource.url),
        by.join(", "),
        text(&resource.why),
    );
    if let Some(archive) = &resource.archive {
        let _ = write!(
            out,
            " ([archived copy]({}))",
            markdown::destination(archive)
        );
    }
    if print_urls {
        let _ = write!(
            out,
            " <span class=\"booklet-url\">[{}]({})</span>",
            markdown::address(&resource.url),
            markdown::destination(&resource.url),
        );
    }
    out.push('\n');
}
