use crate::analysis::dictionary::lexicon::Lexicon;
use crate::plan::*;
use crate::query::{ParseOptions, parse};
use jiff::civil;

const OPTIONS: ParseOptions = ParseOptions::new(civil::date(2026, 3, 18));

fn plan(text: &str) -> Option<Plan> {
    Plan::of(&parse(text, &OPTIONS).unwrap().query)
}

#[test]
fn an_exact_word_looks_for_its_form_and_an_ordinary_one_for_its_keys() {
    let Some(Plan::Phrase(slots)) = plan("=Гарантія") else {
        panic!()
    };
    assert_eq!(slots, [Slot::of_form("гарантія".into())]);
    let Some(Plan::Phrase(slots)) = plan("гарантіями") else {
        panic!()
    };
    assert!(slots[0].terms.contains(&"гаранті".to_owned()) && slots[0].forms.is_empty());
}

#[test]
fn spellings_stand_beside_the_terms_where_they_are_wanted_and_the_word_is_not_exact() {
    let with_spellings = |text: &str| {
        let query = parse(text, &OPTIONS).unwrap().query;
        let Some(Plan::Phrase(slots)) = Plan::widened(&query, Widening::ALL) else {
            panic!()
        };
        slots[0].spellings.clone()
    };
    assert!(with_spellings("Зеленський").contains(&"en/zelenskyy".to_owned()));
    assert!(with_spellings("=Зеленський").is_empty());
    let Some(Plan::Phrase(slots)) = plan("Порошенко") else {
        panic!()
    };
    assert!(slots[0].spellings.is_empty());
}

#[test]
fn a_word_with_a_hyphen_is_a_phrase_of_its_parts() {
    let Some(Plan::Phrase(slots)) = plan("Івано-Франківськ") else {
        panic!()
    };
    assert_eq!(slots.len(), 2);
}

#[test]
fn all_spellings_of_a_number_ask_for_the_same() {
    for spellings in [
        ["1 000 000", "1000000", "\"1 000 000\""],
        ["=1,5", "=1.5", "=\"1,5\""],
        ["24.2.2022", "24.02.2022", "«24.02.2022»"],
    ] {
        for spelling in spellings {
            assert_eq!(plan(spelling), plan(spellings[0]), "{spelling}");
            let typed = match plan(spelling) {
                Some(Plan::Spellings(plans)) => plans.into_iter().next(),
                plan => plan,
            };
            assert!(matches!(typed, Some(Plan::Phrase(slots)) if slots.len() == 1));
        }
    }
}

#[test]
fn other_spellings_are_found_unless_they_are_switched_off_or_the_word_is_exact() {
    assert!(matches!(plan("вебсайт"), Some(Plan::Spellings(plans)) if plans.len() == 2));
    assert!(matches!(plan("веб-сайт"), Some(Plan::Spellings(plans)) if plans.len() == 2));
    assert!(matches!(plan("=вебсайт"), Some(Plan::Phrase(_))));
    let query = parse("вебсайт", &OPTIONS).unwrap().query;
    assert!(matches!(
        Plan::widened(&query, Widening::NONE),
        Some(Plan::Phrase(_))
    ));
    let mut slots = 0;
    plan("новий вебсайт")
        .unwrap()
        .for_each_phrase(&mut |phrase| slots += phrase.len());
    assert_eq!(slots, 2);
}

#[test]
fn a_phrase_without_words_is_left_out() {
    assert!(parse("\"— …\"", &OPTIONS).is_err());
    assert!(matches!(plan("мир \"…\""), Some(Plan::Phrase(_))));
}

#[test]
fn and_inside_near_is_multiplied_out() {
    let Some(Plan::And(plans)) = plan("(а б) NEAR/3 (в OR г)") else {
        panic!()
    };
    assert_eq!(plans.len(), 2);
    assert!(matches!(
        plan("(а OR б) NEAR/3 в"),
        Some(Plan::Spans { .. })
    ));
    assert!(matches!(plan("((а б) OR в) NEAR/3 г"), Some(Plan::Or(plans)) if plans.len() == 2));
}

