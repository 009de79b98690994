//! What a new entry of the registry begins with.

use super::Kind;
use crate::toml_text::array;

/// The file of a new entry. What is empty in it, `check` asks for.
pub fn resource_template(year: u16, kind: Kind, steps: &[String], topics: &[String]) -> String {
    let kinds = Kind::NAMES.join(", ");
    let kind = kind.name();
    let (steps, topics) = (array(steps), array(topics));
    format!(
        "title = \"\"\nauthors = [\"\"]\n# organization = \"\"\nyear = {year}\n# {kinds}\nkind = \"{kind}\"\nurl = \"\"\n# archive = \"\"\nsteps = {steps}\ntopics = {topics}\nwhy = \"\"\n"
    )
}
