//! The check of links against a web that is scripted and on this machine.
