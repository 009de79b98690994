//! The JSON Schemas, and what they are for.

use crate::harness::TestBook;
use serde_json::Value;
use std::path::Path;

/// What a value breaks of a schema. Only the keywords that ours use are known;
/// any other fails the test, so that none is passed over.
fn breaks(value: &Value, schema: &Value, at: &str, out: &mut Vec<String>) {
    let mut wrong = |what: &str| out.push(format!("{at}: {what}"));
    for (keyword, rule) in schema.as_object().unwrap() {
        match keyword.as_str() {
            "$schema" | "title" | "description" => {}
            "type" => {
                let fits = match rule.as_str().unwrap() {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "integer" => value.is_i64(),
                    other => panic!("{other}"),
                };
                if !fits {
                    wrong(&format!("not of type {rule}"));
                }
            }
            "const" if value != rule => wrong("another value"),
            "enum" if !rule.as_array().unwrap().contains(value) => wrong("none of the values"),
            "minimum" if value.as_i64().is_some_and(|n| n < rule.as_i64().unwrap()) => {
                wrong("too small");
            }
            "maximum" if value.as_i64().is_some_and(|n| n > rule.as_i64().unwrap()) => {
                wrong("too large");
            }
            "minItems" if (value.as_array().unwrap().len() as u64) < rule.as_u64().unwrap() => {
                wrong("too few");
            }
            "const" | "enum" | "minimum" | "maximum" | "minItems" => {}
            "pattern" => {
                let pattern = fancy(rule.as_str().unwrap());
                if !value.as_str().is_some_and(pattern) {
                    wrong(&format!("does not match {rule}"));
                }
            }
            "required" => {
                for key in rule.as_array().unwrap() {
                    if value.get(key.as_str().unwrap()).is_none() {
                        wrong(&format!("has no {key}"));
                    }
                }
            }
            "additionalProperties" => {
                assert_eq!(rule, false);
                for key in value.as_object().unwrap().keys() {
                    if schema["properties"].get(key).is_none() {
                        wrong(&format!("may not have {key:?}"));
                    }
                }
            }
            "properties" | "items" => {}
            other => panic!("the keyword {other}"),
        }
    }
    if let (Some(rules), Some(values)) = (schema.get("properties"), value.as_object()) {
        for (key, value) in values {
            if let Some(rule) = rules.get(key) {
                breaks(value, rule, &format!("{at}.{key}"), out);
            }
        }
    }
    if let (Some(rule), Some(values)) = (schema.get("items"), value.as_array()) {
        for (i, value) in values.iter().enumerate() {
            breaks(value, rule, &format!("{at}[{i}]"), out);
        }
    }
}

/// The patterns that ours use.
fn fancy(pattern: &str) -> fn(&str) -> bool {
    match pattern {
        r"\S" => |text| !text.trim().is_empty(),
        "^https?://" => |text| text.starts_with("https://") || text.starts_with("http://"),
        "^https?://.*/$" => |text| fancy("^https?://")(text) && text.ends_with('/'),
        "^[a-z0-9]+(-[a-z0-9]+)*$" => mdbook_booklet::resources::is_slug,
        r"^\d{4}-\d{2}-\d{2}$" => |text| text.parse::<toml::value::Datetime>().is_ok(),
        other => panic!("the pattern {other}"),
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn schema(name: &str) -> Value {
    let path = root().join("schema").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn broken(value: &Value, name: &str) -> Vec<String> {
    let mut out = Vec::new();
    breaks(value, &schema(name), "", &mut out);
    out.sort();
    out
}

#[test]
fn what_is_published_meets_its_schema() {
    let book = TestBook::copy_of("booklet").built();
    for name in ["resources", "questions"] {
        let text = book.read(&format!("build/html/{name}.json"));
        let json: Value = serde_json::from_str(&text).unwrap();
        let file = format!("{name}.schema.json");
        assert_eq!(broken(&json, &file), Vec::<String>::new(), "{name}");
        assert_eq!(json["$schema"], format!("schema/{file}"));
        assert!(book.path(&format!("build/html/schema/{file}")).exists());
        assert_eq!(json[name].as_array().unwrap().len(), 2);
    }
}

/// An editor that goes by the schema says what `check` says.
#[test]
fn the_registry_meets_its_schema() {
    let folder = root().join("book/resources");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let toml: toml::Table = text.parse().unwrap();
        let json = serde_json::to_value(toml).unwrap();
        let found = broken(&json, "resource.schema.json");
        assert_eq!(found, Vec::<String>::new(), "{}", path.display());
        count += 1;
    }
    assert!(count > 200);
    let empty = broken(&serde_json::json!({}), "resource.schema.json");
    assert_eq!(
        empty,
        ["authors", "kind", "title", "url", "why", "year"].map(|key| format!(": has no {key:?}"))
    );
    let wrong = serde_json::json!({
        "title": " ", "authors": [], "year": -1, "kind": "blog", "url": "ftp://x",
        "topics": ["A b"], "why": "x", "rating": 5,
    });
    assert_eq!(
        broken(&wrong, "resource.schema.json"),
        [
            ".authors: too few",
            ".kind: none of the values",
            ".title: does not match \"\\\\S\"",
            ".topics[0]: does not match \"^[a-z0-9]+(-[a-z0-9]+)*$\"",
            ".url: does not match \"^https?://\"",
            ".year: too small",
            ": may not have \"rating\"",
        ]
    );
}

#[test]
fn the_schema_knows_the_kinds() {
    let kinds = &schema("resource.schema.json")["properties"]["kind"]["enum"];
    assert_eq!(
        kinds,
        &serde_json::json!(mdbook_booklet::resources::Kind::NAMES)
    );
    let published = &schema("resources.schema.json")["properties"]["resources"]["items"];
    for (key, rule) in schema("resource.schema.json")["properties"]
        .as_object()
        .unwrap()
    {
        assert_eq!(&published["properties"][key], rule, "{key}");
    }
}
