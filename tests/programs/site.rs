//! The files of the booklet's site: where their links lead, and whether they are
//! valid HTML, and whether Anki takes the deck.

use crate::Check;
use crate::book::{booklet, root, run};
use libtest_mimic::Failed;
use mdbook_booklet::dest::{self, Dest};
use mdbook_booklet::markdown::tags;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

pub const CHECKS: &[Check] = &[("site::every_link_leads_somewhere", links)];
pub const ANKI_CHECKS: &[Check] = &[("site::anki_reads_the_deck", deck)];
pub const VALIDATOR_CHECKS: &[Check] = &[("site::every_page_is_valid", valid)];

/// Its address, as `book.toml` says.
const URL: &str = "https://mdbook-booklet.github.io/mdbook-booklet/";

/// All files of the site, by their path.
fn files(folder: &Path) -> Result<Vec<String>, Failed> {
    fn walk(folder: &Path, prefix: &str, out: &mut Vec<String>) -> std::io::Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            match entry.file_type()?.is_dir() {
                true => walk(&entry.path(), &format!("{path}/"), out)?,
                false => out.push(path),
            }
        }
        Ok(())
    }
    let mut out = Vec::new();
    walk(folder, "", &mut out)?;
    out.sort();
    Ok(out)
}

/// A page's ids, and its links as they are written.
#[derive(Default)]
struct Page {
    ids: BTreeSet<String>,
    links: Vec<String>,
}

fn read(html: &str) -> Page {
    let mut page = Page::default();
    for tag in tags(html) {
        page.ids
            .extend(tag.attribute("id").map(|id| id.value.clone()));
        for name in ["href", "src"] {
            let link = tag.attribute(name).filter(|_| tag.name != "base");
            page.links.extend(link.map(|link| link.value.clone()));
        }
        // What a link to the page shows elsewhere.
        let is_image = tag
            .attribute("property")
            .is_some_and(|property| property.value == "og:image");
        let image = tag.attribute("content").filter(|_| is_image);
        page.links.extend(image.map(|image| image.value.clone()));
    }
    page
}

/// Full addresses of this site in a text of any format.
fn addresses(text: &str) -> impl Iterator<Item = String> {
    text.split(URL).skip(1).map(|rest| {
        let end = rest.find(|c: char| c.is_whitespace() || "\"'<>)\\]".contains(c));
        format!("{URL}{}", &rest[..end.unwrap_or(rest.len())])
    })
}

fn links() -> Result<(), Failed> {
    let site = booklet()?.join("build/html");
    let files = files(&site)?;
    let mut pages = BTreeMap::new();
    for file in files.iter().filter(|file| file.ends_with(".html")) {
        pages.insert(
            file.as_str(),
            read(&std::fs::read_to_string(site.join(file))?),
        );
    }
    let mut links: Vec<(&str, String)> = Vec::new();
    for (file, page) in &pages {
        links.extend(page.links.iter().map(|link| (*file, link.clone())));
    }
    let texts = [
        "deck.txt",
        "feed.xml",
        "llms.txt",
        "questions.json",
        "resources.json",
    ];
    for file in texts.into_iter().chain(["robots.txt", "sitemap.xml"]) {
        let text = std::fs::read_to_string(site.join(file))?;
        let before = links.len();
        links.extend(addresses(&text).map(|link| (file, link)));
        assert!(links.len() > before, "{file} has no link");
    }
    let downloads: Value = serde_json::from_slice(&std::fs::read(site.join("downloads.json"))?)?;
    for file in downloads["files"].as_array().expect("it is a list") {
        let name = file["name"].as_str().unwrap_or_default();
        links.push(("downloads.json", name.to_owned()));
    }
    let dead: Vec<_> = links
        .iter()
        .filter(|(from, link)| !leads(link, from, &files, &pages))
        .map(|(from, link)| format!("{from}: {link}"))
        .collect();
    assert!(links.len() > 10_000, "{} links", links.len());
    // mdBook links each heading to itself, but begins the links of this page at
    // the front page.
    assert_eq!(dead, ["404.html: #this-page-is-not-here"]);
    Ok(())
}

