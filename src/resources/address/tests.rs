//! Addresses that are one, addresses that are not, and what holds for any.

use super::*;
use proptest::prelude::*;

/// Each line holds addresses of one thing; the first is their canonical form.
const SAME: &[&[&str]] = &[
    &[
        "https://example.org",
        "http://example.org",
        "https://www.example.org/",
        "HTTPS://WWW.Example.ORG:443/index.html",
        "http://example.org:80/?utm_source=x&utm_medium=y",
        "https://example.org./#top",
        "https://example.org?fbclid=1#:~:text=word",
    ],
    &[
        "https://example.org/a/b",
        "https://example.org/a/b/",
        "https://example.org/a/./c/../b/index.htm",
        "https://example.org/a/b?ref=hn&gclid=1&mc_cid=2&UTM_Campaign=z#part-2",
        " https://example.org/a/b// ",
    ],
    &[
        "https://example.org/~ada/a%2Fb%C3%A4%20c?q=%7B1%7D&r=a+b",
        "https://example.org/%7Eada/a%2fb\u{e4} c?&q=%7b1%7d&utm_id=3&r=a+b&",
    ],
    &["https://example.org:8080/a", "http://example.org:8080/a/"],
    &[
        "https://xn--mller-kva.de/%C3%BC",
        "http://www.m\u{fc}ller.de/\u{fc}/",
    ],
    &[
        "https://app.example.org/#/page",
        "http://app.example.org/#/page",
    ],
    &[
        "https://arxiv.org/abs/1706.03762",
        "http://arxiv.org/abs/1706.03762v5",
        "https://www.arxiv.org/pdf/1706.03762",
        "https://arxiv.org/pdf/1706.03762v5.pdf",
        "https://arxiv.org/html/1706.03762v7/",
        "https://export.arxiv.org/abs/1706.03762?context=cs",
        "https://ar5iv.labs.arxiv.org/html/1706.03762",
        "https://ar5iv.org/abs/1706.03762",
        "https://doi.org/10.48550/arXiv.1706.03762",
        "arXiv:1706.03762v5",
        "doi:10.48550/arXiv.1706.03762",
    ],
    &[
        "https://arxiv.org/abs/math/0309136",
        "https://arxiv.org/abs/math.GT/0309136v1",
        "https://arxiv.org/pdf/math/0309136.pdf",
        "arXiv:math/0309136",
    ],
    &[
        "https://doi.org/10.1145/2347736.2347755",
        "http://dx.doi.org/10.1145/2347736.2347755",
        "doi:10.1145/2347736.2347755",
        "DOI: 10.1145/2347736.2347755",
        "https://dl.acm.org/doi/10.1145/2347736.2347755",
        "https://dl.acm.org/doi/abs/10.1145/2347736.2347755",
        "https://dl.acm.org/doi/pdf/10.1145/2347736.2347755?download=true",
        "https://dl.acm.org/doi/10.1145/2347736.2347755#sec-1",
    ],
    &[
        "https://doi.org/10.1007/978-3-030-05318-5_1",
        "https://link.springer.com/chapter/10.1007/978-3-030-05318-5_1",
        "https://link.springer.com/content/pdf/10.1007/978-3-030-05318-5_1.pdf",
    ],
    &[
        "https://doi.org/10.1002/(sici)1097-4571(199806)49:8%3C693::aid-asi4%3E3.0.co;2-o",
        "doi:10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
        "https://onlinelibrary.wiley.com/doi/10.1002/(SICI)1097-4571(199806)49:8%3C693::AID-ASI4%3E3.0.CO;2-O/full",
    ],
    &[
        "https://medium.com/p/9dafcbcef743",
        "https://eng.lyft.com/from-shallow-to-deep-learning-in-fraud-9dafcbcef743",
        "https://medium.com/lyft/from-shallow-to-deep-learning-in-fraud-9dafcbcef743?source=rss----1",
        "https://medium.com/@hao/from-shallow-to-deep-9dafcbcef743",
        "https://lyft.medium.com/from-shallow-to-deep-learning-in-fraud-9dafcbcef743/",
        "https://medium.com/p/9dafcbcef743?sk=0123",
    ],
    &[
        "https://youtube.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=43s&list=PL1",
        "https://youtu.be/dQw4w9WgXcQ?si=abc",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
    ],
    // No addresses of the web.
    &["", "   "],
    &["not a url"],
    &["mailto:Ada@example.org"],
    &["ftp://www.example.org/"],
];

