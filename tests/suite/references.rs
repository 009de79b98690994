//! Entries that come from reference managers, and go there.

use crate::harness::TestBook;
use snapbox::{IntoData, assert_data_eq, str};

const BIB: &str = r#"% From somewhere
@string{acm = "ACM"}
@inproceedings{breck2017mltest,
  title     = {The {ML} Test Score: A Rubric for {ML} Production Readiness \& Technical Debt Reduction},
  author    = {Breck, Eric and D{\'e}j{\`a} van der Vu, Jr., {\L}ukasz and others},
  publisher = acm,
  date      = {2017-12-11},
  doi       = {10.1109/BigData.2017.8258038},
  keywords  = {Machine Learning, testing},
  abstract  = {We present …},
}

@misc{wilds,
  title = {\emph{WILDS}: A~Benchmark},
  author = {{Stanford University}},
  year = 2021,
  eprint = {2012.07421v3},
  archivePrefix = {arXiv},
  howpublished = {\url{https://wilds.example.org/a--b\_c/~x}},
}
"#;

#[test]
fn a_bibtex_file_becomes_entries() {
    let book = TestBook::copy_of("booklet").file("refs.bib", BIB);
    book.run(&["import", "refs.bib", "--step", "setup"])
        .success()
        .stdout_eq("")
        .stderr_eq(str![[r#"
Wrote src/resources/ml-test-score.toml
Wrote src/resources/wilds.toml
2 entries written; fill in what is empty, then run `mdbook-booklet check`

"#]]);
    assert_data_eq!(
        book.read("src/resources/ml-test-score.toml"),
        str![[r#"
title = "The ML Test Score: A Rubric for ML Production Readiness & Technical Debt Reduction"
authors = ["Eric Breck", "Łukasz Déjà van der Vu Jr."]
year = 2017
kind = "paper"
url = "https://doi.org/10.1109/BigData.2017.8258038"
steps = ["setup"]
topics = ["machine-learning", "testing"]
# One line in your own words: what does a reader get from it?
why = ""

"#]]
        .raw()
    );
    assert_data_eq!(
        book.read("src/resources/wilds.toml"),
        str![[r#"
title = "WILDS: A Benchmark"
authors = ["Stanford University"]
year = 2021
kind = "paper"
url = "https://wilds.example.org/a--b_c/~x"
steps = ["setup"]
topics = []
# One line in your own words: what does a reader get from it?
why = ""

"#]]
        .raw()
    );
    // Again, there is nothing new.
    let before = book.files(".");
    book.run(&["import", "refs.bib"])
        .success()
        .stdout_eq("")
        .stderr_eq(str![[r#"
0 entries written, 2 skipped
warning: `breck2017mltest` leads where `ml-test-score` of the registry leads, and is skipped
 --> refs.bib:3:16
  |
3 | @inproceedings{breck2017mltest,
  |                ^^^^^^^^^^^^^^^
  |
 ::: src/resources/ml-test-score.toml:5:7
  |
5 | url = "https://doi.org/10.1109/BigData.2017.8258038"
  |       ---------------------------------------------- this is kept

warning: `wilds` leads where `wilds` of the registry leads, and is skipped
  --> refs.bib:13:7
   |
13 | @misc{wilds,
   |       ^^^^^
   |
  ::: src/resources/wilds.toml:5:7
   |
 5 | url = "https://wilds.example.org/a--b_c/~x"
   |       ------------------------------------- this is kept

2 warnings

"#]]);
    assert_eq!(book.files("."), before);
}

#[test]
fn a_file_of_zotero_becomes_entries() {
    let json = r#"[
  {"id":"http://zotero.org/users/1/items/AB","type":"article-journal","container-title":"Queue","title":"Machine learning: <i>The</i> \u202ehigh-interest credit card","URL":"http://www.example.org/card?utm_source=z","author":[{"family":"Sculley","given":"D."},{"literal":"Google"}],"issued":{"date-parts":[["2014",3,1]]},"publisher":"ACM"},
  {"id":2,"type":"software","title":"Tool","DOI":"10.5281/ZENODO.1","issued":{"raw":"May 2020"},"author":[{"family":"Berg","given":"Jan","non-dropping-particle":"van den"}]}
]"#;
    let book = TestBook::copy_of("booklet").file("My Library.json", json);
    let other = tempfile::tempdir().unwrap();
    let folder = book.root().display().to_string();
    let file = format!("{folder}/My Library.json");
    let args = [
        "import", &file, "--topic", "debt", "--kind", "article", &folder,
    ];
    let dry = [&args[..], &["--dry-run"]].concat();
    let before = book.files(".");
    book.command()
        .current_dir(other.path())
        .args(dry)
        .assert()
        .success()
        .stdout_eq(str![[r##"
# [..]/src/resources/machine-learning.toml
title = "Machine learning: The high-interest credit card"
authors = ["D. Sculley", "Google"]
year = 2014
kind = "article"
url = "http://www.example.org/card"
steps = []
topics = ["debt"]
# One line in your own words: what does a reader get from it?
why = ""

# [..]/src/resources/tool.toml
title = "Tool"
authors = ["Jan van den Berg"]
year = 2020
kind = "article"
url = "https://doi.org/10.5281/ZENODO.1"
steps = []
topics = ["debt"]
# One line in your own words: what does a reader get from it?
why = ""


"##]])
        .stderr_eq("2 entries to write\n");
    assert_eq!(book.files("."), before);
    book.command()
        .current_dir(other.path())
        .args(args)
        .assert()
        .success();
    assert!(book.path("src/resources/machine-learning.toml").exists());
    assert!(book.path("src/resources/tool.toml").exists());
    // What is left open, `check` asks for.
    let said = book.run(&["check"]).failure().get_output().stderr.clone();
    let said = String::from_utf8(said).unwrap();
    assert!(said.contains("`why` is empty"), "{said}");
}

/// What is wrong is said all at once; what is good is written.
#[test]
fn what_an_import_leaves_out() {
    let book = TestBook::copy_of("booklet").file(
        "refs.bib",
        r#"@article{none, author = {A B}}
@article{no-url, title = {T}, url = {ftp://example.org}}
@article{twice, title = {Debt}, url = {http://www.example.org/debt/}, year = 2015, author = {A B}}
@article{first, title = {One}, url = {https://a.example.org}, keywords = {機械学習, step:nowhere}}
@article{second, title = {Two}, url = {http://a.example.org/#x}}
@article{broken, title = {$5}, url = {https://b.example.org}}
@article{unknown, title = nothing, url = {https://c.example.org}}
"#,
    );
    book.run(&["import", "refs.bib"])
        .failure()
        .stdout_eq("")
        .stderr_eq(str![[r#"
Wrote src/resources/first.toml
1 entry written, 2 skipped; fill in what is empty, then run `mdbook-booklet check`
error: `broken` cannot be read: unexpected end of file
 --> refs.bib:6:10
  |
6 | @article{broken, title = {$5}, url = {https://b.example.org}}
  |          ^^^^^^

error: `unknown` cannot be read: unknown abbreviation "nothing"
 --> refs.bib:7:10
  |
7 | @article{unknown, title = nothing, url = {https://c.example.org}}
  |          ^^^^^^^

error: `none` has no title, and is left out
 --> refs.bib:1:10
  |
1 | @article{none, author = {A B}}
  |          ^^^^
  |
  = help: give it a title and import it again

error: `none` has no address, and is left out
 --> refs.bib:1:10
  |
1 | @article{none, author = {A B}}
  |          ^^^^
  |
  = help: give it a URL that begins with https:// or http://, a DOI or an arXiv identifier, and import it again

error: `no-url` has no address, and is left out
 --> refs.bib:2:10
  |
2 | @article{no-url, title = {T}, url = {ftp://example.org}}
  |          ^^^^^^
  |
  = help: give it a URL that begins with https:// or http://, a DOI or an arXiv identifier, and import it again

warning: the keyword `機械学習` of `first` makes no topic, and is left out
 --> refs.bib:4:10
  |
4 | @article{first, title = {One}, url = {https://a.example.org}, keywords = {機械学習, step:nowhere}}
  |          ^^^^^
  |
  = help: topics are written in lower-case letters, digits and single hyphens

warning: `twice` leads where `hidden-debt` of the registry leads, and is skipped
 --> refs.bib:3:10
  |
3 | @article{twice, title = {Debt}, url = {http://www.example.org/debt/}, year = 2015, author = {A B}}
  |          ^^^^^
  |
 ::: src/resources/hidden-debt.toml:5:7
  |
5 | url = "https://example.org/debt"
  |       -------------------------- this is kept

warning: the step `nowhere` of `first` is none of this book, and is left out
 --> refs.bib:4:10
  |
4 | @article{first, title = {One}, url = {https://a.example.org}, keywords = {機械学習, step:nowhere}}
  |          ^^^^^

warning: `first` has no author
 --> refs.bib:4:10
  |
4 | @article{first, title = {One}, url = {https://a.example.org}, keywords = {機械学習, step:nowhere}}
  |          ^^^^^
  |
  = help: its place is left open in the new file

warning: `first` has no year
 --> refs.bib:4:10
  |
4 | @article{first, title = {One}, url = {https://a.example.org}, keywords = {機械学習, step:nowhere}}
  |          ^^^^^
  |
  = help: its place is left open in the new file

warning: `second` leads where `first` leads, and is skipped
 --> refs.bib:5:10
  |
5 | @article{second, title = {Two}, url = {http://a.example.org/#x}}
  |          ^^^^^^
  |
 ::: refs.bib:4:10
  |
4 | @article{first, title = {One}, url = {https://a.example.org}, keywords = {機械学習, step:nowhere}}
  |          ----- this is kept

5 errors, 6 warnings

"#]]);
    assert!(book.path("src/resources/first.toml").exists());
    assert!(!book.path("src/resources/second.toml").exists());
    // What is not filled in yet is not imported again.
    let before = book.files(".");
    book.run(&["import", "refs.bib"]).failure();
    assert_eq!(book.files("."), before);
}

#[test]
fn files_that_cannot_be_read() {
    let book = TestBook::copy_of("booklet")
        .file("a.bib", "@article{a,\n  title = {A}\n  year = 2020\n}\n")
        .file("b.bib", "@string{x = y}\n@string{y = x}\n")
        .file("c.json", "[{\"title\": \"A\"},\n {\"title\": }]\n")
        .file("d.json", "[{}]]")
        .file("e.json", "[{} {}]")
        .file("f.json", "[")
        .file("g.bib", b"\xff");
    let deep = format!("{}x{}", "{".repeat(60), "}".repeat(60));
    let grown: String = (1..20)
        .map(|i| format!("@string{{a{i} = a{} # a{}}}\n", i - 1, i - 1))
        .collect();
    let book = book
        .file("h.bib", format!("@misc{{a, title = {{{deep}}}}}\n"))
        .file(
            "i.bib",
            format!("@misc{{a,\n  title = {{{}}}}}\n", "x".repeat(100_001)),
        )
        .file("j.bib", format!("@string{{a0 = {{xxxxxxxxxx}}}}\n{grown}"));
    let before = book.files(".");
    for (args, said) in [
        (
            ["import", "h.bib"],
            str![[r#"
0 entries written
error: `a` cannot be read: the braces of its `title` are nested too deep
 --> h.bib:1:7
  |
1 | @misc{a, title = {{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{x}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}...
  |       ^

1 error

"#]],
        ),
        (
            ["import", "i.bib"],
            str![[r#"
0 entries written
error: `a` cannot be read: its `title` is too long
 --> i.bib:1:7
  |
1 | @misc{a,
  |       ^

1 error

"#]],
        ),
        (
            ["import", "j.bib"],
            str![[r#"
0 entries written
error: the abbreviation `a14` is too long when written out
  --> j.bib:15:9
   |
15 | @string{a14 = a13 # a13}
   |         ^^^

1 error

"#]],
        ),
        (
            ["import", "a.bib"],
            str![[r#"
0 entries written
error: this is not BibTeX: expected comma
 --> a.bib:3:3
  |
3 |   year = 2020
  |   ^

1 error

"#]],
        ),
        (
            ["import", "b.bib"],
            str![[r#"
0 entries written
error: the abbreviation `x` is defined by itself
 --> b.bib:1:9
  |
1 | @string{x = y}
  |         ^

error: the abbreviation `y` is defined by itself
 --> b.bib:2:9
  |
2 | @string{y = x}
  |         ^

2 errors

"#]],
        ),
        (
            ["import", "c.json"],
            str![[r#"
0 entries written
error: this is not CSL-JSON: expected value
 --> c.json:2:12
  |
2 |  {"title": }]
  |            ^

1 error

"#]],
        ),
        (
            ["import", "d.json"],
            str![[r#"
0 entries written
error: this is not CSL-JSON: trailing characters
 --> d.json:1:5
  |
1 | [{}]]
  |     ^

1 error

"#]],
        ),
        (
            ["import", "e.json"],
            str![[r#"
0 entries written
error: this is not CSL-JSON: expected `,` or `]`
 --> e.json:1:5
  |
1 | [{} {}]
  |     ^

1 error

"#]],
        ),
        (
            ["import", "f.json"],
            str![[r#"
0 entries written
error: this is not CSL-JSON: the file ends too early
 --> f.json:1:2
  |
1 | [
  |  ^

1 error

"#]],
        ),
        (
            ["import", "g.bib"],
            str![[r#"
error: the file cannot be read: it is not UTF-8
--> g.bib

1 error

"#]],
        ),
        (
            ["import", "none.bib"],
            str![[r#"
error: the file cannot be read: it does not exist
--> none.bib

1 error

"#]],
        ),
    ] {
        book.run(&args).failure().stdout_eq("").stderr_eq(said);
    }
    assert_eq!(book.files("."), before);
}

#[test]
fn what_is_wrong_with_a_command() {
    let book = TestBook::copy_of("booklet").file("refs.bib", BIB);
    for (args, said) in [
        (
            &["import", "refs.bib", "--step", "setupp", "--topic", "A b"][..],
            str![[r#"
error: unknown step `setupp`
 |
 = help: did you mean `setup`?

error: `A b` is not a topic
 |
 = help: write lower-case letters, digits and single hyphens

2 errors

"#]],
        ),
        (
            &["import", "refs.bib", "none"],
            str![[r#"
error: book.toml cannot be read: [..] (os error [..])
--> none/book.toml
 = help: name the folder of a book: `mdbook-booklet build path/to/book`

1 error

"#]],
        ),
        (
            &["export", "--step", "serving"],
            str![[r#"
error: unknown step `serving`
 |
 = help: the steps are `setup` and `data`

1 error

"#]],
        ),
        (
            &["new-resource", "x", "--step", "serving"],
            str![[r#"
error: unknown step `serving`
 |
 = help: the steps are `setup` and `data`

1 error

"#]],
        ),
    ] {
        book.run(args).failure().stdout_eq("").stderr_eq(said);
    }
    book.run(&["export", "--output", "no/such/folder"])
        .failure()
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: the file cannot be written: [..]
--> no/such/folder

1 error

"#]]);
    book.run(&["export", "--kind", "tool", "--format", "csl-json"])
        .success()
        .stdout_eq("[]\n")
        .stderr_eq(str![[r#"
warning: there is no such resource to export

1 warning

"#]]);
}

#[test]
fn an_export_is_what_the_site_offers() {
    let book = TestBook::copy_of("booklet").built();
    for (format, file) in [
        ("bibtex", "resources.bib"),
        ("csl-json", "resources.csl.json"),
        ("ris", "resources.ris"),
    ] {
        let args = ["export", "--format", format, "--output", "out"];
        book.run(&args).success().stdout_eq("").stderr_eq("");
        assert_eq!(book.read("out"), book.read(&format!("build/html/{file}")));
    }
    let output = book.run(&["export", "--step", "data", "--topic", "labels"]);
    let output = String::from_utf8(output.success().get_output().stdout.clone()).unwrap();
    assert_data_eq!(
        output,
        str![[r#"
@misc{rules-of-ml,
  title = {Rules of [Machine] Learning \& \textless{}more\textgreater{}},
  author = {Zinkevich, Martin},
  organization = {Google},
  year = {2017},
  type = {article},
  url = {https://example.org/rules?a=1&b=_2_},
  keywords = {labels, step:setup, step:data},
  annote = {Forty-three rules, *by* someone who broke them.},
}

"#]]
        .raw()
    );
}

/// A booklet begun from another one's export is the same booklet.
#[test]
fn an_export_is_imported_as_it_was() {
    let from = TestBook::of_this_repository();
    for format in ["bibtex", "csl-json"] {
        let to = TestBook::copy_of("booklet");
        std::fs::remove_dir_all(to.path("src/resources")).unwrap();
        let text = to.read("book.toml");
        let steps =
            "steps = [\"project-setup.md\", \"data-pipeline.md\", \"modeling.md\", \"serving.md\"]";
        let ours = text
            .lines()
            .find(|line| line.starts_with("steps ="))
            .unwrap()
            .to_owned();
        let to = to.file("book.toml", text.replace(&ours, steps));
        let file = to.path("refs").display().to_string();
        from.run(&["export", "--format", format, "--output", &file])
            .success();
        to.run(&["import", &file]).success();
        let read = |book: &TestBook, folder: &str| {
            let files = book.files(folder).into_iter();
            let tables = files.map(|(name, text)| {
                let text = String::from_utf8(text).unwrap();
                (name, text.parse::<toml::Table>().unwrap())
            });
            tables.collect::<Vec<_>>()
        };
        let (before, after) = (read(&from, "book/resources"), read(&to, "src/resources"));
        assert!(before.len() > 300);
        assert_eq!(before, after, "{format}");
    }
}
