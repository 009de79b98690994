//! What strangers may send by a pull request: text that wants to be more.

use crate::harness::TestBook;
use snapbox::{IntoData, str};

const QUESTION: &str =
    "+++\nnumber = 1\ntitle = \"Q\"\nsteps = []\ntopics = []\nlevel = \"easy\"\n+++\n";

fn with_answer(text: &str) -> TestBook {
    TestBook::of("# One\n\n{{#questions}}\n")
        .file("src/questions/q.md", format!("{QUESTION}Text.\n"))
        .file(
            "src/answers/q/a.md",
            format!("+++\nauthor = \"A\"\nupdated = 2026-01-01\n+++\n{text}\n"),
        )
}

fn refused(text: &str, expected: impl IntoData) {
    with_answer(text)
        .run(&["check"])
        .failure()
        .stderr_eq(expected);
}

#[test]
fn scripts_in_an_answer() {
    refused(
        "<script>alert(1)</script>",
        str![[r#"
error: HTML `<script>` is not allowed here
 --> src/answers/q/a.md:5:1
  |
5 | <script>alert(1)</script>
  | ^^^^^^^^
  |
  = help: write it in Markdown

error: HTML `<script>` is not allowed here
 --> src/answers/q/a.md:5:17
  |
5 | <script>alert(1)</script>
  |                 ^^^^^^^^^
  |
  = help: write it in Markdown

2 errors

"#]],
    );
    refused(
        "Text <b onclick=\"alert(1)\">x</b>",
        str![[r#"
error: the HTML attribute `onclick` is not allowed here
 --> src/answers/q/a.md:5:9
  |
5 | Text <b onclick="alert(1)">x</b>
  |         ^^^^^^^^^^^^^^^^^^

1 error

"#]],
    );
    refused(
        "<iframe src=\"https://example.org\"></iframe>",
        str![[r#"
error: HTML `<iframe>` is not allowed here
 --> src/answers/q/a.md:5:1
  |
5 | <iframe src="https://example.org"></iframe>
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write it in Markdown

error: HTML `<iframe>` is not allowed here
 --> src/answers/q/a.md:5:35
  |
5 | <iframe src="https://example.org"></iframe>
  |                                   ^^^^^^^^^
  |
  = help: write it in Markdown

2 errors

"#]],
    );
    refused(
        "<style>* { display: none }</style>",
        str![[r#"
error: HTML `<style>` is not allowed here
 --> src/answers/q/a.md:5:1
  |
5 | <style>* { display: none }</style>
  | ^^^^^^^
  |
  = help: write it in Markdown

error: HTML `<style>` is not allowed here
 --> src/answers/q/a.md:5:27
  |
5 | <style>* { display: none }</style>
  |                           ^^^^^^^^
  |
  = help: write it in Markdown

2 errors

"#]],
    );
}

#[test]
fn links_that_run_or_leave() {
    refused(
        "[x](javascript:alert(1))",
        str![[r#"
error: a link with `javascript:` is not allowed here
 --> src/answers/q/a.md:5:1
  |
5 | [x](javascript:alert(1))
  | ^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: links lead to https, http or mailto addresses, or to files of the book

1 error

"#]],
    );
    refused(
        "[x]( JaVaScRiPt:alert(1) )",
        str![[r#"
error: a link with `JaVaScRiPt:` is not allowed here
 --> src/answers/q/a.md:5:1
  |
5 | [x]( JaVaScRiPt:alert(1) )
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: links lead to https, http or mailto addresses, or to files of the book

1 error

"#]],
    );
    refused(
        "<javascript:alert(1)>",
        str![[r#"
error: a link with `javascript:` is not allowed here
 --> src/answers/q/a.md:5:1
  |
5 | <javascript:alert(1)>
  | ^^^^^^^^^^^^^^^^^^^^^
  |
  = help: links lead to https, http or mailto addresses, or to files of the book

1 error

"#]],
    );
    refused(
        "[x](data:text/html;base64,eA==)",
        str![[r#"
error: a link with `data:` is not allowed here
 --> src/answers/q/a.md:5:1
  |
5 | [x](data:text/html;base64,eA==)
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: links lead to https, http or mailto addresses, or to files of the book

1 error

"#]],
    );
    refused(
        "[x](../../../../etc/passwd)",
        str![[r#"
error: `../../../../etc/passwd` leads out of the book
 --> src/answers/q/a.md:5:1
  |
5 | [x](../../../../etc/passwd)
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^

1 error

"#]],
    );
    refused(
        "![x](../../../../secret.png)",
        str![[r#"
error: `../../../../secret.png` leads out of the book
 --> src/answers/q/a.md:5:1
  |
5 | ![x](../../../../secret.png)
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^

1 error

"#]],
    );
    refused(
        "<a href=\"&#106;avascript:alert(1)\">x</a>",
        str![[r#"
error: HTML `<a>` is not allowed here
 --> src/answers/q/a.md:5:1
  |
5 | <a href="&#106;avascript:alert(1)">x</a>
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write it in Markdown

error: HTML `<a>` is not allowed here
 --> src/answers/q/a.md:5:37
  |
5 | <a href="&#106;avascript:alert(1)">x</a>
  |                                     ^^^^
  |
  = help: write it in Markdown

error: a link with `javascript:` is not allowed here
 --> src/answers/q/a.md:5:1
  |
5 | <a href="&#106;avascript:alert(1)">x</a>
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: links lead to https, http or mailto addresses, or to files of the book

3 errors

"#]],
    );
}

#[test]
fn an_answer_that_swallows_what_follows() {
    refused(
        "```\nopen",
        str![[r#"
error: a code block, a comment or a piece of HTML does not end
--> src/answers/q/a.md
 = help: what follows on the page would become part of it

1 error

"#]],
    );
    refused(
        "<!-- open",
        str![[r#"
error: a code block, a comment or a piece of HTML does not end
--> src/answers/q/a.md
 = help: what follows on the page would become part of it

1 error

"#]],
    );
    refused(
        "<div>\n\nopen",
        str![[r#"
error: HTML `<div>` is not allowed here
 --> src/answers/q/a.md:5:1
  |
5 | <div>
  | ^^^^^
  |
  = help: write it in Markdown

1 error

"#]],
    );
    refused(
        "</details>",
        str![[r#"
error: HTML `<details>` is not allowed here
 --> src/answers/q/a.md:5:1
  |
5 | </details>
  | ^^^^^^^^^^
  |
  = help: write it in Markdown

1 error

"#]],
    );
}

/// Characters that mean something in Markdown, HTML or Typst.
const TITLES: &[&str] = &[
    "<script>alert(1)</script>",
    "a & b < c > d",
    "#panic(\\\"x\\\") $x$ @y _z_ *w* ~v~ `u` \\\\ [t](s) ![r]",
    "\\\" onload=\\\"alert(1)",
    "{{#include /etc/passwd}} {{#resources}}",
    "</a></li></div> --> ]]>",
    "</title></svg>",
    "emoji 🎉, 漢字, עברית, العربية",
    "\\u202Eright to left\\u202C",
    "| pipe | # ## --- ===",
];

#[test]
fn titles_mean_only_themselves() {
    // Quotes and dashes are to stay what they are, to be compared.
    let mut book = TestBook::of(
        "# One\n\n{{#questions}}\n\n{{#resources}}\n\n[](resources/r0.toml) [](questions/q1.md)\n",
    );
    book = book.set("[output.html]", "smart-punctuation = false");
    for (i, title) in TITLES.iter().enumerate() {
        let entry = format!(
            "title = \"{title}\"\nauthors = [\"{title}\"]\norganization = \"{title}\"\nyear = 2020\nkind = \"paper\"\nurl = \"https://example.org/{i}\"\nwhy = \"{title}\"\n"
        );
        let question = format!(
            "+++\nnumber = {}\ntitle = \"{title}\"\nlevel = \"easy\"\nsteps = []\ntopics = []\n+++\n{}\n",
            i + 1,
            "Text."
        );
        let answer = format!("+++\nauthor = \"{title}\"\nupdated = 2026-01-01\n+++\nText.\n");
        book = book
            .file(&format!("src/resources/r{i}.toml"), entry)
            .file(&format!("src/questions/q{}.md", i + 1), question)
            .file(&format!("src/answers/q{}/a.md", i + 1), answer);
    }
    let book = book.built();
    let site = book.read("build/html/one.html") + &book.read("build/html/questions/q1.html");
    let main = site
        .split("<main>")
        .skip(1)
        .map(|rest| rest.split("</main>").next().unwrap())
        .collect::<String>();
    let edition = book.read("build/print/test.html");
    for html in [main.as_str(), edition.as_str()] {
        assert!(!html.contains("<script>alert"), "{html}");
        for tag in mdbook_booklet::markdown::tags(html) {
            assert!(
                tag.attributes.iter().all(|a| !a.name.starts_with("on")),
                "{tag:?}"
            );
        }
        assert!(!html.contains("root:"), "{html}");
        assert!(html.contains("{{#include /etc/passwd}}"));
        assert!(html.contains("#panic("));
    }
    let shown = text_of(&edition);
    for title in TITLES {
        let title: String = format!("t = \"{title}\"").parse::<toml::Table>().unwrap()["t"]
            .as_str()
            .unwrap()
            .into();
        assert!(shown.contains(&title), "{title} is not in the edition");
    }
}

/// The text of a page, roughly: without tags, entities put back.
fn text_of(html: &str) -> String {
    let (_, html) = html.split_once("</head>").unwrap();
    let text: String = html
        .split('<')
        .map(|part| part.split_once('>').map_or("", |(_, text)| text))
        .collect();
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

#[test]
fn a_chapter_cannot_reach_typst() {
    let book = TestBook::of(
        "# \"]; panic(\"x\") [\n\n#read(\"/etc/passwd\") #image(\"/etc/passwd\") $a$ @label <label> `\"` \\\" \\\\\n\n```typ\"]\n#panic()\n```\n\n[x](https://example.org/\"#panic()) ![\"](a.svg \"\\\"\")\n",
    )
    .file("src/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>");
    book.run(&["build"]).success();
}

#[cfg(unix)]
#[test]
fn an_image_cannot_be_a_link_out_of_the_book() {
    let book = TestBook::of("# One\n\n![secret](a.svg)\n")
        .file("secret.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    std::os::unix::fs::symlink(book.path("secret.svg"), book.path("src/a.svg")).unwrap();
    book.run(&["check"]).success().stderr_eq(str![[r#"
warning: the image `a.svg` is outside of the book
 --> src/one.md:3:1
  |
3 | ![secret](a.svg)
  | ^^^^^^^^^^^^^^^^

1 warning

"#]]);
}
