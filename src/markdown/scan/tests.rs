use super::*;

/// The text a Markdown snippet shows, and the destination of its first link.
pub fn render(markdown: &str) -> (String, Option<String>) {
    render_smart(markdown, false)
}

/// The same, with smart punctuation or without.
pub fn render_smart(markdown: &str, smart: bool) -> (String, Option<String>) {
    let mut options = MarkdownOptions::default();
    options.smart_punctuation = smart;
    let (mut text, mut dest) = (String::new(), None);
    for event in mdbook_markdown::new_cmark_parser(markdown, &options) {
        match event {
            Event::Text(t) | Event::Code(t) | Event::Html(t) | Event::InlineHtml(t) => {
                text.push_str(&t);
            }
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::Start(Tag::Link { dest_url, .. }) if dest.is_none() => {
                dest = Some(dest_url.into_string());
            }
            _ => {}
        }
    }
    (text, dest)
}

fn scan_default(text: &str) -> Scan {
    scan(text, &MarkdownOptions::default()).unwrap()
}

#[test]
fn destinations_are_found_wherever_commonmark_allows_them() {
    let cases = [
        ("[a](x.toml)", "x.toml"),
        ("[a]( x.toml )", "x.toml"),
        ("[a](<x y.toml> 'title')", "<x y.toml>"),
        ("[a](x(1).toml \"t\")", "x(1).toml"),
        ("[a](x\\).toml)", "x\\).toml"),
        ("[](x.toml)", "x.toml"),
        ("[![i](i.png)](x.toml)", "x.toml"),
        ("[**b**\n`c`](\nx.toml)", "x.toml"),
        ("| a |\n|---|\n| [a](x.toml) |", "x.toml"),
        ("> - [a](x.toml)", "x.toml"),
        ("[a \\]( b](x.toml)", "x.toml"),
    ];
    for (text, expected) in cases {
        let scan = scan_default(text);
        let link = scan.links.iter().find(|l| l.dest.contains("toml")).unwrap();
        let LinkForm::Inline(dest) = &link.form else {
            panic!("{text}")
        };
        assert_eq!(&text[dest.clone()], expected, "{text}");
    }
    for text in [
        "[a]: x.toml\n",
        "> [a]:\n> <x.toml> 'title'\n",
        "[a\\]]: x.toml",
    ] {
        let scan = scan_default(text);
        let definition = &scan.definitions[0];
        assert_eq!(definition.dest, "x.toml");
        let raw = &text[definition.dest_span.clone()];
        assert_eq!(raw.trim_matches(['<', '>']), "x.toml", "{text}");
    }
    for text in [
        "a <a href=\"x.toml\">b</a>",
        "> <div>\n> <a class='c'\n>    href='x.toml'>\n> </div>\n",
    ] {
        let scan = scan_default(text);
        let LinkForm::Html(span, _) = &scan.links[0].form else {
            panic!("{text}")
        };
        assert!(text[span.clone()].starts_with("href="), "{text}");
        assert!(text[span.clone()].contains("x.toml"), "{text}");
    }
}

#[test]
fn code_is_never_looked_into() {
    let scan = scan_default(
        "`[a](x.toml)` `{{#steps}}`\n\n```md\n[](x.toml)\n{{#steps}}\n```\n\n    {{#steps}}\n\n<!-- [a](x.toml) -->\n",
    );
    assert!(scan.links.is_empty());
    assert!(scan.directives.is_empty());
    assert!(scan.misplaced.is_empty());
}

#[test]
fn empty_texts_are_seen_in_every_form() {
    for (text, at) in [
        ("[](a.md)", 1),
        ("x [][r]\n\n[r]: a.md", 3),
        ("[ ](a.md)", 1),
    ] {
        let scan = scan_default(text);
        assert_eq!(scan.links[0].empty_at, Some(at), "{text}");
    }
    for text in ["[a](a.md)", "[![](i.png)](a.md)", "[`x`](a.md)"] {
        let scan = scan_default(text);
        assert_eq!(scan.links[0].empty_at, None, "{text}");
    }
}

#[test]
fn what_is_left_open_is_noticed() {
    let options = MarkdownOptions::default();
    for text in [
        "",
        "a",
        "- a\n  - b",
        "> q",
        "```\nx\n```",
        "<!-- c -->",
        "[^1]: n",
        "| a |\n|-|",
        "    code",
        "<b>x</b>",
    ] {
        assert!(ends_cleanly(text, &options), "{text}");
    }
    for text in [
        "```\nx",
        "~~~~\nx\n~~~",
        "<!-- c",
        "<pre>\nx",
        "<?x",
        "<![CDATA[",
        "<!X",
    ] {
        assert!(!ends_cleanly(text, &options), "{text}");
    }
}

#[test]
fn directives_stand_alone() {
    let text = "{{#resources kind=\"case-study\" step=serving x}}\n\nsee {{#steps}} here\n\n\\{{#steps}}\n";
    let scan = scan_default(text);
    assert_eq!(scan.directives.len(), 1);
    let directive = &scan.directives[0];
    assert_eq!(directive.name, "resources");
    let options: Vec<_> = directive
        .options
        .iter()
        .map(|(key, value, span)| (key.as_str(), value.as_str(), &text[span.clone()]))
        .collect();
    assert_eq!(
        options,
        [
            ("kind", "case-study", "kind=\"case-study\""),
            ("step", "serving", "step=serving")
        ]
    );
    assert_eq!(&text[directive.malformed[0].clone()], "x");
    assert_eq!(scan.misplaced.len(), 1);
    assert_eq!(&text[scan.misplaced[0].clone()], "{{#steps}}");
}

#[test]
fn headings_have_the_ids_mdbook_gives() {
    let scan = scan_default("# One `two` {#x}\n\nThree\n=====\n\n## Three\n## _Three_!\n");
    let found: Vec<_> = scan
        .headings
        .iter()
        .map(|h| (h.level, h.text.as_str(), h.id.as_str(), h.setext))
        .collect();
    assert_eq!(
        found,
        [
            (1, "One two", "x", false),
            (1, "Three", "three", true),
            (2, "Three", "three-1", false),
            (2, "Three!", "three-2", false)
        ]
    );
}
