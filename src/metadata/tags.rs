//! The tags of a page that say something of it.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// How many tags of a kind are kept.
const TAGS: usize = 1000;
/// How much of a text is kept, in bytes.
const TEXT: usize = 5_000;
/// How much of a script is kept.
const SCRIPT: usize = 200_000;

/// What a page says of itself, as it says it.
#[derive(Debug, Default)]
pub struct Tags {
    /// `<meta>`: the name or property in lower case, and the content.
    meta: Vec<(String, String)>,
    /// `<title>`
    pub title: Option<String>,
    /// `<link rel=canonical>`
    pub canonical: Option<String>,
    /// The scripts that hold JSON-LD.
    pub scripts: Vec<String>,
}

/// What the text that comes next belongs to.
enum Open {
    Title,
    Script,
}

impl Tags {
    pub fn read(html: &str) -> Self {
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        // So that `<` in a title or a script begins no tag.
        emitter.naively_switch_states(true);
        let mut tags = Self::default();
        let mut open = None;
        // The title of a drawing is none of the page's.
        let mut drawings = 0usize;
        for token in Tokenizer::new_with_emitter(html, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => {
                    let closes = tag.self_closing;
                    open = tags.start(&tag, drawings > 0);
                    drawings += usize::from(&**tag.name == b"svg" && !closes);
                }
                Token::EndTag(tag) => {
                    drawings = drawings.saturating_sub(usize::from(&**tag.name == b"svg"));
                    open = None;
                }
                Token::String(text) => {
                    let text = String::from_utf8_lossy(&text.value);
                    let (into, limit) = match open {
                        Some(Open::Title) => (tags.title.as_mut(), TEXT),
                        Some(Open::Script) => (tags.scripts.last_mut(), SCRIPT),
                        None => continue,
                    };
                    if let Some(into) = into {
                        into.push_str(&text);
                        into.truncate(into.floor_char_boundary(limit));
                    }
                }
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        tags
    }

    fn start(&mut self, tag: &StartTag<usize>, in_drawing: bool) -> Option<Open> {
        let attribute = |name: &[u8]| {
            let (_, value) = tag.attributes.iter().find(|(key, _)| ***key == *name)?;
            let value = String::from_utf8_lossy(&value.value);
            let end = value.floor_char_boundary(TEXT);
            Some(value[..end].to_owned())
        };
        match &**tag.name {
            b"meta" if self.meta.len() < TAGS => {
                let names = [&b"name"[..], b"property", b"itemprop"];
                let name = names.into_iter().find_map(attribute);
                if let (Some(name), Some(content)) = (name, attribute(b"content")) {
                    self.meta.push((name.trim().to_lowercase(), content));
                }
            }
            b"link" => {
                let rel = attribute(b"rel").unwrap_or_default();
                if rel
                    .split_whitespace()
                    .any(|rel| rel.eq_ignore_ascii_case("canonical"))
                {
                    self.canonical = self.canonical.take().or(attribute(b"href"));
                }
            }
            b"title" if self.title.is_none() && !in_drawing => {
                self.title = Some(String::new());
                return Some(Open::Title);
            }
            b"script" if self.scripts.len() < TAGS => {
                let kind = attribute(b"type").unwrap_or_default();
                if kind.trim().eq_ignore_ascii_case("application/ld+json") {
                    self.scripts.push(String::new());
                    return Some(Open::Script);
                }
            }
            _ => {}
        }
        None
    }

    /// The contents of the tags of some names, in the order of the page.
    pub fn all<'t>(&'t self, names: &'t [&str]) -> impl Iterator<Item = &'t str> {
        let tags = self.meta.iter();
        let tags = tags
            .filter(|(name, content)| names.contains(&name.as_str()) && !content.trim().is_empty());
        tags.map(|(_, content)| content.as_str())
    }

    /// The first content of the first of some names that has one.
    pub fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|wanted| {
            let mut tags = self.meta.iter();
            let found = tags.find(|(name, content)| name == wanted && !content.trim().is_empty());
            found.map(|(_, content)| content.as_str())
        })
    }
}
