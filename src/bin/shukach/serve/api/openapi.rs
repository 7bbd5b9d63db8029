//! The description of the API in `OpenAPI` 3.1, made of the table of endpoints and of the arguments
//! of the commands.

use crate::serve::api::endpoint::{Delivery, ENDPOINTS, Endpoint, IdPlace};
use crate::serve::parameters::{QUERY, is_flag};
use clap::{Arg, ArgAction, Command};
use serde_json::{Map, Value, json};
use std::any::TypeId;

/// The description of errors.
const ERROR_SCHEMA: &str = "error.v1.schema.json";

/// The files that describe answers, each under its name in `/api/v1/schemas`.
pub(crate) const SCHEMAS: [(&str, &str); 11] = [
    (
        ERROR_SCHEMA,
        include_str!("../../../../../index-schema/error.v1.schema.json"),
    ),
    (
        "completions-response.v1.schema.json",
        include_str!("../../../../../index-schema/completions-response.v1.schema.json"),
    ),
    (
        "search-response.v1.schema.json",
        include_str!("../../../../../index-schema/search-response.v1.schema.json"),
    ),
    (
        "search-line.v1.schema.json",
        include_str!("../../../../../index-schema/search-line.v1.schema.json"),
    ),
    (
        "counts-response.v1.schema.json",
        include_str!("../../../../../index-schema/counts-response.v1.schema.json"),
    ),
    (
        "kwic-response.v1.schema.json",
        include_str!("../../../../../index-schema/kwic-response.v1.schema.json"),
    ),
    (
        "article-response.v1.schema.json",
        include_str!("../../../../../index-schema/article-response.v1.schema.json"),
    ),
    (
        "more-like-response.v1.schema.json",
        include_str!("../../../../../index-schema/more-like-response.v1.schema.json"),
    ),
    (
        "parse.v1.schema.json",
        include_str!("../../../../../index-schema/parse.v1.schema.json"),
    ),
    (
        "translation.v1.schema.json",
        include_str!("../../../../../index-schema/translation.v1.schema.json"),
    ),
    (
        "info.v1.schema.json",
        include_str!("../../../../../index-schema/info.v1.schema.json"),
    ),
];

/// What the other statuses mean.
const STATUSES: [(&str, &str); 9] = [
    ("304", "The answer is the one that If-None-Match names"),
    ("400", "The query or a parameter cannot be understood"),
    ("401", "The token is missing"),
    ("403", "The host or the origin is not allowed"),
    ("404", "There is no such article"),
    ("408", "The time limit has passed"),
    ("410", "The cursor is of another state of the index"),
    ("501", "An index in a cluster cannot do this"),
    (
        "503",
        "Too many requests at a time, or a cluster that does not answer in full",
    ),
];

/// Returns the description.
pub(crate) fn document() -> Value {
    let paths: Map<String, Value> = ENDPOINTS
        .iter()
        .map(|endpoint| {
            (
                endpoint.path.to_owned(),
                json!({ "get": operation(endpoint) }),
            )
        })
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Shukach",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Full-text search for Ukrainian news archives. Parameters, answers and errors are those of the command line.",
        },
        "servers": [{ "url": "/api/v1" }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
        "security": [{}, { "token": [] }],
    })
}

fn operation(endpoint: &Endpoint) -> Value {
    let command = (endpoint.command)();
    let mut parameters: Vec<Value> = Vec::new();
    if endpoint.id != IdPlace::Nowhere {
        parameters.push(json!({
            "name": "id",
            "in": "path",
            "required": true,
            "description": "The id of an article, percent-encoded",
            "schema": { "type": "string" },
        }));
    }
    parameters.extend(described(endpoint, &command));
    parameters.push(json!({
        "name": "lang",
        "in": "query",
        "description": "Language of messages",
        "schema": { "enum": ["uk", "en"] },
    }));
    let schema = json!({ "$ref": format!("schemas/{}", endpoint.schema) });
    let content = match endpoint.delivery {
        Delivery::Whole(_) => json!({ "application/json": { "schema": schema } }),
        Delivery::Export => json!({
            "application/x-ndjson": { "schema": schema },
            "text/csv": {},
            "text/tab-separated-values": {},
            "text/markdown": {},
            "text/plain": {},
        }),
    };
    let error = json!({ "$ref": format!("schemas/{ERROR_SCHEMA}") });
    let mut responses = Map::new();
    responses.insert(
        "200".to_owned(),
        json!({ "description": "The answer", "content": content }),
    );
    for (status, description) in STATUSES {
        let mut response = json!({ "description": description });
        if let (true, Some(response)) = (status != "304", response.as_object_mut()) {
            let content = json!({ "application/json": { "schema": error } });
            response.insert("content".to_owned(), content);
        }
        responses.insert(status.to_owned(), response);
    }
    json!({
        "summary": endpoint.summary,
        "parameters": parameters,
        "responses": responses,
    })
}

/// Returns the description of each parameter that the endpoint takes.
fn described<'a>(endpoint: &'a Endpoint, command: &'a Command) -> impl Iterator<Item = Value> + 'a {
    let arguments = command.get_arguments();
    arguments.filter_map(|argument| {
        let is_positional = argument.is_positional();
        let name = if is_positional {
            QUERY
        } else {
            argument.get_long()?
        };
        if !endpoint.allows(name) || argument.is_hide_set() {
            return None;
        }
        let help = argument.get_help().map(ToString::to_string);
        let is_list = is_positional || matches!(argument.get_action(), ArgAction::Append);
        let is_delimited = argument.get_value_delimiter().is_some();
        let item = schema(argument);
        let schema = if is_list || is_delimited {
            json!({ "type": "array", "items": item })
        } else {
            item
        };
        Some(json!({
            "name": name,
            "in": "query",
            "required": is_positional && argument.is_required_set(),
            "description": help.unwrap_or_default(),
            "explode": !is_delimited,
            "schema": schema,
        }))
    })
}

/// Returns the description of one value.
fn schema(argument: &Arg) -> Value {
    if is_flag(argument) {
        return json!({ "type": "boolean" });
    }
    let values: Vec<String> = argument
        .get_possible_values()
        .iter()
        .map(|value| value.get_name().to_owned())
        .collect();
    if !values.is_empty() {
        return json!({ "type": "string", "enum": values });
    }
    let numbers = [
        TypeId::of::<usize>(),
        TypeId::of::<u64>(),
        TypeId::of::<u32>(),
        TypeId::of::<u16>(),
    ];
    let kind = argument.get_value_parser().type_id();
    if numbers.into_iter().any(|number| kind == number) {
        return json!({ "type": "integer", "minimum": 0 });
    }
    json!({ "type": "string" })
}
