//! Lists of resources, as Markdown.

use super::{Gone, Registry, Resource};
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

/// An entry of a list.
pub struct Item<'r> {
    /// The entry.
    pub resource: &'r Resource,
    /// What is said beside it if it is dead.
    pub gone: Option<Gone>,
    /// What an index says about it beside, on the site.
    pub index: Option<Index>,
    /// Where it is edited, on the site.
    pub edit: Option<String>,
}

/// An entry's place in an index.
pub struct Index {
    /// Whether links lead here, to `resource-ID`: an id stands on a page once.
    pub target: bool,
    /// The pages that cite the entry, each with its link.
    pub cited: Vec<(String, String)>,
}

/// The list of some entries.
///
/// The title leads to the resource, or says beside that this is dead; then who,
/// when, what and why. With `print_urls` the address is shown too, for readers on
/// paper. In an index,
/// an entry has an id and the data that a script filters by, and says where it
/// is cited. `after` is HTML that stands below the entries.
///
/// ```text
/// - [Rules of Machine Learning](https://…) <span class="booklet-by">Martin Zinkevich, Google, 2017, article.</span> Forty rules …
/// ```
pub fn list(items: &[Item<'_>], print_urls: bool, after: &str) -> String {
    let mut out = String::from("<div class=\"booklet-resources\">\n\n");
    for entry in items {
        item(entry, print_urls, &mut out);
    }
    let _ = write!(out, "\n{after}</div>");
    out
}

fn item(item: &Item<'_>, print_urls: bool, out: &mut String) {
    let resource = item.resource;
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
    let edit = item.edit.as_deref().map_or_else(String::new, |url| {
        let html = markdown::html_text;
        format!(
            " <a class=\"booklet-edit\" href=\"{}\" aria-label=\"Edit {}\"></a>",
            html(url),
            html(&resource.title),
        )
    });
    let _ = write!(
        out,
        "- [{}]({}){} <span class=\"booklet-by\"{}>{}.{edit}</span> <span class=\"booklet-why\">{}</span>",
        text(&resource.title),
        markdown::destination(&resource.url),
        item.gone
            .as_ref()
            .map_or_else(String::new, |gone| format!(" {}", gone.markdown())),
        item.index
            .as_ref()
            .map_or_else(String::new, |index| attributes(resource, index)),
        by.join(", "),
        text(&resource.why),
    );
    if let (Some(archive), None) = (&resource.archive, &item.gone) {
        let _ = write!(
            out,
            " ([archived copy]({}))",
            markdown::destination(archive)
        );
    }
    if let Some(index) = &item.index
        && !index.cited.is_empty()
    {
        let pages: Vec<_> = index
            .cited
            .iter()
            .map(|(title, link)| format!("[{}]({})", text(title), markdown::destination(link)))
            .collect();
        let _ = write!(
            out,
            " <span class=\"booklet-cited\">In {}</span>",
            pages.join(" · ")
        );
    }
    if print_urls {
        // Of what is dead, a reader on paper needs the copy's.
        let copy = item.gone.as_ref().and_then(|gone| gone.copy.as_ref());
        let url = copy.map_or(&resource.url, |copy| &copy.url);
        let _ = write!(
            out,
            " <span class=\"booklet-url\">[{}]({})</span>",
            markdown::address(url),
            markdown::destination(url),
        );
    }
    out.push('\n');
}

/// What a script needs to filter and sort, and the place links lead to.
///
/// ```text
///  id="resource-rules-of-ml" data-kind="article" data-year="2017" data-steps="modeling serving" data-topics="baselines" data-by="Google"
/// ```
fn attributes(resource: &Resource, index: &Index) -> String {
    let html = markdown::html_text;
    let mut out = String::new();
    if index.target {
        let _ = write!(out, " id=\"resource-{}\"", resource.id);
    }
    let _ = write!(
        out,
        " data-kind=\"{}\" data-year=\"{}\" data-steps=\"{}\" data-topics=\"{}\"",
        resource.kind.name(),
        resource.year,
        html(&resource.steps.join(" ")),
        html(&resource.topics.join(" ")),
    );
    if let Some(organization) = &resource.organization {
        let _ = write!(out, " data-by=\"{}\"", html(organization));
    }
    out
}
