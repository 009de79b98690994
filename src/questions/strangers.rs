//! Questions and answers come from strangers: what they may contain.
//!
//! Markdown is free; of raw HTML, only the elements that mark up text, without
//! attributes that act or style. Links lead to the web or into the book. All
//! else is an error, so that nothing has to be cleaned up in silence.

use crate::dest::{self, Dest};
use crate::diagnostics::{Diagnostic, Report, Source};
use crate::markdown::{Scan, ends_cleanly, tags};
use mdbook_markdown::MarkdownOptions;

const ELEMENTS: &[&str] = &[
    "abbr", "b", "br", "cite", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp",
    "small", "strong", "sub", "sup", "u", "var", "wbr",
];
const ATTRIBUTES: &[&str] = &["title", "lang", "dir"];
const SCHEMES: &[&str] = &["http", "https", "mailto"];

/// Reports what a stranger's text may not contain. The scan is of the text from
/// `base` on in its file; `from` is the file's path below the source folder.
pub fn check(
    scan: &Scan,
    source: &Source,
    base: usize,
    from: &str,
    options: &MarkdownOptions,
    report: &mut Report,
) {
    if !ends_cleanly(&source.text[base..], options) {
        report.push(
            Diagnostic::error("a code block, a comment or a piece of HTML does not end")
                .at(source.whole())
                .hint("what follows on the page would become part of it"),
        );
    }
    for (html, place) in &scan.html {
        check_html(html, place.start + base, source, report);
    }
    let links = scan.links.iter().map(|link| (&link.dest, &link.span));
    let definitions = scan.definitions.iter().map(|d| (&d.dest, &d.span));
    for (dest, span) in links.chain(definitions) {
        let place = || source.at(base + span.start..base + span.end);
        if let Some(scheme) = dest::scheme(dest.trim_start())
            && !SCHEMES.contains(&scheme.to_lowercase().as_str())
        {
            report.push(
                Diagnostic::error(format!("a link with `{scheme}:` is not allowed here"))
                    .at(place())
                    .hint("links lead to https, http or mailto addresses, or to files of the book"),
            );
        }
        if Dest::parse(dest, from) == Dest::Outside {
            report.push(Diagnostic::error(format!("`{dest}` leads out of the book")).at(place()));
        }
    }
}

fn check_html(html: &str, at: usize, source: &Source, report: &mut Report) {
    for tag in tags(html) {
        let span = at + tag.span.start..at + tag.span.end;
        let known = ELEMENTS.contains(&tag.name.as_str());
        let attribute = tag
            .attributes
            .iter()
            .find(|a| !ATTRIBUTES.contains(&a.name.as_str()));
        match (known, attribute) {
            (false, _) => report.push(
                Diagnostic::error(format!("HTML `<{}>` is not allowed here", tag.name))
                    .at(source.at(span.clone()))
                    .hint("write it in Markdown"),
            ),
            (true, Some(attribute)) => report.push(
                Diagnostic::error(format!(
                    "the HTML attribute `{}` is not allowed here",
                    attribute.name
                ))
                .at(source.at(at + attribute.span.start..at + attribute.span.end)),
            ),
            (true, None) => {}
        }
    }
}
