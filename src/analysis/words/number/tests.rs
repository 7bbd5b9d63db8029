use crate::analysis::words::number::*;
use crate::analysis::words::tokenizer::{Words, forms_of};

#[test]
fn all_spellings_of_a_number_have_one_form() {
    for (text, form) in [
        ("1 000 000", "1000000"),
        ("1\u{a0}000\u{a0}000", "1000000"),
        ("1\u{202f}000\u{2009}000", "1000000"),
        ("1.000.000", "1000000"),
        ("1,000,000", "1000000"),
        ("12 500,75", "12500.75"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("24.02.2022", "24.02.2022"),
        ("5.3.2022", "05.03.2022"),
        ("24.02.22", "24.02.22"),
    ] {
        assert_eq!(forms_of(text), [form], "{text}");
    }
}

#[test]
fn numbers_that_stand_beside_each_other_stay_apart() {
    for (text, forms) in [
        ("у 2022 100 осіб", "у 2022 100 осіб"),
        ("044 123 45 67", "044 123 45 67"),
        ("380 44 123 45 67", "380 44 123 45 67"),
        ("100 2000", "100 2000"),
        ("192.168.0.1", "192 168 0 1"),
        ("5,6,7", "5 6 7"),
        ("2014,2015,2016", "2014 2015 2016"),
        ("31.13.2022", "31 13 2022"),
        ("12:30 1/2 2022-02-24", "12 30 1 2 2022 02 24"),
        ("100 200 300 400 500 600", "100 200 300 400 500 600"),
        ("1, 5. 7", "1 5 7"),
    ] {
        let expected: Vec<_> = forms.split(' ').collect();
        assert_eq!(forms_of(text), expected, "{text}");
    }
}

#[test]
fn letters_and_hyphens_at_a_number_make_words_of_their_own() {
    for (text, forms) in [
        ("1,5млн", "1.5 млн"),
        ("20 000грн", "20000 грн"),
        ("24.02.2022р.", "24.02.2022 р"),
        ("5G Т-72 F-16 COVID-19", "5g т 72 f 16 covid 19"),
        ("20-пунктний 24-го", "20 пунктний 24-го"),
    ] {
        let expected: Vec<_> = forms.split(' ').collect();
        assert_eq!(forms_of(text), expected, "{text}");
    }
}

#[test]
fn offsets_cover_the_whole_number_and_it_takes_one_position() {
    let text = "Понад 1\u{a0}000 000 грн.";
    let (mut words, mut form) = (Words::new(text), String::new());
    let mut found = Vec::new();
    while let Some(word) = words.next_into(&mut form) {
        found.push((word.range.of(text), word.position));
    }
    assert_eq!(found, [("Понад", 0), ("1\u{a0}000 000", 1), ("грн", 2)]);
}

#[test]
fn only_a_whole_date_has_a_year() {
    assert_eq!(year_of_date("24.02.2022"), Some("2022"));
    for form in ["24.02.22", "2022", "1000000000", "1.50000000"] {
        assert_eq!(year_of_date(form), None, "{form}");
    }
}
