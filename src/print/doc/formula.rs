//! Formulas.

/// A formula, written in LaTeX.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// As the author wrote it, with what marks it as a formula.
    pub written: String,
    /// What stands between those marks.
    pub latex: String,
    /// Whether it stands by itself.
    pub display: bool,
    /// Its elements; the root is `<math>`.
    pub math: MathNode,
}

/// An element of MathML Core.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MathNode {
    /// Its name.
    pub name: String,
    /// Its attributes, in order.
    pub attributes: Vec<(String, String)>,
    /// Its elements.
    pub children: Vec<MathNode>,
    /// Its text, if it holds no elements.
    pub text: String,
}

impl MathNode {
    /// The value of an attribute.
    pub fn attribute(&self, wanted: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.as_str())
    }
}
