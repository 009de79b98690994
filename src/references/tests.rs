//! What is exported, and that it is read back.

use super::*;
use crate::diagnostics::{Report, Source};
use snapbox::{IntoData, assert_data_eq, str};
use std::path::Path;

/// An entry as its file would give it.
fn resource(id: &str, toml: &str) -> Resource {
    let mut report = Report::default();
    let source = Source::file(format!("{id}.toml"), toml);
    let read = Resource::parse(id, &source, &[], &mut report);
    assert!(report.is_empty(), "{report:?}");
    read.unwrap()
}

fn rules() -> Resource {
    resource(
        "rules-of-ml",
        r#"
title = "Rules of ML: 100 % of {Best} Practices for R & C_x in the iPhone"
authors = ["Martin Zinkevich", "Google", "Mike Del Balso", "Elijah ben Izzy", "Hal Daumé III", "Cleanlab and contributors"]
organization = "Google"
year = 2017
kind = "documentation"
url = "https://developers.google.com/a--b?x={1}&y=_~%20"
archive = "https://web.archive.org/web/2020/https://a.org/"
steps = ["setup", "serving"]
topics = ["baselines"]
why = "What 'to' build -- before the \"first\" model; $5 \\ ^ < > | ~ # {"
"#,
    )
}

fn paper(id: &str, url: &str, kind: &str) -> Resource {
    let toml = format!(
        "title = \"A study of Snorkel at Uber\"\nauthors = [\"Ada\", \"Jiri De Jonghe\"]\nyear = 2020\nkind = \"{kind}\"\nurl = \"{url}\"\nwhy = \"Because.\"\n"
    );
    resource(id, &toml)
}

