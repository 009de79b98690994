//! The page: its paper, margins and binding.

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// A length as `book.toml` writes it: a number and one of the units `mm`,
/// `cm`, `in` and `pt`, as in `"25mm"` and `"0.75in"`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Length {
    millimeters: f64,
}

impl Length {
    /// A length in millimeters.
    pub const fn mm(millimeters: f64) -> Self {
        Self { millimeters }
    }

    /// The length in millimeters.
    pub fn millimeters(self) -> f64 {
        self.millimeters
    }

    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let unit = text.find(|c: char| c.is_ascii_alphabetic())?;
        let (number, unit) = text.split_at(unit);
        let scale = match unit {
            "mm" => 1.0,
            "cm" => 10.0,
            "in" => 25.4,
            "pt" => 25.4 / 72.0,
            _ => return None,
        };
        let number: f64 = number.trim_end().parse().ok()?;
        // No printer has a page of more than ten meters.
        let millimeters = number * scale;
        (0.0..=10_000.0)
            .contains(&millimeters)
            .then_some(Self { millimeters })
    }
}

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            D::Error::custom(format!(
                "`{text}` is not a length: it is a number and a unit, as in `25mm`, `2.5cm`, `1in` or `72pt`"
            ))
        })
    }
}

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paper {
    /// From left to right.
    pub width: Length,
    /// From top to bottom.
    pub height: Length,
}

impl Paper {
    /// 210 mm by 297 mm
    pub const A4: Self = Self::mm(210.0, 297.0);

    const fn mm(width: f64, height: f64) -> Self {
        Self {
            width: Length::mm(width),
            height: Length::mm(height),
        }
    }

    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "a4" => Self::A4,
            "a5" => Self::mm(148.0, 210.0),
            "b5" => Self::mm(176.0, 250.0),
            "letter" => Self::mm(215.9, 279.4),
            _ => return None,
        })
    }
}

impl<'de> Deserialize<'de> for Paper {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Size {
            width: Length,
            height: Length,
        }

        struct PaperVisitor;

        impl<'de> Visitor<'de> for PaperVisitor {
            type Value = Paper;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a paper or { width = \"170mm\", height = \"240mm\" }")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Paper, E> {
                Paper::named(name).ok_or_else(|| {
                    E::custom(format!(
                        "unknown paper `{name}`, expected one of `a4`, `a5`, `b5`, `letter`, or {{ width = \"170mm\", height = \"240mm\" }}"
                    ))
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Paper, A::Error> {
                let size = Size::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Paper {
                    width: size.width,
                    height: size.height,
                })
            }
        }

        deserializer.deserialize_any(PaperVisitor)
    }
}

/// The white around the text. What is not set, the theme chooses by the paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Margins {
    /// On the side of the binding; without a binding, on the left.
    pub inside: Option<Length>,
    /// On the other side.
    pub outside: Option<Length>,
    /// Above the text.
    pub top: Option<Length>,
    /// Below the text.
    pub bottom: Option<Length>,
}

/// Where the sheets are bound, if they are printed on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Binding {
    /// On the left of the first page, as in languages written from the left.
    Left,
    /// On the right.
    Right,
    /// All pages are alike.
    None,
}

/// The least width and height that are left for text.
const LEAST: f64 = 50.0;

/// What is wrong with margins on a paper.
pub(super) fn complaint(paper: Paper, margins: Margins) -> Option<String> {
    let left_over = |side: Length, margins: [Option<Length>; 2]| {
        let taken: f64 = margins.into_iter().flatten().map(|m| m.millimeters).sum();
        side.millimeters - taken
    };
    let width = left_over(paper.width, [margins.inside, margins.outside]);
    let height = left_over(paper.height, [margins.top, margins.bottom]);
    let (left, side) = match (width < LEAST, height < LEAST) {
        (true, _) => (width, "width"),
        (false, true) => (height, "height"),
        (false, false) => return None,
    };
    let left = (left.max(0.0) * 10.0).round() / 10.0;
    Some(format!(
        "{left} mm of the paper's {side} are left for text, which needs {LEAST} mm"
    ))
}
