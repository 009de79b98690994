//! The command `build`.

use crate::harness::TestBook;

#[test]
fn it_tells_what_it_makes() {
    let book = TestBook::copy_of("booklet");
    let output = book.run(&["build"]).success().get_output().stderr.clone();
    let said = String::from_utf8(output).unwrap();
    let lines: Vec<_> = said.lines().map(str::trim).collect();
    assert_eq!(lines.len(), 6, "{said}");
    assert_eq!(lines[0], "Read 7 chapters of .");
    assert!(
        lines[1].starts_with("Made build/html/index.html in "),
        "{said}"
    );
    assert!(
        lines[2].starts_with("Made build/print/a-small-booklet.pdf ("),
        "{said}"
    );
    assert!(
        lines[3].starts_with("Made build/print/a-small-booklet.html ("),
        "{said}"
    );
    assert!(
        lines[4].starts_with("Made build/html/ with deck.txt, feed.xml, llms.txt, "),
        "{said}"
    );
    assert!(lines[5].starts_with("Finished in "), "{said}");
}

#[test]
fn nothing_is_written_into_the_source() {
    let book = TestBook::copy_of("booklet");
    let before = book.files("src");
    book.run(&["build"]).success();
    book.run(&["check"]).success();
    assert_eq!(book.files("src"), before);
}

#[test]
fn check_writes_nothing() {
    let book = TestBook::copy_of("booklet");
    book.run(&["check"]).success();
    assert!(!book.path("build").exists());
}

#[test]
fn a_failed_build_leaves_the_last_good_editions() {
    let book = TestBook::copy_of("booklet").built();
    let before = book.files("build/print");
    let book = book.file("src/setup.md", "# Setup\n\n![](images/square.svg)\n");
    book.run(&["build"]).failure();
    assert_eq!(
        book.files("build/print"),
        before,
        "and nothing half-written beside them"
    );
}

#[test]
fn editions_lie_beside_the_site_where_that_is_wanted() {
    let book = TestBook::copy_of("booklet").set("standard = \"ua-1\"", "copy-to-site = true");
    let listed = |book: &TestBook| -> serde_json::Value {
        serde_json::from_str(&book.read("build/html/downloads.json")).unwrap()
    };
    // 2026-03-04
    let build = book.command().env("SOURCE_DATE_EPOCH", "1772600000");
    build.arg("build").assert().success();
    assert_eq!(listed(&book)["date"], "2026-03-04");
    book.run(&["build"]).success();
    let list = listed(&book);
    assert_eq!(list["date"], serde_json::Value::Null);
    for (i, ending) in ["pdf", "html"].into_iter().enumerate() {
        let file = &list["files"][i];
        assert_eq!(file["name"], format!("a-small-booklet.{ending}"));
        let path = book.path(&format!("build/html/a-small-booklet.{ending}"));
        let written = std::fs::metadata(path).unwrap();
        assert_eq!(file["bytes"], written.len());
        // The date of an edition is that of its making, not of its copy.
        let made = book.path(&format!("build/print/a-small-booklet.{ending}"));
        let made = std::fs::metadata(made).unwrap();
        assert_eq!(written.modified().unwrap(), made.modified().unwrap());
    }
    for ending in ["pdf", "html"] {
        let name = format!("a-small-booklet.{ending}");
        let edition = std::fs::read(book.path(&format!("build/print/{name}"))).unwrap();
        assert_eq!(
            std::fs::read(book.path(&format!("build/html/{name}"))).unwrap(),
            edition
        );
    }
}

#[test]
fn any_book_gets_its_editions() {
    let book = TestBook::of("# One\n").file("book.toml", "[book]\ntitle = \"Any\"\n");
    // mdBook's default folders.
    book.run(&["build"]).success();
    assert!(book.path("book/html/index.html").exists());
    assert!(book.path("book/print/any.pdf").exists());
    assert!(book.path("book/print/any.html").exists());
}

#[test]
fn only_the_editions_asked_for() {
    let book = TestBook::copy_of("booklet")
        .set("standard = \"ua-1\"", "formats = [\"html\"]")
        .built();
    assert_eq!(
        book.files("build/print").into_keys().collect::<Vec<_>>(),
        ["a-small-booklet.html"]
    );
}

#[cfg(unix)]
#[test]
fn an_edition_can_be_read_by_others() {
    use std::os::unix::fs::PermissionsExt;
    let book = TestBook::copy_of("booklet").built();
    let mode = |path: &str| {
        std::fs::metadata(book.path(path))
            .unwrap()
            .permissions()
            .mode()
    };
    assert_eq!(
        mode("build/print/a-small-booklet.pdf"),
        mode("build/html/index.html")
    );
}
