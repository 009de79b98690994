//! Code with its syntax marked by classes, which the style sheet colors.

use crate::print::grammar::grammar;
use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::util::LinesWithEndings;
use typst::text::RAW_SYNTAXES;

/// The code as HTML; none if the language is not known. The grammars are those
/// Typst has, so that both editions mark the same.
pub fn highlight(language: &str, code: &str) -> Option<String> {
    let syntax = RAW_SYNTAXES.find_syntax_by_token(grammar(language, code)?)?;
    let style = ClassStyle::SpacedPrefixed { prefix: "c-" };
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &RAW_SYNTAXES, style);
    for line in LinesWithEndings::from(code) {
        generator
            .parse_html_for_line_which_includes_newline(line)
            .ok()?;
    }
    Some(generator.finalize())
}
