//! The text of a page, whatever its encoding, and the title in it.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use html5gum::{DefaultEmitter, Token, Tokenizer};

/// How far into a page its own word on the encoding is looked for, and a title.
const PRESCAN: usize = 1024;
/// A longer title says no more.
const TITLE: usize = 300;

/// Bytes as text, by the HTML Standard's order: the byte order mark, then what
/// HTTP says, then what the page says of itself. Without any of them it is UTF-8
/// if it can be, and windows-1252 if not, as browsers assume.
pub fn text_of(body: &[u8], charset: Option<&str>) -> String {
    let named = |label: &str| Encoding::for_label(label.trim_matches(['"', '\'', ' ']).as_bytes());
    let encoding = Encoding::for_bom(body)
        .map(|(encoding, _)| encoding)
        .or_else(|| named(charset?))
        .or_else(|| {
            let head = &body[..body.len().min(PRESCAN)];
            let encoding = named(&declared(&String::from_utf8_lossy(head))?)?;
            // Who could read that word did not read UTF-16.
            Some(if encoding.is_ascii_compatible() {
                encoding
            } else {
                UTF_8
            })
        })
        .unwrap_or_else(|| match std::str::from_utf8(body) {
            Ok(_) => UTF_8,
            // The end may have been cut within a letter.
            Err(error) if error.error_len().is_none() => UTF_8,
            Err(_) => WINDOWS_1252,
        });
    encoding.decode(body).0.into_owned()
}

fn tokens(html: &str) -> impl Iterator<Item = Token<usize>> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    // So that `<` in a title or a script begins no tag.
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(html, emitter).map(|token| {
        let Ok(token) = token;
        token
    })
}

/// The encoding that a `<meta>` names.
fn declared(html: &str) -> Option<String> {
    tokens(html).find_map(|token| {
        let Token::StartTag(tag) = token else {
            return None;
        };
        if **tag.name != *b"meta" {
            return None;
        }
        let attribute = |name: &[u8]| {
            let (_, value) = tag.attributes.iter().find(|(key, _)| ***key == *name)?;
            Some(String::from_utf8_lossy(&value.value).into_owned())
        };
        attribute(b"charset").or_else(|| {
            let content = attribute(b"content")?.to_lowercase();
            let (_, label) = content.split_once("charset")?;
            let label = label.trim_start().strip_prefix('=')?.trim_start();
            Some(label.split([';', ' ']).next()?.to_owned())
        })
    })
}

/// The text of the first `<title>`, on one line; that of a drawing does not
/// count, nor does one that is cut off.
pub(super) fn title_of(html: &str) -> Option<String> {
    let (mut open, mut title, mut drawing) = (None::<String>, None, 0usize);
    for token in tokens(html) {
        match token {
            Token::StartTag(tag) => match &**tag.name {
                b"svg" if !tag.self_closing => drawing += 1,
                b"title" if drawing == 0 => open = Some(String::new()),
                _ => {}
            },
            Token::EndTag(tag) => match &**tag.name {
                b"svg" => drawing = drawing.saturating_sub(1),
                b"title" if open.is_some() => {
                    title = open;
                    break;
                }
                _ => {}
            },
            Token::String(text) => {
                if let Some(title) = &mut open {
                    title.push_str(&String::from_utf8_lossy(&text.value));
                }
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    let shown = |c: &char| !c.is_control() && !is_invisible(*c);
    let title: String = title?
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .filter(shown)
        .take(TITLE)
        .collect();
    Some(title).filter(|title| !title.is_empty())
}

/// What turns the direction of text or is not seen: it could make a title read
/// as another.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_is_the_first_one_that_is_no_drawings() {
        for (html, expected) in [
            ("<title>A</title>", Some("A")),
            (
                "<html><head>\n<TITLE lang=en>\n A &amp;\n B\t</TITLE><title>C</title>",
                Some("A & B"),
            ),
            (
                "<svg><title>Logo</title></svg><title>Page</title>",
                Some("Page"),
            ),
            (
                "<script>\"<title>no</title>\"</script><title>yes</title>",
                Some("yes"),
            ),
            (
                "<!-- <title>no</title> --><title>a <b> c</title>",
                Some("a <b> c"),
            ),
            ("<title>cut off in the mid", None),
            ("<title> </title>", None),
            ("<title>a\u{202e}b\u{0}\u{200b}</title>", Some("ab\u{fffd}")),
            ("no title", None),
            ("", None),
        ] {
            assert_eq!(title_of(html).as_deref(), expected, "{html}");
        }
        let long = format!("<title>{}</title>", "é".repeat(1000));
        assert_eq!(title_of(&long).unwrap().chars().count(), 300);
    }

    #[test]
    fn a_text_is_read_in_the_encoding_that_it_is_in() {
        let encode = |label: &str, text: &str| {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            encoding.encode(text).0.into_owned()
        };
        for (label, text) in [
            ("shift_jis", "機械学習の設計"),
            ("gb18030", "机器学习"),
            ("windows-1251", "Машинное обучение"),
            ("euc-kr", "기계 학습"),
            ("iso-8859-1", "Größe"),
            ("windows-1256", "تعلم الآلة"),
        ] {
            assert_eq!(text_of(&encode(label, text), Some(label)), text);
            for meta in [
                format!("<meta charset={label}>"),
                format!("<meta http-equiv=content-type content='text/html; charset={label}'>"),
            ] {
                let html = format!("{meta}<title>{text}</title>");
                let read = text_of(&encode(label, &html), None);
                assert_eq!(title_of(&read).as_deref(), Some(text), "{meta}");
            }
        }
        // A label that nobody knows, or a wrong one of UTF-16, is passed over.
        assert_eq!(text_of("é".as_bytes(), Some("x-nonsense")), "é");
        assert_eq!(
            text_of("<meta charset=utf-16>é".as_bytes(), None),
            "<meta charset=utf-16>é"
        );
        assert_eq!(text_of(b"\xff\xfea\0b\0", Some("utf-8")), "ab");
        assert_eq!(text_of(b"\xef\xbb\xbfa", Some("shift_jis")), "a");
        assert_eq!(text_of(b"gr\xf6\xdfe", None), "größe");
        assert_eq!(text_of("ü".as_bytes().split_at(1).0, None), "\u{fffd}");
    }
}
