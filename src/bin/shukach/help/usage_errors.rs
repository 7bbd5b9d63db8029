//! Ukrainian messages for faulty command lines; the English ones are clap's.

use crate::arguments::bound::BoundError;
use crate::arguments::index_folder::NoFolder;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use shukach::Field;
use shukach::archive::{Charset, FORMATS, FieldMapError, UnknownCharset, UnknownFormat};
use shukach::date::DateError;
use shukach::date::zone::{WRITTEN, ZoneError};
use shukach::locale::Locale;
use shukach::query::QueryProblem;
use shukach::query::period::PeriodError;
use std::error::Error as _;
use std::fmt::Write as _;
use std::num::{IntErrorKind, ParseIntError};

/// Returns the error, what was perhaps meant, and where to find help.
pub(crate) fn in_ukrainian(error: &Error) -> String {
    let mut told = format!("помилка: {}\n", reason(error));
    for (kind, what) in [
        (ContextKind::SuggestedSubcommand, "є схожа команда"),
        (ContextKind::SuggestedArg, "є схожий параметр"),
        (ContextKind::SuggestedValue, "є схоже значення"),
    ] {
        if let Some(meant) = context(error, kind) {
            let _ = write!(told, "\n  порада: {what}: {meant}\n");
        }
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = usage.to_string();
        let usage = usage.trim_start_matches("Usage:").trim();
        let _ = write!(told, "\nВикористання: {usage}\n");
    }
    told.push_str("\nДокладніше: --help\n");
    told
}

/// Returns the error on one line without advice, for programs.
pub(crate) fn in_one_line(error: &Error, locale: Locale) -> String {
    if locale == Locale::Ukrainian {
        return reason(error);
    }
    let told = error.render().to_string();
    let told = told.strip_prefix("error: ").unwrap_or(&told);
    let end = told.find("\n\n").unwrap_or(told.len());
    let (told, _) = told.split_at(end);
    told.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn reason(error: &Error) -> String {
    let argument = context(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = context(error, ContextKind::InvalidValue).unwrap_or_default();
    let count = |kind| context(error, kind).unwrap_or_default();
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let command = context(error, ContextKind::InvalidSubcommand);
            format!("невідома команда {}", command.unwrap_or_default())
        }
        ErrorKind::MissingSubcommand => "бракує команди".to_owned(),
        ErrorKind::UnknownArgument => format!("невідомий аргумент {argument}"),
        ErrorKind::InvalidValue if value == "''" || value.is_empty() => {
            format!("{argument} потребує значення{}", allowed(error))
        }
        ErrorKind::InvalidValue => {
            format!("значення {value} для {argument} не буває{}", allowed(error))
        }
        ErrorKind::ValueValidation => {
            let bound = error.source().and_then(|source| source.downcast_ref());
            if let Some(bound) = bound {
                let bound: &BoundError = bound;
                return format!("{argument}: {}", bound.message(Locale::Ukrainian));
            }
            let no_folder = error.source().and_then(|source| source.downcast_ref());
            if let Some(no_folder) = no_folder {
                let no_folder: &NoFolder = no_folder;
                return no_folder.message(Locale::Ukrainian).to_owned();
            }
            let date = error
                .source()
                .and_then(|source| source.downcast_ref::<DateError>());
            match date {
                Some(date) => format!("{argument}: {}", of_date(&value, date)),
                None => format!("значення {value} для {argument} не годиться{}", why(error)),
            }
        }
        ErrorKind::MissingRequiredArgument => format!("бракує обов’язкового: {argument}"),
        ErrorKind::ArgumentConflict => match context(error, ContextKind::PriorArg) {
            Some(prior) if prior == argument => {
                format!("{argument} можна вжити лише раз")
            }
            Some(prior) => format!("{argument} не можна вживати разом із {prior}"),
            None => format!("{argument} не можна вживати разом з іншими аргументами"),
        },
        ErrorKind::TooManyValues => format!("зайве значення {value} для {argument}"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!(
            "{argument}: значень {}, а має бути {}{}",
            count(ContextKind::ActualNumValues),
            count(ContextKind::ExpectedNumValues),
            count(ContextKind::MinValues)
        ),
        ErrorKind::NoEquals => format!("{argument} потребує знака = перед значенням"),
        ErrorKind::InvalidUtf8 => "аргумент не в UTF-8".to_owned(),
        _ => error.to_string(),
    }
}

fn of_date(value: &str, error: &DateError) -> String {
    let value = value.trim_matches('\'');
    if matches!(error, DateError::Unknown { .. }) {
        return format!("\"{value}\" – це не дата; пишіть 2025-12-28, 2025-12 або 2025");
    }
    let problem = QueryProblem::Period(PeriodError::Date {
        text: value.to_owned(),
        error: error.clone(),
    });
    problem.message(Locale::Ukrainian)
}

/// Returns the reason that the parser of a value gave, as the end of a sentence.
pub(crate) fn why(error: &Error) -> String {
    let Some(source) = error.source() else {
        return String::new();
    };
    if let Some(error) = source.downcast_ref::<ParseIntError>() {
        let told = match error.kind() {
            IntErrorKind::PosOverflow => "; число завелике",
            _ => "; тут має бути ціле число, не менше від 0",
        };
        return told.to_owned();
    }
    let told = source.to_string();
    // The library has no other way to tell a number that is too small or too large.
    if let Some((_, range)) = told.split_once(" is not in ")
        && let Some((first, last)) = range.split_once("..=")
    {
        return format!("; тут має бути число від {first} до {last}");
    }
    if let Some(ZoneError { name }) = source.downcast_ref() {
        return format!(
            ": такого часового поясу немає: \"{name}\"; дайте назву з бази IANA, як-от Europe/Kyiv, Europe/Warsaw чи UTC, або {WRITTEN}, якщо йдеться про дні, названі в самих статтях"
        );
    }
    if let Some(told) = of_reading(source) {
        return told;
    }
    format!(": {told}")
}

/// Returns what is wrong with an option that says how files are read.
fn of_reading(source: &(dyn std::error::Error + 'static)) -> Option<String> {
    if source.is::<UnknownFormat>() {
        let names: Vec<&str> = FORMATS.iter().map(|entry| entry.name).collect();
        return Some(format!("; можна {}", names.join(", ")));
    }
    if source.is::<UnknownCharset>() {
        return Some(format!("; можна {}", Charset::NAMES));
    }
    match source.downcast_ref()? {
        FieldMapError::NoPair { part } => Some(format!(
            ": \"{part}\" – це не ПОЛЕ=КЛЮЧ; пишіть так: title=headline,body=content.text"
        )),
        FieldMapError::UnknownField { name } => Some(format!(
            ": поля \"{name}\" немає; поля такі: {}",
            Field::names()
        )),
    }
}

fn allowed(error: &Error) -> String {
    match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) if !values.is_empty() => {
            format!("; можна {}", values.join(", "))
        }
        _ => String::new(),
    }
}

/// Returns the value of `kind` in an error, in quotes.
fn context(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(format!("'{text}'")),
        ContextValue::Strings(texts) => {
            let quoted: Vec<String> = texts.iter().map(|text| format!("'{text}'")).collect();
            Some(quoted.join(", "))
        }
        ContextValue::StyledStr(text) => Some(text.to_string()),
        ContextValue::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
