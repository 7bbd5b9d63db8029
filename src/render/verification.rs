//! What was found of an index that was verified.

use crate::index::verify::Verification;
use crate::locale::{Locale, english_count, ukrainian_plural};
use crate::render::sanitize::one_line;
use serde::Serialize;
use std::io::{self, Write};
use std::path::Path;

/// The version of the shape of [`Report`]. Within a version fields are only added.
const REPORT_VERSION: u32 = 1;
/// The most faults that are listed for people; one damaged file of lines can cause thousands.
const MAX_LISTED: usize = 50;

/// What was found, as JSON.
#[derive(Debug, Serialize)]
pub struct Report {
    schema_version: u32,
    index: String,
    state: &'static str,
    files: u64,
    bytes: u64,
    segments: u64,
    articles: u64,
    compared: u64,
    without_checksum: Vec<String>,
    findings: Vec<Listed>,
}

#[derive(Debug, Serialize)]
struct Listed {
    code: &'static str,
    message: String,
    file: Option<String>,
    kind: Option<crate::index::verify::fault::FileKind>,
    segment: Option<String>,
    articles: Option<u64>,
    loss: Option<String>,
}

impl Report {
    /// Puts together what was found of the index in `folder`, with messages in a language.
    pub fn of(verification: &Verification, folder: &Path, locale: Locale) -> Self {
        let findings = verification.findings.iter().map(|finding| Listed {
            code: finding.code(),
            message: finding.message(locale),
            file: finding.file_name().map(str::to_owned),
            kind: finding.kind(),
            segment: finding.segment.clone(),
            articles: finding.articles,
            loss: finding.loss(locale),
        });
        Self {
            schema_version: REPORT_VERSION,
            index: folder.to_string_lossy().into_owned(),
            state: match verification {
                Verification { findings, .. } if !findings.is_empty() => "damaged",
                Verification { refusal, .. } if refusal.is_some() => "unchecked",
                _ => "sound",
            },
            files: verification.files,
            bytes: verification.bytes,
            segments: verification.segments,
            articles: verification.articles,
            compared: verification.compared,
            without_checksum: verification.without_checksum.clone(),
            findings: findings.collect(),
        }
    }
}

/// Writes what was found for people.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(
    verification: &Verification,
    folder: &Path,
    locale: Locale,
    out: &mut impl Write,
) -> io::Result<()> {
    let findings = &verification.findings;
    for finding in findings.iter().take(MAX_LISTED) {
        writeln!(out, "{}", one_line(&finding.message(locale)))?;
        if let Some(loss) = finding.loss(locale) {
            writeln!(out, "  {}", one_line(&loss))?;
        }
    }
    if findings.len() > MAX_LISTED {
        let more = findings.len() - MAX_LISTED;
        let told = locale.choose("more; all of them with --json", "ще; усі – з --json");
        writeln!(out, "{more} {told}")?;
    }
    for name in &verification.without_checksum {
        let told = locale.choose(
            "written by an older version without a checksum; the next job that changes the index adds one",
            "старіша версія не зберегла контрольної суми; її збереже наступне індексування зі змінами",
        );
        writeln!(out, "{}: {told}", one_line(name))?;
    }
    writeln!(out, "{}", summary(verification, locale))?;
    if !findings.is_empty() {
        let folder = folder.display().to_string();
        let has_files = findings.iter().any(|finding| finding.kind().is_some());
        let told = if has_files {
            locale.choose(
                "restore a snapshot, or repair the index: shukach repair --index",
                "поверніть знімок або полагодьте індекс: shukach repair --index",
            )
        } else {
            locale.choose(
                "restore a snapshot, or rebuild the index from its texts: shukach reindex --index",
                "поверніть знімок або перебудуйте індекс із його текстів: shukach reindex --index",
            )
        };
        writeln!(out, "{told} {}", one_line(&folder))?;
    }
    Ok(())
}

fn summary(verification: &Verification, locale: Locale) -> String {
    let count = verification.findings.len() as u64;
    let (files, articles) = (verification.files, verification.articles);
    match locale {
        Locale::English => {
            let state = match count {
                0 if verification.refusal.is_some() => "files are sound".to_owned(),
                0 => "sound".to_owned(),
                count => format!("damaged: {}", english_count(count, "fault")),
            };
            format!(
                "{state}; {} in {}, {} compared with their texts",
                english_count(articles, "article"),
                english_count(files, "file"),
                verification.compared
            )
        }
        Locale::Ukrainian => {
            let state = match count {
                0 if verification.refusal.is_some() => "файли цілі".to_owned(),
                0 => "цілий".to_owned(),
                count => {
                    let noun = ukrainian_plural(count, ["вада", "вади", "вад"]);
                    format!("пошкоджено: {count} {noun}")
                }
            };
            format!(
                "{state}; {articles} {} у {files} {}, зіставлено з текстами: {}",
                ukrainian_plural(articles, ["стаття", "статті", "статей"]),
                ukrainian_plural(files, ["файлі", "файлах", "файлах"]),
                verification.compared
            )
        }
    }
}
