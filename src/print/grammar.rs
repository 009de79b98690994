//! Which grammar marks a block of code, for both editions.

use typst::text::RAW_SYNTAXES;

/// A name by which Typst finds the grammar of a block of code; none if the code
/// is to be set plain.
///
/// The grammar of JavaScript takes for ever on some comments, by a regular
/// expression that tries exponentially many ways. TypeScript's reads the same
/// code and does not. Where JavaScript stands within another language its
/// grammar cannot be exchanged, so code there with such a comment is set plain.
pub fn grammar<'l>(language: &'l str, code: &str) -> Option<&'l str> {
    let language = match language.to_ascii_lowercase().as_str() {
        "javascript" | "js" | "mjs" | "cjs" | "htc" => "ts",
        "jsx" => "tsx",
        _ => language,
    };
    let syntax = RAW_SYNTAXES.find_syntax_by_token(language)?;
    let plain = HOLD_JAVASCRIPT
        .iter()
        .any(|name| syntax.name.starts_with(name))
        && code.contains("/*");
    (!plain).then_some(language)
}

/// How the names of those grammars begin that hand parts over to JavaScript's.
const HOLD_JAVASCRIPT: &[&str] = &[
    "CFML",
    "HTML",
    "Java Server Page",
    "JavaScript",
    "Markdown",
    "MultiMarkdown",
    "PHP",
    "Ruby Haml",
    "Ruby Slim",
    "Svelte",
    "Textile",
    "Vue",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_marked_by_the_grammar_of_its_language() {
        assert_eq!(grammar("rust", "fn f() {} /* x */"), Some("rust"));
        assert_eq!(grammar("html", "<p>x</p>"), Some("html"));
        assert_eq!(grammar("no-such-language", "x"), None);
    }

    #[test]
    fn the_grammar_of_javascript_is_never_used_on_a_comment() {
        for language in ["js", "JavaScript", "jsx", "mjs"] {
            let name = grammar(language, "/* x */").unwrap();
            let syntax = RAW_SYNTAXES.find_syntax_by_token(name).unwrap();
            assert!(syntax.name.starts_with("TypeScript"), "{language}");
        }
        for language in [
            "html", "php", "md", "vue", "svelte", "js.erb", "twig", "jsp",
        ] {
            assert!(RAW_SYNTAXES.find_syntax_by_token(language).is_some());
            assert_eq!(grammar(language, "/* x */"), None, "{language}");
        }
    }
}
