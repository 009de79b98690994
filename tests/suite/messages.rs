//! Every message, exactly as a user sees it.

use crate::harness::TestBook;
use snapbox::IntoData;
use snapbox::str;

/// What `check` says of a book, and that it fails.
fn fails(book: TestBook, expected: impl IntoData) {
    book.run(&["check"])
        .failure()
        .stdout_eq("")
        .stderr_eq(expected);
}

/// What `check` says of a book that can be built all the same.
fn warns(book: TestBook, expected: impl IntoData) {
    book.run(&["check"])
        .success()
        .stdout_eq("")
        .stderr_eq(expected);
}

fn resource(id: &str, url: &str) -> (String, String) {
    let text = format!(
        "title = \"{id}\"\nauthors = [\"A. Author\"]\nyear = 2020\nkind = \"article\"\nurl = \"{url}\"\nsteps = []\ntopics = []\nwhy = \"Because.\"\n"
    );
    (format!("src/resources/{id}.toml"), text)
}

trait With {
    fn with(self, file: (String, String)) -> Self;
}

impl With for TestBook {
    fn with(self, (path, text): (String, String)) -> Self {
        self.file(&path, text)
    }
}

fn rules() -> (String, String) {
    resource("rules-of-ml", "https://example.org/rules")
}

const QUESTION: &str =
    "+++\nnumber = 1\ntitle = \"Fraud\"\nsteps = []\ntopics = []\nlevel = \"easy\"\n+++\nIs it?\n";

fn with_question() -> TestBook {
    TestBook::of("# One\n\n{{#questions}}\n").file("src/questions/fraud.md", QUESTION)
}

