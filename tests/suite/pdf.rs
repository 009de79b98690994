//! The PDF edition, by its structure.

use crate::harness::TestBook;
use lopdf::{Dictionary, Document, Object};
use std::collections::BTreeSet;

fn pdf(book: TestBook, name: &str) -> Document {
    let book = book.built();
    Document::load(book.path(&format!("build/print/{name}.pdf"))).unwrap()
}

fn booklet() -> Document {
    pdf(TestBook::copy_of("booklet"), "a-small-booklet")
}

/// What an object is, references followed.
fn follow<'d>(document: &'d Document, object: &'d Object) -> &'d Object {
    document.dereference(object).unwrap().1
}

fn get<'d>(document: &'d Document, dictionary: &'d Dictionary, key: &str) -> Option<&'d Object> {
    dictionary
        .get(key.as_bytes())
        .ok()
        .map(|object| follow(document, object))
}

fn text(object: &Object) -> String {
    lopdf::decode_text_string(object).unwrap()
}

/// The bookmarks, indented by their level.
fn bookmarks(document: &Document) -> Vec<String> {
    fn walk(document: &Document, first: Option<&Object>, level: usize, out: &mut Vec<String>) {
        let mut next = first;
        while let Some(item) = next {
            let item = item.as_dict().unwrap();
            let title = text(get(document, item, "Title").unwrap());
            out.push(format!("{}{title}", "  ".repeat(level)));
            walk(document, get(document, item, "First"), level + 1, out);
            next = get(document, item, "Next");
        }
    }
    let outlines = get(document, document.catalog().unwrap(), "Outlines").unwrap();
    let mut out = Vec::new();
    walk(
        document,
        get(document, outlines.as_dict().unwrap(), "First"),
        0,
        &mut out,
    );
    out
}

/// The links: how many lead to a page of the document, and the addresses of the
/// others.
fn links(document: &Document) -> (usize, BTreeSet<String>) {
    let pages: BTreeSet<_> = document.get_pages().into_values().collect();
    let catalog = document.catalog().unwrap();
    let named = named_destinations(document, catalog);
    let (mut internal, mut external) = (0, BTreeSet::new());
    for page in &pages {
        let page = document.get_dictionary(*page).unwrap();
        let Some(annotations) = get(document, page, "Annots") else {
            continue;
        };
        for annotation in annotations.as_array().unwrap() {
            let annotation = follow(document, annotation).as_dict().unwrap();
            assert_eq!(
                get(document, annotation, "Subtype")
                    .unwrap()
                    .as_name()
                    .unwrap(),
                b"Link"
            );
            let action = get(document, annotation, "A").map(|action| action.as_dict().unwrap());
            if let Some(uri) = action.and_then(|action| get(document, action, "URI")) {
                external.insert(text(uri));
                continue;
            }
            let target = get(document, annotation, "Dest")
                .or_else(|| get(document, action?, "D"))
                .unwrap();
            let place = match target {
                Object::Array(place) => place.clone(),
                name => named[&text(name)].clone(),
            };
            let page = place[0].as_reference().unwrap();
            assert!(pages.contains(&page), "a link leads to no page");
            internal += 1;
        }
    }
    (internal, external)
}

fn named_destinations(
    document: &Document,
    catalog: &Dictionary,
) -> std::collections::BTreeMap<String, Vec<Object>> {
    fn walk(
        document: &Document,
        node: &Dictionary,
        out: &mut std::collections::BTreeMap<String, Vec<Object>>,
    ) {
        if let Some(names) = get(document, node, "Names") {
            for pair in names.as_array().unwrap().chunks(2) {
                let place = match follow(document, &pair[1]) {
                    Object::Dictionary(place) => get(document, place, "D").unwrap(),
                    place => place,
                };
                out.insert(
                    text(follow(document, &pair[0])),
                    place.as_array().unwrap().clone(),
                );
            }
        }
        if let Some(kids) = get(document, node, "Kids") {
            for kid in kids.as_array().unwrap() {
                walk(document, follow(document, kid).as_dict().unwrap(), out);
            }
        }
    }
    let mut out = std::collections::BTreeMap::new();
    let names = get(document, catalog, "Names")
        .and_then(|names| get(document, names.as_dict().unwrap(), "Dests"));
    if let Some(names) = names {
        walk(document, names.as_dict().unwrap(), &mut out);
    }
    out
}