#[test]
fn addresses_of_one_thing_have_one_form() {
    for group in SAME {
        for address in *group {
            assert_eq!(canonical(address), group[0], "{address:?}");
        }
    }
}

#[test]
fn addresses_of_different_things_have_different_forms() {
    let different = [
        "https://example.org/a?page=1",
        "https://example.org/a?page=2",
        "https://example.org/A?page=1",
        "https://example.org/a",
        "https://example.org/a%2Fb",
        "https://example.org/a/b",
        "https://example.org/index.html/a",
        "https://example.org:8080/a",
        "https://blog.example.org/a",
        "https://example.com/a",
        "https://example.org/#/a",
        "https://example.org/#/b",
        "https://example.org/#!a",
        "https://arxiv.org/abs/1706.03762",
        "https://arxiv.org/abs/1706.03763",
        "https://arxiv.org/abs/math/0309136",
        "https://arxiv.org/abs/cs/0309136",
        "https://arxiv.org/list/cs.LG/recent",
        "https://huggingface.co/papers/1706.03762",
        "https://doi.org/10.1145/2347736.2347755",
        "https://doi.org/10.1145/2347736.2347756",
        "https://dl.acm.org/doi/suppl/10.1145/2347736.2347755",
        "https://example.org/10.1145/2347736.2347755",
        "https://example.org/version/10.1145/2347736.2347755",
        "https://eng.lyft.com/one-9dafcbcef743",
        "https://eng.lyft.com/one-9dafcbcef744",
        "https://eng.lyft.com/blog/2020/one-9dafcbcef743",
        // Numbers that are no post of Medium's.
        "https://a.example.org/backup-202401011230",
        "https://b.example.org/backup-202401011230",
        "https://a.example.org/7f0c1f4e-5a3a-11ea-82b4-0242ac130002",
        "https://b.example.org/8f0c1f4e-5a3a-11ea-82b4-0242ac130002",
        "https://youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtube.com/watch?v=dQw4w9WgXcR",
        "https://youtube.com/playlist?list=PL1",
        "https://api.github.com/repos/a/b/contents/x?ref=v1",
        "https://api.github.com/repos/a/b/contents/x?ref=v2",
        "https://web.archive.org/web/2020/https://example.org/a",
    ];
    let mut forms: Vec<_> = different.iter().map(|a| canonical(a)).collect();
    forms.sort();
    let all = forms.len();
    forms.dedup();
    assert_eq!(forms.len(), all, "{forms:#?}");
}

#[test]
fn identifiers_are_read_off_addresses() {
    for (address, arxiv, doi_) in [
        (
            "https://arxiv.org/pdf/1706.03762v5",
            Some("1706.03762"),
            None,
        ),
        ("doi:10.48550/arXiv.1706.03762", Some("1706.03762"), None),
        (
            "https://dl.acm.org/doi/10.5555/1642194.1642224",
            None,
            Some("10.5555/1642194.1642224"),
        ),
        ("https://example.org/abs/1706.03762", None, None),
        ("https://arxiv.org/abs/17060.3762", None, None),
        ("doi:10.1/x", None, None),
        ("doi:10.1145/", None, None),
    ] {
        assert_eq!(arxiv_id(address).as_deref(), arxiv, "{address}");
        assert_eq!(doi(address).as_deref(), doi_, "{address}");
    }
    for written in [
        "10.1145/2347736.2347755",
        " doi:10.1145/2347736.2347755",
        "https://doi.org/10.1145/2347736.2347755",
    ] {
        assert_eq!(
            of_doi(written).as_deref(),
            Some("https://doi.org/10.1145/2347736.2347755")
        );
    }
    assert_eq!(of_doi("https://example.org/a"), None);
}

