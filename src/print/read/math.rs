//! Formulas in LaTeX, where the book has turned them on.
//!
//! MathJax finds them on the site by their marks, in the text that Markdown has
//! left: `\(…\)` in a line, `\[…\]` and `$$…$$` by themselves.

use super::blocks::Reader;
use super::space::collapse;
use super::tree::NodeId;
use crate::print::doc::{Block, Formula, Inline, MathNode, Written};
use html5gum::{DefaultEmitter, Token, Tokenizer};
use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

/// The marks, and whether what they hold stands by itself.
const MARKS: &[(&str, &str, bool)] = &[
    ("\\(", "\\)", false),
    ("\\[", "\\]", true),
    ("$$", "$$", true),
];

/// The elements that both writers know.
const KNOWN: &[&str] = &[
    "math",
    "mrow",
    "mi",
    "mn",
    "mo",
    "mtext",
    "mspace",
    "mfrac",
    "msqrt",
    "mroot",
    "msub",
    "msup",
    "msubsup",
    "munder",
    "mover",
    "munderover",
    "mtable",
    "mtr",
    "mtd",
    "mstyle",
    "mpadded",
    "mphantom",
];

impl Reader<'_> {
    /// Text, and the formulas in it. One that cannot be set stays as written.
    pub(super) fn text_with_math(
        &mut self,
        id: NodeId,
        text: &str,
        out: &mut Vec<Inline<Written>>,
    ) {
        let mut rest = text;
        while let Some((before, written, latex, display)) = next(rest) {
            out.push(Inline::Text(before.to_owned()));
            rest = &rest[before.len() + written.len()..];
            match convert(latex, display) {
                Ok(math) => out.push(Inline::Math(Formula {
                    written: written.to_owned(),
                    latex: latex.split_whitespace().collect::<Vec<_>>().join(" "),
                    display,
                    math,
                })),
                Err(problem) => {
                    self.warn(
                        format!(
                            "the formula `{}` is shown as written: {problem}",
                            latex.trim()
                        ),
                        id,
                    );
                    out.push(Inline::Text(written.to_owned()));
                }
            }
        }
        out.push(Inline::Text(rest.to_owned()));
    }
}

/// A paragraph, parted where a formula stands by itself.
pub fn paragraphs(content: Vec<Inline<Written>>, out: &mut Vec<Block<Written>>) {
    let mut line = Vec::new();
    let end = |line: &mut Vec<_>, out: &mut Vec<_>| {
        let content = collapse(std::mem::take(line));
        if !content.is_empty() {
            out.push(Block::Paragraph(content));
        }
    };
    for mut inline in content {
        match &mut inline {
            Inline::Math(formula) if formula.display => {
                end(&mut line, out);
                out.push(Block::Plain(vec![inline]));
            }
            Inline::Styled(_, within)
            | Inline::Link {
                content: within, ..
            }
            | Inline::Span {
                content: within, ..
            } => {
                into_line(within);
                line.push(inline);
            }
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Image(_)
            | Inline::Note(_)
            | Inline::Anchor(_)
            | Inline::Break => line.push(inline),
        }
    }
    end(&mut line, out);
}

/// Within an element of a line, formulas stand in the line.
fn into_line(content: &mut [Inline<Written>]) {
    for inline in content {
        match inline {
            Inline::Math(formula) => {
                formula.display = false;
                formula
                    .math
                    .attributes
                    .retain(|(name, _)| name != "display");
            }
            Inline::Styled(_, content)
            | Inline::Link { content, .. }
            | Inline::Span { content, .. } => into_line(content),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Image(_)
            | Inline::Note(_)
            | Inline::Anchor(_)
            | Inline::Break => {}
        }
    }
}

/// The first formula: what stands before it, all of it, what it holds, and
/// whether it stands by itself.
fn next(text: &str) -> Option<(&str, &str, &str, bool)> {
    let (at, (open, close, display)) = MARKS
        .iter()
        .filter_map(|mark| Some((text.find(mark.0)?, mark)))
        .min_by_key(|(at, _)| *at)?;
    let inside = &text[at + open.len()..];
    let length = inside.find(close)?;
    let end = at + open.len() + length + close.len();
    Some((&text[..at], &text[at..end], &inside[..length], *display))
}

fn convert(latex: &str, display: bool) -> Result<MathNode, String> {
    let converter = LatexToMathML::new(MathCoreConfig::default())
        .map_err(|_| "it cannot be read".to_owned())?;
    let display = match display {
        true => MathDisplay::Block,
        false => MathDisplay::Inline,
    };
    let mathml = converter
        .convert_with_local_state(&plain(latex), display)
        .map_err(|error| error.error_message().trim_end_matches('.').to_lowercase())?
        .mathml;
    let math = parse(&mathml);
    match unknown(&math) {
        Some(name) => Err(format!("it needs `<{name}>`, which cannot be set")),
        None => Ok(math),
    }
}

/// LaTeX without the quotes and dashes of smart punctuation, and without
/// numbers, which MathJax does not set either.
fn plain(latex: &str) -> String {
    let mut plain = latex
        .replace(['‘', '’'], "'")
        .replace('–', "--")
        .replace('…', "...");
    for numbered in ["align", "equation", "gather", "multline"] {
        for verb in ["begin", "end"] {
            let (from, to) = (
                format!("\\{verb}{{{numbered}}}"),
                format!("\\{verb}{{{numbered}*}}"),
            );
            plain = plain.replace(&from, &to);
        }
    }
    plain
}

fn unknown(node: &MathNode) -> Option<&str> {
    match KNOWN.contains(&node.name.as_str()) {
        true => node.children.iter().find_map(unknown),
        false => Some(&node.name),
    }
}

fn parse(mathml: &str) -> MathNode {
    let string = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut open = vec![MathNode::default()];
    let close = |open: &mut Vec<MathNode>| {
        if open.len() > 1
            && let Some(node) = open.pop()
            && let Some(parent) = open.last_mut()
        {
            parent.children.push(node);
        }
    };
    for token in Tokenizer::new_with_emitter(mathml, DefaultEmitter::<usize>::new_with_span()) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let attributes = tag.attributes.iter();
                open.push(MathNode {
                    name: string(&tag.name),
                    attributes: attributes
                        .map(|(name, value)| (string(name), string(&value.value)))
                        .collect(),
                    ..MathNode::default()
                });
                if tag.self_closing {
                    close(&mut open);
                }
            }
            Token::EndTag(_) => close(&mut open),
            Token::String(text) => {
                if let Some(node) = open.last_mut() {
                    node.text.push_str(&string(&text.value));
                }
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    let root = open.pop().unwrap_or_default();
    root.children.into_iter().next().unwrap_or_default()
}