/// The kinds of structure elements in the document.
fn tags(document: &Document) -> BTreeSet<String> {
    let elements = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok());
    elements
        .filter(|element| element.has(b"P") && element.has(b"S"))
        .filter_map(|element| element.get(b"S").ok()?.as_name().ok())
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect()
}

#[test]
fn bookmarks_follow_parts_chapters_and_sections() {
    assert_eq!(
        bookmarks(&booklet()),
        [
            "Contents",
            "Front",
            "The steps",
            "  Step 1 Setup",
            "    1.1 Goals",
            "      Options",
            "      Goals",
            "      Resources",
            "  Step 2 Data",
            "    2.1 Labels",
            "Practice",
            "  Questions",
            "    Question 1: Card fraud",
            "    Question 2: Trending *hashtags* & <tags>",
            "      Answers",
            "    Answers to question 1: Card fraud",
            "      Answer by Ada <L.>",
            "        Setup",
            "        Data",
            "Links",
            "Index of resources",
        ]
    );
}

#[test]
fn links_lead_somewhere() {
    let (internal, external) = links(&booklet());
    assert!(internal > 20, "{internal}");
    let expected = [
        "https://archive.example.org/debt",
        "https://example.org/ada",
        "https://example.org/debt",
        "https://example.org/rules?a=1&b=_2_",
    ];
    let (ours, others): (Vec<_>, Vec<_>) = external
        .iter()
        .map(String::as_str)
        .partition(|url| expected.contains(url));
    assert_eq!(ours, expected);
    assert!(
        others
            .iter()
            .all(|url| url.starts_with("https://github.com/example/booklet/new/main/src/answers/")),
        "{others:?}"
    );
    let (internal, external) = links(&pdf(TestBook::copy_of("markdown"), "all-of-markdown"));
    assert!(internal > 15, "{internal}");
    let expected = [
        "https://example.org/?a=1&b=2",
        "https://example.org/auto",
        "mailto:mail@example.org",
    ];
    assert_eq!(
        external.iter().collect::<Vec<_>>(),
        expected.iter().collect::<Vec<_>>()
    );
}

#[test]
fn the_document_says_what_it_is() {
    let document = booklet();
    let catalog = document.catalog().unwrap();
    assert_eq!(text(get(&document, catalog, "Lang").unwrap()), "en");
    let preferences = get(&document, catalog, "ViewerPreferences")
        .unwrap()
        .as_dict()
        .unwrap();
    assert!(
        get(&document, preferences, "DisplayDocTitle")
            .unwrap()
            .as_bool()
            .unwrap()
    );
    let info = document
        .trailer
        .get(b"Info")
        .map(|info| follow(&document, info).as_dict().unwrap())
        .unwrap();
    assert_eq!(
        text(get(&document, info, "Title").unwrap()),
        "A Small Booklet"
    );
    assert_eq!(text(get(&document, info, "Author").unwrap()), "The Editors");
    assert!(
        !info.has(b"CreationDate"),
        "a date differs from build to build"
    );
    let metadata = get(&document, catalog, "Metadata")
        .unwrap()
        .as_stream()
        .unwrap();
    let xmp = String::from_utf8_lossy(&metadata.content).into_owned();
    assert!(xmp.contains("<pdfuaid:part>1</pdfuaid:part>"), "{xmp}");
}

#[test]
fn the_document_is_tagged() {
    let tags = tags(&booklet());
    for tag in [
        "H1", "H2", "H3", "P", "L", "LI", "Link", "Table", "TH", "TD", "Figure", "Note", "TOC",
        "TOCI",
    ] {
        assert!(tags.contains(tag), "no {tag} in {tags:?}");
    }
    let document = booklet();
    let marked = get(&document, document.catalog().unwrap(), "MarkInfo")
        .unwrap()
        .as_dict()
        .unwrap();
    assert!(get(&document, marked, "Marked").unwrap().as_bool().unwrap());
}

