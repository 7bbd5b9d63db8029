//! How near estimated days lie to the real ones, measured on articles whose day is known.
//!
//! `SHUKACH_EVAL` names a folder of JSON Lines with `title`, `body` and `date`; each article is
//! written as a text file without its date. Without that variable nothing is measured.

use shukach::DateSource;
use shukach::archive::Archive;
use shukach::date::{Date, day_number};
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// Writes the articles whose day is known below `folder` and returns those days by the name of the
/// file.
fn write_texts(from: &Path, folder: &Path) -> HashMap<String, i64> {
    let mut days = HashMap::new();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_none_or(|extension| extension != "jsonl")
        {
            continue;
        }
        for line in String::from_utf8(fs::read(&path).unwrap()).unwrap().lines() {
            let article: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = |key: &str| article[key].as_str().unwrap_or_default().to_owned();
            let Ok(date @ (Date::Day(_) | Date::Instant(_))) = Date::parse(&text("date")) else {
                continue;
            };
            let name = format!("a{}.txt", days.len());
            let whole = format!("{}\n{}", text("title"), text("body"));
            fs::write(folder.join(&name), whole.trim()).unwrap();
            days.insert(name, day_number(date.first_day()));
        }
    }
    days
}

#[test]
fn estimates_lie_within_three_days_of_the_day_of_publication() {
    let Some(from) = std::env::var_os("SHUKACH_EVAL") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let days = write_texts(Path::new(&from), folder.path());
    let (mut estimated, mut within_three, mut beyond_a_year, mut known, mut undated) =
        (0, 0, 0, 0, 0);
    let archive = Archive::open(&[folder.path().to_path_buf()]).unwrap();
    for file in archive.files() {
        let file = file.unwrap();
        let name = file.path.file_name().unwrap().to_str().unwrap().to_owned();
        file.read(&mut |read| {
            let Ok(read) = read else { return };
            let Some(published) = read.article.published else {
                undated += 1;
                return;
            };
            if published.date_source != DateSource::Estimate {
                known += 1;
                return;
            }
            let off = (day_number(published.date.first_day()) - days[&name]).abs();
            estimated += 1;
            within_three += u32::from(off <= 3);
            beyond_a_year += u32::from(off > 366);
        });
    }
    println!(
        "{estimated} estimates: {within_three} within 3 days, {beyond_a_year} more than a year off; \
         {known} datelines, {undated} undated"
    );
    assert!(
        within_three * 100 >= estimated * 85,
        "{within_three} of {estimated}"
    );
    assert!(
        beyond_a_year * 100 < estimated * 2,
        "{beyond_a_year} of {estimated}"
    );
}
