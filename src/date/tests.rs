use crate::date::*;
use proptest::prelude::*;

fn parsed(text: &str) -> String {
    match Date::parse(text) {
        Ok(date) => date.to_string(),
        Err(error) => panic!("{text}: {error}"),
    }
}

fn error(text: &str) -> String {
    match Date::parse(text) {
        Ok(date) => panic!("{text} was taken for {date}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_date_keeps_the_precision_it_was_given_with() {
    for text in ["2018", "2025-12", "2025-12-28", "2026-03-26T18:15:14+02:00"] {
        assert_eq!(parsed(text), text);
    }
}

#[test]
fn the_order_of_ukrainian_papers_is_understood() {
    assert_eq!(parsed("28.12.2025"), "2025-12-28");
    assert_eq!(parsed(" 5.1.2026 "), "2026-01-05");
    assert_eq!(parsed("12.2025"), "2025-12");
    assert_eq!(parsed("2025/12/28"), "2025-12-28");
}

#[test]
fn a_time_is_shown_with_the_offset_of_kyiv() {
    assert_eq!(
        parsed("2026-03-26T16:15:14+00:00"),
        "2026-03-26T18:15:14+02:00"
    );
    assert_eq!(
        parsed("2024-04-26T10:00+03:00"),
        "2024-04-26T10:00:00+03:00"
    );
    assert_eq!(
        parsed("2024-04-26 07:00:00.25Z"),
        "2024-04-26T10:00:00.25+03:00"
    );
    assert_eq!(
        parsed("2024-04-26T10:00:00 +0300"),
        "2024-04-26T10:00:00+03:00"
    );
    assert_eq!(
        parsed("2024-04-26T10:00:00+03"),
        "2024-04-26T10:00:00+03:00"
    );
}

#[test]
fn a_time_without_an_offset_is_kyiv_time_in_winter_and_summer() {
    assert_eq!(parsed("2026-01-26T16:15:14"), "2026-01-26T16:15:14+02:00");
    assert_eq!(parsed("28.06.2026 9:05"), "2026-06-28T09:05:00+03:00");
    assert_eq!(parsed("2025-12-31T24:00"), "2026-01-01");
    assert_eq!(parsed("2026-03-29T03:30"), "2026-03-29T04:30:00+03:00");
}

#[test]
fn midnight_in_kyiv_is_a_day_where_it_was_written_so_and_a_moment_where_it_was_not() {
    for text in [
        "2026-01-01T00:00:00+02:00",
        "2026-01-01 00:00",
        "Thu, 1 Jan 2026 00:00:00 +0200",
    ] {
        assert_eq!(parsed(text), "2026-01-01", "{text}");
    }
    let moment = Date::parse("2025-12-31T22:00:00Z").unwrap();
    assert_eq!(moment.to_string(), "2025-12-31T22:00:00+00:00");
    assert_eq!(Date::parse(&moment.to_string()), Ok(moment));
    let day = Date::parse("2026-01-01").unwrap();
    assert_eq!(moment.first_second(), day.first_second());
    assert!(moment.indexed_second() > day.indexed_second());
}

#[test]
fn mail_dates_are_understood() {
    assert_eq!(
        parsed("Sun, 28 Dec 2025 10:00:00 +0000"),
        "2025-12-28T12:00:00+02:00"
    );
    assert_eq!(
        parsed("28 Dec 2025 10:00:00 GMT"),
        "2025-12-28T12:00:00+02:00"
    );
}

#[test]
fn an_error_names_the_part_that_is_wrong() {
    assert_eq!(
        error("2025-12-28T25:04:30"),
        "time 25:04:30: times run from 00:00:00 to 23:59:59"
    );
    assert_eq!(error("2025-13-01"), "month 13: months run from 01 to 12");
    assert_eq!(
        error("31.02.2025"),
        "day 31: the days of 2025-02 run from 01 to 28"
    );
    assert_eq!(
        error("0000-00-00"),
        "year 0000: years run from 1000 to 2262"
    );
    assert_eq!(error("9999"), "year 9999: years run from 1000 to 2262");
    assert_eq!(
        error("2025-12-28T25:00"),
        "time 25:00:00: times run from 00:00:00 to 23:59:59"
    );
    assert_eq!(
        error(" "),
        "the date is empty: write it as 2025-12-28, 2025-12 or 2025"
    );
}

#[test]
fn what_is_no_date_is_shown_with_the_way_to_write_one() {
    for text in [
        "учора",
        "28 грудня",
        "192.168.10.2025",
        "2025-12-28Tx",
        "2025-12-28T10",
        "25.12.25",
        "-5",
    ] {
        let told = error(text);
        assert_eq!(
            told,
            format!("\"{text}\" is not a date: write it as 2025-12-28, 2025-12 or 2025")
        );
    }
    assert!(error(&"ы".repeat(1000)).chars().count() < 120);
}

#[test]
fn a_date_covers_days_from_the_first_to_the_last() {
    let days = |text: &str| {
        let date = Date::parse(text).unwrap();
        format!("{} {}", date.first_day(), date.last_day())
    };
    assert_eq!(days("2024"), "2024-01-01 2024-12-31");
    assert_eq!(days("2024-02"), "2024-02-01 2024-02-29");
    assert_eq!(days("2024-02-03"), "2024-02-03 2024-02-03");
    assert_eq!(days("2025-12-31T23:30:00+00:00"), "2026-01-01 2026-01-01");
}

#[test]
fn the_first_second_of_a_day_is_midnight_in_kyiv() {
    assert_eq!(
        Date::parse("1970-01-01T00:00:10Z").unwrap().first_second(),
        10
    );
    assert_eq!(
        Date::parse("2026-01-15").unwrap().first_second(),
        1_768_428_000
    );
    assert_eq!(
        Date::parse("2026-07-15").unwrap().first_second() % 86_400,
        21 * 3600
    );
}

#[test]
fn days_are_counted_from_1970() {
    assert_eq!(day_number(civil::date(1970, 1, 2)), 1);
    assert_eq!(day_number(civil::date(1969, 12, 31)), -1);
    assert_eq!(day_of(20_450), Some(civil::date(2025, 12, 28)));
    assert_eq!(day_of(i64::MAX), None);
}

#[test]
fn impossible_values_made_by_hand_do_not_panic() {
    for date in [
        Date::Year(i16::MIN),
        Date::Month {
            year: i16::MAX,
            month: 77,
        },
        Date::Instant(Timestamp::MIN),
    ] {
        let _ = (
            date.first_day(),
            date.last_day(),
            date.first_second(),
            date.to_string(),
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_shown_is_read_back(second in -30_610_000_000_i64..9_220_000_000, nanosecond in 0..1_000_000_000_i32, precision in 0..4) {
        let instant = Timestamp::new(second, if second < 0 { -nanosecond } else { nanosecond }).unwrap();
        let day = Date::Instant(instant).first_day();
        let date = match precision {
            0 => Date::Year(day.year()),
            1 => Date::Month { year: day.year(), month: day.month() },
            2 => Date::Day(day),
            _ => Date::Instant(instant),
        };
        prop_assert_eq!(Date::parse(&date.to_string()), Ok(date));
    }

    #[test]
    fn no_text_makes_it_panic(text in "[0-9TZ:.+ /-]{0,30}|\\PC{0,30}") {
        let _ = Date::parse(&text);
    }

    #[test]
    fn a_day_number_leads_back_to_its_day(number in -300_000_i64..300_000) {
        prop_assert_eq!(day_of(number).map(day_number), Some(number));
    }
}

#[test]
fn a_time_past_midnight_by_the_clock_of_the_day_before_leaves_its_day() {
    assert_eq!(
        Date::parse("2022-03-11T24:04:30"),
        Date::parse("2022-03-11")
    );
    assert!(Date::parse("2022-03-11T24:61:00").is_err());
    assert!(Date::parse("2022-03-11T25:04:30").is_err());
}