#[test]
fn all_fonts_are_embedded() {
    let document = booklet();
    let descriptors: Vec<_> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dictionary| {
            dictionary
                .get(b"Type")
                .and_then(Object::as_name)
                .is_ok_and(|name| name == b"FontDescriptor")
        })
        .collect();
    assert!(descriptors.len() > 2);
    assert!(
        descriptors
            .iter()
            .all(|font| font.has(b"FontFile2") || font.has(b"FontFile3"))
    );
}

#[test]
fn an_old_book_prints_at_the_first_try() {
    let book = TestBook::of("# One\n\n![](dot.svg)\n\n[gone](gone.md)\n").file(
        "src/dot.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>",
    );
    let document = pdf(book, "test");
    let metadata = get(&document, document.catalog().unwrap(), "Metadata")
        .unwrap()
        .as_stream()
        .unwrap();
    assert!(
        !String::from_utf8_lossy(&metadata.content).contains("pdfuaid"),
        "it does not meet the standard"
    );
    assert!(
        document.catalog().unwrap().has(b"StructTreeRoot"),
        "but it is tagged"
    );
}

#[test]
fn the_date_comes_from_outside() {
    let book = TestBook::of("# One\n");
    book.command()
        .env("SOURCE_DATE_EPOCH", "1700000000")
        .arg("build")
        .assert()
        .success();
    let document = Document::load(book.path("build/print/test.pdf")).unwrap();
    let info = document
        .trailer
        .get(b"Info")
        .map(|info| follow(&document, info).as_dict().unwrap())
        .unwrap();
    assert_eq!(
        text(get(&document, info, "CreationDate").unwrap()),
        "D:20231114221320Z"
    );
}

#[test]
fn every_paper_and_standard() {
    let size = |paper: &str| {
        let book = TestBook::of("# One\n").set(
            "command = \"mdbook-booklet print\"",
            &format!("paper = \"{paper}\""),
        );
        let document = pdf(book, "test");
        let page = document.get_dictionary(document.get_pages()[&1]).unwrap();
        let size = get(&document, page, "MediaBox")
            .unwrap()
            .as_array()
            .unwrap();
        [&size[2], &size[3]].map(|side| side.as_float().unwrap().round() as i32)
    };
    assert_eq!(size("a4"), [595, 842]);
    assert_eq!(size("a5"), [420, 595]);
    assert_eq!(size("b5"), [499, 709]);
    assert_eq!(size("letter"), [612, 792]);
    for standard in [
        "none", "ua-1", "a-2a", "a-2b", "a-2u", "a-3a", "a-3b", "a-3u", "a-4",
    ] {
        let setting = format!("standard = \"{standard}\"");
        let book = TestBook::of("# One\n").set("command = \"mdbook-booklet print\"", &setting);
        book.command()
            .env("SOURCE_DATE_EPOCH", "1700000000")
            .arg("build")
            .assert()
            .success();
    }
}

/// The size of page `number` and its text.
fn page(document: &Document, number: u32) -> ([i32; 2], String) {
    let page = document
        .get_dictionary(document.get_pages()[&number])
        .unwrap();
    let size = get(document, page, "MediaBox").unwrap().as_array().unwrap();
    let size = [&size[2], &size[3]].map(|side| side.as_float().unwrap().round() as i32);
    (size, document.extract_text(&[number]).unwrap())
}

/// The settings of a page; what it looks like must be looked at.
#[test]
fn a_page_of_ones_own() {
    let settings = "paper = { width = \"6in\", height = \"25.4cm\" }\nmargins = { inside = \"1in\", top = \"36pt\" }\nbinding = \"right\"\nfonts = { text = [\"DejaVu Sans Mono\"] }\nstandard = \"ua-1\"";
    let book = TestBook::of("# One\n\nText.\n").set("command = \"mdbook-booklet print\"", settings);
    let document = pdf(book, "test");
    assert_eq!(page(&document, 1).0, [432, 720]);
}

