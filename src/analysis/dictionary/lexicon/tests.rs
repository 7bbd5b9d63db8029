use crate::analysis::dictionary::lexicon::*;
use proptest::prelude::*;
use unicode_normalization::is_nfc;

fn keys(lexicon: &Lexicon, form: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut each = |key: &Letters| {
        let mut text = String::new();
        key.write_to(&mut text);
        all.push(text);
    };
    lexicon.keys(&Letters::of(form).unwrap(), &mut each);
    all
}

#[test]
fn every_form_has_the_key_of_its_lemma() {
    let lexicon = Lexicon::parse("# names\n\nМілей\tnoun-m-j\nҐебель\tnoun-m-soft\n").unwrap();
    for form in ["мілей", "мілея", "мілеєві", "мілеєм"] {
        assert_eq!(keys(&lexicon, form), ["міле"], "{form}");
    }
    assert_eq!(keys(&lexicon, "ґебелем"), ["гебел"]);
    assert!(keys(&lexicon, "мілеями").len() == 1 && keys(&lexicon, "міле").is_empty());
    assert!(!lexicon.is_empty() && Lexicon::default().is_empty());
}

#[test]
fn a_form_of_two_words_has_both_keys_and_a_repeated_word_one() {
    let text = "Зара\tnoun-f-a\nЗар\tnoun-m-hard\nЗари\tnoun-pl\nЗара\tnoun-f-a\n";
    let lexicon = Lexicon::parse(text).unwrap();
    assert!(keys(&lexicon, "зара").iter().all(|key| key == "зар"));
    let lexicon = Lexicon::parse("Мазай\tnoun-m-j\nМазаєм\tindeclinable\n").unwrap();
    assert_eq!(keys(&lexicon, "мазаєм"), ["маза", "мазаєм"]);
}

#[test]
fn each_form_leads_to_all_forms_of_its_words_as_they_are_spelt() {
    let lexicon = Lexicon::parse("Ґоґоль\tnoun-m-soft\nМазай\tnoun-m-j\nМазаєм\tindeclinable\n");
    let lexicon = lexicon.unwrap();
    let forms = lexicon.forms_of("гоголем");
    for form in ["ґоґоль", "ґоґоля", "ґоґолем", "гоголь", "гоголеві"]
    {
        assert!(forms.iter().any(|known| known == form), "{form}: {forms:?}");
    }
    assert_eq!(lexicon.forms_of("ґоґоля"), forms);
    assert_eq!(lexicon.forms_of("мазая").len(), 10);
    assert_eq!(
        lexicon.forms_of("мазаєм").len(),
        10,
        "each form stands once"
    );
    for other in ["гогол", "г", "", "gogol", "мазайка"] {
        assert!(lexicon.forms_of(other).is_empty(), "{other}");
    }
}

#[test]
fn the_supplement_is_sorted_and_without_problems() {
    assert_eq!(Lexicon::parse(SUPPLEMENT).err(), None);
    let lines: Vec<_> = SUPPLEMENT
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    assert!(lines.len() >= 250, "{}", lines.len());
    assert!(lines.iter().all(|line| is_nfc(line)));
    for pair in lines.windows(2) {
        assert!(pair[0] < pair[1], "{pair:?}");
    }
}

#[test]
fn all_problems_are_told_with_their_lines() {
    let text = "Шольц\nШольц\tnoun\nСирський\tnoun-m-ok\nFaust\tnoun-m-hard\nа б\tadj\n";
    let problems = Lexicon::parse(text).unwrap_err();
    let lines: Vec<_> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [1, 2, 3, 4, 5]);
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in ".*", lemma in "[а-щьюяєії]{2,60}") {
        let _ = Lexicon::parse(&text);
        // These letters alone are Roman numbers.
        prop_assume!(!lemma.chars().all(|c| "іх".contains(c)));
        let lexicon = Lexicon::parse(&format!("{lemma}\tname-e"));
        prop_assert!(lexicon.is_err() || lemma.ends_with('е'));
        let lexicon = Lexicon::parse(&format!("{lemma}\tindeclinable")).unwrap();
        prop_assert!(lexicon.contains(&lemma) && lexicon.len() == 1);
    }
}