#[test]
fn a_book_in_order() {
    warns(
        TestBook::of("# One\n\nText.\n"),
        str![[r#"
no errors, no warnings

"#]],
    );
}

#[test]
fn a_link_to_an_unknown_resource() {
    let book = TestBook::of(
        "# One\n\nSee [the rules](resources/rule-of-ml.toml) and\n[](resources/rules-of-ml.toml).\n",
    );
    fails(
        book.with(rules()),
        str![[r#"
error: unknown resource `rule-of-ml`
 --> src/one.md:3:5
  |
3 | See [the rules](resources/rule-of-ml.toml) and
  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: did you mean `rules-of-ml`?

1 error

"#]],
    );
}

#[test]
fn a_link_to_an_unknown_question() {
    let book = TestBook::of("# One\n\n{{#questions}}\n\n[q](questions/frad.md)\n");
    fails(
        book.file("src/questions/fraud.md", QUESTION),
        str![[r#"
error: unknown question `frad`
 --> src/one.md:5:1
  |
5 | [q](questions/frad.md)
  | ^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: did you mean `fraud`?

1 error

"#]],
    );
}

#[test]
fn one_url_registered_twice() {
    let book =
        TestBook::of("# One\n\n{{#resources}}\n\n[](resources/a.toml) [](resources/b.toml)\n");
    let book = book.with(resource("a", "https://example.org/x"));
    fails(
        book.with(resource("b", "https://example.org/x")),
        str![[r#"
error: `a` and `b` have the same URL
 --> src/resources/b.toml:5:7
  |
5 | url = "https://example.org/x"
  |       ^^^^^^^^^^^^^^^^^^^^^^^ the same as the other
  |
 ::: src/resources/a.toml:5:7
  |
5 | url = "https://example.org/x"
  |       ----------------------- first here
  |
  = help: keep one entry and link to it from both places

1 error

"#]],
    );
}

#[test]
fn one_page_registered_under_two_addresses() {
    let book =
        TestBook::of("# One\n\n{{#resources}}\n\n[](resources/a.toml) [](resources/b.toml)\n");
    let book = book.with(resource("a", "https://arxiv.org/abs/1706.03762"));
    fails(
        book.with(resource("b", "http://arxiv.org/pdf/1706.03762v5")),
        str![[r#"
error: `a` and `b` lead to the same page
 --> src/resources/b.toml:5:7
  |
5 | url = "http://arxiv.org/pdf/1706.03762v5"
  |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the same as the other
  |
 ::: src/resources/a.toml:5:7
  |
5 | url = "https://arxiv.org/abs/1706.03762"
  |       ---------------------------------- first here
  |
  = help: keep one entry and link to it from both places

1 error

"#]],
    );
}

#[test]
fn broken_toml_in_the_registry() {
    let book = TestBook::of("# One\n").file("src/resources/a.toml", "title = \"A\nyear = 2020\n");
    fails(
        book,
        str![[r#"
error: invalid basic string, expected `"`
 --> src/resources/a.toml:1:11
  |
1 | title = "A
  |           ^

1 error

"#]],
    );
}

#[test]
fn broken_toml_in_a_question() {
    let book = TestBook::of("# One\n\n{{#questions}}\n")
        .file("src/questions/a.md", "+++\nnumber = one\n+++\nText\n");
    fails(
        book,
        str![[r#"
error: string values must be quoted, expected literal string
 --> src/questions/a.md:2:10
  |
2 | number = one
  |          ^^^

1 error

"#]],
    );
}

#[test]
fn a_question_without_front_matter() {
    let book = TestBook::of("# One\n\n{{#questions}}\n").file("src/questions/a.md", "Text\n");
    fails(
        book,
        str![[r#"
error: the file does not begin with front matter
 --> src/questions/a.md:1:1
  |
1 | Text
  | ^^^^
  |
  = help: write TOML between two lines of `+++`, then the text

1 error

"#]],
    );
}

#[test]
fn missing_and_unknown_fields() {
    let book = TestBook::of("# One\n").file(
        "src/resources/a.toml",
        "title = \"A\"\nauthor = [\"B\"]\nyear = \"2020\"\nkind = \"papr\"\nurl = \"ftp://example.org\"\nwhy = \" \"\n",
    );
    fails(
        book,
        str![[r#"
error: unknown key `author` in a resource
 --> src/resources/a.toml:2:1
  |
2 | author = ["B"]
  | ^^^^^^
  |
  = help: did you mean `authors`?

error: the resource `a` has no `authors`
--> src/resources/a.toml

2 errors

"#]],
    );
}

#[test]
fn fields_with_impossible_values() {
    let (_, good) = rules();
    let book = TestBook::of("# One\n")
        .file("src/resources/a.toml", good.replace("2020", "\"2020\""))
        .file("src/resources/b.toml", good.replace("article", "artikel"))
        .file(
            "src/resources/c.toml",
            good.replace("https://example.org/rules", "ftp://example.org/c")
                .replace("Because.", " "),
        )
        .file(
            "src/resources/d.toml",
            good.replace("https://example.org/rules", "example.org/d")
                .replace("topics = []", "topics = [\"A Topic\"]"),
        );
    fails(
        book,
        str![[r#"
error: invalid type: string "2020", expected u16
 --> src/resources/a.toml:3:8
  |
3 | year = "2020"
  |        ^^^^^^

error: unknown variant `artikel`, expected one of `paper`, `article`, `book`, `course`, `documentation`, `talk`, `tool`, `dataset`, `case-study`
 --> src/resources/b.toml:4:8
  |
4 | kind = "artikel"
  |        ^^^^^^^^^

error: `why` is empty
 --> src/resources/c.toml:8:7
  |
8 | why = " "
  |       ^^^

error: `url` must begin with https:// or http://, not with ftp:
 --> src/resources/c.toml:5:7
  |
5 | url = "ftp://example.org/c"
  |       ^^^^^^^^^^^^^^^^^^^^^

error: `url` is not a URL: relative URL without a base
 --> src/resources/d.toml:5:7
  |
5 | url = "example.org/d"
  |       ^^^^^^^^^^^^^^^

error: `A Topic` is not a topic
 --> src/resources/d.toml:7:11
  |
7 | topics = ["A Topic"]
  |           ^^^^^^^^^
  |
  = help: write topics in lower-case letters, digits and single hyphens

warning: the resource `c` is not used
--> src/resources/c.toml
 = help: link to it from a text, or let a `{{#resources}}` list it

warning: the resource `d` is not used
--> src/resources/d.toml
 = help: link to it from a text, or let a `{{#resources}}` list it

6 errors, 2 warnings

"#]],
    );
}

#[test]
fn an_unknown_step() {
    let book = TestBook::new()
        .chapters(&[
            ("setup.md", "Setup", "# Setup\n\n[](resources/a.toml)\n"),
            ("data.md", "Data", "# Data\n"),
        ])
        .set(
            "[preprocessor.booklet]",
            "steps = [\"setup.md\", \"data.md\"]",
        );
    let (path, text) = resource("a", "https://example.org/a");
    fails(
        book.file(
            &path,
            text.replace("steps = []", "steps = [\"setup\", \"dta\"]"),
        ),
        str![[r#"
error: unknown step `dta`
 --> src/resources/a.toml:6:19
  |
6 | steps = ["setup", "dta"]
  |                   ^^^^^
  |
  = help: did you mean `data`?

1 error

"#]],
    );
}

#[test]
fn a_file_name_that_is_no_id() {
    let (_, text) = rules();
    fails(
        TestBook::of("# One\n").file("src/resources/Rules of ML.toml", text),
        str![[r#"
error: `Rules of ML` is not an id
--> src/resources/Rules of ML.toml
 = help: name the file in lower-case letters, digits and single hyphens, like rules-of-ml.toml

warning: the resource `Rules of ML` is not used
--> src/resources/Rules of ML.toml
 = help: link to it from a text, or let a `{{#resources}}` list it

1 error, 1 warning

"#]],
    );
}

#[test]
fn an_unused_resource() {
    warns(
        TestBook::of("# One\n").with(rules()),
        str![[r#"
warning: the resource `rules-of-ml` is not used
--> src/resources/rules-of-ml.toml
 = help: link to it from a text, or let a `{{#resources}}` list it

1 warning

"#]],
    );
}

#[test]
fn numbers_of_questions_with_a_gap() {
    let book = with_question().file(
        "src/questions/third.md",
        QUESTION.replace("number = 1", "number = 3"),
    );
    fails(
        book,
        str![[r#"
error: no question has the number 2
 --> src/questions/third.md:2:10
  |
2 | number = 3
  |          ^ the next one
  |
  = help: numbers run from 1 without gaps

1 error

"#]],
    );
}

#[test]
fn numbers_of_questions_that_clash() {
    fails(
        with_question().file("src/questions/gain.md", QUESTION),
        str![[r#"
error: two questions have the number 1
 --> src/questions/gain.md:2:10
  |
2 | number = 1
  |          ^ the same as the other
  |
 ::: src/questions/fraud.md:2:10
  |
2 | number = 1
  |          - first here
  |
  = help: the next free number is 2

1 error

"#]],
    );
}

#[test]
fn an_answer_to_a_question_that_does_not_exist() {
    let answer = "+++\nauthor = \"A\"\nupdated = 2026-01-01\n+++\nText\n";
    fails(
        with_question().file("src/answers/frad/a.md", answer),
        str![[r#"
error: an answer to `frad`, which is not a question
--> src/answers/frad/a.md
 = help: did you mean `fraud`?

1 error

"#]],
    );
}

#[test]
fn an_answer_without_the_steps() {
    let book = TestBook::new()
        .chapters(&[
            ("setup.md", "Setup", "# Setup\n\n{{#questions}}\n"),
            ("data.md", "Data", "# Data\n"),
        ])
        .set(
            "[preprocessor.booklet]",
            "steps = [\"setup.md\", \"data.md\"]",
        )
        .file("src/questions/fraud.md", QUESTION)
        .file(
            "src/answers/fraud/a.md",
            "+++\nauthor = \"A\"\nupdated = 2026-01-01\n+++\n## Setup\n\nText\n",
        );
    warns(
        book,
        str![[r#"
warning: the answer has no heading `Data`
--> src/answers/fraud/a.md
 = help: an answer walks the steps, each under a heading with its title

1 warning

"#]],
    );
}

#[test]
fn questions_without_a_place() {
    fails(
        TestBook::of("# One\n").file("src/questions/fraud.md", QUESTION),
        str![[r#"
error: no chapter holds the questions
--> src/questions
 = help: write `{{#questions}}` alone in a paragraph of the chapter that is to be the appendix

1 error

"#]],
    );
}

#[test]
fn a_step_that_is_not_in_the_summary() {
    let book = TestBook::new()
        .chapters(&[("setup.md", "Setup", "# Setup\n")])
        .set(
            "[preprocessor.booklet]",
            "steps = [\"setup.md\", \"dta.md\"]",
        );
    fails(
        book,
        str![[r#"
error: the step `dta.md` is not in SUMMARY.md
 --> book.toml:9:22
  |
9 | steps = ["setup.md", "dta.md"]
  |                      ^^^^^^^^

1 error

"#]],
    );
}

#[test]
fn unknown_directives_and_options() {
    let book = TestBook::of(
        "# One\n\n{{#resourcs}}\n\n{{#resources knd=paper}}\n\n{{#resources kind=papr}}\n\n{{#resources topic}}\n\n{{#steps x=1}}\n",
    );
    fails(
        book.with(rules()),
        str![[r#"
error: unknown directive `{{#resourcs}}`
 --> src/one.md:3:1
  |
3 | {{#resourcs}}
  | ^^^^^^^^^^^^^
  |
  = help: did you mean `{{#resources}}`?

error: `{{#resources}}` has no option `knd`
 --> src/one.md:5:14
  |
5 | {{#resources knd=paper}}
  |              ^^^^^^^^^
  |
  = help: did you mean `kind`?

error: unknown kind `papr`
 --> src/one.md:7:14
  |
7 | {{#resources kind=papr}}
  |              ^^^^^^^^^
  |
  = help: did you mean `paper`?

error: this is not an option
 --> src/one.md:9:14
  |
9 | {{#resources topic}}
  |              ^^^^^
  |
  = help: an option is written name="value"

error: `{{#steps}}` has no option `x`
  --> src/one.md:11:10
   |
11 | {{#steps x=1}}
   |          ^^^
   |
   = help: `{{#steps}}` has no options

warning: the resource `rules-of-ml` is not used
--> src/resources/rules-of-ml.toml
 = help: link to it from a text, or let a `{{#resources}}` list it

5 errors, 1 warning

"#]],
    );
}

#[test]
fn a_practice_without_a_plan() {
    let text = "# Links\n\n{{#practice minutes=10,x rubric=\"question.md\"}}\n\n[](resources/hidden-debt.toml)\n";
    fails(
        TestBook::copy_of("booklet").file("src/links.md", text),
        str![[r#"
error: `minutes` must have a number for each step
 --> src/links.md:3:1
  |
3 | {{#practice minutes=10,x rubric="question.md"}}
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: separate them by commas: minutes="10,15,10,10"

error: the rubric `question.md` is not in SUMMARY.md
 --> src/links.md:3:1
  |
3 | {{#practice minutes=10,x rubric="question.md"}}
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: did you mean `questions.md`?

2 errors

"#]],
    );
    fails(
        TestBook::of("# One\n\n{{#practice}}\n"),
        str![[r#"
error: this book has no steps to show
 --> src/one.md:3:1
  |
3 | {{#practice}}
  | ^^^^^^^^^^^^^
  |
  = help: name their chapters in the key `steps` of [preprocessor.booklet] in book.toml

1 error

"#]],
    );
}

#[test]
fn dead_links_and_missing_images() {
    let book = TestBook::of(
        "# One\n\n## First steps\n\n[a](tow.md) [b](#first-step) [c](two.md#nowhere)\n\n![a cat](cat.png) ![](dog.png)\n",
    );
    let book = book
        .file("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n")
        .file("src/two.md", "# Two\n");
    warns(
        book,
        str![[r#"
warning: the link `tow.md` leads to a chapter that is not there
 --> src/one.md:5:1
  |
5 | [a](tow.md) [b](#first-step) [c](two.md#nowhere)
  | ^^^^^^^^^^^
  |
  = help: did you mean the chapter `two.md`?

warning: the link `#first-step` leads to a heading that is not there
 --> src/one.md:5:13
  |
5 | [a](tow.md) [b](#first-step) [c](two.md#nowhere)
  |             ^^^^^^^^^^^^^^^^
  |
  = help: did you mean `#first-steps`?

warning: the link `two.md#nowhere` leads to a heading that is not there
 --> src/one.md:5:30
  |
5 | [a](tow.md) [b](#first-step) [c](two.md#nowhere)
  |                              ^^^^^^^^^^^^^^^^^^^

warning: the image `cat.png` is not there
 --> src/one.md:7:1
  |
7 | ![a cat](cat.png) ![](dog.png)
  | ^^^^^^^^^^^^^^^^^

warning: the image `dog.png` is not there
 --> src/one.md:7:19
  |
7 | ![a cat](cat.png) ![](dog.png)
  |                   ^^^^^^^^^^^^

5 warnings

"#]],
    );
}

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"><rect width=\"10\" height=\"10\"/></svg>";

#[test]
fn an_image_without_words() {
    let book = TestBook::of("# One\n\n![](a.svg)\n").file("src/a.svg", SVG);
    warns(
        book,
        str![[r#"
warning: the image has no alternative text
 --> src/one.md:3:1
  |
3 | ![](a.svg)
  | ^^^^^^^^^^
  |
  = help: say in words what it shows: `![words](file)`; for a mere decoration write `<img alt="">`

1 warning

"#]],
    );
}

#[test]
fn an_image_without_words_where_the_standard_wants_them() {
    let book = TestBook::of("# One\n\n![](a.svg)\n").file("src/a.svg", SVG);
    fails(
        book.set("command = \"mdbook-booklet print\"", "standard = \"ua-1\""),
        str![[r#"
error: the image has no alternative text
 --> src/one.md:3:1
  |
3 | ![](a.svg)
  | ^^^^^^^^^^
  |
  = help: say in words what it shows: `![words](file)`; for a mere decoration write `<img alt="">`

1 error

"#]],
    );
}

#[test]
fn a_character_that_no_font_has() {
    warns(
        TestBook::of("# One\n\n漢 🎉\n"),
        str![[r#"
warning: no font has the character `漢` (U+6F22), `🎉` (U+1F389)
 --> src/one.md:3:1
  |
3 | 漢 🎉
  | ^^
  |
  = help: put a font that has it into `theme/print/fonts`, or set `system-fonts = true`

1 warning

"#]],
    );
    let book = TestBook::of("# One\n\n漢 🎉\n");
    fails(
        book.set("command = \"mdbook-booklet print\"", "standard = \"ua-1\""),
        str![[r#"
error: no font has the character `漢` (U+6F22), `🎉` (U+1F389)
 --> src/one.md:3:1
  |
3 | 漢 🎉
  | ^^
  |
  = help: put a font that has it into `theme/print/fonts`, or set `system-fonts = true`

1 error

"#]],
    );
}

#[test]
fn a_character_of_a_title_that_no_font_has() {
    let book = TestBook::of("# One\n")
        .set("[book]", "authors = [\"田\"]")
        .file("src/SUMMARY.md", "# Summary\n\n# 漢\n\n- [One](one.md)\n");
    warns(
        book,
        str![[r#"
warning: no font has the character `田` (U+7530)
--> book.toml
 = help: put a font that has it into `theme/print/fonts`, or set `system-fonts = true`

warning: no font has the character `漢` (U+6F22), in the title of the part `漢`
 |
 = help: put a font that has it into `theme/print/fonts`, or set `system-fonts = true`

2 warnings

"#]],
    );
}

#[test]
fn unknown_keys_in_the_configuration() {
    let book = TestBook::of("# One\n")
        .set("[preprocessor.booklet]", "step = []\nwarnings = \"denied\"")
        .set(
            "command = \"mdbook-booklet print\"",
            "formats = [\"pdf\", \"docx\"]\npapr = \"a4\"",
        );
    fails(
        book,
        str![[r#"
error: unknown key `step` in [preprocessor.booklet]
 --> book.toml:9:1
  |
9 | step = []
  | ^^^^
  |
  = help: did you mean `steps`?

error: unknown variant `denied`, expected one of `allow`, `deny`, `deny-in-ci`
  --> book.toml:10:12
   |
10 | warnings = "denied"
   |            ^^^^^^^^

error: unknown key `papr` in [output.print]
  --> book.toml:17:1
   |
17 | papr = "a4"
   | ^^^^
   |
   = help: did you mean `paper`?

error: unknown variant `docx`, expected `pdf` or `html`
  --> book.toml:16:19
   |
16 | formats = ["pdf", "docx"]
   |                   ^^^^^^

4 errors

"#]],
    );
}

/// A book with a line in `[output.print]`.
fn printed(line: &str) -> TestBook {
    TestBook::of("# One\n").set("command = \"mdbook-booklet print\"", line)
}

#[test]
fn settings_of_the_page_and_fonts_that_cannot_be() {
    fails(
        printed("paper = \"a3\""),
        str![[r#"
error: unknown paper `a3`, expected one of `a4`, `a5`, `b5`, `letter`, or { width = "170mm", height = "240mm" }
  --> book.toml:14:9
   |
14 | paper = "a3"
   |         ^^^^

1 error

"#]],
    );
    fails(
        printed("paper = { width = \"170\", height = \"240mm\" }"),
        str![[r#"
error: `170` is not a length: it is a number and a unit, as in `25mm`, `2.5cm`, `1in` or `72pt`
  --> book.toml:14:19
   |
14 | paper = { width = "170", height = "240mm" }
   |                   ^^^^^

1 error

"#]],
    );
    fails(
        printed("paper = { widht = \"170mm\", height = \"240mm\" }"),
        str![[r#"
error: unknown field `widht`, expected `width` or `height`
  --> book.toml:14:11
   |
14 | paper = { widht = "170mm", height = "240mm" }
   |           ^^^^^

1 error

"#]],
    );
    fails(
        printed("paper = { width = \"170mm\" }"),
        str![[r#"
error: missing field `height`
  --> book.toml:14:9
   |
14 | paper = { width = "170mm" }
   |         ^^^^^^^^^^^^^^^^^^^

1 error

"#]],
    );
    fails(
        printed("paper = 4"),
        str![[r#"
error: invalid type: integer `4`, expected the name of a paper or { width = "170mm", height = "240mm" }
  --> book.toml:14:9
   |
14 | paper = 4
   |         ^

1 error

"#]],
    );
    fails(
        printed("margins = { left = \"25mm\" }"),
        str![[r#"
error: unknown field `left`, expected one of `inside`, `outside`, `top`, `bottom`
  --> book.toml:14:13
   |
14 | margins = { left = "25mm" }
   |             ^^^^

1 error

"#]],
    );
    fails(
        printed("margins = { inside = \"9cm\", outside = \"3in\" }"),
        str![[r#"
error: 43.8 mm of the paper's width are left for text, which needs 50 mm
  --> book.toml:14:11
   |
14 | margins = { inside = "9cm", outside = "3in" }
   |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

1 error

"#]],
    );
    fails(
        printed("paper = { width = \"100mm\", height = \"40mm\" }"),
        str![[r#"
error: 40 mm of the paper's height are left for text, which needs 50 mm
  --> book.toml:14:9
   |
14 | paper = { width = "100mm", height = "40mm" }
   |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

1 error

"#]],
    );
    fails(
        printed("binding = \"top\""),
        str![[r#"
error: unknown variant `top`, expected one of `left`, `right`, `none`
  --> book.toml:14:11
   |
14 | binding = "top"
   |           ^^^^^

1 error

"#]],
    );
    fails(
        printed("system-fonts = \"yes\""),
        str![[r#"
error: invalid type: string "yes", expected a boolean
  --> book.toml:14:16
   |
14 | system-fonts = "yes"
   |                ^^^^^

1 error

"#]],
    );
    fails(
        printed("fonts = { text = [\"Libertinus Serif\"], headlines = [] }"),
        str![[r#"
error: unknown field `headlines`, expected one of `text`, `headings`, `code`
  --> book.toml:14:40
   |
14 | fonts = { text = ["Libertinus Serif"], headlines = [] }
   |                                        ^^^^^^^^^

1 error

"#]],
    );
    fails(
        printed("fonts = \"Libertinus Serif\""),
        str![[r#"
error: invalid type: string "Libertinus Serif", expected a list of font families or { text = […], headings = […], code = […] }
  --> book.toml:14:9
   |
14 | fonts = "Libertinus Serif"
   |         ^^^^^^^^^^^^^^^^^^

1 error

"#]],
    );
    fails(
        printed("fonts = { code = [\"DejaVu Sans Mono\", \"DejaVu Sans Monno\"] }"),
        str![[r#"
error: there is no font family `DejaVu Sans Monno`
  --> book.toml:14:39
   |
14 | fonts = { code = ["DejaVu Sans Mono", "DejaVu Sans Monno"] }
   |                                       ^^^^^^^^^^^^^^^^^^^
   |
   = help: did you mean `DejaVu Sans Mono`?

1 error

"#]],
    );
    fails(
        printed("fonts = [\"Wingdings\"]"),
        str![[r#"
error: there is no font family `Wingdings`
  --> book.toml:14:10
   |
14 | fonts = ["Wingdings"]
   |          ^^^^^^^^^^^
   |
   = help: put its files into `theme/print/fonts`, or set `system-fonts = true` for those of this machine

1 error

"#]],
    );
}

#[test]
fn a_build_folder_that_is_or_holds_the_source_folder() {
    let book = TestBook::of("# One\n");
    let text = book
        .read("book.toml")
        .replace("build-dir = \"build\"", "build-dir = \"src\"");
    fails(
        book.file("book.toml", text),
        str![[r#"
error: the build folder `src` is the source folder `src`: building would erase the book
 --> book.toml:6:13
  |
6 | build-dir = "src"
  |             ^^^^^
  |
  = help: set `build-dir = "build"` in the table [build] of book.toml

1 error

"#]],
    );
    let book = TestBook::of("# One\n");
    let text = book
        .read("book.toml")
        .replace("build-dir = \"build\"", "build-dir = \".\"");
    fails(
        book.file("book.toml", text),
        str![[r#"
error: the build folder `.` contains the source folder `src`: building would erase the book
 --> book.toml:6:13
  |
6 | build-dir = "."
  |             ^^^
  |
  = help: set `build-dir = "build"` in the table [build] of book.toml

1 error

"#]],
    );
}

#[test]
fn a_folder_that_is_no_book() {
    let book = TestBook::of("# One\n");
    std::fs::remove_file(book.path("book.toml")).unwrap();
    fails(
        book,
        str![[r#"
error: book.toml cannot be read: No such file or directory (os error 2)
--> book.toml
 = help: name the folder of a book: `mdbook-booklet build path/to/book`

1 error

"#]],
    );
}

#[test]
fn a_broken_book_toml() {
    let book = TestBook::of("# One\n").file("book.toml", "[book\ntitle = \"T\"\n");
    fails(
        book,
        str![[r#"
error: unclosed table, expected `]`
 --> book.toml:1:6
  |
1 | [book
  |      ^

1 error

"#]],
    );
}

#[test]
fn a_chapter_that_is_not_there() {
    let book = TestBook::of("# One\n").file("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n");
    fails(
        book,
        str![[r#"
error: failed to read chapter `two.md`: No such file or directory (os error 2)
 --> src/SUMMARY.md:2:9
  |
2 | - [Two](two.md)
  |         ^^^^^^

1 error

"#]],
    );
}

#[test]
fn html_that_has_no_meaning_on_paper() {
    let book = TestBook::of(
        "# One\n\n<blink>text</blink> <i class=\"fa fa-print\"></i>\n\n<div>\n\nopen\n\n<iframe src=\"https://example.org/x\"></iframe>\n\n</p>\n\n<script>alert(1)</script>\n",
    );
    warns(
        book,
        str![[r#"
warning: the HTML end tag `</p>` closes nothing here
  --> src/one.md:11:1
   |
11 | </p>
   | ^^^^

warning: the HTML tag `<div>` is not closed
 --> src/one.md:5:1
  |
5 | <div>
  | ^^^^^

warning: the HTML element `<blink>` means nothing in an edition; only its text is kept
 --> src/one.md:3:1
  |
3 | <blink>text</blink> <i class="fa fa-print"></i>
  | ^^^^^^^^^^^^^^^^^^^

warning: in an edition, `<iframe>` becomes a link
 --> src/one.md:9:1
  |
9 | <iframe src="https://example.org/x"></iframe>
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

warning: the HTML element `<script>` does nothing in an edition, and is left out
  --> src/one.md:13:1
   |
13 | <script>alert(1)</script>
   | ^^^^^^^^^^^^^^^^^^^^^^^^^

5 warnings

"#]],
    );
}

#[test]
fn text_that_the_parser_fails_on() {
    fails(
        TestBook::of("# One\n\n> foo\nbar\n> {.class}\n> ===\n\nMore.\n"),
        str![[r#"
error: mdBook's Markdown parser fails on this
 --> src/one.md:6:1
  |
6 | > ===
  | ^^^^^
  |
  = help: this is a defect of the parser, so mdBook cannot show this chapter either; write it in another way

1 error

"#]],
    );
}

#[test]
fn links_that_an_edition_cannot_keep() {
    let book = TestBook::of(
        "# One\n\n[a](javascript:alert(1)) [b](/root.html) [c](../secret.md) [d](data.csv)\n\n![x](https://example.org/x.png) ![y](../y.png) ![z](data.csv)\n",
    );
    warns(
        book.file("src/data.csv", "a,b\n"),
        str![[r#"
warning: a link with the scheme `javascript` is not safe to follow, and is left out
 --> src/one.md:3:1
  |
3 | [a](javascript:alert(1)) [b](/root.html) [c](../secret.md) [d](data.csv)
  | ^^^^^^^^^^^^^^^^^^^^^^^^

warning: the link `/root.html` leads to the site's root, which an edition does not have
 --> src/one.md:3:26
  |
3 | [a](javascript:alert(1)) [b](/root.html) [c](../secret.md) [d](data.csv)
  |                          ^^^^^^^^^^^^^^^
  |
  = help: write it relative to this file

warning: the link `../secret.md` leads out of the book
 --> src/one.md:3:42
  |
3 | [a](javascript:alert(1)) [b](/root.html) [c](../secret.md) [d](data.csv)
  |                                          ^^^^^^^^^^^^^^^^^
  |
  = help: links to files outside of the source folder work neither on the site nor in an edition

warning: the link `data.csv` leads to a file that the site has and an edition has not
 --> src/one.md:3:60
  |
3 | [a](javascript:alert(1)) [b](/root.html) [c](../secret.md) [d](data.csv)
  |                                                            ^^^^^^^^^^^^^
  |
  = help: link to it by its full address on the web

warning: the image `https://example.org/x.png` is on another host, and nothing is fetched while a book is built
 --> src/one.md:5:1
  |
5 | ![x](https://example.org/x.png) ![y](../y.png) ![z](data.csv)
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: put a copy beside the chapter, if its license allows

warning: the image `../y.png` is outside of the book
 --> src/one.md:5:33
  |
5 | ![x](https://example.org/x.png) ![y](../y.png) ![z](data.csv)
  |                                 ^^^^^^^^^^^^^^

warning: the image `data.csv` is of no format that an edition can show
 --> src/one.md:5:48
  |
5 | ![x](https://example.org/x.png) ![y](../y.png) ![z](data.csv)
  |                                                ^^^^^^^^^^^^^^
  |
  = help: PNG, JPEG, GIF, WebP and SVG can be shown

7 warnings

"#]],
    );
}

#[test]
fn a_footnote_that_is_not_referred_to() {
    warns(
        TestBook::of("# One\n\nText.\n\n[^a]: Note.\n"),
        str![[r#"
warning: the footnote `a` is not referred to, and is left out
 --> src/one.md:5:1
  |
5 | [^a]: Note.
  | ^^^^^^^^^^^

1 warning

"#]],
    );
}

#[test]
fn warnings_denied() {
    let book = TestBook::of("# One\n").with(rules());
    fails(
        book.set("[preprocessor.booklet]", "warnings = \"deny\""),
        str![[r#"
warning: the resource `rules-of-ml` is not used
--> src/resources/rules-of-ml.toml
 = help: link to it from a text, or let a `{{#resources}}` list it

1 warning, and this book denies warnings

"#]],
    );
}

#[test]
fn warnings_denied_in_ci() {
    let book = TestBook::of("# One\n").with(rules());
    let book = book.set("[preprocessor.booklet]", "warnings = \"deny-in-ci\"");
    book.run(&["check"]).success();
    book.command()
        .env("CI", "true")
        .arg("check")
        .assert()
        .failure();
}

#[test]
fn for_programs_and_pull_requests() {
    let book = TestBook::of("# One\n\n[a](resources/none.toml) [](resources/rules-of-ml.toml)\n");
    let book = book.with(rules());
    book.run(&["check", "--format", "json"])
        .failure()
        .stderr_eq("")
        .stdout_eq(str![[r#"
{
  "version": 1,
  "errors": 1,
  "warnings": 0,
  "notes": 0,
  "diagnostics": [
    {
      "severity": "error",
      "message": "unknown resource `none`",
      "hint": "an entry is a file resources/ID.toml",
      "places": [
        {
          "file": "src/one.md",
          "line": 3,
          "column": 1,
          "excerpt": "[a](resources/none.toml)",
          "label": null
        }
      ]
    }
  ]
}

"#]]);
    book.run(&["check", "--format", "github"])
        .failure()
        .stderr_eq("")
        .stdout_eq(str![[r#"
::error file=src/one.md,line=3,col=1::unknown resource `none`%0Ahelp: an entry is a file resources/ID.toml

"#]]);
}

#[test]
fn seen_from_another_folder() {
    let book = TestBook::of("# One\n\n[a](resources/none.toml)\n");
    let folder = book
        .root()
        .file_name()
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    let output = book
        .command()
        .current_dir(book.root().parent().unwrap())
        .args(["check", &folder])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(&format!("{folder}/src/one.md:3:1")), "{said}");
}

#[test]
fn a_standard_that_wants_a_date() {
    let book =
        TestBook::of("# One\n").set("command = \"mdbook-booklet print\"", "standard = \"a-2b\"");
    fails(
        book,
        str![[r#"
error: PDF/A needs a date, and none is set
 |
 = help: set SOURCE_DATE_EPOCH to the seconds since 1970, for example by `git log -1 --format=%ct`

1 error

"#]],
    );
}

#[test]
fn a_date_that_is_none() {
    let book = TestBook::of("# One\n");
    book.command()
        .env("SOURCE_DATE_EPOCH", "today")
        .arg("check")
        .assert()
        .success()
        .stderr_eq(str![[r#"
warning: the environment variable SOURCE_DATE_EPOCH is `today`, which is no number of seconds

1 warning

"#]]);
}

#[test]
fn an_image_that_is_broken() {
    let book = TestBook::of("# One\n\n![a](a.svg) ![b](b.png)\n\n<svg><g></svg>\n");
    let book = book
        .file("src/a.svg", "<svg><unclosed></svg>")
        .file("src/b.png", b"\x89PNG\r\n\x1a\nand no more");
    warns(
        book,
        str![[r#"
warning: the HTML end tag `</svg>` closes nothing here
 --> src/one.md:5:9
  |
5 | <svg><g></svg>
  |         ^^^^^^

warning: the HTML tag `<g>` is not closed
 --> src/one.md:5:6
  |
5 | <svg><g></svg>
  |      ^^^

warning: the HTML tag `<svg>` is not closed
 --> src/one.md:5:1
  |
5 | <svg><g></svg>
  | ^^^^^

warning: this drawing cannot be read; only its text is kept
 --> src/one.md:5:1
  |
5 | <svg><g></svg>
  | ^^^^^

warning: the HTML element `<g>` means nothing in an edition; only its text is kept
 --> src/one.md:5:6
  |
5 | <svg><g></svg>
  |      ^^^

warning: the image `a.svg` cannot be shown: it is not well-formed SVG
 --> src/one.md:3:1
  |
3 | ![a](a.svg) ![b](b.png)
  | ^^^^^^^^^^^

warning: the image `b.png` cannot be shown: failed to decode image (Format error decoding Png: ChunkType { type: no m, critical: false, private: true, reserved: true, safecopy: true } chunk appeared before IHDR chunk)
 --> src/one.md:3:13
  |
3 | ![a](a.svg) ![b](b.png)
  |             ^^^^^^^^^^^

7 warnings

"#]],
    );
}

const SITE: &str = "[output.site]\ncommand = \"mdbook-booklet site\"\n";

fn with_site(line: &str) -> TestBook {
    let book = TestBook::of("# One\n");
    let text = format!("{}\n{SITE}{line}\n", book.read("book.toml"));
    book.file("book.toml", text)
}

#[test]
fn a_site_without_an_address() {
    fails(
        with_site(""),
        str![[r#"
error: [output.site] has no `url`
  --> book.toml:16:11
   |
16 | command = "mdbook-booklet site"
   |           ^^^^^^^^^^^^^^^^^^^^^
   |
   = help: set it to the address of the site's front page, like https://example.org/book/

1 error

"#]],
    );
}

#[test]
fn a_site_with_an_address_that_is_none() {
    fails(
        with_site("url = \"example.org/book\""),
        str![[r#"
error: `url` is not the address of a site
  --> book.toml:17:7
   |
17 | url = "example.org/book"
   |       ^^^^^^^^^^^^^^^^^^
   |
   = help: it begins with https:// or http:// and has no `?` or `#`

1 error

"#]],
    );
    fails(
        with_site("url = 5"),
        str![[r#"
error: invalid type: integer `5`, expected a string
  --> book.toml:17:7
   |
17 | url = 5
   |       ^

1 error

"#]],
    );
}

#[test]
fn an_unknown_setting_of_the_site() {
    fails(
        with_site("url = \"https://example.org\"\nglosary = \"words.md\""),
        str![[r#"
error: unknown key `glosary` in [output.site]
  --> book.toml:18:1
   |
18 | glosary = "words.md"
   | ^^^^^^^
   |
   = help: did you mean `glossary`?

1 error

"#]],
    );
}

#[test]
fn a_glossary_that_is_no_chapter() {
    fails(
        with_site("url = \"https://example.org\"\nglossary = \"on.md\""),
        str![[r#"
error: the glossary `on.md` is not a chapter
  --> book.toml:18:12
   |
18 | glossary = "on.md"
   |            ^^^^^^^
   |
   = help: did you mean `one.md`?

1 error

"#]],
    );
}

#[test]
fn files_for_a_site_that_is_not_there() {
    let book = with_site("url = \"https://example.org\"");
    let text = book.read("book.toml");
    fails(
        TestBook::of("# One\n").file("book.toml", text.replace("[output.html]\n", "")),
        str![[r#"
error: [output.site] adds files to the site, which is not there yet
  --> book.toml:15:11
   |
15 | command = "mdbook-booklet site"
   |           ^^^^^^^^^^^^^^^^^^^^^
   |
   = help: add the table [output.html]; backends run in the order of their names

1 error

"#]],
    );
    fails(
        book.file("book.toml", text.replace("[output.site]", "[output.files]")),
        str![[r#"
error: [output.files] adds files to the site, which is not there yet
  --> book.toml:16:11
   |
16 | command = "mdbook-booklet site"
   |           ^^^^^^^^^^^^^^^^^^^^^
   |
   = help: add the table [output.html]; backends run in the order of their names

1 error

"#]],
    );
}