/// A long line is wrapped and keeps its text: the mark is not part of it.
#[test]
fn long_code_can_be_copied() {
    let words: Vec<_> = (100..140).map(|n| format!("word{n}")).collect();
    let (spaced, run) = (words.join(" "), words.concat());
    let text = format!("# One\n\n```rust\n{spaced}\nlet x = 1;\n{run}\n```\n\n- `{run}`\n");
    let document = pdf(
        TestBook::of(&text).set("command = \"mdbook-booklet print\"", "standard = \"ua-1\""),
        "test",
    );
    let text = page(&document, 3).1;
    let text: String = text.split_whitespace().collect();
    assert_eq!(text, format!("1One{run}letx=1;{run}•{run}3"));
}

/// The index says on which pages the text and the lists of its chapters link to
/// a resource; a chapter that lists all of them cites none.
#[test]
fn the_index_of_resources_names_pages() {
    let document = booklet();
    let last = document.get_pages().len() as u32;
    let text = page(&document, last).1;
    let text: Vec<_> = text.split_whitespace().collect();
    assert_eq!(
        text.join(" "),
        "Index of resources Hidden Debt , D. Sculley et al., 2015, paper : 5 \
         Rules of [Machine] Learning & <more> , Martin Zinkevich, Google, 2017, article : 5 , 6 , 8 10"
    );
    assert!(bookmarks(&document).contains(&"Index of resources".to_owned()));
    let plain = pdf(TestBook::of("# One\n\n<https://example.org/>\n"), "test");
    assert!(!bookmarks(&plain).contains(&"Index of resources".to_owned()));
}

/// Left and right pages say where one is; a page where a chapter opens does not.
#[test]
fn running_heads() {
    let long = format!("# Two\n\n{}", "Some text.\n\n".repeat(300));
    let book = |setting: &str| {
        let book = TestBook::new()
            .file(
                "src/SUMMARY.md",
                "# Summary\n\n# The part\n\n- [One](one.md)\n  - [Two](two.md)\n",
            )
            .file("src/one.md", "# One\n\nText.\n")
            .file("src/two.md", &long)
            .set("command = \"mdbook-booklet print\"", setting);
        let document = pdf(book, "test");
        let head = |number| {
            let text = page(&document, number).1;
            let words: Vec<_> = text.split_whitespace().take(4).collect();
            words.join(" ")
        };
        (3..=8).map(head).collect::<Vec<_>>()
    };
    // The part, the chapter's opening, and the pages that follow.
    assert_eq!(
        book("binding = \"none\"")[..4],
        [
            "The part 3",
            "1 One Text. 1.1",
            "1 One 1.1 Two",
            "1 One 1.1 Two"
        ]
    );
    assert_eq!(
        book("binding = \"left\"")[..4],
        [
            "The part 3",
            "1 One Text. 1.1",
            "1.1 Two Some text.",
            "1 One Some text."
        ]
    );
}

/// On paper a reference says the page; a term is found by the alphabet.
#[test]
fn references_say_the_page() {
    let book = TestBook::new().chapters(&[
        (
            "one.md",
            "One",
            "# One\n\nSee [two](two.md) and a [word](two.md#word).\n",
        ),
        ("two.md", "Two", "# Two\n\nWord\n: What it means.\n"),
    ]);
    let text = page(&pdf(book, "test"), 3).1;
    let words: Vec<_> = text.split_whitespace().collect();
    assert_eq!(words.join(" "), "1 One See two (p. 4) and a word . 3");
}

/// On the site a box may stand in any item.
#[test]
fn a_numbered_list_has_boxes_too() {
    let text = "# One\n\n3. [x] done\n4. [ ] to do\n5. neither\n\nText.\n\n1. <input type=\"checkbox\"> raw\n\n   - [x] inner\n   - none\n";
    let document = pdf(TestBook::of(text), "test");
    let (_, text) = page(&document, 3);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("3. ☑ done 4. ☐ to do 5. neither Text. 1. ☐ raw ☑ inner • none"),
        "{text}"
    );
}
