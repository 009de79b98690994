//! What a new entry of the registry begins with.

use super::Kind;
use crate::toml_text::array;

/// The file of a new entry. What is empty in it, `check` asks for.
pub fn resource_template(year: u16, steps: &[String]) -> String {
    let kinds = Kind::NAMES.join(", ");
    let steps = array(steps);
    format!(
        "title = \"\"\nauthors = [\"\"]\n# organization = \"\"\nyear = {year}\n# {kinds}\nkind = \"article\"\nurl = \"\"\n# archive = \"\"\nsteps = {steps}\ntopics = []\nwhy = \"\"\n"
    )
}
