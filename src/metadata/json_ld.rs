//! JSON-LD in the words of schema.org.

use crate::resources::Kind;
use serde_json::Value;

/// The thing that a page is about.
#[derive(Debug, Default, Clone)]
pub struct Thing {
    /// What the type says that it is; none for a page of any kind.
    pub kind: Option<Kind>,
    /// `headline` or `name`
    pub title: Option<String>,
    /// The names of its authors.
    pub authors: Vec<String>,
    /// The name of its publisher.
    pub publisher: Option<String>,
    /// When it was published.
    pub date: Option<String>,
}

impl Thing {
    /// The thing that a script is about, if it is of a type that we know.
    pub fn read(json: &str) -> Option<Self> {
        // Nesting is bounded by the parser.
        let value: Value = serde_json::from_str(json).ok()?;
        let mut things = Vec::new();
        collect(&value, 0, &mut things);
        things.into_iter().max_by_key(Self::rank)
    }

    /// How much it says about what the page is.
    pub fn rank(&self) -> (bool, bool, bool) {
        (
            self.kind.is_some(),
            !self.authors.is_empty(),
            self.title.is_some(),
        )
    }
}

/// Things in an array, in `@graph`, or as what a page is about.
fn collect(value: &Value, depth: usize, out: &mut Vec<Thing>) {
    match value {
        Value::Array(all) if depth < 4 => {
            all.iter().for_each(|value| collect(value, depth + 1, out))
        }
        Value::Object(object) if depth < 4 => {
            out.extend(thing(value));
            for key in ["@graph", "mainEntity"] {
                if let Some(inner) = object.get(key) {
                    collect(inner, depth + 1, out);
                }
            }
        }
        _ => {}
    }
}

fn thing(value: &Value) -> Option<Thing> {
    let types: Vec<&str> = match &value["@type"] {
        Value::String(one) => vec![one],
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let kind = types.iter().find_map(|name| kind(name))?;
    let text = |key: &str| value[key].as_str().map(str::to_owned);
    Some(Thing {
        kind,
        title: text("headline").or_else(|| text("name")),
        authors: names(&value["author"])
            .or_else(|| names(&value["creator"]))
            .unwrap_or_default(),
        publisher: names(&value["publisher"]).and_then(|names| names.into_iter().next()),
        date: text("datePublished").or_else(|| text("dateCreated")),
    })
}

/// What a type says; a page of any kind says nothing, but has a title.
fn kind(name: &str) -> Option<Option<Kind>> {
    Some(match name {
        "ScholarlyArticle" | "Thesis" | "Report" => Some(Kind::Paper),
        "Article"
        | "BlogPosting"
        | "NewsArticle"
        | "LiveBlogPosting"
        | "SocialMediaPosting"
        | "OpinionNewsArticle"
        | "AnalysisNewsArticle" => Some(Kind::Article),
        "TechArticle" | "APIReference" => Some(Kind::Documentation),
        "Book" => Some(Kind::Book),
        "Course" | "CourseInstance" => Some(Kind::Course),
        "Dataset" => Some(Kind::Dataset),
        "SoftwareApplication" | "SoftwareSourceCode" => Some(Kind::Tool),
        "VideoObject" | "PodcastEpisode" | "PresentationDigitalDocument" => Some(Kind::Talk),
        "WebPage" | "CreativeWork" => None,
        _ => return None,
    })
}

/// The names of a person or organization, or of several.
fn names(value: &Value) -> Option<Vec<String>> {
    let names: Vec<_> = match value {
        Value::String(name) => vec![name.clone()],
        Value::Array(all) => all.iter().filter_map(name).collect(),
        _ => name(value).into_iter().collect(),
    };
    Some(names).filter(|names| !names.is_empty())
}

fn name(value: &Value) -> Option<String> {
    let text = |key: &str| {
        value[key]
            .as_str()
            .map(str::trim)
            .filter(|text| !text.is_empty())
    };
    let parts = || Some(format!("{} {}", text("givenName")?, text("familyName")?));
    let plain = value.as_str().map(str::to_owned);
    plain
        .or_else(|| text("name").map(str::to_owned))
        .or_else(parts)
}
