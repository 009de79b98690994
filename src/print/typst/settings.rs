//! What `book.toml` says about the look, as a file the theme imports.

use super::literal::{array, string};
use crate::config::{Binding, Length, PrintConfig};

/// The file.
///
/// ```text
/// #let paper = (width: 210mm, height: 297mm)
/// #let margins = (inside: 30mm, outside: auto, top: auto, bottom: auto)
/// #let binding = left
/// #let fonts = (text: ("Noto Serif",), headings: (), code: (), fallback: ())
/// ```
pub fn write(config: &PrintConfig) -> String {
    let (paper, margins, fonts) = (config.paper, config.margins, &config.fonts);
    let families = |families: &[String]| array(families.iter().map(|family| string(family)));
    format!(
        "#let paper = (width: {}, height: {})\n\
         #let margins = (inside: {}, outside: {}, top: {}, bottom: {})\n\
         #let binding = {}\n\
         #let fonts = (text: {}, headings: {}, code: {}, fallback: {})\n",
        length(paper.width),
        length(paper.height),
        optional(margins.inside),
        optional(margins.outside),
        optional(margins.top),
        optional(margins.bottom),
        match config.binding {
            Binding::Left => "left",
            Binding::Right => "right",
            Binding::None => "none",
        },
        families(&fonts.text),
        families(&fonts.headings),
        families(&fonts.code),
        families(&fonts.fallback),
    )
}

fn length(length: Length) -> String {
    format!("{}mm", length.millimeters())
}

fn optional(value: Option<Length>) -> String {
    value.map_or("auto".into(), length)
}
