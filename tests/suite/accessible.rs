//! The PDF edition is for everyone.

use crate::harness::TestBook;
use crate::ua::faults;

#[test]
fn the_small_books() {
    for (name, title) in [
        ("booklet", "a-small-booklet"),
        ("markdown", "all-of-markdown"),
    ] {
        let book = TestBook::copy_of(name).built();
        let (faults, seen) = faults(&book.path(&format!("build/print/{title}.pdf")));
        assert_eq!(faults, [""; 0], "{name}");
        for kind in [
            "H1", "H2", "P", "L", "Table", "TH", "Figure", "Note", "Link", "TOC",
        ] {
            assert!(seen.contains_key(kind), "no {kind} in {name}: {seen:?}");
        }
    }
}

#[test]
fn this_booklet() {
    let book = TestBook::of_this_repository().built();
    let (faults, seen) = faults(&book.path("build/print/machine-learning-systems-design.pdf"));
    assert_eq!(faults, [""; 0]);
    assert!(seen["Link"] > 500, "{seen:?}");
}

/// A book in which each construct that has rules of its own is used twice.
#[test]
fn lists_tables_notes_and_code_of_every_kind() {
    let rows = "| a | [b](#one) | `c` |\n".repeat(80);
    let text = format!(
        "# One\n\n## Table\n\n| A[^n] | B | C |\n|---|:-:|--:|\n{rows}\n\n#### Deep\n\n1. one\n   - [x] done\n   - two\n\n     more\n\n2. two [^n]\n\nTerm\n: Meaning\n\n> [!NOTE]\n> Text\n>\n> > quote\n\n```rust\nfn main() {{}}\n```\n\n<figure><img src=\"dot.svg\" alt=\"A dot\"><figcaption>Dot</figcaption></figure>\n\n<img src=\"dot.svg\" alt=\"\">\n\n<details><summary>S</summary>\n\n<table><caption>Cap</caption><tr><th>x</th><td>y</td></tr></table>\n\n</details>\n\n[^n]: Note with [a link](https://example.org).\n\n    - list\n"
    );
    let dot = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>";
    let book = TestBook::of(&text).file("src/dot.svg", dot).built();
    assert_eq!(faults(&book.path("build/print/test.pdf")).0, [""; 0]);
}

#[test]
fn what_falls_short_is_found() {
    let book = TestBook::of("# One\n\n<img src=\"dot.svg\">\n").file("src/dot.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>");
    let (faults, _) = faults(&book.built().path("build/print/test.pdf"));
    assert_eq!(
        faults,
        [
            "PDF/UA-1 is not claimed",
            "a figure without words",
            "the title is not shown"
        ]
    );
}
