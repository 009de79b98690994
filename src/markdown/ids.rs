//! The ids mdBook gives to headings.
//!
//! Its rules (mdBook 0.5, "heading ids"): the text in lower case, letters,
//! digits, `_` and `-` kept, white space to `-`, the rest dropped; a repeated
//! id gets `-1`, `-2`, … The suite compares these with mdBook's own output.

use std::collections::HashSet;

/// The id mdBook derives from a heading's text.
pub fn id_from_content(content: &str) -> String {
    let mut id = String::with_capacity(content.len());
    for c in content.trim().to_lowercase().chars() {
        if c.is_whitespace() {
            id.push('-');
        } else if c.is_alphanumeric() || c == '_' || c == '-' {
            id.push(c);
        }
    }
    id
}

/// The id, or the first of `id-1`, `id-2`, … that is free; it is then taken.
pub fn unique_id(id: &str, used: &mut HashSet<String>) -> String {
    let mut candidate = id.to_owned();
    let mut n = 0;
    while !used.insert(candidate.clone()) {
        n += 1;
        candidate = format!("{id}-{n}");
    }
    candidate
}
