//! CSL-JSON, as Zotero and others write it.

use super::Raw;
use crate::diagnostics::{Diagnostic, Report, Source};
use crate::resources::Kind;
use serde_json::Value;

/// An array of items, one item, or an object whose `items` are that.
pub fn read(source: &Source, report: &mut Report) -> Vec<Raw> {
    let mut raws = Vec::new();
    let mut reader = Reader {
        text: &source.text,
        at: 0,
    };
    if let Err((at, message)) = reader.file(&mut |value, at| {
        let place = source.at(at..at + source.text[at..].lines().next().map_or(0, str::len));
        let place = Some(place);
        raws.push(Raw {
            place,
            ..of_value(value)
        });
    }) {
        let place = source.at(at..at);
        report.push(Diagnostic::error(format!("this is not CSL-JSON: {message}")).at(place));
        return Vec::new();
    }
    raws
}

/// JSON item by item, so that each has its place.
struct Reader<'t> {
    text: &'t str,
    at: usize,
}

/// Where and what is wrong.
type Wrong = (usize, String);

impl Reader<'_> {
    fn file(&mut self, each: &mut dyn FnMut(&Value, usize)) -> Result<(), Wrong> {
        if !self.eat('[') {
            let (at, value) = self.value()?;
            match value["items"].as_array() {
                Some(items) => items.iter().for_each(|item| each(item, at)),
                None => each(&value, at),
            }
        } else if !self.eat(']') {
            loop {
                let (at, value) = self.value()?;
                each(&value, at);
                if self.eat(']') {
                    break;
                }
                if !self.eat(',') {
                    return Err((self.at, "expected `,` or `]`".into()));
                }
            }
        }
        self.skip_space();
        match self.at == self.text.len() {
            true => Ok(()),
            false => Err((self.at, "trailing characters".into())),
        }
    }

    /// The next value and where it begins.
    fn value(&mut self) -> Result<(usize, Value), Wrong> {
        self.skip_space();
        let (start, rest) = (self.at, &self.text[self.at..]);
        let mut values = serde_json::Deserializer::from_str(rest).into_iter();
        let value = values.next();
        self.at += values.byte_offset();
        match value {
            Some(Ok(value)) => Ok((start, value)),
            Some(Err(error)) => {
                let message = error.to_string();
                // Where it is, the place says.
                let message = message.split(" at line ").next().unwrap_or_default();
                let at = start + offset(rest, error.line(), error.column());
                Err((at, message.to_owned()))
            }
            None => Err((start, "the file ends too early".into())),
        }
    }

    fn skip_space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    fn eat(&mut self, c: char) -> bool {
        self.skip_space();
        let there = self.text[self.at..].starts_with(c);
        self.at += usize::from(there);
        there
    }
}

/// Where a line and a column are, both from 1, the column in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let lines = text.split_inclusive('\n').take(line.saturating_sub(1));
    lines.map(str::len).sum::<usize>() + column.saturating_sub(1)
}

/// What an item says.
pub fn of_value(value: &Value) -> Raw {
    let text = |key: &str| match &value[key] {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        // Crossref's answers have lists of titles.
        Value::Array(all) => all
            .first()
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        _ => String::new(),
    };
    let kind = kind(&text("type"));
    let (noted, archived) = super::addresses(&text("note"));
    let arxiv = ["number", "archive_location", "note"]
        .iter()
        .filter_map(|key| {
            text(key)
                .trim()
                .strip_prefix("arXiv:")
                .map(|id| id.split_whitespace().next().unwrap_or_default().to_owned())
        })
        .next();
    let archive = text("archive_location");
    let keywords = match &value["keyword"] {
        Value::Array(all) => all
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => text("keyword")
            .split([',', ';'])
            .map(str::to_owned)
            .collect(),
    };
    Raw {
        key: text("id"),
        place: None,
        title: unmarked(&text("title")),
        authors: people(value),
        organization: match kind {
            // The publisher of a journal is not behind the paper.
            Some(Kind::Paper) if text("genre").is_empty() => String::new(),
            _ => text("publisher"),
        },
        date: date(value),
        named_kind: text("genre"),
        kind,
        url: match text("URL") {
            url if url.is_empty() => noted,
            url => url,
        },
        doi: text("DOI"),
        arxiv: arxiv.unwrap_or_default(),
        archive: if archive.starts_with("http") {
            archive
        } else {
            archived
        },
        keywords,
        why: text("annote"),
    }
}

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "article" | "article-journal" | "manuscript" | "paper-conference" | "patent" | "report"
        | "review" | "thesis"
        // Crossref's own names.
        | "journal-article" | "posted-content" | "proceedings-article" => Kind::Paper,
        "book" | "book-chapter" | "monograph" | "chapter" | "classic" | "collection" => Kind::Book,
        "software" => Kind::Tool,
        "dataset" => Kind::Dataset,
        "broadcast" | "interview" | "motion_picture" | "performance" | "song" | "speech" => {
            Kind::Talk
        }
        _ => Kind::Article,
    })
}

fn people(value: &Value) -> Vec<String> {
    for role in ["author", "editor"] {
        let all = value[role]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        let names: Vec<_> = all
            .iter()
            .map(name)
            .filter(|name| !name.is_empty())
            .collect();
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

fn name(value: &Value) -> String {
    let part = |key: &str| value[key].as_str().unwrap_or_default().trim();
    for whole in ["literal", "name"] {
        if !part(whole).is_empty() {
            return part(whole).to_owned();
        }
    }
    let parts = [
        "given",
        "dropping-particle",
        "non-dropping-particle",
        "family",
        "suffix",
    ];
    let parts: Vec<_> = parts
        .into_iter()
        .map(part)
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" ")
}

fn date(value: &Value) -> String {
    for key in ["issued", "published", "original-date"] {
        let date = &value[key];
        let first = &date["date-parts"][0][0];
        let found = match (date, first) {
            (_, Value::Number(year)) => year.to_string(),
            (_, Value::String(year)) => year.clone(),
            (Value::String(date), _) => date.clone(),
            _ => ["raw", "literal"]
                .iter()
                .filter_map(|key| date[*key].as_str())
                .collect(),
        };
        if !found.is_empty() {
            return found;
        }
    }
    String::new()
}

/// A title without the marks that CSL knows in it.
fn unmarked(title: &str) -> String {
    let mut out = title.to_owned();
    for name in ["i", "b", "sub", "sup", "sc", "span"] {
        let close = format!("</{name}>");
        while let Some(end) = out.find(&close) {
            let open = format!("<{name}");
            let Some(start) = out[..end].rfind(&open) else {
                break;
            };
            let Some(length) = out[start..end].find('>') else {
                break;
            };
            out.replace_range(end..end + close.len(), "");
            out.replace_range(start..=start + length, "");
        }
    }
    out
}
