//! Odd books and odd machines.

use crate::harness::TestBook;
use snapbox::str;

#[test]
fn a_book_without_chapters() {
    let book = TestBook::new().file("src/SUMMARY.md", "# Summary\n\n---\n\n- [Draft]()\n");
    book.run(&["check"]).success().stderr_eq(str![[r#"
warning: the book has no chapters, so there is nothing to print

1 warning

"#]]);
}

#[test]
fn drafts_separators_and_parts() {
    let summary = "# Summary\n\n[Pre](pre.md)\n\n---\n\n# Part & one\n\n- [A](a.md)\n  - [Draft]()\n    - [B](b.md)\n\n---\n\n# Empty\n\n---\n[Post](post.md)\n";
    let mut book = TestBook::new().file("src/SUMMARY.md", summary);
    for name in ["pre", "a", "b", "post"] {
        book = book.file(&format!("src/{name}.md"), format!("# {name}\n"));
    }
    let html = book.built().read("build/print/test.html");
    for name in ["pre", "a", "b", "post"] {
        assert!(html.contains(&format!("{name}</h")), "{name}");
    }
    assert!(html.contains("Part &amp; one"));
}

#[test]
fn one_name_for_two_readmes() {
    let summary = "# Summary\n\n- [A](README.md)\n- [B](b/README.md)\n- [C](c/README.md)\n";
    let book = TestBook::new()
        .file("src/SUMMARY.md", summary)
        .file(
            "src/README.md",
            "# Same\n\n[b](b/README.md) [c](c/README.md#same)\n",
        )
        .file("src/b/README.md", "# Same\n\n[up](../README.md)\n")
        .file("src/c/README.md", "# Same\n\n[b](../b/README.md)\n");
    book.run(&["check"])
        .success()
        .stderr_eq("no errors, no warnings\n");
}

#[test]
fn a_long_chapter() {
    // 10 MB, in the forms that have cost parsers most.
    let mut text = String::from("# Long\n\n");
    let paragraph = "A *line* with [a link](#long), `code` and **strong** text, again and again. "
        .repeat(10)
        + "\n\n";
    while text.len() < 8_000_000 {
        text.push_str(&paragraph);
    }
    text.push_str(&"[".repeat(500_000));
    text.push_str("\n\n");
    text.push_str(&"*a ".repeat(500_000));
    let book =
        TestBook::of(&text).set("command = \"mdbook-booklet print\"", "formats = [\"html\"]");
    book.run(&["build"]).success();
    assert!(book.read("build/print/test.html").len() > 10_000_000);
}

#[test]
fn deep_nesting() {
    let nested =
        |open: &str, close: &str, n: usize| format!("{}core{}", open.repeat(n), close.repeat(n));
    for text in [
        "> ".repeat(500) + "core",
        "- ".repeat(500) + "core",
        "- > ".repeat(500) + "core",
        "*a **b ".repeat(100) + "core" + &" b** a*".repeat(100),
        "<div>\n\n".repeat(500) + "core",
        format!("[^1]\n\n[^1]: {}core", "> ".repeat(500)),
        nested("<div>", "</div>", 10_000),
        nested("<span class=\"x\">", "</span>", 10_000),
        nested("<b>", "</b>", 10_000),
        nested("<a href=\"#one\">", "</a>", 1_000),
        nested("<dl><dt>t</dt><dd>", "</dd></dl>", 100),
        nested("<table><tr><td>a</td><td>", "</td></tr></table>", 100),
        nested(
            "<figure><table><tr><td><dl><dd><ul><li>",
            "</li></ul></dd></dl></td></tr></table></figure>",
            20,
        ),
        nested(
            "<details><summary>s</summary><blockquote>",
            "</blockquote></details>",
            100,
        ),
    ] {
        let book = TestBook::of(&format!("# One\n\n{text}\n"));
        let output = book.command().arg("build").output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{:.80}: {said:.800}", text);
        assert!(
            said.contains("nested too deep"),
            "{:.80}: {said:.800}",
            text
        );
        let html = book.read("build/print/test.html");
        assert!(html.contains("core"), "{text:.80}");
    }
}

#[test]
fn what_lies_too_deep_keeps_its_words_apart() {
    let row = "<tr><td>one</td><td>two</td></tr>";
    let text = format!(
        "{}<table id=\"t\">{row}</table>three<ul><li>four</li></ul>\n\n[to it](#t)\n",
        "<blockquote>".repeat(16)
    );
    let book = TestBook::of(&format!("# One\n\n{text}")).built();
    let html = book.read("build/print/test.html");
    let (_, main) = html.split_once("<main").unwrap();
    for word in ["one", "two", "three", "four"] {
        assert!(main.contains(&format!(">{word}<")), "{main}");
    }
    assert!(
        main.contains("id=\"one--t\"") && main.contains("href=\"#one--t\""),
        "{main}"
    );
}

#[test]
fn a_file_that_is_not_utf8() {
    let book =
        TestBook::of("# One\n\n{{#resources}}\n").file("src/resources/a.toml", b"title = \"\xff\"");
    book.run(&["check"]).failure().stderr_eq(str![[r#"
error: the file cannot be read: it is not UTF-8
--> src/resources/a.toml

warning: `{{#resources}}` finds nothing to list
 --> src/one.md:3:1
  |
3 | {{#resources}}
  | ^^^^^^^^^^^^^^

1 error, 1 warning

"#]]);
    let book = TestBook::of("# One\n").file("src/one.md", b"# One \xff\n");
    book.run(&["check"]).failure().stderr_eq(str![[r#"
error: failed to read chapter `one.md`: stream did not contain valid UTF-8
 --> src/SUMMARY.md:3:9
  |
3 | - [One](one.md)
  |         ^^^^^^

1 error

"#]]);
}

#[cfg(unix)]
#[test]
fn a_build_folder_that_cannot_be_written() {
    // A file in its place: even root cannot make a folder of it.
    let book = TestBook::of("# One\n").file("build", "in the way");
    let output = book.run(&["build"]).failure();
    let said = String::from_utf8(output.get_output().stderr.clone()).unwrap();
    assert!(said.contains("error: "), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    let book = TestBook::of("# One\n").file("build/print", "in the way");
    book.run(&["build"]).failure().stderr_eq(str![[r#"
      Read 1 chapter of .
      Made build/html/index.html in [..] s
error: `build/print/test.pdf` cannot be written: File exists (os error 17)

error: `build/print/test.html` cannot be written: File exists (os error 17)

2 errors

"#]]);
}

#[test]
fn a_theme_with_a_mistake() {
    let book = TestBook::of("# One\n").file("theme/print/parts.typ", "#let part = \n#nonsense(");
    book.run(&["check"]).failure().stderr_eq(str![[r#"
error: expected expression
 --> theme/print/parts.typ:1:12
  |
1 | #let part = 
  |            ^

error: unclosed delimiter
 --> theme/print/parts.typ:2:10
  |
2 | #nonsense(
  |          ^

2 errors

"#]]);
}
