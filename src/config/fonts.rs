//! The font families of the PDF.

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// Font families by role. In each, the first that has a character shows it;
/// those of the theme come last.
///
/// A plain list is for text and headings, and helps out in code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fonts {
    /// For running text.
    pub text: Vec<String>,
    /// For headings, running heads and captions.
    pub headings: Vec<String>,
    /// For code.
    pub code: Vec<String>,
    /// For what the families of the theme lack.
    pub fallback: Vec<String>,
}

impl Fonts {
    /// All that are named, with their role; a plain list has none.
    pub fn named(&self) -> impl Iterator<Item = (Option<&'static str>, usize, &str)> {
        let roles = [
            (Some("text"), &self.text),
            (Some("headings"), &self.headings),
            (Some("code"), &self.code),
        ];
        let plain = !self.fallback.is_empty();
        let by_role = roles
            .into_iter()
            .filter(move |_| !plain)
            .chain([(None, &self.fallback)]);
        by_role.flat_map(|(role, families)| {
            let families = families.iter().enumerate();
            families.map(move |(index, family)| (role, index, family.as_str()))
        })
    }
}

impl<'de> Deserialize<'de> for Fonts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Default, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        struct Roles {
            text: Vec<String>,
            headings: Vec<String>,
            code: Vec<String>,
        }

        struct FontsVisitor;

        impl<'de> Visitor<'de> for FontsVisitor {
            type Value = Fonts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of font families or { text = […], headings = […], code = […] }")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Fonts, A::Error> {
                let all = Vec::<String>::deserialize(SeqAccessDeserializer::new(seq))?;
                Ok(Fonts {
                    text: all.clone(),
                    headings: all.clone(),
                    code: Vec::new(),
                    fallback: all,
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Fonts, A::Error> {
                let roles = Roles::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Fonts {
                    text: roles.text,
                    headings: roles.headings,
                    code: roles.code,
                    fallback: Vec::new(),
                })
            }
        }

        deserializer.deserialize_any(FontsVisitor)
    }
}
