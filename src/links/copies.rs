//! Archived copies: looked for once for each link, and looked at again.

use super::Step;
use super::archive::{self, Found, State};
use super::judge::rules;
use super::run::Run;
use super::work::{Job, work};
use crate::diagnostics::Report;
use crate::ledger::{Day, Link, Status};
use crate::web::Web;
use url::Url;

impl Run<'_> {
    /// Looks for copies of links that have none, and again at those that are
    /// known.
    pub(super) fn ask_archive(&mut self, tell: &mut dyn FnMut(Step<'_>), report: &mut Report) {
        let (Ok(service), today) = (Url::parse(&self.config.archive), self.world.today) else {
            return;
        };
        let days = self.config.archive_days;
        let old = |day: Day| today.since_epoch().saturating_sub(day.since_epoch()) >= days;
        let mut jobs = Vec::new();
        for (url, wanted) in &self.scope {
            let (Some(link), Ok(at)) = (self.store.ledger.links.get(url), Url::parse(url)) else {
                continue;
            };
            let in_archive = at.domain().is_some() && at.domain() == service.domain();
            let never = wanted.is_copy || in_archive || link.status == Status::New;
            if never || self.skips(&at) {
                continue;
            }
            let due = match &link.archive {
                Some(copy) => {
                    copy.strikes.last != Some(today) && (copy.strikes.count > 0 || old(copy.seen))
                }
                None => self.options.save || link.archive_asked.is_none_or(old),
            };
            if due {
                let at = service.clone();
                let asked = link
                    .archive
                    .as_ref()
                    .map_or(link.archive_asked, |copy| Some(copy.seen));
                jobs.push((
                    asked,
                    Job {
                        link: url.clone(),
                        at,
                        what: link.clone(),
                    },
                ));
            }
        }
        jobs.sort_by_key(|(asked, _)| *asked);
        let jobs: Vec<_> = jobs.into_iter().map(|(_, job)| job).collect();
        let of = jobs.len();
        let (web, stop) = (self.web.clone(), self.world.stop.clone());
        let (config, save) = (self.config.clone(), self.options.save);
        let mut done = 0;
        let seek = move |web: &Web, job: &Job<Link>, turn| {
            // An archive is one host, and what it is asked are several requests.
            drop(turn);
            match &job.what.archive {
                Some(copy) => Sought::Again(archive::look_again(web, copy)),
                None => {
                    let (page, first) = (&job.link, job.what.first_seen);
                    let found = archive::look_up(web, &config.archive, page, first, today);
                    Sought::Copy(match found {
                        Found::None if save => archive::save(web, &config.save, page, today),
                        found => found,
                    })
                }
            }
        };
        work(jobs, &web, &stop, seek, |job, sought| {
            done += 1;
            let strikes = rules(&job.at, &self.config).strikes;
            let Some(link) = self.store.ledger.links.get_mut(&job.link) else {
                return;
            };
            let word = sought.record(link, today, strikes);
            self.note(&job.link, report);
            let url = &job.link;
            tell(Step {
                done,
                of,
                url,
                word: word.into(),
            });
        });
    }
}

/// What an archive was asked for.
enum Sought {
    Copy(Found),
    Again(State),
}

impl Sought {
    fn record(self, link: &mut Link, today: Day, strikes: u32) -> &'static str {
        match self {
            Self::Copy(Found::Copy(copy)) => {
                link.archive = Some(copy);
                link.archive_asked = None;
                "archived"
            }
            Self::Copy(Found::None) => {
                link.archive_asked = Some(today);
                "no archived copy"
            }
            Self::Copy(Found::Unknown) | Self::Again(State::Unknown) => "the archive does not say",
            Self::Again(State::There) => {
                if let Some(copy) = &mut link.archive {
                    copy.seen = today;
                    copy.strikes = Default::default();
                }
                "the archived copy is there"
            }
            Self::Again(State::Gone) => {
                if let Some(copy) = &mut link.archive {
                    copy.strikes.add(today);
                    if copy.strikes.count >= strikes {
                        link.archive = None;
                        link.archive_asked = None;
                    }
                }
                "the archived copy is gone"
            }
        }
    }
}
