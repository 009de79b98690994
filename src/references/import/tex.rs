//! TeX in the fields of BibTeX, made ready for the parser.

/// Commands that only change how their argument looks.
const LOOKS: &[&str] = &[
    "emph",
    "mathit",
    "mathrm",
    "mbox",
    "text",
    "textbf",
    "textit",
    "textmd",
    "textnormal",
    "textrm",
    "textsc",
    "textsf",
    "textsl",
    "textsubscript",
    "textsuperscript",
    "texttt",
    "textup",
    "underline",
    "uppercase",
    "url",
];
/// Commands that change how the rest of their group looks.
const SWITCHES: &[&str] = &[
    "bf", "em", "it", "rm", "sc", "sf", "sl", "tt", "bfseries", "itshape", "scshape",
];
/// Commands that stand for white space.
const SPACES: &[&str] = &["newline", "quad", "qquad", "space", "newblock"];

/// The file without what only changes looks, and with ties as spaces. Every
/// byte keeps its place, so that what the parser says of places holds.
pub fn prepared(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // In an address, `~` is itself.
    let mut address = false;
    while let Some(c) = rest.chars().next() {
        if c == '\\' {
            let name = &rest[1..];
            let length = name
                .find(|c: char| !c.is_ascii_alphabetic())
                .unwrap_or(name.len());
            let (name, behind) = name.split_at(length);
            if LOOKS.contains(&name) && behind.starts_with('{') || SWITCHES.contains(&name) {
                out.push_str(&nothing(length + 1));
                rest = behind;
                continue;
            }
            if SPACES.contains(&name) {
                out.push_str(&" ".repeat(length + 1));
                rest = behind;
                continue;
            }
            // An escaped character.
            let end = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        if rest.starts_with("://") {
            address = true;
        } else if c.is_whitespace() || matches!(c, '{' | '}' | '"' | ',') {
            address = false;
        }
        out.push(match c {
            '~' if !address => ' ',
            c => c,
        });
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// Bytes that mean nothing: pairs of braces and, to make an odd number, a space
/// without width, which is dropped from text that comes from outside.
fn nothing(length: usize) -> String {
    match length {
        0..=1 => " ".repeat(length),
        _ if length % 2 == 1 => format!("\u{200b}{}", "{}".repeat((length - 3) / 2)),
        _ => "{}".repeat(length / 2),
    }
}

/// An address as it is written in a field: no command is read, but what other
/// programs escape there is itself again.
pub fn address(raw: &str) -> String {
    let raw = raw.replace("\\textasciitilde", "~").replace("\\url", "");
    let raw = raw.replace(['{', '}', '\u{200b}'], "");
    let mut out = String::new();
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some(next)) if "_%&#$~:".contains(*next) => {}
            _ => out.push(c),
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn looks_are_dropped_and_places_kept() {
        for (from, to) in [
            (r"{\emph{x}}", "{\u{200b}{}{x}}"),
            (r"{\em x}", "{\u{200b} x}"),
            (r"\url{http://a/~b}~c", "{}{}{http://a/~b} c"),
            (r"\~n \\emph \unknown{x}", r"\~n \\emph \unknown{x}"),
            (r"a\space b", "a       b"),
        ] {
            let made = prepared(from);
            assert_eq!(made, to);
            assert_eq!(made.len(), from.len());
        }
    }

    #[test]
    fn addresses_are_themselves_again() {
        for (from, to) in [
            (r"https://a.org/b\_c{\%}20--d", "https://a.org/b_c%20--d"),
            (r"https://a.org/{\textasciitilde}b", "https://a.org/~b"),
            (r"\url{https://a.org/b}", "https://a.org/b"),
        ] {
            assert_eq!(address(from), to);
        }
    }

    proptest! {
        #[test]
        fn any_text_keeps_its_length(text in "(\\\\(emph|em|url|space|x|é)?|[{}~ a:/\"é日])*") {
            prop_assert_eq!(prepared(&text).len(), text.len());
        }
    }
}
