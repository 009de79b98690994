//! The overview of the steps: a figure, and the same in words.

use super::{Outline, Step};
use crate::markdown::{destination, html_text, text};
use std::fmt::Write;

const WIDTH: usize = 420;
const BOX: (usize, usize) = (250, 46);
const LEFT: usize = 20;
const GAP: usize = 34;

/// The overview as Markdown for the page `from`: a figure for those who see,
/// then a list that says the same, with links. On the site the figure itself has
/// the links, and needs no list.
pub fn overview(outline: &Outline, from: &str, site: bool) -> String {
    let steps = &outline.steps;
    let mut out = String::from("<figure class=\"booklet-steps\">\n");
    svg(steps, site.then_some(from), &mut out);
    out.push_str("\n<figcaption>The steps, and the loops back from a later step to an earlier one.</figcaption>\n</figure>\n\n");
    for (i, step) in steps.iter().enumerate().filter(|_| !site) {
        let link = Outline::link(from, &step.page);
        let _ = writeln!(
            out,
            "{}. [Step {}: {}]({})",
            i + 1,
            i + 1,
            text(&step.title),
            destination(&link)
        );
    }
    if !site {
        out.push('\n');
    }
    out.push_str(
        "Work goes round: what you learn in a later step sends you back to an earlier one.",
    );
    out
}

/// The figure, without an empty line in it, which would end the HTML block.
/// `currentColor` follows the theme.
fn svg(steps: &[Step], linked_from: Option<&str>, out: &mut String) {
    let pitch = BOX.1 + GAP;
    let height = steps.len() * pitch - GAP + 20;
    let names: Vec<_> = steps.iter().map(|step| html_text(&step.title)).collect();
    // What is one image to a screen reader has no links in it.
    let role = if linked_from.is_some() {
        "group"
    } else {
        "img"
    };
    let _ = write!(
        out,
        "<svg class=\"booklet-steps-figure\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" role=\"{role}\" aria-label=\"{} steps from top to bottom: {}. Arrows lead down from each step to the next, and back up from each later step to the one before and from the last to the first.\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\">",
        steps.len(),
        names.join(", "),
    );
    for (i, (step, name)) in steps.iter().zip(&names).enumerate() {
        let link = linked_from.map(|from| Outline::link(from, &step.page));
        let (open, close) = match &link {
            Some(link) => (format!("<a href=\"{}\">", html_text(link)), "</a>"),
            None => (String::new(), ""),
        };
        let top = 10 + i * pitch;
        let middle = LEFT + BOX.0 / 2;
        let _ = write!(
            out,
            "\n{open}<rect x=\"{LEFT}\" y=\"{top}\" width=\"{}\" height=\"{}\" rx=\"8\"/>",
            BOX.0, BOX.1
        );
        let _ = write!(
            out,
            "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\" font-size=\"18\" font-family=\"IBM Plex Sans, Helvetica, Arial, sans-serif\" fill=\"currentColor\" stroke=\"none\">{}. {name}</text>{close}",
            top + 29,
            i + 1,
        );
        if i == 0 {
            continue;
        }
        let above = top - GAP;
        let _ = write!(
            out,
            "\n<path d=\"M{middle} {above}V{}m-6 -7l6 7l6 -7\"/>",
            top - 2
        );
        // Back to the step before, round its right edge.
        let right = LEFT + BOX.0;
        let (from, to) = (top + 15, above - 15);
        let _ = write!(
            out,
            "<path stroke-dasharray=\"5 4\" d=\"M{right} {from}h28q12 0 12 -12V{}q0 -12 -12 -12h-26\"/><path d=\"M{} {}l-7 5l7 5\"/>",
            to + 12,
            right + 9,
            to - 5,
        );
    }
    if steps.len() > 2 {
        let right = LEFT + BOX.0;
        let (from, to) = (10 + (steps.len() - 1) * pitch + 33, 10 + 15);
        let _ = write!(
            out,
            "\n<path stroke-dasharray=\"5 4\" d=\"M{right} {from}h88q12 0 12 -12V{}q0 -12 -12 -12h-86\"/><path d=\"M{} {}l-7 5l7 5\"/>",
            to + 12,
            right + 9,
            to - 5,
        );
    }
    out.push_str("\n</svg>");
}
