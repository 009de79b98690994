//! The questions and the glossary as cards for Anki, which imports text
//! (<https://docs.ankiweb.net/importing/text-files.html>).

use super::Model;
use crate::config::BookConfig;
use crate::diagnostics::{Diagnostic, Report, did_you_mean};
use crate::markdown::{Ids, html_text, id_from_content, unique_id};
use crate::questions::Question;
use mdbook_markdown::pulldown_cmark::{Event, Tag, TagEnd, html::push_html};

/// A card. Its address is its identity: importing a newer deck changes cards
/// instead of doubling them.
struct Card {
    url: String,
    front: String,
    back: String,
    tags: Vec<String>,
}

/// `deck.txt`, if there is anything to learn.
pub fn deck(
    model: &Model<'_>,
    config: &BookConfig<'_>,
    name: &str,
    report: &mut Report,
) -> Option<String> {
    let mut cards: Vec<_> = model
        .bank
        .questions()
        .iter()
        .map(|question| of_question(model, question))
        .collect();
    let file = model.settings.glossary.as_deref();
    cards.extend(of_glossary(model, file.unwrap_or("glossary.md")));
    if let Some(file) = file
        && model.pages.get(file).is_none()
    {
        let mut diagnostic = Diagnostic::error(format!("the glossary `{file}` is not a chapter"))
            .maybe_hint(did_you_mean(file, model.pages.paths()));
        let place = config.place(&["output", name], "glossary", None);
        diagnostic.places.extend(place);
        report.push(diagnostic);
    }
    if cards.is_empty() {
        return None;
    }
    let title: Vec<_> = model.title().split_whitespace().collect();
    // `::` would nest decks.
    let title = title.join(" ").replace("::", ":");
    let mut out = format!(
        "#separator:tab\n#html:true\n#notetype:Basic\n#deck:{title}\n#guid column:1\n#tags column:4\n"
    );
    for card in cards {
        let tags = card.tags.join(" ");
        let fields = [&card.url, &card.front, &card.back, &tags];
        out.push_str(&fields.map(|text| field(text)).join("\t"));
        out.push('\n');
    }
    Some(out)
}

/// A field in quotes, in which line breaks and tabs mean nothing.
fn field(text: &str) -> String {
    format!("\"{}\"", text.trim().replace('"', "\"\""))
}

/// In front the situation; behind it hints and follow-ups, which begin at the
/// first heading or paragraph in bold, and the way to the answers.
fn of_question(model: &Model<'_>, question: &Question) -> Card {
    let url = model.question_url(&question.slug);
    let text = model.question_text(question);
    let events = model.pages.events(&text);
    let (front, back) = events.split_at(hints(&events));
    let answers = match model.bank.answers(&question.slug).len() {
        0 => "Write the first answer",
        1 => "Read the answer",
        _ => "Read the answers",
    };
    let mut tags = vec![
        "question".to_owned(),
        format!("level::{}", question.level.name()),
    ];
    tags.extend(question.steps.iter().map(|step| format!("step::{step}")));
    tags.extend(question.topics.iter().map(|t| format!("topic::{t}")));
    let mut tags: Vec<_> = tags.iter().map(|tag| tag.replace(' ', "_")).collect();
    tags.dedup();
    Card {
        front: format!(
            "<p><b>{}</b></p>\n{}",
            html_text(&question.title),
            html(front)
        ),
        back: format!(
            "{}<p><a href=\"{}#answers\">{answers}</a></p>",
            html(back),
            html_text(&url)
        ),
        url,
        tags,
    }
}

/// Where the situation of a question ends.
fn hints(events: &[Event<'_>]) -> usize {
    let mut depth = 0;
    for (i, event) in events.iter().enumerate() {
        let begins = match event {
            Event::Start(Tag::Heading { .. }) => true,
            Event::Start(Tag::Paragraph) => {
                matches!(events.get(i + 1), Some(Event::Start(Tag::Strong)))
            }
            _ => false,
        };
        if begins && depth == 0 && i > 0 {
            return i;
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    events.len()
}

/// A card for each entry of the definition lists of a page.
fn of_glossary(model: &Model<'_>, file: &str) -> Vec<Card> {
    let Some(page) = model.pages.get(file) else {
        return Vec::new();
    };
    let registry = (model.booklet.resources.as_str(), &model.registry);
    let text = model.pages.absolute(page.text, file, registry);
    let mut cards = Vec::new();
    let mut ids = Ids::new();
    // What is open: where it begins.
    let mut term: Option<(String, String)> = None;
    let mut open: Option<usize> = None;
    let events = model.pages.events(&text);
    for (i, event) in events.iter().enumerate() {
        match event {
            Event::Start(
                Tag::DefinitionListTitle
                | Tag::DefinitionListDefinition
                | Tag::Heading { id: None, .. },
            ) => open = Some(i + 1),
            Event::End(TagEnd::Heading(_)) => {
                if let Some(start) = open.take() {
                    unique_id(&id_from_content(&words(&events[start..i])), &mut ids);
                }
            }
            Event::End(TagEnd::DefinitionListTitle) => {
                if let Some(start) = open.take() {
                    let inner = &events[start..i];
                    // mdBook gives terms ids as it does headings.
                    let id = unique_id(&id_from_content(&words(inner)), &mut ids);
                    term = Some((format!("{}#{id}", page.url), html(inner)));
                }
            }
            Event::End(TagEnd::DefinitionListDefinition) => {
                if let (Some(start), Some((url, front))) = (open.take(), term.take()) {
                    cards.push(Card {
                        url,
                        front,
                        back: html(&events[start..i]),
                        tags: vec!["glossary".into()],
                    });
                }
            }
            _ => {}
        }
    }
    cards
}

fn html(events: &[Event<'_>]) -> String {
    let mut out = String::new();
    push_html(&mut out, events.iter().cloned());
    out
}

fn words(events: &[Event<'_>]) -> String {
    let text = events.iter().filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(&**text),
        _ => None,
    });
    text.collect()
}