/// Whether a link in the file `from` leads to a file of the site and a place in
/// it. Those to other hosts are not ours to try.
fn leads(link: &str, from: &str, files: &[String], pages: &BTreeMap<&str, Page>) -> bool {
    // The page of a wrong address may be shown anywhere, and says where links
    // begin.
    let from = if from == "404.html" {
        "index.html"
    } else {
        from
    };
    let (path, fragment) = match link.strip_prefix(URL) {
        Some(rest) => match Dest::parse(rest, "index.html") {
            Dest::Fragment(fragment) => ("index.html".into(), Some(fragment)),
            Dest::Path { path, fragment } => (path, fragment),
            Dest::External | Dest::Outside | Dest::Root => return false,
        },
        None => match Dest::parse(link, from) {
            Dest::External => return dest::is_safe(link) || link.starts_with("data:image/"),
            Dest::Fragment(fragment) => (from.to_owned(), Some(fragment)),
            Dest::Path { path, fragment } => (path, fragment),
            Dest::Outside | Dest::Root => return false,
        },
    };
    let path = if path.is_empty() { "index.html" } else { &path };
    let there = files
        .binary_search_by(|file| file.as_str().cmp(path))
        .is_ok();
    there
        && fragment.filter(|f| !f.is_empty()).is_none_or(|fragment| {
            pages
                .get(path)
                .is_some_and(|page| page.ids.contains(&fragment))
        })
}

fn deck() -> Result<(), Failed> {
    let mut anki = Command::new("python3");
    anki.arg("tests/programs/deck.py")
        .arg(booklet()?.join("build/html/deck.txt"));
    run(anki.current_dir(root())).map(drop)
}

/// The Nu Html Checker, that of the W3C.
pub const VALIDATOR: &str = "tests/programs/node_modules/vnu-jar/build/dist/vnu.jar";

/// What mdBook's own templates do wrong, and no theme of ours can mend without a
/// copy of them: the switch of the sidebar is a label (a script makes it a
/// button), and the contents for readers without script nest wrongly.
const MDBOOKS: &[(&str, &str)] = &[
    (
        "",
        "The “aria-label” attribute must not be used on any “label” element",
    ),
    (
        "",
        "The “aria-controls” attribute must not be used on any “label” element",
    ),
    (
        "toc.html",
        "Element “div” not allowed as child of element “a”",
    ),
    (
        "toc.html",
        "No “li” element in scope but a “li” end tag seen.",
    ),
];

fn valid() -> Result<(), Failed> {
    let site = booklet()?.join("build/html");
    let mut checker = Command::new("java");
    checker
        .args([
            "-jar",
            VALIDATOR,
            "--format",
            "json",
            "--stdout",
            "--skip-non-html",
        ])
        // It fails if it finds something, and says what.
        .args(["--exit-zero-always"])
        .arg(&site)
        .current_dir(root());
    let said: Value = serde_json::from_slice(&run(&mut checker)?.stdout)?;
    let mut excused = BTreeSet::new();
    let mut wrong = Vec::new();
    for message in said["messages"].as_array().expect("it is a list") {
        let text = |key: &str| message[key].as_str().unwrap_or_default();
        let (url, what) = (text("url"), text("message"));
        let excuse = MDBOOKS
            .iter()
            .find(|(page, start)| url.ends_with(page) && what.starts_with(start));
        match excuse {
            Some(excuse) => drop(excused.insert(excuse)),
            None => wrong.push(format!("{url}:{} {what}", message["lastLine"])),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let mended: Vec<_> = MDBOOKS.iter().filter(|e| !excused.contains(e)).collect();
    assert!(
        mended.is_empty(),
        "mdBook has mended what is excused: {mended:?}"
    );
    Ok(())
}
