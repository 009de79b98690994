//! The date that results of a build bear: that of `SOURCE_DATE_EPOCH`, in
//! seconds, or none, so that two builds give the same bytes
//! (<https://reproducible-builds.org/specs/source-date-epoch/>).

use time::OffsetDateTime;

/// The date, or what the variable holds instead of one.
pub fn source_date() -> Result<Option<OffsetDateTime>, String> {
    let Ok(epoch) = std::env::var("SOURCE_DATE_EPOCH") else {
        return Ok(None);
    };
    let seconds = epoch.trim().parse().ok();
    match seconds.and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok()) {
        Some(date) => Ok(Some(date)),
        None => Err(epoch),
    }
}
