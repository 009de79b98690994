//! Text of the book as Typst literals: the one way by which it gets into markup.

use std::fmt::Write;

/// A string literal that means just this text.
pub fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// An array of expressions. One element needs its comma.
pub fn array(items: impl Iterator<Item = String>) -> String {
    let items: Vec<_> = items.collect();
    match items.is_empty() {
        true => "()".to_owned(),
        false => format!("({},)", items.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use typst::syntax::{SyntaxNode, ast, parse_code};

    /// All string literals of a piece of code, which must have no error and
    /// nothing but literals in it.
    fn literals(code: &str) -> Vec<String> {
        fn walk(node: &SyntaxNode, out: &mut Vec<String>) {
            if let Some(literal) = node.cast::<ast::Str>() {
                out.push(literal.get().to_string());
            }
            node.children().for_each(|child| walk(child, out));
        }
        let root = parse_code(code);
        let (errors, _) = root.errors_and_warnings();
        assert!(errors.is_empty(), "{code}");
        let mut out = Vec::new();
        walk(&root, &mut out);
        out
    }

    /// Text in which what means something to Typst is common.
    fn text() -> impl Strategy<Value = String> {
        let pieces = prop::collection::vec(
            prop_oneof![
                prop::sample::select(vec![
                    "\"", "\\", "\\u{", "}", "#", "$", "@", "<a>", "\n", "\r\n", "`", "```", "//",
                    "/*", "*/", "{", "(", "[", "]", ")", ", )", "\0", "\u{7f}", "\u{85}",
                    "\u{2028}",
                ])
                .prop_map(str::to_owned),
                any::<char>().prop_map(String::from),
                any::<String>(),
            ],
            0..20,
        );
        pieces.prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn a_literal_means_its_text(text in text()) {
            prop_assert_eq!(literals(&string(&text)), [text]);
        }

        #[test]
        fn an_array_holds_its_elements(texts in prop::collection::vec(text(), 0..4)) {
            let code = array(texts.iter().map(|text| string(text)));
            prop_assert_eq!(literals(&code), texts.clone());
            let root = parse_code(&code);
            let items = root.children().find_map(|node| Some(node.cast::<ast::Array>()?.items().count()));
            prop_assert_eq!(items, Some(texts.len()));
        }
    }
}