#[test]
fn alternatives_of_a_phrase_share_a_slot() {
    let Some(Plan::Phrase(slots)) = plan("\"нові (=гарантії|безпек*)\"") else {
        panic!()
    };
    assert_eq!(*slots[1].forms, ["гарантії"]);
    assert_eq!(slots[1].patterns.len(), 1);
}

#[test]
fn an_exact_word_with_a_hyphen_takes_as_many_places_as_it_has_parts() {
    let Some(Plan::Spans {
        spans: Spans::Row(row),
        ..
    }) = plan("=\"Івано-Франківськ місто\"")
    else {
        panic!()
    };
    let offsets: Vec<u32> = row.iter().map(|(offset, _)| *offset).collect();
    assert_eq!(offsets, [0, 2]);
}

#[test]
fn phrases_under_not_are_left_out_of_the_walk() {
    let plan = plan("мир -війна").unwrap();
    let mut count = 0;
    plan.for_each_phrase(&mut |_| count += 1);
    assert_eq!(count, 1);
}

#[test]
fn a_word_of_the_lexicon_stands_for_all_its_forms_unless_it_is_exact() {
    let lexicon = Lexicon::parse("Скрабуль\tnoun-m-soft\n").unwrap();
    let slot = |text: &str, variants: bool| {
        let query = parse(text, &OPTIONS).unwrap().query;
        let widening = Widening {
            variants,
            lexicon: Some(&lexicon),
            ..Widening::NONE
        };
        let Some(Plan::Phrase(mut slots)) = Plan::widened(&query, widening) else {
            panic!()
        };
        slots.remove(0)
    };
    for variants in [true, false] {
        let slot = slot("Скрабулем", variants);
        assert!(slot.forms.contains(&"скрабуля".to_owned()) && !slot.terms.is_empty());
    }
    assert_eq!(*slot("=Скрабулем", true).forms, ["скрабулем"]);
    assert!(slot("замок", true).forms.is_empty());
}

#[test]
fn readings_of_a_phrase_that_are_left_out_are_told() {
    let slot = "(аба-баб|вак-кав|гал-лаг)";
    for (count, told) in [(3, 0), (4, 1)] {
        for slop in ["", "~5"] {
            let query = format!("\"{}\"{slop}", [slot; 4][..count].join(" "));
            let parsed = parse(&query, &ParseOptions::new(civil::date(2026, 1, 1))).unwrap();
            let mut warnings = Vec::new();
            Plan::remarked(&parsed.query, Widening::ALL, &mut warnings).unwrap();
            assert_eq!(warnings.len(), told, "{query}");
        }
    }
}

#[test]
fn a_surname_typed_in_one_gender_counts_less_in_the_other() {
    let slot_of = |query: &str, number: usize| {
        let mut slots = Vec::new();
        let plan = plan(query).unwrap();
        plan.for_each_phrase(&mut |phrase| slots.extend_from_slice(phrase));
        slots[number].clone()
    };
    for (query, number, own, other) in [
        ("Зеленська", 0, "зеленської", "зеленський"),
        ("зеленська", 0, "зеленської", "зеленський"),
        ("Залужного", 0, "залужний", "залужний"),
        ("Олена Білозірна", 1, "білозірну", "білозірний"),
        ("олени чорновецької", 1, "чорновецька", "чорновецький"),
        ("Білозірною Оленою", 0, "білозірна", "білозірний"),
        ("Олена OR Білозірна", 1, "білозірна", "білозірний"),
    ] {
        let slot = slot_of(query, number);
        assert!(slot.forms.contains(&own.to_owned()), "{query}: {slot:?}");
        assert_eq!(slot.spellings[0], other, "{query}");
        assert!(!slot.terms.contains(&other.to_owned()), "{query}");
    }
    // Adjectives, plurals and exact forms stay as they are.
    for (query, number) in [
        ("нова пошта", 0),
        ("Нова пошта", 0),
        ("київська область", 0),
        ("Київська область", 0),
        ("Зеленські", 0),
        ("історичний роман", 0),
        ("французький роман", 0),
        ("Російська влада", 0),
    ] {
        let slot = slot_of(query, number);
        assert!(
            slot.forms.is_empty() && !slot.terms.is_empty(),
            "{query}: {slot:?}"
        );
    }
}
