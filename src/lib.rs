//! A plugin for mdBook that makes booklets easy to keep right, and a print
//! backend for any mdBook.
//!
//! ```text
//!  chapters   resources/*.toml   questions/*.md answers/**.md   book.toml
//!     │              │                     │                        │
//!  mdBook's Book  Registry               Bank                    Config     each typed and checked once
//!     ├─ questions   appendix, one page a question
//!     ├─ steps       collect the outline, number chapters, fill empty links
//!     ├─ resources   links to entries, lists
//!     ▼
//!  Book: Markdown that stock mdBook understands ──────────► html backend ──► the site
//!     ▼             read                resolve                write
//!  RenderContext ──► Doc<Href> ────────► Doc<Target> ──► PDF, one-file HTML
//!     └─ with Registry and Bank ──► files beside the site: JSON, feed, deck, …
//! ```
//!
//! [`plugin`] speaks mdBook's protocol, [`preprocess`] is the preprocessor and
//! [`mod@print`] the print backend, [`site`] the backend that adds files for
//! machines to the site; [`links`] checks links by the [`web`] and keeps what it
//! sees in the [`ledger`]; [`cli`] is the program. Everything that goes wrong is
//! a [`diagnostics::Diagnostic`].

#[cfg(feature = "print")]
pub mod build;
pub mod cli;
pub mod config;
pub mod dest;
pub mod diagnostics;
pub mod ledger;
#[cfg(feature = "links")]
pub mod links;
pub mod markdown;
#[cfg(feature = "print")]
pub mod metadata;
#[cfg(feature = "print")]
pub mod new;
mod panics;
pub mod plugin;
pub mod preprocess;
#[cfg(feature = "print")]
pub mod print;
pub mod questions;
pub mod references;
pub mod repository;
pub mod resources;
pub mod site;
#[cfg(feature = "print")]
mod source_date;
pub mod steps;
mod toml_text;
#[cfg(feature = "links")]
pub mod web;