#[test]
fn bibtex() {
    let (rules, paper) = (
        rules(),
        paper(
            "p",
            "https://dl.acm.org/doi/10.1145/2347736.2347755",
            "paper",
        ),
    );
    assert_data_eq!(
        export(&[&rules, &paper], Format::Bibtex),
        str![[r#"
@manual{rules-of-ml,
  title = {Rules of {ML:} 100 \% of \textbraceleft{}Best\textbraceright{} Practices for {R} \& C\_x in the {iPhone}},
  author = {Zinkevich, Martin and {Google} and Del Balso, Mike and ben Izzy, Elijah and Daumé, III, Hal and {Cleanlab and contributors}},
  organization = {Google},
  year = {2017},
  url = {https://developers.google.com/a--b?x=%7B1%7D&y=_~%20},
  keywords = {baselines, step:setup, step:serving},
  annote = {What 'to' build -{}- before the "first" model; \$5 \textbackslash{} \textasciicircum{} \textless{} \textgreater{} \textbar{} \textasciitilde{} \# \textbraceleft{}},
  note = {Archived copy: \url{https://web.archive.org/web/2020/https://a.org/}},
}

@misc{p,
  title = {A study of {Snorkel} at {Uber}},
  author = {{Ada} and De Jonghe, Jiri},
  year = {2020},
  type = {paper},
  url = {https://dl.acm.org/doi/10.1145/2347736.2347755},
  doi = {10.1145/2347736.2347755},
  annote = {Because.},
}

"#]].raw()
    );
}

#[test]
fn csl_json() {
    let (rules, paper) = (
        rules(),
        paper("p", "https://arxiv.org/abs/1706.03762", "paper"),
    );
    assert_data_eq!(
        export(&[&rules, &paper], Format::CslJson),
        str![[r#"
[
  {
    "id": "rules-of-ml",
    "type": "webpage",
    "title": "Rules of ML: 100 % of {Best} Practices for R & C_x in the iPhone",
    "author": [
      {
        "family": "Zinkevich",
        "given": "Martin"
      },
      {
        "literal": "Google"
      },
      {
        "family": "Del Balso",
        "given": "Mike"
      },
      {
        "family": "Izzy",
        "given": "Elijah",
        "non-dropping-particle": "ben"
      },
      {
        "family": "Daumé",
        "given": "Hal",
        "suffix": "III"
      },
      {
        "literal": "Cleanlab and contributors"
      }
    ],
    "issued": {
      "date-parts": [
        [
          2017
        ]
      ]
    },
    "publisher": "Google",
    "genre": "documentation",
    "URL": "https://developers.google.com/a--b?x={1}&y=_~%20",
    "archive_location": "https://web.archive.org/web/2020/https://a.org/",
    "keyword": "baselines, step:setup, step:serving",
    "annote": "What 'to' build -- before the \"first\" model; $5 \\ ^ < > | ~ # {"
  },
  {
    "id": "p",
    "type": "article",
    "title": "A study of Snorkel at Uber",
    "author": [
      {
        "literal": "Ada"
      },
      {
        "family": "De Jonghe",
        "given": "Jiri"
      }
    ],
    "issued": {
      "date-parts": [
        [
          2020
        ]
      ]
    },
    "genre": "paper",
    "URL": "https://arxiv.org/abs/1706.03762",
    "number": "arXiv:1706.03762",
    "annote": "Because."
  }
]

"#]]
        .raw()
    );
}

#[test]
fn ris() {
    let (rules, paper) = (
        rules(),
        paper(
            "p",
            "https://dl.acm.org/doi/10.1145/2347736.2347755",
            "case-study",
        ),
    );
    assert_data_eq!(
        export(&[&rules, &paper], Format::Ris),
        str![[r#"
TY  - ELEC
ID  - rules-of-ml
TI  - Rules of ML: 100 % of {Best} Practices for R & C_x in the iPhone
AU  - Zinkevich, Martin
AU  - Google
AU  - Del Balso, Mike
AU  - ben Izzy, Elijah
AU  - Daumé, Hal, III
AU  - Cleanlab and contributors
PY  - 2017
PB  - Google
M3  - documentation
UR  - https://developers.google.com/a--b?x={1}&y=_~%20
L2  - https://web.archive.org/web/2020/https://a.org/
KW  - baselines
KW  - step:setup
KW  - step:serving
N1  - What 'to' build -- before the "first" model; $5 \ ^ < > | ~ # {
ER  - 

TY  - BLOG
ID  - p
TI  - A study of Snorkel at Uber
AU  - Ada
AU  - De Jonghe, Jiri
PY  - 2020
M3  - case study
UR  - https://dl.acm.org/doi/10.1145/2347736.2347755
DO  - 10.1145/2347736.2347755
N1  - Because.
ER  - 

"#]]
        .raw()
    );
}

/// All entries of the booklet.
fn booklet() -> Vec<Resource> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("book/resources");
    let mut all: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| {
            let path = file.unwrap().path();
            let id = path.file_stem().unwrap().to_str().unwrap().to_owned();
            resource(&id, &std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    all.sort_by(|a, b| a.id.cmp(&b.id));
    assert!(all.len() > 300);
    all
}

#[test]
fn two_entries_of_the_booklet_never_have_one_canonical_address() {
    let mut forms = std::collections::BTreeMap::new();
    for entry in booklet() {
        let form = crate::resources::address::canonical(&entry.url);
        if let Some(other) = forms.insert(form, entry.url.clone()) {
            panic!("{other} and {}", entry.url);
        }
    }
}

#[test]
fn names_are_sorted_into_parts() {
    let person = |given: &str, particle: &str, family: &str, suffix: &str| Name::Person {
        given: given.into(),
        particle: particle.into(),
        family: family.into(),
        suffix: suffix.into(),
    };
    for (name, organization, expected) in [
        ("Ada Lovelace", "", person("Ada", "", "Lovelace", "")),
        (
            "H. Brendan McMahan",
            "Google",
            person("H. Brendan", "", "McMahan", ""),
        ),
        (
            "Timon Van Overveldt",
            "",
            person("Timon", "", "Van Overveldt", ""),
        ),
        (
            "Vincent van der Berg",
            "",
            person("Vincent", "van der", "Berg", ""),
        ),
        ("Hal Daumé III", "", person("Hal", "", "Daumé", "III")),
        ("Le Vo", "", person("Le", "", "Vo", "")),
        ("Google", "", Name::Whole("Google".into())),
        (
            "Responsible AI Collaborative",
            "",
            Name::Whole("Responsible AI Collaborative".into()),
        ),
        (
            "Google for Developers",
            "",
            Name::Whole("Google for Developers".into()),
        ),
        (
            "Swiggy Data Science",
            "Swiggy",
            Name::Whole("Swiggy Data Science".into()),
        ),
        (
            "Hugging Face",
            "Hugging Face",
            Name::Whole("Hugging Face".into()),
        ),
        ("CMU (mlip-cmu)", "", Name::Whole("CMU (mlip-cmu)".into())),
    ] {
        let organization = Some(organization).filter(|o| !o.is_empty());
        let sorted = Name::of(name, organization);
        assert_eq!(sorted, expected);
        assert_eq!(sorted.natural(), name);
    }
}

#[cfg(feature = "print")]
mod round_trip {
    use super::*;
    use crate::diagnostics::Severity;
    use crate::resources::Draft;
    use proptest::prelude::*;

    fn draft(resource: &Resource) -> Draft {
        let r = resource.clone();
        Draft {
            title: r.title,
            authors: r.authors,
            organization: r.organization,
            year: Some(r.year),
            kind: Some(r.kind),
            url: r.url,
            archive: r.archive,
            steps: r.steps,
            topics: r.topics,
            why: r.why,
        }
    }

    fn read(text: String) -> (Vec<(String, Draft)>, Report) {
        let mut report = Report::default();
        let found = import::read(&Source::file("x", text), &mut report);
        (
            found.into_iter().map(|f| (f.key, f.draft)).collect(),
            report,
        )
    }

    #[test]
    fn all_entries_of_the_booklet_are_read_back() {
        let all = booklet();
        for format in [Format::Bibtex, Format::CslJson] {
            let (found, report) = read(export(&all.iter().collect::<Vec<_>>(), format));
            assert!(report.is_empty(), "{report:?}");
            assert_eq!(found.len(), all.len());
            for ((key, found), entry) in found.iter().zip(&all) {
                assert_eq!((key, found), (&entry.id, &draft(entry)));
            }
        }
    }

    #[test]
    fn what_needs_care_is_read_back() {
        let rules = rules();
        let (found, report) = read(export(&[&rules], Format::CslJson));
        assert!(report.is_empty(), "{report:?}");
        assert_eq!(found, [("rules-of-ml".into(), draft(&rules))]);
        let (found, report) = read(export(&[&rules], Format::Bibtex));
        assert!(report.is_empty(), "{report:?}");
        let mut expected = draft(&rules);
        expected.url = expected.url.replace('{', "%7B").replace('}', "%7D");
        assert_eq!(found, [("rules-of-ml".into(), expected)]);
    }

    /// Text with all that means something to TeX, JSON or a line of RIS. Two
    /// quotation marks in a row are one sign to TeX, and `=` would make the
    /// parser see BibLaTeX's own form of a name.
    fn text() -> impl Strategy<Value = String> {
        "[A-Za-z#$%&_{}~^\\\\<>|\"@:;/.+*!?()\\[\\]é日-]{1,8}( [A-Za-z'#$%&_{}~^\\\\<>|,é-]{1,8}){0,4}"
            .prop_filter("two signs of TeX", |text| !text.contains("''"))
            .prop_filter("no letters", |text| text.contains(|c: char| c.is_ascii_alphabetic()))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 800, ..ProptestConfig::default() })]

        #[test]
        fn anything_is_read_back(title in text(), author in text(), organization in text(), why in text()) {
            let toml = |text: &str| toml::Value::from(text).to_string();
            let entry = resource("a", &format!(
                "title = {}\nauthors = [{}, \"Ada B. C.\"]\norganization = {}\nyear = 2020\nkind = \"tool\"\nurl = \"https://example.org\"\nwhy = {}\n",
                toml(&title), toml(&author), toml(&organization), toml(&why),
            ));
            for format in [Format::Bibtex, Format::CslJson] {
                let written = export(&[&entry], format);
                let (found, report) = read(written.clone());
                prop_assert!(report.is_empty(), "{written} {report:?}");
                prop_assert_eq!(&found[0].1, &draft(&entry), "{}", written);
            }
            // Each line of RIS is one value.
            let ris = export(&[&entry], Format::Ris);
            let lines = ris.split("\r\n").filter(|line| !line.is_empty());
            for line in lines {
                prop_assert!(!line.contains('\n') && line.get(2..6) == Some("  - "), "{ris}");
            }
        }
    }

    /// Pieces of both formats.
    const PIECES: &[&str] = &[
        "@article{",
        "@string{",
        "@comment{",
        "@preamble{",
        "@xdata{",
        "@book(",
        "a",
        "b",
        ",",
        "}",
        "{",
        "\"",
        "=",
        "#",
        "\n",
        " ",
        "%",
        "title = {A}",
        "author = {B and C, D}",
        "url = {https://a.org}",
        "crossref = {b}",
        "xdata = {a}",
        "ids = {a}",
        "date = {99999999999}",
        "year = 2020",
        "a = a # a",
        "a = {",
        "\\",
        "\\emph{",
        "\\v{",
        "$",
        "~",
        "--",
        "''",
        "é",
        "\u{0}",
        "[",
        "]",
        ":",
        "\"id\"",
        "\"title\": \"x\"",
        "\"URL\": 1",
        "null",
        "\"issued\": {\"date-parts\": [[1]]}",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

        /// Whatever a file holds, what is wrong is said, and nothing panics.
        #[test]
        fn any_file_is_read_or_refused(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
            let (found, _) = read(pieces.concat());
            for (_, draft) in found {
                prop_assert!(!draft.title.is_empty() && !draft.url.is_empty());
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
            read(text);
        }
    }

    #[test]
    fn a_file_that_never_ends_is_refused() {
        let deep = "\\v{".repeat(20_000) + &"}".repeat(20_000);
        let doubling: String = (0..64)
            .map(|i| format!("@string{{a{} = a{i} # a{i}}}\n", i + 1))
            .collect();
        let chain: String = (0..20_000)
            .map(|i| format!("@misc{{k{i}, crossref = {{k{}}}, title = {{T}}, url = {{https://a.org/{i}}}}}\n", i + 1))
            .collect();
        for (text, errors, found) in [
            (format!("@misc{{a, title = {{{deep}}}, url = {{https://a.org}}}}"), 1, 0),
            ("@string{a = b}\n@string{b = a}\n@misc{c, title = a, url = {https://a.org}}".into(), 3, 0),
            (format!("@string{{a0 = {{aaaaaaaa}}}}\n{doubling}"), 1, 0),
            ("@misc{a, crossref = {b}, title = {T}, url = {https://a.org}}@misc{b, crossref = {a}, title = {U}, url = {https://b.org}}".into(), 0, 2),
            (chain, 0, 20_000),
        ] {
            let (read, report) = read(text);
            assert_eq!((report.count(Severity::Error) >= errors, read.len()), (true, found), "{report:?}");
        }
    }
}
