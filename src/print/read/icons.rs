//! Font Awesome's icons, which mdBook draws where it finds `<i class="fa-…">`.

use super::blocks::Reader;
use super::tree::{Node, NodeId};
use crate::print::doc::{Image, Inline, Picture, Width, Written};
use font_awesome_as_a_crate::{Type, svg};

/// The height of an icon in CSS pixels: that of a capital letter and a little.
const HEIGHT: f64 = 14.0;

impl Reader<'_> {
    /// Whether an element is what mdBook takes for an icon.
    pub(super) fn is_icon(&self, node: &Node) -> bool {
        node.name() == "i" && node.children.is_empty() && icon(node).1.is_some()
    }

    /// The icon as a drawing. It is decoration unless the author gave it words.
    pub(super) fn icon(&mut self, id: NodeId, out: &mut Vec<Inline<Written>>) {
        let node = &self.tree.nodes[id];
        let (kind, name) = icon(node);
        let name = name.unwrap_or_default();
        // Books written for older versions name a set that has not got it.
        let sets = [kind, Type::Solid, Type::Brands];
        let Some(drawing) = sets.into_iter().find_map(|set| svg(set, name).ok()) else {
            return self.warn(format!("Font Awesome has no icon `{name}`"), id);
        };
        let words = node.attribute("aria-label").or(node.attribute("title"));
        let image = Inline::Image(Image {
            picture: Picture::Svg {
                svg: drawing.to_owned(),
                at: node.at.clone(),
            },
            alt: Some(words.unwrap_or_default().to_owned()),
            title: None,
            width: width(drawing),
        });
        out.push(Inline::Span {
            classes: vec!["icon".into()],
            content: vec![image],
        });
    }
}

/// The set and the name in the classes of an `<i>`, as mdBook reads them.
fn icon(node: &Node) -> (Type, Option<&str>) {
    let (mut kind, mut name) = (Type::Regular, None);
    for class in node.classes() {
        match class {
            "fa" | "fa-regular" => kind = Type::Regular,
            "fas" | "fa-solid" => kind = Type::Solid,
            "fab" | "fa-brands" => kind = Type::Brands,
            _ => name = class.strip_prefix("fa-").or(name),
        }
    }
    (kind, name)
}

/// The width that goes with the height, by the drawing's view box.
fn width(drawing: &str) -> Option<Width> {
    let (_, rest) = drawing.split_once("viewBox=\"")?;
    let (view, _) = rest.split_once('"')?;
    let numbers: Vec<f64> = view.split(' ').filter_map(|n| n.parse().ok()).collect();
    match numbers.as_slice() {
        [_, _, width, height] => Some(Width::Pixels((HEIGHT * width / height).round() as u32)),
        _ => None,
    }
}
