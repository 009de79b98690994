//! Text and addresses written into Markdown so that they mean themselves.

/// Plain text as Markdown that shows just this text, for use inside a line.
/// Runs of white space, line breaks among them, become one space.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (i, word) in text.split_whitespace().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        for c in word.chars() {
            // Every ASCII punctuation may be escaped (CommonMark, section 2.4);
            // these are the ones that could begin something inside a line.
            if matches!(
                c,
                '\\' | '`'
                    | '*'
                    | '_'
                    | '{'
                    | '}'
                    | '['
                    | ']'
                    | '<'
                    | '>'
                    | '#'
                    | '&'
                    | '!'
                    | '|'
                    | '~'
                    | '$'
                    | '^'
            ) {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

/// The same for an address that is shown: smart punctuation does not touch it
/// either, which would make a dash of `--`.
pub fn address(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let mut before = ' ';
    for c in text(address).chars() {
        let smart = matches!(c, '\'' | '"') || matches!(c, '-' | '.') && c == before;
        if smart {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// Plain text for XML. Most control characters cannot stand there, however
/// they are written, and become U+FFFD.
pub fn xml_text(text: &str) -> String {
    html_text(&text.replace(
        |c: char| c.is_control() && !c.is_whitespace() || matches!(c, '\u{fffe}' | '\u{ffff}'),
        "\u{fffd}",
    ))
}

/// A link destination. Anything but plain URL characters puts it in `<…>`,
/// where only these three need care (CommonMark, section 6.3).
pub fn destination(dest: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$'*+,;=%".contains(c);
    if !dest.is_empty() && dest.chars().all(plain) {
        return dest.replace('*', "\\*").replace('_', "\\_");
    }
    let mut out = String::from("<");
    for c in dest.chars() {
        match c {
            '<' | '>' | '\\' | '&' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' => out.push_str("%0A"),
            _ => out.push(c),
        }
    }
    out.push('>');
    out
}

/// Plain text for the inside of an HTML element or of a quoted attribute, in
/// one line.
pub fn html_text(text: &str) -> String {
    let mut out = String::new();
    let words: Vec<_> = text.split_whitespace().collect();
    // Writing into a string does not fail.
    let _ = pulldown_cmark_escape::escape_html(&mut out, &words.join(" "));
    out
}

#[cfg(test)]
mod tests {
    use super::super::scan::tests::{render, render_smart};
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_shows_itself(original in "\\PC{0,40}") {
            let words = original.split_whitespace().collect::<Vec<_>>().join(" ");
            let (shown, _) = render(&format!("x {} x", text(&original)));
            let expected = format!("x {words} x");
            prop_assert_eq!(shown.split_whitespace().collect::<Vec<_>>(),
                expected.split_whitespace().collect::<Vec<_>>());
        }

        #[test]
        fn an_address_shows_itself(original in "[!-~é]{1,20}[-.'\"]{0,4}[!-~]{1,20}") {
            let (shown, _) = render_smart(&format!("x {}", address(&original)), true);
            prop_assert_eq!(shown, format!("x {original}"));
        }

        #[test]
        fn destination_leads_to_itself(original in "[!-~é日 ]{1,40}") {
            let original = original.trim();
            prop_assume!(!original.is_empty());
            let (_, dest) = render(&format!("[x]({})", destination(original)));
            prop_assert_eq!(dest.as_deref(), Some(original));
        }
    }
}
