//! Formulas, where a book has turned them on.

use crate::harness::TestBook;
use lopdf::{Document, Object};
use snapbox::str;

fn book(chapter: &str) -> TestBook {
    TestBook::of(chapter)
        .set("[output.html]", "mathjax-support = true")
        .set("command = \"mdbook-booklet print\"", "standard = \"ua-1\"")
}

/// The words of the formulas of the PDF, in order.
fn formulas(book: &TestBook) -> Vec<String> {
    let document = Document::load(book.path("build/print/test.pdf")).unwrap();
    let formula = |object: &Object| {
        let element = object.as_dict().ok()?;
        let kind = element.get(b"S").ok()?.as_name().ok()?;
        let words = element.get(b"Alt").ok()?;
        (kind == b"Formula").then(|| lopdf::decode_text_string(words).unwrap())
    };
    let mut all: Vec<_> = document.objects.values().filter_map(formula).collect();
    all.sort();
    all
}

#[test]
fn formulas_are_set_and_told_in_words() {
    let book = book(
        "# One\n\nIn \\\\( x \\\\) line, \\\\[ \\frac{1}{2} \\\\] by itself, **and $$y$$ too**; `\\\\( code \\\\)`.\n",
    )
    .built();
    assert_eq!(formulas(&book), ["\\frac{1}{2}", "x", "y"]);
    let html = book.read("build/print/test.html");
    assert!(
        html.contains("<p>In <math alttext=\"x\"><mi>x</mi></math> line,</p>"),
        "{html}"
    );
    assert!(
        html.contains("<math display=\"block\" alttext=\"\\frac{1}{2}\">"),
        "{html}"
    );
    assert!(html.contains("<code>\\\\( code \\\\)</code>"), "{html}");
}

#[test]
fn without_the_setting_text_is_text() {
    let html = TestBook::of("# One\n\n\\\\( x \\\\)\n").built();
    assert!(
        html.read("build/print/test.html")
            .contains("<p>\\( x \\)</p>")
    );
}

#[test]
fn a_formula_that_cannot_be_set_is_shown_as_written() {
    let book = book("# One\n\nA \\\\( \\nonsense{x} \\\\) and \\\\( no end.\n");
    book.run(&["check"]).success().stderr_eq(str![[r#"
warning: the formula `/nonsense{x}` is shown as written: unknown command "/nonsense"
 --> src/one.md:3:1
  |
3 | A //( /nonsense{x} //) and //( no end.
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

1 warning

"#]]);
    let html = book.built().read("build/print/test.html");
    assert!(
        html.contains("<p>A \\( \\nonsense{x} \\) and \\( no end.</p>"),
        "{html}"
    );
}

#[test]
fn every_construct_compiles() {
    let formulas = [
        r"\sum_{i=0}^N x_i \prod \int_0^1 \oint \lim_{n\to\infty} \max_x \operatorname{argmax}_x",
        r"\left( \frac{1}{n} \right) \left[ x \right. \left\{ a \right\} \big( \langle a \rangle \lVert x \rVert",
        r"\sqrt{x} \sqrt[3]{y} x^2 x_i x_i^2 f'(x) {}_a x",
        r"\begin{pmatrix} a & b \\\\ c & d \end{pmatrix} \begin{bmatrix} 1 \end{bmatrix}",
        r"\begin{cases} a & x<0 \\\\ b & \text{if so} \end{cases}",
        r"\begin{align} a &= b \\\\ c &= d \end{align}",
        r"\hat{x} \vec{v} \bar y \tilde z \dot a \widehat{ab} \overline{ab} \underline{ab} \overrightarrow{AB}",
        r"\underbrace{a+b}_{n} \overbrace{a+b}^{n} \stackrel{a}{=} \binom{n}{k}",
        r"\mathbb{R} \mathcal{L} \mathbf{x} \mathrm{d} \mathfrak{g} \text{words and more}",
        r"\alpha \Omega \ne \notin \le \cdots \dots \infty \partial \nabla \to \iff \forall",
        r"\quad x \, \phantom{x} a \bmod b \pmod n",
    ];
    // Markdown would take some characters for its own.
    let escaped = |formula: &str| {
        formula
            .replace('_', "\\_")
            .replace("\\,", "\\\\,")
            .replace('&', "&amp;")
    };
    let text: String = formulas
        .iter()
        .map(|formula| {
            format!(
                "\\\\[ {} \\\\]\n\n",
                escaped(formula)
                    .replace("\\{", "\\\\{")
                    .replace("\\}", "\\\\}")
            )
        })
        .collect();
    book(&format!("# One\n\n{text}"))
        .run(&["check"])
        .success()
        .stderr_eq("no errors, no warnings\n");
}
