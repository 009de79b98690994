//! The words of a page of the site.

use super::document::apart;
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// Elements that stand by themselves: words do not run over their edges.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];

const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Words with one space between them.
pub fn words(html: &str) -> String {
    let from = html.find("<main>").unwrap() + "<main>".len();
    let until = html.rfind("</main>").unwrap();
    let mut page = Page::default();
    let emitter = DefaultEmitter::<usize>::new_with_span();
    for token in Tokenizer::new_with_emitter(&html[from..until], emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => page.open(&tag),
            Token::EndTag(tag) => page.close(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => page.text(&String::from_utf8_lossy(&text.value)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    spaced(&page.out)
}

/// One space for each run of white space.
pub fn spaced(text: &str) -> String {
    text.split([' ', '\t', '\n', '\r', '\x0c'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The lines of code as words that tell their ends and indents.
pub fn code(text: &str) -> String {
    // A browser drops the first line's end of a `<pre>`, and the last is no line.
    let text = text
        .strip_prefix('\n')
        .unwrap_or(text)
        .trim_end_matches('\n');
    format!(
        "\n{}\n",
        text.replace(' ', "·")
            .replace('\t', "→")
            .replace('\n', "⏎ ")
    )
}

#[derive(Default)]
struct Page {
    out: String,
    /// The open elements, and whether what they hold is not told.
    open: Vec<(String, bool)>,
    /// The text of the open `<pre>`.
    pre: Option<String>,
    /// Whether what plays has not said yet what it is.
    no_words: bool,
}

impl Page {
    fn silent(&self) -> bool {
        self.open.last().is_some_and(|(_, silent)| *silent)
    }

    fn open(&mut self, tag: &StartTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let attribute = |wanted: &str| {
            let found = tag.attributes.get(wanted.as_bytes());
            found.map(|value| String::from_utf8_lossy(&value.value).into_owned())
        };
        let class = attribute("class").unwrap_or_default();
        let href = attribute("href").unwrap_or_default();
        let silent = self.silent()
            || matches!(name.as_str(), "script" | "style" | "template" | "svg")
            // What mdBook adds for the screen alone.
            || attribute("hidden").is_some()
            || class.split(' ').any(|class| class == "hidden")
            || matches!(class.as_str(), "boring" | "footnote-reference" | "img-wrapper")
            || href.starts_with("#fr-");
        if !silent {
            self.edge(&name);
            match name.as_str() {
                "img" => {
                    let words = [attribute("alt"), attribute("title")];
                    let words = words.into_iter().flatten();
                    words.for_each(|words| apart(&words, &mut self.out));
                }
                // These cannot play on paper, and become links.
                "iframe" | "video" | "audio" | "embed" => {
                    let words = attribute("title").or(attribute("src"));
                    self.no_words = words.is_none();
                    apart(&words.unwrap_or_default(), &mut self.out);
                }
                "wbr" => self.out.push('\u{200b}'),
                "pre" => self.pre = Some(String::new()),
                "br" if self.pre.is_some() => self.pre.get_or_insert_default().push('\n'),
                _ => {}
            }
        }
        if name == "source" && std::mem::take(&mut self.no_words) {
            apart(&attribute("src").unwrap_or_default(), &mut self.out);
        }
        // What such an element holds is for those that do not know it.
        let silent = silent || matches!(name.as_str(), "iframe" | "video" | "audio");
        if !tag.self_closing && !VOID.contains(&name.as_str()) {
            self.open.push((name, silent));
        }
    }

    fn close(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|(open, _)| open == name) else {
            return;
        };
        self.open.truncate(at);
        if name == "pre"
            && let Some(text) = self.pre.take()
        {
            self.out.push_str(&code(&text));
        }
        self.edge(name);
    }

    fn edge(&mut self, name: &str) {
        if self.pre.is_none() && BLOCKS.contains(&name) {
            self.out.push('\n');
        }
    }

    fn text(&mut self, text: &str) {
        if self.silent() {
            return;
        }
        match &mut self.pre {
            Some(pre) => pre.push_str(text),
            None => self.out.push_str(text),
        }
    }
}
