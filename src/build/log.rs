//! What mdBook logs, as diagnostics: its backends warn in no other way.

use super::plugins::Shared;
use crate::diagnostics::Diagnostic;
use std::fmt;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

/// Runs something and collects its warnings and errors.
pub fn collect<T>(shared: &Shared, work: impl FnOnce() -> T) -> T {
    let collector = Collector(shared.clone());
    tracing::subscriber::with_default(tracing_subscriber::registry().with(collector), work)
}

struct Collector(Shared);

impl<S: Subscriber> Layer<S> for Collector {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let level = *event.metadata().level();
        if level > Level::WARN || !event.metadata().target().starts_with("mdbook") {
            return;
        }
        let mut message = Message(String::new());
        event.record(&mut message);
        let text = message.0.trim().replace('\n', " ");
        self.0.push(match level {
            Level::ERROR => Diagnostic::error(text),
            _ => Diagnostic::warning(text),
        });
    }
}

struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}
