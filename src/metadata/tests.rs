//! Pages of our own making, in the manner of those out there.

use super::*;
use proptest::prelude::*;

fn found(html: &str, url: &str) -> Found {
    of_html(html, &Url::parse(url).unwrap())
}

#[test]
fn a_preprint() {
    let html = r#"<!doctype html><title>[1604.06174] Training Deep Nets</title>
<meta name="citation_title" content="Training Deep Nets
 with Sublinear Memory Cost"/>
<meta name="citation_author" content="Chen, Tianqi"><meta name="citation_author" content="Xu, Bing">
<meta name="citation_date" content="2016/04/21">
<meta name="citation_arxiv_id" content="1604.06174">
<meta property="og:site_name" content="arXiv.org"><meta property="og:url" content="https://arxiv.org/abs/1604.06174v2">"#;
    assert_eq!(
        found(html, "https://arxiv.org/pdf/1604.06174v2"),
        Found {
            title: "Training Deep Nets with Sublinear Memory Cost".into(),
            authors: vec!["Tianqi Chen".into(), "Bing Xu".into()],
            organization: None,
            year: Some(2016),
            kind: Some(Kind::Paper),
            url: "https://arxiv.org/abs/1604.06174".into(),
        }
    );
}

#[test]
fn a_post_with_json_ld() {
    let html = r#"<html><head><title>Shadow mode - Example Engineering</title>
<meta property="og:site_name" content="Example Engineering">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
 {"@type":"Organization","name":"Nobody"},
 {"@type":"WebPage","name":"Page"},
 {"@type":["BlogPosting"],"headline":"Shadow mode &amp; more","author":[{"@type":"Person","name":"Ada L."},{"givenName":"Grace","familyName":"H."}],"datePublished":"2019-03-30T10:00:00Z"}]}</script>
<link rel="stylesheet canonical" href="/posts/shadow?utm_source=x">"#;
    assert_eq!(
        found(html, "https://www.example.org/p/1"),
        Found {
            title: "Shadow mode &amp; more".into(),
            authors: vec!["Ada L.".into(), "Grace H.".into()],
            organization: Some("Example Engineering".into()),
            year: Some(2019),
            kind: Some(Kind::Article),
            url: "https://www.example.org/posts/shadow".into(),
        }
    );
}

#[test]
fn a_page_with_open_graph() {
    let html = r#"<meta property="og:title" content="Monitoring &lt;models&gt;"><meta property="og:site_name" content="Lab">
<meta name="author" content="By Ada L."><meta property="article:author" content="https://social.example/ada">
<meta property="article:published_time" content="2021-05-01"><title>Other | Lab</title>"#;
    assert_eq!(
        found(html, "https://example.org/x?fbclid=1#top"),
        Found {
            title: "Monitoring <models>".into(),
            authors: vec!["Ada L.".into()],
            organization: Some("Lab".into()),
            year: Some(2021),
            kind: Some(Kind::Article),
            url: "https://example.org/x#top".into(),
        }
    );
}

#[test]
fn a_page_with_nothing_but_a_title() {
    let html = "<svg><title>Logo</title></svg><title>\n A <b>bold</b> one </title><p>";
    let page = found(html, "https://docs.example.org/en/");
    assert_eq!(page.title, "A <b>bold</b> one");
    assert_eq!(page.kind, Some(Kind::Documentation));
    assert!(page.authors.is_empty() && page.organization.is_none() && page.year.is_none());
    assert_eq!(found("", "https://example.org/").title, "");
}

#[test]
fn kinds_are_told_by_types_and_hosts() {
    for (html, url, kind) in [
        ("", "https://github.com/a/b", Kind::Tool),
        ("", "https://github.com/", Kind::Article),
        ("", "https://www.youtube.com/watch?v=x", Kind::Talk),
        (
            "<meta property=og:type content=video.other>",
            "https://a.org/",
            Kind::Talk,
        ),
        (
            "<meta name=citation_isbn content=1><meta name=citation_title content=x>",
            "https://a.org/",
            Kind::Book,
        ),
        (
            "<meta name=citation_title content=x>",
            "https://a.org/",
            Kind::Paper,
        ),
        (
            "<script type=application/ld+json>{\"@type\":\"Course\"}</script>",
            "https://a.org/",
            Kind::Course,
        ),
        (
            "<script type=application/ld+json>[{\"@type\":\"WebPage\",\"mainEntity\":{\"@type\":\"Dataset\"}}]</script>",
            "https://a.org/",
            Kind::Dataset,
        ),
        (
            "<script type=application/ld+json>{broken</script>",
            "https://a.org/",
            Kind::Article,
        ),
    ] {
        assert_eq!(found(html, url).kind, Some(kind), "{html} {url}");
    }
}

/// A page may claim to be another's; it is not believed.
#[test]
fn an_address_of_another_host_is_not_believed() {
    for claimed in [
        "https://evil.example/x",
        "javascript:alert(1)",
        "//evil.example/",
        "/",
    ] {
        let html = format!("<link rel=canonical href=\"{claimed}\">");
        assert_eq!(found(&html, "https://a.org/b?ref=c").url, "https://a.org/b");
    }
}

#[test]
fn what_a_page_says_is_bounded_and_plain() {
    let authors = "<meta name=citation_author content='A\u{202e}x\u{0}'>".to_owned()
        + &(0..5000)
            .map(|i| format!("<meta name=citation_author content='A {i}'>"))
            .collect::<String>();
    let title = "T\u{1b}[31m\u{202e} ".repeat(100_000);
    let html = format!("<title>{title}</title><meta name=date content='9999999 1999'>{authors}");
    let page = found(&html, "https://a.org/");
    assert_eq!(page.authors.len(), 100);
    assert!(page.title.chars().count() <= 301);
    assert!(
        !page
            .title
            .contains(|c: char| c.is_control() || c == '\u{202e}')
    );
    assert!(!page.authors.concat().contains('\u{202e}'));
    assert_eq!(page.year, Some(1999));
    let deep = format!(
        "<script type=application/ld+json>{}</script>",
        "[".repeat(100_000)
    );
    found(&deep, "https://a.org/");
}

const PIECES: &[&str] = &[
    "<title>",
    "</title>",
    "<meta name=",
    "citation_author",
    "\"",
    " content=",
    "'",
    ">",
    "<script type=application/ld+json>",
    "</script>",
    "{\"@type\":\"Article\",",
    "\"author\":",
    "[{}]",
    "null",
    "}",
    "<link rel=canonical href=",
    "<svg>",
    "</svg>",
    "<!--",
    "-->",
    "&#0;",
    "\u{0}",
    "é",
    "\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    /// Whatever a page holds, its entry is a valid file.
    #[test]
    fn any_page_makes_an_entry(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        let page = found(&pieces.concat(), "https://example.org/a");
        let draft = page.draft();
        prop_assert!(draft.toml().parse::<toml::Table>().is_ok(), "{}", draft.toml());
    }
}
