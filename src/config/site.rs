//! The settings of the files beside the site.

use super::{BookConfig, OUTPUT_KEYS};
use crate::diagnostics::{Diagnostic, Report, Severity};
use serde::Deserialize;
use url::Url;

/// The table `[output.site]`, or whatever table runs `mdbook-booklet site`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct SiteConfig {
    /// The address of the site's front page, http or https; made to end in `/`.
    pub url: String,
    /// The chapter whose definition lists go into the deck, below the source
    /// folder.
    pub glossary: Option<String>,
}

const SITE_KEYS: &[&str] = &["url", "glossary"];

impl BookConfig<'_> {
    /// The settings of the site's files, from `[output.NAME]`; none if there can
    /// be no such files.
    pub fn site(&self, name: &str, report: &mut Report) -> Option<SiteConfig> {
        let before = report.count(Severity::Error);
        let mut site: SiteConfig = self.read("output", name, &[OUTPUT_KEYS, SITE_KEYS], report);
        let complaint = |message: String, key: &str, hint: &str| {
            let mut diagnostic = Diagnostic::error(message).hint(hint);
            diagnostic
                .places
                .extend(self.place(&["output", name], key, None));
            diagnostic
        };
        // mdBook empties the site's folder when it makes the site.
        if !self.values.contains_key("output.html") || name < "html" {
            report.push(complaint(
                format!("[output.{name}] adds files to the site, which is not there yet"),
                "command",
                "add the table [output.html]; backends run in the order of their names",
            ));
        }
        let url = Url::parse(&site.url).ok().filter(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.query().is_none()
                && url.fragment().is_none()
        });
        match url {
            Some(mut url) => {
                if let Ok(mut path) = url.path_segments_mut() {
                    path.pop_if_empty().push("");
                }
                site.url = url.into();
            }
            None if report.count(Severity::Error) > before => {}
            None if site.url.is_empty() => report.push(complaint(
                format!("[output.{name}] has no `url`"),
                "command",
                "set it to the address of the site's front page, like https://example.org/book/",
            )),
            None => report.push(complaint(
                "`url` is not the address of a site".into(),
                "url",
                "it begins with https:// or http:// and has no `?` or `#`",
            )),
        }
        (report.count(Severity::Error) == before).then_some(site)
    }
}
