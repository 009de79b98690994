//! The feed of new and changed answers, in Atom
//! (<https://www.rfc-editor.org/rfc/rfc4287>).

use super::{Model, data};
use crate::markdown::xml_text;
use std::fmt::Write;

/// `feed.xml`: each answer as an entry, the newest first. Without answers there
/// is nothing to date it by, and no feed.
pub fn feed(model: &Model<'_>) -> Option<String> {
    let mut answers: Vec<_> = model
        .bank
        .questions()
        .iter()
        .flat_map(|q| model.bank.answers(&q.slug).iter().map(move |a| (q, a)))
        .collect();
    // Of one day, in the order of the questions.
    answers.sort_by(|(_, a), (_, b)| b.updated.cmp(&a.updated));
    let (_, newest) = answers.first()?;

    let home = xml_text(&model.settings.url);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = write!(
        out,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">
  <title>{}: answers</title>
  <id>{home}</id>
  <link rel=\"alternate\" type=\"text/html\" href=\"{home}\"/>
  <link rel=\"self\" type=\"application/atom+xml\" href=\"{home}feed.xml\"/>
  <updated>{}</updated>
",
        xml_text(model.language()),
        xml_text(model.title()),
        moment(&newest.updated),
    );
    for (question, answer) in &answers {
        let url = data::answer_url(&model.question_url(&question.slug), answer);
        let url = xml_text(&url);
        let link = answer.link.as_deref().map(xml_text);
        let link = link.map_or(String::new(), |link| format!("<uri>{link}</uri>"));
        let author = xml_text(&answer.author);
        let _ = write!(
            out,
            "  <entry>
    <title>{}, answered by {author}</title>
    <id>{url}</id>
    <link rel=\"alternate\" type=\"text/html\" href=\"{url}\"/>
    <updated>{}</updated>
    <author><name>{author}</name>{link}</author>
  </entry>
",
            xml_text(&question.reference()),
            moment(&answer.updated),
        );
    }
    out.push_str("</feed>\n");
    Some(out)
}

/// A day as Atom dates it.
fn moment(day: &str) -> String {
    format!("{day}T00:00:00Z")
}
