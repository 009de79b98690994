//! BibTeX and BibLaTeX, read by the parser that Typst uses.
//!
//! That parser follows definitions and references without asking whether they
//! end, and gives up at the first mistake, so each is looked at here first.

use super::{Raw, addresses, tex};
use crate::diagnostics::{Diagnostic, Report, Source};
use crate::panics::caught;
use crate::resources::Kind;
use biblatex::{
    Bibliography, Chunk, Entry, EntryType, Pair, ParseError, Person, RawBibliography, RawChunk,
    RawEntry, Spanned, Type,
};
use std::collections::{BTreeMap, BTreeSet};

/// How deep braces may be nested.
const DEPTH: usize = 50;
/// How long a value may get when its abbreviations are written out, in bytes.
const EXPANDED: usize = 100_000;
/// How many entries may stand behind one another in a chain of references.
const CHAIN: usize = 10;

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
fn with<'s>(
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

/// How long each abbreviation is when written out. One that is defined by
/// itself, or grows without end, is reported and none.
fn abbreviations<'s>(
    bibliography: &RawBibliography<'s>,
    source: &Source,
    report: &mut Report,
) -> BTreeMap<&'s str, usize> {
    // The last definition of a name holds.
    let all: BTreeMap<_, _> = bibliography
        .abbreviations
        .iter()
        .map(|pair| (pair.key.v, pair))
        .collect();
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    // Each round writes out what names only what is known; what is left in the
    // end names itself.
    loop {
        let before = sizes.len();
        for (name, pair) in &all {
            if !sizes.contains_key(name)
                && let Some(size) = size(pair, &all, &sizes)
                && size <= EXPANDED
            {
                sizes.insert(name, size);
            }
        }
        if sizes.len() == before {
            break;
        }
    }
    for (name, pair) in &all {
        if !sizes.contains_key(name) {
            let what = match size(pair, &all, &sizes) {
                Some(_) => "is too long when written out",
                None => "is defined by itself",
            };
            report.push(
                Diagnostic::error(format!("the abbreviation `{name}` {what}"))
                    .at(source.at(pair.key.span.clone())),
            );
        }
    }
    sizes
}

/// How long a value is when written out, if all it names is known. What is not
/// defined at all is for the parser to tell.
fn size(
    pair: &Pair<'_>,
    all: &BTreeMap<&str, &Pair<'_>>,
    sizes: &BTreeMap<&str, usize>,
) -> Option<usize> {
    let chunks = pair.value.v.iter();
    chunks
        .map(|chunk| match &chunk.v {
            RawChunk::Normal(text) => Some(text.len()),
            RawChunk::Abbreviation(name) if all.contains_key(name) => sizes.get(name).copied(),
            RawChunk::Abbreviation(name) => Some(name.len()),
        })
        .sum()
}

/// Whether an entry can be read by itself; what is wrong with it is reported.
fn is_sound(
    entry: &Spanned<RawEntry<'_>>,
    file: &RawBibliography<'_>,
    sizes: &BTreeMap<&str, usize>,
    source: &Source,
    report: &mut Report,
) -> bool {
    let key = entry.v.key.v;
    let all: BTreeMap<_, _> = file
        .abbreviations
        .iter()
        .map(|pair| (pair.key.v, pair))
        .collect();
    let mut complain = |what: String| {
        let message = format!("`{key}` cannot be read: {what}");
        report.push(Diagnostic::error(message).at(source.at(entry.v.key.span.clone())));
        false
    };
    for pair in &entry.v.fields {
        let field = pair.key.v;
        let deep = pair.value.v.iter().any(|chunk| match chunk.v {
            RawChunk::Normal(text) => depth(text) > DEPTH,
            RawChunk::Abbreviation(_) => false,
        });
        if deep {
            return complain(format!("the braces of its `{field}` are nested too deep"));
        }
        // What is not defined at all, the parser tells.
        if size(pair, &all, sizes).is_some_and(|size| size > EXPANDED) {
            return complain(format!("its `{field}` is too long"));
        }
    }
    let mut alone = entry.clone();
    alone.v.fields.retain(|pair| !is_reference(pair));
    match caught(|| Bibliography::from_raw(with(vec![alone], file))) {
        Ok(Ok(_)) => true,
        Ok(Err(error)) => complain(error.kind.to_string()),
        Err(panic) => complain(panic),
    }
}

/// How deep braces are nested.
fn depth(text: &str) -> usize {
    let mut depth = 0usize;
    let mut deepest = 0;
    for c in text.bytes() {
        match c {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn is_reference(pair: &Pair<'_>) -> bool {
    ["crossref", "xdata"]
        .iter()
        .any(|name| pair.key.v.eq_ignore_ascii_case(name))
}

/// Drops the references of entries whose chain of references does not end.
fn drop_long_chains(entries: &mut [Spanned<RawEntry<'_>>]) {
    let mut names: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for entry in entries.iter() {
        let fields = entry.v.fields.iter().filter(|pair| is_reference(pair));
        let texts = fields
            .flat_map(|pair| &pair.value.v)
            .map(|chunk| match chunk.v {
                RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text,
            });
        let all = texts.flat_map(|text| text.split(','));
        names.insert(
            entry.v.key.v,
            all.map(|name| name.trim().to_owned()).collect(),
        );
    }
    // Each round adds the entries that name only such as are there already.
    let mut ends: BTreeSet<&str> = BTreeSet::new();
    for _ in 0..CHAIN {
        let more: Vec<_> = names
            .iter()
            .filter(|(_, names_)| {
                let known = names_
                    .iter()
                    .filter(|name| names.contains_key(name.as_str()));
                known.into_iter().all(|name| ends.contains(name.as_str()))
            })
            .map(|(key, _)| *key)
            .collect();
        ends.extend(more);
    }
    for entry in entries.iter_mut() {
        if !ends.contains(entry.v.key.v) {
            entry.v.fields.retain(|pair| !is_reference(pair));
        }
    }
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
