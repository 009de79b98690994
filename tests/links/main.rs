//! The check of links against a web that is scripted and on this machine. Time
//! is passed in, names lead to loopback, and nothing waits but where a server is
//! slow on purpose.

mod month;
mod runs;
mod server;
mod thousand;
mod world;
