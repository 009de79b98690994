//! How an entry changes with what was seen.

use super::{Answer, Day, Link, Now, Status, Strikes};

/// What a check has seen. Whoever has seen it judges it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// What it means.
    pub verdict: Verdict,
    /// What the server answered, or why it did not.
    pub answer: Answer,
    /// The page, if there was one.
    pub page: Option<Page>,
}

/// A page that answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Where the redirects led, if elsewhere than the link says.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
}

/// What an answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is there.
    Alive,
    /// Something is there, but something else.
    Changed,
    /// It is gone.
    Gone,
    /// There is no telling.
    Unknown,
}

/// The numbers of the state machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// How many strikes, on as many days, make a link dead.
    pub strikes: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self { strikes: 3 }
    }
}

impl Link {
    /// Takes note of what was seen today.
    ///
    /// - Seen alive, it is alive, and its strikes are cleared.
    /// - Gone, it has a strike, at most one a day; with the last one it is dead.
    /// - Changed, it is so until it is itself again or accepted. A dead link
    ///   stays dead: what moved into its place does not bring it back.
    /// - Where there is no telling, dead and changed links stay what they are,
    ///   and strikes are neither added nor cleared.
    pub fn record(&mut self, seen: &Observation, today: Day, rules: &Rules) {
        self.last_checked = Some(today);
        self.answer = Some(seen.answer);
        match seen.verdict {
            Verdict::Alive => {
                let page = seen.page.clone().unwrap_or_default();
                self.status = Status::Alive;
                self.last_alive = Some(today);
                self.strikes = Strikes::default();
                self.final_url = page.url;
                // A page without a title today is not one that lost it.
                self.title = page.title.or(self.title.take());
                self.now = None;
            }
            Verdict::Changed => {
                let page = seen.page.clone().unwrap_or_default();
                self.now = Some(Now {
                    url: page.url,
                    title: page.title,
                });
                if self.status != Status::Dead {
                    self.status = Status::Changed;
                }
            }
            Verdict::Gone => {
                // More of them would make it no deader.
                if self.strikes.count < rules.strikes {
                    self.strikes.add(today);
                }
                if self.strikes.count >= rules.strikes {
                    self.status = Status::Dead;
                    self.now = None;
                } else {
                    self.cannot_tell();
                }
            }
            Verdict::Unknown => self.cannot_tell(),
        }
    }

    fn cannot_tell(&mut self) {
        match self.status {
            Status::New | Status::Alive | Status::Unknown => self.status = Status::Unknown,
            Status::Changed | Status::Dead => {}
        }
    }

    /// Takes what answers there now for what the link is meant to show. Whether
    /// there was anything to accept.
    pub fn accept(&mut self) -> bool {
        let Some(now) = self.now.take() else {
            return false;
        };
        self.status = Status::Alive;
        self.last_alive = self.last_checked;
        self.strikes = Strikes::default();
        self.final_url = now.url;
        self.title = now.title;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Trouble;

    fn day(day: u8) -> Day {
        Day::new(2026, 12, day).unwrap()
    }

    fn seen(verdict: Verdict, code: u16, title: &str) -> Observation {
        Observation {
            verdict,
            answer: Answer::Code(code),
            page: (!title.is_empty()).then(|| Page {
                url: None,
                title: Some(title.into()),
            }),
        }
    }

    /// The status and strikes after each of some days.
    fn days(seen: &[(u8, &Observation)]) -> (Vec<(Status, u32)>, Link) {
        let mut link = Link::new(day(1));
        let states = seen.iter().map(|(on, seen)| {
            link.record(seen, day(*on), &Rules::default());
            (link.status, link.strikes.count)
        });
        (states.collect(), link)
    }

    #[test]
    fn three_strikes_on_different_days_are_death_and_one_success_clears_them() {
        use Status::{Alive, Dead, Unknown};
        let (gone, alive) = (
            seen(Verdict::Gone, 404, ""),
            seen(Verdict::Alive, 200, "Page"),
        );
        let busy = seen(Verdict::Unknown, 429, "");
        let (states, link) = days(&[
            (1, &alive),
            (2, &gone),
            (2, &gone),
            (2, &gone),
            (3, &alive),
            (4, &gone),
            (5, &busy),
            (6, &gone),
            // A clock that goes backwards adds nothing.
            (5, &gone),
            (7, &gone),
            (8, &busy),
            (9, &gone),
            (10, &alive),
        ]);
        assert_eq!(
            states,
            [
                (Alive, 0),
                (Unknown, 1),
                (Unknown, 1),
                (Unknown, 1),
                (Alive, 0),
                (Unknown, 1),
                (Unknown, 1),
                (Unknown, 2),
                (Unknown, 2),
                (Dead, 3),
                (Dead, 3),
                (Dead, 3),
                (Alive, 0),
            ]
        );
        assert_eq!(link.title.as_deref(), Some("Page"));
        assert_eq!(link.last_alive, Some(day(10)));
    }

    #[test]
    fn what_never_answers_is_never_dead() {
        let mut link = Link::new(day(1));
        let seen = Observation {
            verdict: Verdict::Unknown,
            answer: Answer::Trouble(Trouble::Timeout),
            page: None,
        };
        for on in 1..=31 {
            link.record(&seen, day(on), &Rules::default());
        }
        assert_eq!((link.status, link.strikes.count), (Status::Unknown, 0));
    }

    #[test]
    fn a_changed_page_is_so_until_it_is_itself_again_or_accepted() {
        use Status::{Alive, Changed};
        let (old, new) = (
            seen(Verdict::Alive, 200, "Old"),
            seen(Verdict::Changed, 200, "New"),
        );
        let gone = seen(Verdict::Gone, 404, "");
        let (states, mut link) = days(&[(1, &old), (2, &new), (3, &gone), (4, &old), (5, &new)]);
        assert_eq!(
            states,
            [
                (Alive, 0),
                (Changed, 0),
                (Changed, 1),
                (Alive, 0),
                (Changed, 0)
            ]
        );
        assert_eq!(link.title.as_deref(), Some("Old"));
        assert!(link.accept());
        assert!(!link.accept());
        assert_eq!(link.title.as_deref(), Some("New"));
        assert_eq!((link.status, link.last_alive), (Alive, Some(day(5))));
    }

    #[test]
    fn what_moves_into_a_dead_links_place_does_not_bring_it_back() {
        let gone = seen(Verdict::Gone, 410, "");
        let parked = seen(Verdict::Changed, 200, "For sale");
        let (states, link) = days(&[(1, &gone), (2, &gone), (3, &gone), (4, &parked)]);
        assert_eq!(states[3], (Status::Dead, 3));
        assert_eq!(link.now.unwrap().title.as_deref(), Some("For sale"));
    }
}
