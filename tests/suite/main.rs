//! Everything that needs nothing but cargo. What needs a browser or other
//! programs is in `tests/programs`.

mod accessible;
mod arithmetic;
mod bad_input;
mod build;
mod editions;
mod gone;
mod harness;
mod hostile;
mod limits;
mod math;
mod messages;
mod new;
mod new_resource;
mod oracle;
mod pdf;
mod plugin;
mod preprocess;
mod proofs;
mod properties;
mod real_books;
mod references;
mod repository;
mod schema;
mod site;
mod standards;
mod ua;
mod unchanged;
