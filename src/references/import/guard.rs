//! What is looked at before BibTeX's parser is let loose on a file: it follows
//! definitions and references without asking whether they end, and gives up at
//! the first mistake.

use super::bibtex::with;
use crate::diagnostics::{Diagnostic, Report, Source};
use crate::panics::caught;
use biblatex::{Bibliography, Pair, RawBibliography, RawChunk, RawEntry, Spanned};
use std::collections::{BTreeMap, BTreeSet};

/// How deep braces may be nested.
const DEPTH: usize = 50;
/// How long a value may get when its abbreviations are written out, in bytes.
const EXPANDED: usize = 100_000;
/// How many entries may stand behind one another in a chain of references.
const CHAIN: usize = 10;

/// How long each abbreviation is when written out. One that is defined by
/// itself, or grows without end, is reported and none.
pub fn abbreviations<'s>(
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
    for (name, pair) in all.iter().filter(|(name, _)| !sizes.contains_key(*name)) {
        let what = match size(pair, &all, &sizes) {
            Some(_) => "is too long when written out",
            None if names_itself(name, &all) => "is defined by itself",
            // What it names is told.
            None => continue,
        };
        report.push(
            Diagnostic::error(format!("the abbreviation `{name}` {what}"))
                .at(source.at(pair.key.span.clone())),
        );
    }
    sizes
}

/// Whether an abbreviation leads back to itself.
fn names_itself(name: &str, all: &BTreeMap<&str, &Pair<'_>>) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![name];
    while let Some(next) = open.pop() {
        let chunks = all.get(next).map(|pair| pair.value.v.as_slice());
        for chunk in chunks.unwrap_or_default() {
            if let RawChunk::Abbreviation(named) = chunk.v {
                if named == name {
                    return true;
                }
                if seen.insert(named) {
                    open.push(named);
                }
            }
        }
    }
    false
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
pub fn is_sound(
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

pub fn is_reference(pair: &Pair<'_>) -> bool {
    ["crossref", "xdata"]
        .iter()
        .any(|name| pair.key.v.eq_ignore_ascii_case(name))
}

/// Drops the references of entries whose chain of references does not end.
pub fn drop_long_chains(entries: &mut [Spanned<RawEntry<'_>>]) {
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
