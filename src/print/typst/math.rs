//! Formulas in Typst.

use super::literal::{array, string};
use crate::print::doc::{Formula, MathNode};

/// A formula as an equation; its LaTeX says in words what it is.
pub fn formula(formula: &Formula) -> String {
    let body = match formula.math.children.as_slice() {
        // An environment of aligned lines.
        [table] if table.name == "mtable" => aligned(table),
        children => row(children),
    };
    format!(
        "math.equation(block: {}, alt: {}, {body})",
        formula.display,
        string(&formula.latex)
    )
}

fn row(nodes: &[MathNode]) -> String {
    let shown = || nodes.iter().filter(|node| !is_invisible(node));
    let parts: Vec<_> = shown().map(node).collect();
    let joined = match parts.is_empty() {
        true => "[]".to_owned(),
        false => format!("{{{}}}", parts.join("; ")),
    };
    // Fences that stretch do so as a pair.
    let stretches = [shown().next(), shown().next_back()]
        .into_iter()
        .flatten()
        .any(is_stretchy);
    match stretches && parts.len() > 1 {
        true => format!("math.lr({joined})"),
        false => joined,
    }
}

fn node(node: &MathNode) -> String {
    let child = |n: usize| node.children.get(n).map_or("[]".into(), self::node);
    match node.name.as_str() {
        "mi" | "mo" => token(node),
        "mn" | "mtext" => format!("[#{}]", string(&node.text)),
        "mspace" => {
            let width = node
                .attribute("width")
                .and_then(|width| width.strip_suffix("em"));
            let width = width.and_then(|width| width.parse::<f64>().ok());
            format!("h({}em)", width.unwrap_or(0.0))
        }
        "mfrac" => match node.attribute("linethickness") {
            Some(zero) if zero.starts_with('0') => {
                format!("math.mat(delim: none, ({},), ({},))", child(0), child(1))
            }
            _ => format!("math.frac({}, {})", child(0), child(1)),
        },
        "msqrt" => format!("math.sqrt({})", row(&node.children)),
        "mroot" => format!("math.root({}, {})", child(1), child(0)),
        "msub" => format!("math.attach({}, br: {})", child(0), child(1)),
        "msup" => format!("math.attach({}, tr: {})", child(0), child(1)),
        "msubsup" => format!(
            "math.attach({}, br: {}, tr: {})",
            child(0),
            child(1),
            child(2)
        ),
        "munder" => below_or_above(node, Some(1), None),
        "mover" => below_or_above(node, None, Some(1)),
        "munderover" => below_or_above(node, Some(1), Some(2)),
        "mtable" => matrix(node),
        "mphantom" => format!("hide({})", row(&node.children)),
        _ => row(&node.children),
    }
}

/// A letter, an operator or the name of a function.
fn token(node: &MathNode) -> String {
    let mut chars = node.text.chars();
    match (chars.next(), chars.next()) {
        (None, _) => "[]".into(),
        (Some(_), None) => {
            let symbol = format!("[#symbol({})]", string(&node.text));
            match node.attribute("mathvariant") {
                Some("normal") => format!("math.upright({symbol})"),
                _ => symbol,
            }
        }
        _ => {
            let limits = node.attribute("movablelimits") == Some("true");
            format!("math.op({}, limits: {limits})", string(&node.text))
        }
    }
}

fn below_or_above(node: &MathNode, below: Option<usize>, above: Option<usize>) -> String {
    let children = &node.children;
    let Some(base) = children.first() else {
        return "[]".into();
    };
    let written = self::node(base);
    let part = |n: Option<usize>| n.and_then(|n| children.get(n));
    let lone = match (part(below), part(above)) {
        (Some(one), None) | (None, Some(one)) if one.name == "mo" => Some(one.text.as_str()),
        _ => None,
    };
    match (lone, above.is_some()) {
        (Some("⏞"), true) => return format!("math.overbrace({written})"),
        (Some("⏟"), false) => return format!("math.underbrace({written})"),
        (Some(LINE), true) => return format!("math.overline({written})"),
        (Some(LINE), false) => return format!("math.underline({written})"),
        (Some(mark), true) if mark.chars().count() == 1 && is_accent(mark) => {
            return format!("math.accent({written}, {})", string(mark));
        }
        _ => {}
    }
    // Large operators know when their limits go beside them.
    let limits = match base.name.as_str() {
        "mo" => written,
        _ => format!("math.limits({written})"),
    };
    let mut out = format!("math.attach({limits}");
    for (side, part) in [("b", part(below)), ("t", part(above))] {
        if let Some(part) = part {
            out.push_str(&format!(", {side}: {}", self::node(part)));
        }
    }
    out.push(')');
    out
}

fn is_accent(mark: &str) -> bool {
    mark.chars().all(|c| ('\u{300}'..='\u{36f}').contains(&c)) || "^ˆ~˜¯‾˙.¨ˇ˘´`→⃗←↔˚".contains(mark)
}

/// How a line over or under its base is written.
const LINE: &str = "\u{332}";

fn matrix(table: &MathNode) -> String {
    let rows = table
        .children
        .iter()
        .map(|row| array(cells(row).map(|cell| self::row(&cell.children))));
    format!(
        "math.mat(delim: none, {})",
        rows.collect::<Vec<_>>().join(", ")
    )
}

/// Lines that stand below each other at their marks.
fn aligned(table: &MathNode) -> String {
    let lines = table.children.iter().map(|line| {
        let cells: Vec<_> = cells(line).map(|cell| row(&cell.children)).collect();
        format!("{{{}}}", cells.join("; $&$.body; "))
    });
    format!("{{{}}}", lines.collect::<Vec<_>>().join("; linebreak(); "))
}

/// The cells of a row, but for those that only take room.
fn cells(row: &MathNode) -> impl Iterator<Item = &MathNode> {
    let takes_room = |cell: &&MathNode| {
        let style = cell.attribute("style").unwrap_or_default();
        !(cell.children.is_empty() && cell.text.is_empty() && style.contains("width: 50%"))
    };
    row.children.iter().filter(takes_room)
}

/// Whether a node is a character that only means something to programs.
fn is_invisible(node: &MathNode) -> bool {
    node.name == "mo"
        && matches!(
            node.text.as_str(),
            "\u{2061}" | "\u{2062}" | "\u{2063}" | "\u{2064}"
        )
}

fn is_stretchy(node: &MathNode) -> bool {
    node.name == "mo"
        && node.attribute("stretchy") != Some("false")
        && matches!(
            node.text.as_str(),
            "(" | ")"
                | "["
                | "]"
                | "{"
                | "}"
                | "|"
                | "∣"
                | "‖"
                | "⟨"
                | "⟩"
                | "⌈"
                | "⌉"
                | "⌊"
                | "⌋"
        )
}
