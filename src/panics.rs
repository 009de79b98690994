//! Panics of libraries, as values.
//!
//! mdBook's Markdown parser and Typst panic on a few texts. That must reach an
//! author as an error with its place, not as a message about their source code.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

thread_local! {
    static EXPECTED: Cell<bool> = const { Cell::new(false) };
}

/// How many such works are under way. They may use threads of their own, which
/// have no name and hand their panics on.
static UNDER_WAY: AtomicUsize = AtomicUsize::new(0);

fn expected() -> bool {
    let helper = std::thread::current().name().is_none();
    EXPECTED.get() || helper && UNDER_WAY.load(Ordering::Relaxed) > 0
}

/// Does some work; gives the message if it panics, and prints nothing.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !expected() {
                usual(info);
            }
        }));
    });
    let outer = EXPECTED.replace(true);
    UNDER_WAY.fetch_add(1, Ordering::Relaxed);
    let result = catch_unwind(AssertUnwindSafe(work));
    UNDER_WAY.fetch_sub(1, Ordering::Relaxed);
    EXPECTED.set(outer);
    result.map_err(|panic| {
        let message = panic.downcast_ref::<String>().cloned();
        let message = message.or_else(|| panic.downcast_ref::<&str>().map(|m| (*m).to_owned()));
        message.unwrap_or_default()
    })
}
