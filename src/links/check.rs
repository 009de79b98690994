//! The links, asked and judged, those that have waited longest first.

use super::Step;
use super::judge::{Judge, rules};
use super::run::Run;
use super::work::{Job, work};
use crate::diagnostics::{Diagnostic, Report};
use crate::ledger::Status;
use crate::web::{Ask, Fetched, Outcome, Web};
use url::Url;

impl Run<'_> {
    /// Asks the links that have waited longest.
    pub(super) fn ask(&mut self, tell: &mut dyn FnMut(Step<'_>), report: &mut Report) {
        let today = Some(self.world.today);
        let mut jobs: Vec<_> = self
            .scope
            .keys()
            .filter_map(|url| {
                let checked = self.store.ledger.links.get(url)?.last_checked;
                let at = Url::parse(url).ok()?;
                let due = self.options.again || checked != today;
                (due && !self.skips(&at)).then(|| {
                    let job = Job {
                        link: url.clone(),
                        at,
                        what: (),
                    };
                    (checked, job)
                })
            })
            .collect();
        jobs.sort_by_key(|(checked, _)| *checked);
        let mut jobs: Vec<_> = jobs.into_iter().map(|(_, job)| job).collect();
        // Each takes a request at least, and the first of them are to be done.
        jobs.truncate(self.options.budget.map_or(usize::MAX, |n| n as usize));
        let of = jobs.len();
        let (web, stop) = (self.web.clone(), self.world.stop.clone());
        // Until a server has answered, it may be that there is no network.
        let mut held = Vec::new();
        let mut done = 0;
        let get = |web: &Web, job: &Job<()>, turn| web.get(&job.at, Ask::default(), Some(turn));
        work(jobs, &web, &stop, get, |job, fetched| {
            held.push((job, fetched));
            if web.has_spoken() {
                for (job, fetched) in held.drain(..) {
                    done += 1;
                    self.record(&job, &fetched, (done, of), tell, report);
                }
            }
        });
        let troubled = |(_, fetched): &(_, Fetched)| matches!(fetched.outcome, Outcome::Trouble(_));
        if held.iter().any(troubled) && !self.has_network() {
            report.push(
                Diagnostic::error("there is no network: nothing is recorded")
                    .hint("no server has answered, and no name is found"),
            );
            return;
        }
        for (job, fetched) in held {
            done += 1;
            self.record(&job, &fetched, (done, of), tell, report);
        }
    }

    fn record(
        &mut self,
        job: &Job<()>,
        fetched: &Fetched,
        (done, of): (usize, usize),
        tell: &mut dyn FnMut(Step<'_>),
        report: &mut Report,
    ) {
        let titles = self
            .scope
            .get(&job.link)
            .map(|wanted| wanted.titles.clone());
        let Some(link) = self.store.ledger.links.get(&job.link) else {
            return;
        };
        let judge = Judge {
            url: &job.at,
            link,
            titles: titles.as_deref().unwrap_or_default(),
            config: &self.config,
        };
        let word = match judge.judge(fetched, || self.has_network()) {
            None => "left for another time".to_owned(),
            Some(seen) => {
                let rules = rules(&job.at, &self.config);
                let link = self.store.ledger.links.get_mut(&job.link);
                let word = link.map_or(String::new(), |link| {
                    link.record(&seen, self.world.today, &rules);
                    match link.status {
                        Status::Alive => link.status.word().to_owned(),
                        status => format!("{} ({})", status.word(), seen.answer),
                    }
                });
                self.note(&job.link, report);
                word
            }
        };
        let url = &job.link;
        tell(Step {
            done,
            of,
            url,
            word,
        });
    }
}