#[test]
fn parameters_that_track_are_left_out() {
    for (from, to) in [
        (
            "http://www.a.org/B/?utm_source=x&b=1&fbclid=2#c",
            "http://www.a.org/B/?b=1#c",
        ),
        ("https://a.org/?ref=x", "https://a.org/"),
        ("https://a.org/?a=1&&b", "https://a.org/?a=1&&b"),
        ("no address?utm_source=x", "no address?utm_source=x"),
    ] {
        assert_eq!(without_tracking(from), to);
    }
}

/// Parts of addresses, most of which mean something to somebody.
fn address() -> impl Strategy<Value = String> {
    let scheme = prop::sample::select(vec![
        "http://", "https://", "HTTPS://", "doi:", "arxiv:", "",
    ]);
    let host = prop::sample::select(vec![
        "example.org",
        "www.example.org",
        "www.www.a.b",
        "www.org",
        "arxiv.org",
        "doi.org",
        "dl.acm.org",
        "medium.com",
        "x.medium.com",
        "youtu.be",
        "youtube.com",
        "ar5iv.org",
        "u:p@example.org",
        "[::1]",
        "127.0.0.1",
        "example.org.",
        "",
    ]);
    let port = prop::sample::select(vec!["", ":80", ":443", ":8080"]);
    let piece = prop::sample::select(vec![
        "/",
        "//",
        "/.",
        "/..",
        "/a",
        "/%7e",
        "/%2F",
        "/%2e%2E",
        "/%",
        "/%zz",
        "/%25%32",
        "/index.html",
        "/index.htm",
        "/abs/1706.03762v2",
        "/pdf/math.GT/0309136.pdf",
        "/10.1145/1.2",
        "/doi",
        "/10.48550/arXiv.1706.03762",
        "/full",
        "/p",
        "/x-9dafcbcef743",
        "/watch",
        "/dQw4w9WgXcQ",
        "/\u{fc}",
        "/ ",
        "?v=dQw4w9WgXcQ",
        "?",
        "&utm_source=x",
        "&a=%7e",
        "?q=1",
        "#!/b",
        "#/",
        "#c",
        "\\",
    ]);
    (scheme, host, port, prop::collection::vec(piece, 0..6))
        .prop_map(|(scheme, host, port, pieces)| format!("{scheme}{host}{port}{}", pieces.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn the_form_of_a_form_is_itself(address in address()) {
        let form = canonical(&address);
        prop_assert_eq!(canonical(&form), form);
    }

    #[test]
    fn any_text_has_a_form(text in "\\PC{0,60}") {
        let form = canonical(&text);
        prop_assert_eq!(canonical(&form), form);
    }

    /// Hosts, paths and queries that differ in more than what is known to mean
    /// nothing stay different.
    #[test]
    fn different_addresses_stay_different(
        one in "[a-z]{2,6}\\.example\\.org(/[a-z0-9]{1,6}){0,3}(\\?[a-p]{1,3}=[a-z0-9]{1,4})?",
        other in "[a-z]{2,6}\\.example\\.org(/[a-z0-9]{1,6}){0,3}(\\?[a-p]{1,3}=[a-z0-9]{1,4})?",
    ) {
        prop_assume!(one != other);
        let without_www = |address: &str| address.trim_start_matches("www.").to_owned();
        prop_assume!(without_www(&one) != without_www(&other));
        prop_assert_ne!(
            canonical(&format!("https://{one}")),
            canonical(&format!("https://{other}"))
        );
    }
}
