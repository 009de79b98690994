//! The registry and the bank as JSON.

use super::Model;
use crate::resources::Resource;
use crate::steps::step_id;
use serde::Serialize;

/// The version of both formats. Fields may be added to a version; a change of
/// what is there makes a new one.
const VERSION: u32 = 1;

macro_rules! schema {
    ($name:literal) => {
        (
            concat!("schema/", $name),
            include_str!(concat!("../../schema/", $name)),
        )
    };
}

/// The schemas of an entry's TOML and of `resources.json`.
pub const RESOURCE_SCHEMAS: [(&str, &str); 2] = [
    schema!("resource.schema.json"),
    schema!("resources.schema.json"),
];
/// The schema of `questions.json`.
pub const QUESTION_SCHEMAS: [(&str, &str); 1] = [schema!("questions.schema.json")];

#[derive(Serialize)]
struct Book<'a, T> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: u32,
    title: &'a str,
    language: &'a str,
    url: &'a str,
    steps: Vec<Step>,
    #[serde(flatten)]
    content: T,
}

#[derive(Serialize)]
struct Step {
    id: String,
    title: String,
    url: String,
}

#[derive(Serialize)]
struct Resources<'a> {
    resources: Vec<&'a Resource>,
}

#[derive(Serialize)]
struct Questions<'a> {
    questions: Vec<Question<'a>>,
}

#[derive(Serialize)]
struct Question<'a> {
    slug: &'a str,
    number: u32,
    title: &'a str,
    level: &'static str,
    steps: &'a [String],
    topics: &'a [String],
    url: String,
    text: String,
    answers: Vec<Answer<'a>>,
}

#[derive(Serialize)]
struct Answer<'a> {
    author: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'a str>,
    updated: &'a str,
    url: String,
}

/// `resources.json`
pub fn resources(model: &Model<'_>) -> String {
    let resources = model.registry.iter().collect();
    json(model, RESOURCE_SCHEMAS[1], Resources { resources })
}

/// `questions.json`
pub fn questions(model: &Model<'_>) -> String {
    let questions = model.bank.questions().iter().map(|question| {
        let url = model.question_url(&question.slug);
        let answers = model.bank.answers(&question.slug).iter();
        Question {
            slug: &question.slug,
            number: question.number,
            title: &question.title,
            level: question.level.name(),
            steps: &question.steps,
            topics: &question.topics,
            text: model.question_text(question),
            answers: answers
                .map(|answer| Answer {
                    author: &answer.author,
                    link: answer.link.as_deref(),
                    updated: &answer.updated,
                    url: answer_url(&url, answer),
                })
                .collect(),
            url,
        }
    });
    let questions = questions.collect();
    json(model, QUESTION_SCHEMAS[0], Questions { questions })
}

/// The address of an answer, on the page of its question.
pub fn answer_url(question: &str, answer: &crate::questions::Answer) -> String {
    format!("{question}#answer-{}", answer.name)
}

fn json(model: &Model<'_>, (schema, _): (&'static str, &str), content: impl Serialize) -> String {
    let step = |file: &String| {
        let page = model.pages.get(file)?;
        Some(Step {
            id: step_id(file),
            title: page.title.clone(),
            url: page.url.clone(),
        })
    };
    let book = Book {
        schema,
        version: VERSION,
        title: model.title(),
        language: model.language(),
        url: &model.settings.url,
        steps: model.booklet.steps.iter().filter_map(step).collect(),
        content,
    };
    serde_json::to_string_pretty(&book).expect("it has text keys only") + "\n"
}
