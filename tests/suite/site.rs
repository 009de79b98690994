//! The files beside the site.

use crate::harness::TestBook;
use snapbox::data::DataFormat;
use snapbox::{Data, assert_data_eq, str};
use std::path::Path;

fn site() -> TestBook {
    TestBook::copy_of("booklet").built()
}

#[test]
fn each_file_of_a_booklet() {
    let book = site();
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/books/booklet/expected/site");
    for name in [
        "deck.txt",
        "feed.xml",
        "llms.txt",
        "questions.json",
        "resources.bib",
        "resources.csl.json",
        "resources.json",
        "resources.ris",
        "robots.txt",
        "sitemap.xml",
    ] {
        let golden = Data::read_from(&expected.join(name), Some(DataFormat::Text));
        assert_data_eq!(book.read(&format!("build/html/{name}")), golden.raw());
    }
}

#[test]
fn what_mdbook_has_made_is_not_changed() {
    let with = site().files("build/html");
    let without = TestBook::copy_of("booklet");
    let text = without.read("book.toml");
    let (text, _) = text.split_once("[output.site]").unwrap();
    let without = without.file("book.toml", text).built().files("build/html");
    let added: Vec<_> = with
        .keys()
        .filter(|path| !without.contains_key(*path))
        .map(String::as_str)
        .collect();
    assert_eq!(
        added,
        [
            "deck.txt",
            "feed.xml",
            "llms.txt",
            "questions.json",
            "resources.bib",
            "resources.csl.json",
            "resources.json",
            "resources.ris",
            "robots.txt",
            "schema/questions.schema.json",
            "schema/resource.schema.json",
            "schema/resources.schema.json",
            "sitemap.xml"
        ]
    );
    for (path, bytes) in &without {
        assert!(with[path] == *bytes, "{path}");
    }
}

#[test]
fn a_file_of_the_books_own_stands_in() {
    let book = TestBook::copy_of("booklet")
        .file("src/robots.txt", "User-agent: *\nDisallow: /\n")
        .built();
    assert_eq!(
        book.read("build/html/robots.txt"),
        "User-agent: *\nDisallow: /\n"
    );
}

const SITE: &str =
    "\n[output.site]\ncommand = \"mdbook-booklet site\"\nurl = \"http://example.org/a b/\"\n";

fn with_site(book: TestBook) -> TestBook {
    let text = book.read("book.toml") + SITE;
    book.file("book.toml", text)
}

#[test]
fn a_plain_book_gets_what_it_has_input_for() {
    let book = TestBook::new().chapters(&[
        ("one.md", "One", "# One & *only*\n"),
        ("ä.md", "Two", "Text.\n"),
    ]);
    let book = with_site(book).built();
    assert!(book.path("build/html/robots.txt").exists());
    for absent in [
        "resources.bib",
        "resources.json",
        "questions.json",
        "feed.xml",
        "deck.txt",
        "schema",
    ] {
        assert!(!book.path(&format!("build/html/{absent}")).exists());
    }
    // Not `assert_data_eq`, to which `\` is a separator of paths.
    assert_eq!(
        book.read("build/html/llms.txt"),
        "# Test\n\n## Contents\n\n- [One \\& only](http://example.org/a%20b/)\n- [Two](http://example.org/a%20b/%C3%A4.html)\n"
    );
}

