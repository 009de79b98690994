//! Pictures on the site: with their sizes, so that a page does not jump when
//! they load, and with their captions.

use super::Model;
use super::rewrite::Text;
use crate::dest::{self, Dest};
use crate::markdown::{Link, LinkForm, html_text, parse};
use mdbook_markdown::pulldown_cmark::{Event, Tag};
use std::fs;

impl Model<'_> {
    /// The HTML of `![words](file.svg "title")` with the size of the picture, if
    /// that is a file of the book that tells its size. A picture alone in its
    /// paragraph is a figure, and its title the caption, as in editions; else the
    /// title stays one.
    ///
    /// ```text
    /// <figure><img src="file.svg" alt="words" width="720" height="400">
    /// <figcaption>title</figcaption></figure>
    /// ```
    pub(super) fn sized_image(&self, link: &Link, text: &Text<'_>) -> Option<String> {
        if !self.site || !link.image || !matches!(link.form, LinkForm::Inline(_)) {
            return None;
        }
        let Dest::Path { path, .. } = Dest::parse(&link.dest, text.from) else {
            return None;
        };
        let (width, height) = self.size_of(&path)?;
        let src = match text.from == text.page {
            true => link.dest.clone(),
            false => dest::relative(text.page, &path),
        };
        let (mut words, mut title) = (String::new(), String::new());
        let written = &text.markdown()[link.span.clone()];
        for (event, _) in parse(written, &self.options).ok()?.events {
            match event {
                Event::Start(Tag::Image { title: given, .. }) if title.is_empty() => {
                    title = html_text(&given);
                }
                Event::Text(text) | Event::Code(text) => words.push_str(&text),
                Event::SoftBreak | Event::HardBreak => words.push(' '),
                _ => {}
            }
        }
        let start = format!(
            "<img src=\"{}\" alt=\"{}\" width=\"{width}\" height=\"{height}\"",
            html_text(&src),
            html_text(&words),
        );
        Some(match title.as_str() {
            "" => start + ">",
            caption if is_alone(link, text.markdown()) => {
                format!("<figure>{start}>\n<figcaption>{caption}</figcaption></figure>")
            }
            title => format!("{start} title=\"{title}\">"),
        })
    }

    fn size_of(&self, path: &str) -> Option<(u32, u32)> {
        let bytes = fs::read(self.root.join(self.src).join(path)).ok()?;
        match path.rsplit_once('.')?.1 {
            "svg" => svg_size(std::str::from_utf8(&bytes).ok()?),
            "png" => png_size(&bytes),
            _ => None,
        }
    }
}

/// Whether a picture is a paragraph at the top of the text, which a block of HTML
/// can stand for.
fn is_alone(link: &Link, markdown: &str) -> bool {
    let (before, after) = (&markdown[..link.span.start], &markdown[link.span.end..]);
    let mut before = before.rsplit('\n');
    let mut after = after.split('\n');
    let is_empty = |line: Option<&str>| line.is_none_or(|line| line.trim().is_empty());
    before.next() == Some("")
        && is_empty(before.next())
        && is_empty(after.next())
        && is_empty(after.next())
}

/// What the root element says: `width` and `height` in pixels, or a `viewBox`.
fn svg_size(svg: &str) -> Option<(u32, u32)> {
    let start = svg.find("<svg")?;
    // The root's tag ends before the first child begins.
    let end = svg[start + 1..]
        .find('<')
        .map_or(svg.len(), |n| start + 1 + n);
    let root = crate::markdown::tags(&svg[start..end]);
    let root = root.first()?;
    let number = |text: &str| {
        let number: f64 = text.trim().trim_end_matches("px").parse().ok()?;
        // More than any screen has is no size to reserve.
        (1.0..100_000.0)
            .contains(&number)
            .then(|| number.round() as u32)
    };
    let value = |name| Some(root.attribute(name)?.value.as_str());
    if let (Some(width), Some(height)) = (value("width"), value("height")) {
        return Some((number(width)?, number(height)?));
    }
    let view_box: Vec<&str> = value("viewbox")?
        .split([' ', ','])
        .filter(|part| !part.is_empty())
        .collect();
    match view_box.as_slice() {
        [_, _, width, height] => Some((number(width)?, number(height)?)),
        _ => None,
    }
}

/// What the first chunk says (PNG specification, section 11.2.2).
fn png_size(png: &[u8]) -> Option<(u32, u32)> {
    let header = png.strip_prefix(b"\x89PNG\r\n\x1a\n")?.get(8..16)?;
    let (width, height) = header.split_at(4);
    Some((
        u32::from_be_bytes(width.try_into().ok()?),
        u32::from_be_bytes(height.try_into().ok()?),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_tells_its_size() {
        for (svg, size) in [
            (
                "<?xml?><svg width=\"7.6\" height='20px'><g width=\"1\"/></svg>",
                Some((8, 20)),
            ),
            ("<svg viewBox=\"0 0, 720 400\"/>", Some((720, 400))),
            ("<svg width=\"100%\" height=\"20\"/>", None),
            ("<svg viewBox=\"0 0 720\"/>", None),
            ("<svg><rect width=\"1\" height=\"1\"/></svg>", None),
            ("no drawing", None),
        ] {
            assert_eq!(svg_size(svg), size, "{svg}");
        }
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\0\x10\x08";
        assert_eq!(png_size(png), Some((256, 16)));
        assert_eq!(png_size(b"\x89PNG\r\n"), None);
    }
}
