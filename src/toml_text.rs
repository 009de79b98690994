//! TOML with places: every complaint about a value points at it.

use crate::diagnostics::{Diagnostic, Place, Report, Source, did_you_mean};
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

/// A TOML table that stands in a file, from `base` on.
pub struct Toml<'s> {
    source: &'s Source,
    base: usize,
    table: Spanned<DeTable<'s>>,
}

impl<'s> Toml<'s> {
    /// Parses the part `range` of a file. What the parser finds is reported in
    /// its own words.
    pub fn parse(source: &'s Source, range: Range<usize>, report: &mut Report) -> Option<Self> {
        let base = range.start;
        match DeTable::parse(&source.text[range]) {
            Ok(table) => Some(Self {
                source,
                base,
                table,
            }),
            Err(error) => {
                report.push(complaint(source, base, &error));
                None
            }
        }
    }

    /// A table within this one, by the names of the tables on the way.
    pub fn table(&self, path: &[&str]) -> Option<Toml<'s>> {
        let mut table = self.table.clone();
        for name in path {
            let value = table.get_ref().get(*name)?;
            let DeValue::Table(inner) = value.get_ref() else {
                return None;
            };
            table = Spanned::new(value.span(), inner.clone());
        }
        Some(Toml {
            source: self.source,
            base: self.base,
            table,
        })
    }

    /// The tables within a table, in the order of the file: the name of each,
    /// where it stands, and what is in it. What is not a table is reported.
    pub fn tables(&self, name: &str, report: &mut Report) -> Vec<(String, Place, Toml<'s>)> {
        let Some(outer) = self.table.get_ref().get(name) else {
            return Vec::new();
        };
        let not_a_table =
            |place, name: &str| Diagnostic::error(format!("`{name}` is not a table")).at(place);
        let DeValue::Table(tables) = outer.get_ref() else {
            report.push(not_a_table(self.at(outer.span()), name));
            return Vec::new();
        };
        let mut found = Vec::new();
        for (key, value) in tables {
            let place = self.at(key.span());
            let DeValue::Table(inner) = value.get_ref() else {
                report.push(not_a_table(place, key.get_ref()));
                continue;
            };
            let table = Toml {
                source: self.source,
                base: self.base,
                table: Spanned::new(value.span(), inner.clone()),
            };
            found.push((key.span().start, (key.get_ref().to_string(), place, table)));
        }
        found.sort_by_key(|(at, _)| *at);
        found.into_iter().map(|(_, table)| table).collect()
    }

    /// The place of a key's value, or of one item of its array.
    pub fn place(&self, key: &str, item: Option<usize>) -> Option<Place> {
        let value = self.table.get_ref().get(key)?;
        let span = match (value.get_ref().as_array(), item) {
            (Some(array), Some(item)) => array.get(item)?.span(),
            _ => value.span(),
        };
        Some(self.at(span))
    }

    fn at(&self, span: Range<usize>) -> Place {
        self.source.at(self.base + span.start..self.base + span.end)
    }

    /// Reports keys that are not among the known ones.
    pub fn check_keys(&self, known: &[&str], what: &str, report: &mut Report) {
        let mut unknown: Vec<_> = self
            .table
            .get_ref()
            .keys()
            .filter(|key| !known.contains(&&**key.get_ref()))
            .collect();
        unknown.sort_by_key(|key| key.span().start);
        for key in unknown {
            let name = key.get_ref();
            report.push(
                Diagnostic::error(format!("unknown key `{name}` in {what}"))
                    .at(self.at(key.span()))
                    .hint(
                        did_you_mean(name, known.iter().copied())
                            .unwrap_or_else(|| format!("the keys are {}", list(known))),
                    ),
            );
        }
    }

    /// Reports keys that must be there and are not.
    pub fn check_required(&self, required: &[&str], what: &str, report: &mut Report) -> bool {
        let mut complete = true;
        for key in required {
            if !self.table.get_ref().contains_key(*key) {
                complete = false;
                report.push(
                    Diagnostic::error(format!("{what} has no `{key}`")).at(self.source.whole()),
                );
            }
        }
        complete
    }

    /// The table as a value of a type; what does not fit is reported.
    pub fn read<T: DeserializeOwned>(&self, report: &mut Report) -> Option<T> {
        let value = Spanned::new(
            self.table.span(),
            DeValue::Table(self.table.get_ref().clone()),
        );
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(value) => Some(value),
            Err(error) => {
                report.push(complaint(self.source, self.base, &error));
                None
            }
        }
    }
}

fn complaint(source: &Source, base: usize, error: &toml::de::Error) -> Diagnostic {
    let place = match error.span() {
        Some(span) => source.at(base + span.start..base + span.end),
        None => source.whole(),
    };
    Diagnostic::error(error.message().replace('\n', ", ")).at(place)
}

/// Texts as a TOML array.
pub fn array(texts: &[String]) -> String {
    toml::Value::from(texts.to_vec()).to_string()
}

/// `a`, `b` and `c`, in code quotes.
pub fn list(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}
