//! BibTeX and BibLaTeX, read by the parser that Typst uses.

use super::guard::{abbreviations, drop_long_chains, is_reference, is_sound};
use super::{Raw, addresses, tex};
use crate::diagnostics::{Diagnostic, Report, Source};
use crate::panics::caught;
use crate::resources::Kind;
use biblatex::{
    Bibliography, Chunk, Entry, EntryType, ParseError, Person, RawBibliography, RawChunk, RawEntry,
    Spanned, Type,
};
use std::collections::BTreeSet;

pub fn read(source: &Source, report: &mut Report) -> Vec<Raw> {
    let text = tex::prepared(&source.text);
    let mut file = match RawBibliography::parse(&text) {
        Ok(file) => file,
        Err(error) => {
            report.push(complaint(source, &error));
            return Vec::new();
        }
    };
    let sizes = abbreviations(&file, source, report);
    file.abbreviations
        .retain(|pair| sizes.contains_key(pair.key.v));
    let mut sound = std::mem::take(&mut file.entries);
    for entry in &mut sound {
        // Other names of it, which only the parser would mind.
        entry
            .v
            .fields
            .retain(|pair| !pair.key.v.eq_ignore_ascii_case("ids"));
    }
    sound.retain(|entry| is_sound(entry, &file, &sizes, source, report));
    let mut keys = BTreeSet::new();
    let (once, again): (Vec<_>, Vec<_>) = sound
        .into_iter()
        .partition(|entry| keys.insert(entry.v.key.v));
    let mut read = together(once, &file);
    // The parser wants a key once in a file.
    for entry in again {
        read.extend(together(vec![entry], &file));
    }
    read.sort_by_key(|(raw, _)| raw.span.start);
    let is_resource = |raw: &RawEntry<'_>| {
        let kind = raw.kind.v.to_ascii_lowercase();
        !matches!(&*kind, "xdata" | "set")
    };
    read.iter()
        .filter(|(raw, _)| is_resource(&raw.v))
        .map(|(raw, entry)| one(source, raw, entry))
        .collect()
}

/// Entries, each of which can be read by itself, with what they inherit from one
/// another; without that where the parser stumbles over it.
fn together<'s>(
    mut entries: Vec<Spanned<RawEntry<'s>>>,
    file: &RawBibliography<'s>,
) -> Vec<(Spanned<RawEntry<'s>>, Entry)> {
    drop_long_chains(&mut entries);
    let parse = |entries: &[Spanned<RawEntry<'s>>]| {
        let all = with(entries.to_vec(), file);
        caught(|| Bibliography::from_raw(all)).ok()?.ok()
    };
    let parsed = parse(&entries).or_else(|| {
        for entry in &mut entries {
            entry.v.fields.retain(|pair| !is_reference(pair));
        }
        parse(&entries)
    });
    let parsed = parsed.map(Bibliography::into_vec).unwrap_or_default();
    entries.into_iter().zip(parsed).collect()
}

/// Entries with the abbreviations of their file.
pub fn with<'s>(
    entries: Vec<Spanned<RawEntry<'s>>>,
    file: &RawBibliography<'s>,
) -> RawBibliography<'s> {
    RawBibliography {
        preamble: String::new(),
        entries,
        abbreviations: file.abbreviations.clone(),
    }
}

fn complaint(source: &Source, error: &ParseError) -> Diagnostic {
    Diagnostic::error(format!("this is not BibTeX: {}", error.kind))
        .at(source.at(error.span.clone()))
}

