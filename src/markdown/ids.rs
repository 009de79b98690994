//! The ids mdBook gives to headings.
//!
//! Its rules (mdBook 0.5, "heading ids"): the text in lower case, letters,
//! digits, `_` and `-` kept, white space to `-`, the rest dropped; a repeated
//! id gets `-1`, `-2`, … The suite compares these with mdBook's own output.

use std::collections::HashMap;

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

/// The ids of a page, each with the last number that was put behind it.
pub type Ids = HashMap<String, usize>;

/// The id, or the first of `id-1`, `id-2`, … that is free; it is then taken.
pub fn unique_id(id: &str, used: &mut Ids) -> String {
    let Some(last) = used.get(id).copied() else {
        used.insert(id.to_owned(), 0);
        return id.to_owned();
    };
    // Up to the last, all are taken.
    let numbered = (last + 1..).map(|n| (n, format!("{id}-{n}")));
    let free = numbered.into_iter().find(|(_, id)| !used.contains_key(id));
    let (n, free) = free.expect("numbers do not end");
    used.insert(id.to_owned(), n);
    used.insert(free.clone(), 0);
    free
}
