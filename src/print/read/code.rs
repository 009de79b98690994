//! Blocks of code: their language, and the lines that mdBook hides.

use std::collections::HashMap;

/// A block's classes as mdBook writes them: `language-rust ignore editable`.
pub struct Info<'a> {
    /// The language, if one is named.
    pub language: Option<&'a str>,
    hide_lines: Option<&'a str>,
}

impl<'a> Info<'a> {
    /// Reads the classes of a block.
    pub fn new(classes: impl Iterator<Item = &'a str>) -> Self {
        let mut info = Self {
            language: None,
            hide_lines: None,
        };
        for class in classes {
            if let Some(language) = class.strip_prefix("language-") {
                info.language = info.language.or(Some(language));
            } else if let Some(prefix) = class.strip_prefix("hidelines=") {
                info.hide_lines = Some(prefix);
            }
        }
        info
    }

    /// The lines to show. mdBook folds the others away behind a button.
    pub fn shown(&self, text: &str, prefixes: &HashMap<String, String>) -> String {
        let language = self.language.unwrap_or_default();
        let prefix = self
            .hide_lines
            .or_else(|| prefixes.get(language).map(String::as_str));
        let lines: Vec<_> = match (language, prefix) {
            ("rust", _) => text.lines().filter_map(rust_line).collect(),
            (_, Some(prefix)) => text
                .lines()
                .filter(|line| !line.trim_start().starts_with(prefix))
                .map(str::to_owned)
                .collect(),
            (_, None) => text.lines().map(str::to_owned).collect(),
        };
        lines.join("\n")
    }
}

/// A line of Rust as rustdoc shows it: `# …` and `#` alone are hidden, and
/// `##` stands for one `#`. An attribute `#[…]` is shown.
fn rust_line(line: &str) -> Option<String> {
    let code = line.trim_start();
    let indent = &line[..line.len() - code.len()];
    match code.strip_prefix('#') {
        Some("") => None,
        Some(rest) if rest.starts_with(' ') => None,
        Some(rest) if rest.starts_with('#') => Some(format!("{indent}{rest}")),
        _ => Some(line.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_lines_are_left_out_as_on_the_site() {
        let none = HashMap::new();
        let rust = Info::new("language-rust ignore".split(' '));
        let text = "# hidden\n#\n  ## shown\n#[attribute]\nfn main() {}\n";
        assert_eq!(
            rust.shown(text, &none),
            "  # shown\n#[attribute]\nfn main() {}"
        );
        let python = Info::new("language-python hidelines=!!".split(' '));
        assert_eq!(python.shown("!!a\n  !!b\nc\n# d\n", &none), "c\n# d");
        let by_config = HashMap::from([("python".to_owned(), "~".to_owned())]);
        let plain = Info::new("language-python".split(' '));
        assert_eq!(plain.shown("~a\nb\n", &by_config), "b");
    }
}