fn one(source: &Source, raw: &Spanned<RawEntry<'_>>, entry: &Entry) -> Raw {
    let words = |name: &str| entry.get(name).map_or_else(String::new, plain);
    let any = |names: &[&str]| {
        let mut values = names.iter().map(|name| words(name));
        values
            .find(|value| !value.trim().is_empty())
            .unwrap_or_default()
    };
    // The parser makes dashes in addresses, so these are read as written.
    let address = |name: &str| {
        let pair = raw
            .v
            .fields
            .iter()
            .rev()
            .find(|p| p.key.v.eq_ignore_ascii_case(name));
        let chunks = pair.map(|pair| pair.value.v.as_slice()).unwrap_or_default();
        let written = chunks.iter().map(|chunk| match chunk.v {
            RawChunk::Normal(text) => text,
            RawChunk::Abbreviation(_) => "",
        });
        tex::address(&written.collect::<String>())
    };
    let (noted, archive) = addresses(&address("note"));
    let (published, _) = addresses(&address("howpublished"));
    let url = [address("url"), published, noted]
        .into_iter()
        .find(|url| !url.is_empty());
    let preprints = any(&["archiveprefix", "eprinttype"]);
    let eprint = address("eprint");
    let arxiv = preprints.is_empty() || preprints.eq_ignore_ascii_case("arxiv");
    let kind = kind(entry, arxiv && !eprint.is_empty());
    let organization: &[&str] = match kind {
        Kind::Paper => &["organization", "institution", "school"],
        _ => &["organization", "institution", "school", "publisher"],
    };
    let title = match (words("title"), words("subtitle")) {
        (title, subtitle) if subtitle.trim().is_empty() => title,
        (title, subtitle) => format!("{title}: {subtitle}"),
    };
    Raw {
        place: Some(source.at(raw.v.key.span.clone())),
        title,
        authors: people(entry),
        organization: any(organization),
        date: any(&["date", "year"]),
        named_kind: words("type"),
        kind: Some(kind),
        url: url.unwrap_or_default(),
        doi: address("doi"),
        arxiv: if arxiv { eprint } else { String::new() },
        archive,
        keywords: any(&["keywords", "keyword"])
            .split([',', ';'])
            .map(str::to_owned)
            .collect(),
        why: any(&["annote", "annotation"]),
        key: raw.v.key.v.to_owned(),
    }
}

fn kind(entry: &Entry, on_arxiv: bool) -> Kind {
    match &entry.entry_type {
        EntryType::Book
        | EntryType::Booklet
        | EntryType::Collection
        | EntryType::InBook
        | EntryType::InCollection
        | EntryType::MvBook
        | EntryType::MvCollection
        | EntryType::MvReference
        | EntryType::Reference
        | EntryType::BookInBook => Kind::Book,
        EntryType::Manual => Kind::Documentation,
        EntryType::Software => Kind::Tool,
        EntryType::Dataset => Kind::Dataset,
        EntryType::Article
        | EntryType::InProceedings
        | EntryType::Proceedings
        | EntryType::MvProceedings
        | EntryType::PhdThesis
        | EntryType::MastersThesis
        | EntryType::Thesis
        | EntryType::Report
        | EntryType::TechReport
        | EntryType::Unpublished
        | EntryType::Patent => Kind::Paper,
        _ if on_arxiv => Kind::Paper,
        EntryType::Unknown(name) if ["video", "movie", "audio"].contains(&name.as_str()) => {
            Kind::Talk
        }
        _ => Kind::Article,
    }
}

/// Who made it, or else who edited it, in natural order.
fn people(entry: &Entry) -> Vec<String> {
    let fields = ["author", "editor"]
        .iter()
        .filter_map(|name| entry.get(name));
    for chunks in fields {
        let Ok(people) = Vec::<Person>::from_chunks(chunks) else {
            continue;
        };
        let names = people.iter().map(|person| {
            let parts = [
                &person.given_name,
                &person.prefix,
                &person.name,
                &person.suffix,
            ];
            let parts: Vec<_> = parts
                .iter()
                .filter(|part| !part.is_empty())
                .map(|part| part.as_str())
                .collect();
            parts.join(" ")
        });
        let names: Vec<_> = names
            .filter(|name| !name.is_empty() && name != "others")
            .collect();
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

/// The text of a field, with the quotation marks that TeX makes.
fn plain(chunks: &[Spanned<Chunk>]) -> String {
    let texts = chunks.iter().map(|chunk| match &chunk.v {
        Chunk::Normal(text) | Chunk::Verbatim(text) => text.replace("``", "“").replace("''", "”"),
        Chunk::Math(text) => text.clone(),
    });
    texts.collect()
}
