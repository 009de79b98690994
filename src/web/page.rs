//! A response.

use super::title::{text_of, title_of};
use std::time::{Duration, SystemTime};
use url::Url;

/// A response, whatever its code, with the beginning of its body.
#[derive(Debug, Clone)]
pub struct Page {
    /// The address that answered.
    pub url: Url,
    /// The code of HTTP; 200 where a part was asked for and came.
    pub code: u16,
    /// Its media type, in lower case and without parameters.
    pub media_type: Option<String>,
    /// Its encoding, as `Content-Type` says.
    pub charset: Option<String>,
    /// The beginning of its body, decompressed.
    pub body: Vec<u8>,
    pub(super) location: Option<String>,
    pub(super) retry: Option<String>,
}

impl Page {
    /// A response of which only the code is known.
    pub(super) fn empty(url: &Url, code: u16) -> Self {
        Self {
            url: url.clone(),
            code,
            media_type: None,
            charset: None,
            body: Vec::new(),
            location: None,
            retry: None,
        }
    }

    /// Where it redirects to, if it does.
    pub(super) fn redirect(&self) -> Option<&str> {
        match self.code {
            301 | 302 | 303 | 307 | 308 => self.location.as_deref(),
            _ => None,
        }
    }

    /// How long the server asks to be left alone.
    pub(super) fn retry_after(&self, now: SystemTime) -> Option<Duration> {
        let text = self.retry.as_deref()?.trim();
        if let Ok(seconds) = text.parse() {
            return Some(Duration::from_secs(seconds));
        }
        let date = httpdate::parse_http_date(text).ok()?;
        // A date that has passed asks for nothing.
        Some(date.duration_since(now).unwrap_or_default())
    }

    /// Whether it is HTML, by what it says or, if it says nothing, by its look.
    pub fn is_html(&self) -> bool {
        match self.media_type.as_deref() {
            Some(kind) => matches!(kind, "text/html" | "application/xhtml+xml"),
            None => self.body.trim_ascii_start().starts_with(b"<"),
        }
    }

    /// The body as text: by its byte order mark, by what `Content-Type` says,
    /// by what the HTML says, or by its look.
    pub fn text(&self) -> String {
        text_of(&self.body, self.charset.as_deref())
    }

    /// The title of an HTML page.
    pub fn title(&self) -> Option<String> {
        self.is_html().then(|| title_of(&self.text()))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let url = "https://example.org".parse().unwrap();
        let page = |retry: &str| Page {
            retry: Some(retry.into()),
            ..Page::empty(&url, 429)
        };
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let seconds = |retry: &str| page(retry).retry_after(now).map(|time| time.as_secs());
        assert_eq!(seconds("120"), Some(120));
        assert_eq!(seconds(" 0 "), Some(0));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:50:37 GMT"), Some(60));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:40:37 GMT"), Some(0));
        for nonsense in ["", "-1", "soon", "1.5"] {
            assert_eq!(seconds(nonsense), None, "{nonsense}");
        }
    }
}