/// Links and empty texts in a question mean the same in the deck and the data.
#[test]
fn links_lead_to_the_site_from_anywhere() {
    let book = TestBook::copy_of("booklet")
        .file(
            "src/questions/fraud.md",
            "+++\nnumber = 1\ntitle = \"A \\\"<b>\\\"\\tB\"\nsteps = [\"setup\"]\nlevel = \"easy\"\n+++\n[](../setup/goals.md#x), [](../resources/hidden-debt.toml), [r], [i](../images/square.svg), [u](https://u.org), [h](/h)\n\n**Ask:**\n\n- x\n\n[r]: ../data.md\n",
        )
        .built();
    let json: serde_json::Value =
        serde_json::from_str(&book.read("build/html/questions.json")).unwrap();
    assert_eq!(
        json["questions"][0]["text"],
        "[1.1 Goals](https://example.org/booklet/setup/goals.html#x), [Hidden Debt (D. Sculley et al., 2015)](https://example.org/debt), [r], [i](https://example.org/booklet/images/square.svg), [u](https://u.org), [h](https://example.org/h)\n\n**Ask:**\n\n- x\n\n[r]: https://example.org/booklet/data.html"
    );
    let deck = book.read("build/html/deck.txt");
    let card = deck.split("\n\"https://").nth(1).unwrap();
    assert_data_eq!(
        card,
        str![[r#"
example.org/booklet/questions/fraud.html"	"<p><b>A &quot;&lt;b&gt;&quot; B</b></p>
<p><a href=""https://example.org/booklet/setup/goals.html#x"">1.1 Goals</a>, <a href=""https://example.org/debt"">Hidden Debt (D. Sculley et al., 2015)</a>, <a href=""https://example.org/booklet/data.html"">r</a>, <a href=""https://example.org/booklet/images/square.svg"">i</a>, <a href=""https://u.org"">u</a>, <a href=""https://example.org/h"">h</a></p>"	"<p><strong>Ask:</strong></p>
<ul>
<li>x</li>
</ul>
<p><a href=""https://example.org/booklet/questions/fraud.html#answers"">Read the answer</a></p>"	"question level::easy step::setup"
"#]]
    );
}

#[test]
fn terms_of_the_glossary_are_cards() {
    let words = "# Drift\n\nDrift\n: A *change* of [x](one.md).\n\n`a` & b\n: Two.\n";
    let book =
        TestBook::new().chapters(&[("one.md", "One", "# One\n"), ("words.md", "Words", words)]);
    let book = with_site(book)
        .set("[output.site]", "glossary = \"words.md\"")
        .built();
    let deck = book.read("build/html/deck.txt");
    assert_data_eq!(
        deck,
        str![[r#"
#separator:tab
#html:true
#notetype:Basic
#deck:Test
#guid column:1
#tags column:4
"http://example.org/a%20b/words.html#drift-1"	"Drift"	"A <em>change</em> of <a href=""http://example.org/a%20b/"">x</a>."	"glossary"
"http://example.org/a%20b/words.html#a--b"	"<code>a</code> &amp; b"	"Two."	"glossary"

"#]]
    );
    // The addresses are those that mdBook gives.
    let page = book.read("build/html/words.html");
    assert!(
        page.contains("<dt id=\"drift-1\">") && page.contains("<dt id=\"a--b\">"),
        "{page}"
    );
}

/// Titles and names of strangers are text in each format.
#[test]
fn hostile_names_stay_text() {
    let book = TestBook::copy_of("booklet")
        .set("standard = \"ua-1\"", "formats = [\"html\"]")
        .file(
            "src/answers/fraud/ada.md",
            "+++\nauthor = \"</name>&\\u0001\\\" <x>\"\nlink = \"https://e.org/?a&b\"\nupdated = 2026-01-02\n+++\n## Setup\n\n## Data\n",
        )
        .built();
    let feed = book.read("build/html/feed.xml");
    let name = "&lt;/name&gt;&amp;\u{fffd}&quot; &lt;x&gt;";
    assert!(
        feed.contains(&format!(
            "<author><name>{name}</name><uri>https://e.org/?a&amp;b</uri></author>"
        )),
        "{feed}"
    );
    assert!(
        feed.contains(&format!("answered by {name}</title>")),
        "{feed}"
    );
}

/// The booklet's own templates, with a title that tries to break out.
#[test]
fn metadata_of_a_page_is_text() {
    let theme = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("theme")
            .join(name);
        std::fs::read_to_string(path).unwrap()
    };
    let title = r#"\"><script>alert(1)</script> {{x}} ' \"#;
    let book = TestBook::copy_of("booklet")
        .file("theme/head.hbs", theme("head.hbs"))
        .file("theme/header.hbs", theme("header.hbs"))
        .set("standard = \"ua-1\"", "formats = [\"html\"]")
        .file(
            "src/questions/fraud.md",
            format!("+++\nnumber = 1\ntitle = '''{title}'''\nlevel = \"easy\"\n+++\nIs it?\n"),
        )
        .built();
    let of = |page: &str| {
        let html = book.read(&format!("build/html/{page}"));
        let tags = mdbook_booklet::markdown::tags(&html);
        let scripts = tags.iter().filter(|tag| tag.name == "script").count();
        let values: Vec<_> = tags
            .iter()
            .filter(|tag| tag.name == "meta" || tag.name == "link")
            .filter_map(|tag| {
                let name = ["property", "itemprop"]
                    .iter()
                    .find_map(|key| tag.attribute(key))?;
                let value = tag.attribute("content").or(tag.attribute("href"))?;
                Some(format!("{}: {}", name.value, value.value))
            })
            .collect();
        (scripts, values)
    };
    let (plain, front) = of("index.html");
    assert_eq!(
        front[1..4],
        [
            "og:title: Front",
            "og:description: Made to be compared.",
            "og:type: website"
        ]
    );
    let (scripts, values) = of("questions/fraud.html");
    assert_eq!(scripts, plain, "no script came with the title");
    assert_eq!(
        values,
        [
            "og:site_name: A Small Booklet".to_owned(),
            format!("og:title: Question 1: {title}"),
            "og:description: Made to be compared.".to_owned(),
            "og:type: article".to_owned(),
            format!("og:image: {IMAGE}"),
            "og:image:width: 1200".to_owned(),
            "og:image:height: 630".to_owned(),
            "og:image:alt: Machine Learning Systems Design: four steps, project setup, data pipeline, modeling and serving, with arrows back from each to the one before.".to_owned(),
            format!("name: Question 1: {title}"),
            "inLanguage: en".to_owned(),
            "isAccessibleForFree: true".to_owned(),
            "license: https://creativecommons.org/licenses/by/4.0/".to_owned(),
            "name: A Small Booklet".to_owned(),
            "description: Made to be compared.".to_owned(),
            "url: ../index.html".to_owned(),
        ]
    );
    // It is no chapter.
    let (_, lost) = of("404.html");
    assert_eq!(lost[1], "og:title: Page not found - A Small Booklet");
    assert_eq!(lost.len(), 8);
}

const IMAGE: &str = "https://mdbook-booklet.github.io/mdbook-booklet/images/share.png";

/// Hosts take no address but a full one: it is the site's, and of a picture that
/// is there, of the size that is said.
#[test]
fn the_image_of_the_booklet_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config: toml::Table = std::fs::read_to_string(root.join("book.toml"))
        .unwrap()
        .parse()
        .unwrap();
    let url = config["output"]["site"]["url"].as_str().unwrap();
    let png = std::fs::read(root.join("book").join(IMAGE.strip_prefix(url).unwrap())).unwrap();
    assert_eq!(png[12..24], *b"IHDR\0\0\x04\xb0\0\0\x02\x76");
    assert!(png.len() < 30_000, "{}", png.len());
}
