//! Dead links, as the ledger knows them.

use crate::harness::TestBook;
use snapbox::{assert_data_eq, str};

/// An entry of the ledger.
fn link(url: &str, status: &str, rest: &str) -> String {
    format!("\n[link.\"{url}\"]\nstatus = \"{status}\"\nfirst-seen = 2024-01-02\n{rest}")
}

const COPY: &str = "archive = \"https://archive.example/2024/x|y\"\narchive-date = 2024-05-13\narchive-seen = 2026-11-01\n";
const STRIKES: &str = "last-alive = 2026-10-01\nlast-checked = 2026-11-03\nanswer = 404\nstrikes = 3\nlast-strike = 2026-11-03\n";

fn resource(url: &str, more: &str) -> String {
    format!(
        "title = \"Rules\"\nauthors = [\"A. Author\"]\nyear = 2020\nkind = \"article\"\nurl = \"{url}\"\n{more}why = \"Because.\"\n"
    )
}

const TEXT: &str = "# One [a](https://dead.example/a)

## [Head](https://dead.example/a)
Text with [inline](https://dead.example/a#part), [reference][r], <https://dead.example/a>,
<a href=\"https://dead.example/a\">raw *HTML*</a>, ![i](https://dead.example/i.png) and [alive](https://alive.example/).
`[code](https://dead.example/a)` stays.

| A |
| --- |
| [cell](https://dead.example/a) |

> [entry](resources/rules.toml) and [](resources/rules.toml)[^n]

[^n]: [note](https://dead.example/none)

[r]: https://dead.example/a

{{#resources kind=article}}
";

fn book() -> TestBook {
    let ledger = ["version = 1\n".to_owned()]
        .into_iter()
        .chain([
            link(
                "https://alive.example/",
                "alive",
                "last-alive = 2026-11-01\nlast-checked = 2026-11-01\nanswer = 200\n",
            ),
            link(
                "https://dead.example/a",
                "dead",
                &format!("{STRIKES}{COPY}"),
            ),
            link("https://dead.example/i.png", "dead", STRIKES),
            link("https://dead.example/none", "dead", STRIKES),
            link("https://dead.example/rules", "dead", STRIKES),
        ])
        .collect::<String>();
    let book = TestBook::new()
        .set("[output.print]", "standard = \"none\"")
        .chapters(&[("one.md", "One", TEXT)]);
    book.file(
        "src/resources/rules.toml",
        resource(
            "https://dead.example/rules",
            "archive = \"https://archive.example/rules\"\n",
        ),
    )
    .file("src/links.toml", ledger)
}

#[test]
fn a_dead_link_is_marked_wherever_it_stands() {
    let (preprocessed, said) = book().preprocess("html");
    assert_data_eq!(
        said,
        str![[r#"
warning: `https://dead.example/none` is dead, and no copy of it is known
  --> src/one.md:14:7
   |
14 | [^n]: [note](https://dead.example/none)
   |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = help: find another address, or register it as a resource with an `archive`

1 warning

"#]]
    );
    let text = preprocessed["items"][0]["Chapter"]["content"]
        .as_str()
        .unwrap();
    assert_data_eq!(
        text,
        str![[r##"
# One [a](https://dead.example/a)

<span class="booklet-dead">(dead link; [archived copy, May 2024](https://archive.example/2024/x%7Cy))</span>


## [Head](https://dead.example/a)

<span class="booklet-dead">(dead link; [archived copy, May 2024](https://archive.example/2024/x%7Cy))</span>

Text with [inline](https://dead.example/a#part) <span class="booklet-dead">(dead link; [archived copy, May 2024](https://archive.example/2024/x%7Cy))</span>, [reference][r] <span class="booklet-dead">(dead link; [archived copy, May 2024](https://archive.example/2024/x%7Cy))</span>, <https://dead.example/a> <span class="booklet-dead">(dead link; [archived copy, May 2024](https://archive.example/2024/x%7Cy))</span>,
<a href="https://dead.example/a">raw *HTML*</a> <span class="booklet-dead">(dead link; <a href="https://archive.example/2024/x%7Cy">archived copy, May 2024</a>)</span>, ![i](https://dead.example/i.png) and [alive](https://alive.example/).
`[code](https://dead.example/a)` stays.

| A |
| --- |
| [cell](https://dead.example/a) <span class="booklet-dead">(dead link; [archived copy, May 2024](https://archive.example/2024/x%7Cy))</span> |

> [entry](https://dead.example/rules) <span class="booklet-dead">(dead link; [archived copy](https://archive.example/rules))</span> and [Rules (A. Author, 2020)](https://dead.example/rules) <span class="booklet-dead">(dead link; [archived copy](https://archive.example/rules))</span>[^n]

[^n]: [note](https://dead.example/none) <span class="booklet-dead">(dead link)</span>

[r]: https://dead.example/a

<div class="booklet-resources">

- [Rules](https://dead.example/rules) <span class="booklet-dead">(dead link; [archived copy](https://archive.example/rules))</span> <span class="booklet-by" id="resource-rules" data-kind="article" data-year="2020" data-steps="" data-topics="">A. Author, 2020, article.</span> <span class="booklet-why">Because.</span>

</div>

"##]]
    );
}

#[test]
fn editions_mark_it_too() {
    let book = book();
    let (preprocessed, _) = book.preprocess("print");
    let text = preprocessed["items"][0]["Chapter"]["content"]
        .as_str()
        .unwrap();
    let list = text.split_once("booklet-resources").unwrap().1;
    assert_data_eq!(
        list,
        str![[r#"
">

- [Rules](https://dead.example/rules) <span class="booklet-dead">(dead link; [archived copy](https://archive.example/rules))</span> <span class="booklet-by">A. Author, 2020, article.</span> <span class="booklet-why">Because.</span> <span class="booklet-url">[https://archive.example/rules](https://archive.example/rules)</span>

</div>

"#]]
    );
    let book = book.built();
    let html = book.read("build/print/test.html");
    let marks = html.matches("class=\"booklet-dead\"").count();
    assert_eq!(marks, 11, "{html}");
}

/// A ledger in which nothing is dead changes nothing.
#[test]
fn a_book_is_the_same_with_a_ledger_of_the_living() {
    let of = |ledger: Option<String>| {
        let book = TestBook::copy_of("booklet");
        let book = match ledger {
            Some(ledger) => book.file("src/links.toml", ledger),
            None => book,
        };
        let mut files = book.built().files("build");
        files.remove("html/links.toml");
        files
    };
    let living = format!(
        "version = 1\n{}",
        link("https://example.org/debt", "unknown", "")
    );
    assert_eq!(of(Some(living)), of(None));
}

#[test]
fn what_check_says_of_the_ledger() {
    let changed = "last-alive = 2026-10-01\nlast-checked = 2026-11-03\nanswer = 200\ntitle = \"Rules of ML\"\nnow-url = \"https://parked.example/\"\nnow-title = \"Buy this domain\"\n";
    let ledger = ["version = 1\n".to_owned()]
        .into_iter()
        .chain([
            link("https://changed.example/", "changed", changed),
            link(
                "https://dead.example/a",
                "dead",
                &format!("{STRIKES}{COPY}"),
            ),
            link("https://dead.example/b", "dead", STRIKES),
            link("https://dead.example/c", "dead", STRIKES),
        ])
        .collect::<String>();
    let text = "# One\n\n[c](https://changed.example/#x), [d](https://dead.example/b)\n\n{{#resources kind=article}}\n";
    let book = TestBook::of(text)
        .set("[preprocessor.booklet]", "warnings = \"deny\"")
        .file(
            "src/resources/a.toml",
            resource("https://dead.example/a", ""),
        )
        .file("src/links.toml", ledger.clone());
    let book = (0..7).fold(book, |book, i| {
        let url = format!("https://alive.example/{i}");
        book.file(&format!("src/resources/r{i}.toml"), resource(&url, ""))
    });
    // One dead link without a copy fails a book that denies warnings.
    book.run(&["check"])
        .failure()
        .stdout_eq("")
        .stderr_eq(str![[r#"
warning: `https://dead.example/b` is dead, and no copy of it is known
 --> src/one.md:3:34
  |
3 | [c](https://changed.example/#x), [d](https://dead.example/b)
  |                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: find another address, or register it as a resource with an `archive`

1 warning, and this book denies warnings

"#]]);
    let book = book.file("src/one.md", text.replace("/b)", "/a)"));
    book.run(&["check"])
        .success()
        .stdout_eq("")
        .stderr_eq(str![[r#"
note: `https://dead.example/a` is dead
 --> src/resources/a.toml:5:7
  |
5 | url = "https://dead.example/a"
  |       ^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: readers are led to the archived copy, May 2024: https://archive.example/2024/x|y

note: `https://changed.example/#x` has changed: look at it
 --> src/one.md:3:1
  |
3 | [c](https://changed.example/#x), [d](https://dead.example/a)
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: it was “Rules of ML” and is now “Buy this domain”, at https://parked.example/

note: 7 of 8 resources have no archived copy
--> src/resources/r0.toml
::: src/resources/r1.toml
::: src/resources/r2.toml
::: src/resources/r3.toml
::: src/resources/r4.toml
 = note: and 2 more files
 = help: `mdbook-booklet links` looks for copies and writes them into the ledger

no errors, no warnings

"#]]);
    book.run(&["check", "--format", "github"])
        .success()
        .stdout_eq(str![[r#"
::notice file=src/resources/a.toml,line=5,col=7::`https://dead.example/a` is dead%0Ahelp: readers are led to the archived copy, May 2024: https://archive.example/2024/x|y
::notice file=src/one.md,line=3,col=1::`https://changed.example/#x` has changed: look at it%0Ahelp: it was “Rules of ML” and is now “Buy this domain”, at https://parked.example/
::notice::7 of 8 resources have no archived copy%0Ahelp: `mdbook-booklet links` looks for copies and writes them into the ledger

"#]])
        .stderr_eq("");
    let json = book.run(&["check", "--format", "json"]).success();
    let json: serde_json::Value = serde_json::from_slice(&json.get_output().stdout).unwrap();
    assert_eq!((&json["notes"], &json["warnings"]), (&3.into(), &0.into()));
    assert_eq!(
        json["diagnostics"][2]["places"].as_array().unwrap().len(),
        7
    );
    // Of an entry it is said at its address.
    let book = book.file(
        "src/resources/c.toml",
        resource("https://dead.example/c", ""),
    );
    let said = book.run(&["build"]).failure().get_output().stderr.clone();
    let said = String::from_utf8(said).unwrap();
    let said = said.split_once("warning").unwrap().1;
    assert_data_eq!(
        said,
        str![[r#"
: the resource `c` is dead, and no copy of it is known
 --> src/resources/c.toml:5:7
  |
5 | url = "https://dead.example/c"
  |       ^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: find another address, or put that of a copy into `archive`

1 warning, and this book denies warnings

"#]]
    );
}
