//! A day, as TOML writes it.

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::fmt;
use toml::value::{Date, Datetime};

/// A day in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(Date);

impl Day {
    /// The day of a date, if there is such a day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        format!("{year:04}-{month:02}-{day:02}").parse().ok()
    }

    /// The day that is so many days after 1970-01-01, up to the year 9999.
    pub fn from_epoch(days: u32) -> Self {
        // Howard Hinnant's civil_from_days: years begin in March, so that the
        // leap day is the last.
        let days = days.min(2_932_896) + 719_468;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let of_era_year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * of_era_year + of_era_year / 4 - of_era_year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        Self(Date {
            year: (era * 400 + of_era_year + u32::from(month <= 2)) as u16,
            month: month as u8,
            day: (of_year - (153 * from_march + 2) / 5 + 1) as u8,
        })
    }

    /// How many days after 1970-01-01 it is; earlier days count as that.
    pub fn since_epoch(self) -> u32 {
        let Date { year, month, day } = self.0;
        let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
        let year = if month <= 2 { year - 1 } else { year };
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let days = 365 * year + year / 4 - year / 100 + year / 400 + of_year - 719_468;
        u32::try_from(days).unwrap_or(0)
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.0.year
    }

    /// `20261128`, as archives name days.
    pub fn compact(self) -> String {
        self.to_string().replace('-', "")
    }
}

impl std::str::FromStr for Day {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.parse() {
            Ok(Datetime {
                date: Some(date),
                time: None,
                offset: None,
            }) => Ok(Self(date)),
            _ => Err(()),
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Datetime::deserialize(deserializer)?;
        match (value.date, value.time) {
            (Some(date), None) => Ok(Self(date)),
            _ => Err(D::Error::custom("a day is written like 2026-11-28")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_there_and_back() {
        for (days, text) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_785, "2026-11-28"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            let day = Day::from_epoch(days);
            assert_eq!(day.to_string(), text);
            assert_eq!(text.parse(), Ok(day));
            assert_eq!(day.since_epoch(), days);
        }
        for day in 0..100_000 {
            assert_eq!(Day::from_epoch(day).since_epoch(), day);
            assert!(Day::from_epoch(day) < Day::from_epoch(day + 1));
        }
        assert_eq!(Day::new(2026, 2, 29), None);
        assert_eq!("2026-11-28T10:00:00Z".parse::<Day>(), Err(()));
    }
}
