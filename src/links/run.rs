//! A run: what it is about, what it does in which order, and its end.

use super::collect::{All, collect};
use super::judge::rules;
use super::store::Store;
use super::{Options, Shown, Step, World, since};
use crate::config::{BookConfig, LinksConfig, read_config, said};
use crate::diagnostics::{Diagnostic, Report, did_you_mean};
use crate::ledger::{Link, key};
use crate::repository::Repository;
use crate::web::{self, Web};
use mdbook_driver::MDBook;
use mdbook_preprocessor::config::Config;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// A run under way.
pub(super) struct Run<'a> {
    pub(super) options: &'a Options,
    pub(super) world: &'a World,
    pub(super) config: LinksConfig,
    /// The addresses that the run is about.
    pub(super) scope: All,
    pub(super) store: Store,
    pub(super) web: Arc<Web>,
}

impl<'a> Run<'a> {
    pub(super) fn begin(
        dir: &Path,
        options: &'a Options,
        world: &'a World,
        report: &mut Report,
    ) -> Option<Self> {
        let mut config = read_config(dir, report)?;
        config.build.create_missing = false;
        let booklet = BookConfig::new(dir, &config).booklet(report);
        if report.fails(false) {
            return None;
        }
        let root = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
        let (src, build) = (config.book.src.clone(), config.build.build_dir.clone());
        let book = MDBook::load_with_config(&root, config.clone());
        let book = book.map_err(|error| report.push(said(&error))).ok()?;
        let all = collect(&root, &config, &booklet, &book.book, report);
        // Half a book would have links removed from the ledger.
        if report.fails(false) {
            return None;
        }
        let change = match &options.since {
            Some(revision) => Some(since::change(&root, &src, revision, report)?),
            None => None,
        };
        let mut store = Store::open(&root, &src, &build, report)?;
        store.ledger.links.retain(|url, _| all.contains_key(url));
        for url in all.keys() {
            let links = &mut store.ledger.links;
            links
                .entry(url.clone())
                .or_insert_with(|| Link::new(world.today));
        }
        let web = web_options(&config, &booklet.links, options, world);
        Some(Self {
            options,
            world,
            config: booklet.links,
            scope: match change {
                Some(change) => change.only_added(all),
                None if !options.accept.is_empty() => {
                    let accepted: Vec<_> =
                        options.accept.iter().filter_map(|url| key(url)).collect();
                    all.into_iter()
                        .filter(|(url, _)| accepted.contains(url))
                        .collect()
                }
                None => all,
            },
            store,
            web: Arc::new(Web::new(web, world.clock.clone(), world.names.clone())),
        })
    }

    pub(super) fn through(
        mut self,
        tell: &mut dyn FnMut(Step<'_>),
        report: &mut Report,
    ) -> (Vec<Shown>, u32) {
        self.accept(report);
        if !self.options.offline && self.options.accept.is_empty() && !report.fails(false) {
            self.ask(tell, report);
            if !report.fails(false) {
                self.ask_archive(tell, report);
            }
        }
        let strikes = |url: &str, config: &LinksConfig| match Url::parse(url) {
            Ok(url) => rules(&url, config).strikes,
            Err(_) => config.strikes.0,
        };
        let links = std::mem::take(&mut self.scope).into_iter();
        let links = links.filter_map(|(url, wanted)| {
            Some(Shown {
                link: self.store.ledger.links.get(&url)?.clone(),
                strikes: strikes(&url, &self.config),
                url,
                wanted,
            })
        });
        let links = links.collect();
        self.store.save(report);
        (links, self.web.requests())
    }

    fn accept(&mut self, report: &mut Report) {
        for url in &self.options.accept {
            let link = key(url).and_then(|key| self.store.ledger.links.get_mut(&key));
            match link.map(|link| link.accept()) {
                Some(true) => {}
                Some(false) => report.push(
                    Diagnostic::error(format!("`{url}` has not changed"))
                        .hint("what is accepted is what the last check has found in its place"),
                ),
                None => {
                    let known = self.store.ledger.links.keys().map(String::as_str);
                    report.push(
                        Diagnostic::error(format!("the book has no link to `{url}`"))
                            .maybe_hint(did_you_mean(url, known)),
                    );
                }
            }
        }
    }

    pub(super) fn note(&mut self, url: &str, report: &mut Report) {
        if let Err(error) = self.store.note(url) {
            let error = crate::resources::io_message(&error);
            let message = format!("the journal of links cannot be written: {error}");
            report.push(Diagnostic::warning(message));
        }
    }

    pub(super) fn has_network(&self) -> bool {
        let known = match self.config.archive.as_str() {
            "" => "https://example.com/",
            archive => archive,
        };
        Url::parse(known).is_ok_and(|url| self.web.knows(&url))
    }

    pub(super) fn skips(&self, url: &Url) -> bool {
        let host = self.config.host(url.host_str().unwrap_or_default());
        let skip = &self.config.skip;
        host.is_some_and(|host| host.skip)
            || skip.iter().any(|start| url.as_str().starts_with(start))
    }
}

/// How the web is asked for a book.
fn web_options(
    config: &Config,
    links: &LinksConfig,
    options: &Options,
    world: &World,
) -> web::Options {
    let repository = Repository::from_config(config);
    let repository = repository.as_ref().map(|repository| repository.address());
    let mut paces: Vec<_> = links
        .hosts
        .iter()
        .filter_map(|(host, set)| Some((host.clone(), Duration::from_secs_f64(set.pace?.0))))
        .collect();
    // The longest name first, since the first that fits is taken.
    paces.sort_by_key(|(host, _)| std::cmp::Reverse(host.len()));
    web::Options {
        user_agent: web::user_agent(repository),
        pace: Duration::from_secs_f64(links.pace.0),
        paces,
        budget: options.budget.unwrap_or(u32::MAX),
        private: links
            .hosts
            .iter()
            .filter(|(_, set)| set.private)
            .map(|(host, _)| host.clone())
            .collect(),
        ..world.web.clone()
    }
}
