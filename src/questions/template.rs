//! What a new question begins with.

use crate::toml_text::array;

/// The file of a new question; `…` stands where its author writes.
pub fn question_template(number: u32, title: &str, steps: &[String]) -> String {
    let title = toml::Value::from(title);
    let steps = array(steps);
    format!(
        "+++\nnumber = {number}\ntitle = {title}\nsteps = {steps}\ntopics = []\nlevel = \"medium\"\n+++\n\n…\n\n**Worth asking about:**\n\n- …\n\n**Follow-ups:**\n\n1. …\n"
    )
}
