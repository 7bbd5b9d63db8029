use crate::analysis::dictionary::letters::Letters;
use crate::analysis::spelling::variants::*;
use unicode_normalization::is_nfc;

fn words(text: &str) -> Vec<KeyedWord> {
    let mut words = Words::new(text);
    let mut all = Vec::new();
    let mut word = KeyedWord::default();
    while words.next_into(&mut word.form).is_some() {
        KeyAnalyzer::default().query_keys(&word.form, &mut word.keys);
        all.push(word.clone());
    }
    all
}

fn variants(text: &str) -> Vec<String> {
    let join = |variant: Variant| {
        let words: Vec<_> = variant.words.iter().map(|keys| keys.join("|")).collect();
        format!("{}>{}", variant.replaced, words.join(" "))
    };
    Variants::ukrainian()
        .of_words(&words(text))
        .into_iter()
        .map(join)
        .collect()
}

#[test]
fn every_line_is_a_pair_of_different_words_in_order() {
    let lines: Vec<_> = LIST.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(lines.len() >= 170, "{}", lines.len());
    for pair in lines.windows(2) {
        assert!(pair[0] < pair[1], "{pair:?}");
    }
    for line in &lines {
        assert!(is_nfc(line) && line.trim() == *line, "{line}");
        let (one, other) = line.split_once('\t').expect(line);
        assert!(!other.contains('\t') && one != other, "{line}");
        assert!(
            !lines.contains(&format!("{other}\t{one}").as_str()),
            "{line}"
        );
        for word in one.split(['-', ' ']).chain(other.split(['-', ' '])) {
            assert!(Letters::of(&word.to_lowercase()).is_some(), "{line}");
            let tail: String = word.chars().skip(1).collect();
            let is_name = word.chars().next().is_some_and(char::is_uppercase);
            assert!(tail == tail.to_lowercase() || is_name, "{line}");
        }
    }
}

#[test]
fn every_spelling_of_the_list_leads_to_the_other() {
    for [one, other] in &Variants::ukrainian().pairs {
        for (from, to) in [(one, other), (other, one)] {
            let wanted = keys_of_spelling(to);
            let found = Variants::ukrainian().of_words(&words(from));
            assert!(found.iter().any(|v| v.words == wanted), "{from} {to}");
        }
    }
}

#[test]
fn a_case_form_has_the_variants_of_its_lemma() {
    for (form, variant) in [
        ("проєктами", "1>проект"),
        ("проектів", "1>проєкт"),
        ("етері", "1>ефір"),
        ("священниками", "1>священик"),
        ("Атенах", "1>афін"),
        ("вебсайту", "1>веб сайт"),
        ("веб-сайту", "2>вебсайт"),
        ("півроку", "1>пів рік"),
        ("пів року", "2>піврок"),
    ] {
        assert!(
            variants(form).iter().any(|v| v == variant),
            "{form}: {:?}",
            variants(form)
        );
    }
}

#[test]
fn spellings_are_followed_from_line_to_line() {
    let found = variants("Хілларі");
    assert!(found.contains(&"1>гілар".to_owned()), "{found:?}");
}

#[test]
fn other_words_have_none() {
    for text in ["гарантія", "сайт", "веб", "drone", "2025", ""] {
        assert!(variants(text).is_empty(), "{text}: {:?}", variants(text));
    }
}
