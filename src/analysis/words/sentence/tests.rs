use crate::analysis::words::sentence::*;
use crate::analysis::words::tokenizer::Words;
use proptest::prelude::*;

fn cut(text: &str) -> Vec<&str> {
    sentences(text)
        .into_iter()
        .map(|range| range.of(text))
        .collect()
}

/// Texts whose sentences are divided by `|`.
const DIVIDED: &[&str] = &[
    "Перше речення. |Друге! |Третє?",
    "Рада ухвалила бюджет. |Голова його підписав.",
    "Ремонт триває на вул. Шевченка, 12. |Рух перекрито.",
    "Театр ім. Лесі Українки відкрив сезон. |Квитки продано.",
    "За ст. 121 йому загрожує до 8 років. |Суд триває.",
    "Згідно з ч. 2 ст. 15 Закону це дозволено.",
    "На ремонт дали 5 млн. Гривень вистачить.",
    "Видатки зросли на 3,5 млрд грн. |Дефіцит теж.",
    "У 2014 р. Росія захопила Крим. |Світ мовчав.",
    "У 1990–1995 рр. завод стояв.",
    "Лист підписав І. П. Коваль. |Відповіді немає.",
    "Зустріч провів В. Зеленський. |Переговори тривали годину.",
    "На мітингу виступив Ю.В. Луценко. |Люди слухали.",
    "Промову виголосив Дж. Байден. |Її перекладали.",
    "До м. Києва прибула делегація. |Її зустріли.",
    "У с. Велика Рогозянка та смт. Борова немає світла.",
    "Купили столи, стільці, шафи і т. д. |Гроші дала громада.",
    "Мова про хліб, сіль і т. п. |Ціни ростуть.",
    "Серед гостей — мер, депутати та ін. |Журналістів не пустили.",
    "Було о 5 год. потому пішов дощ.",
    "Глибина річки 12 м. |Течія швидка.",
    "Зібрали 40 т. |Торік було менше.",
    "Він замовк… |Потім заговорив знову.",
    "Він замовк... |Потім заговорив знову.",
    "Він… не прийшов.",
    "Ну... може, й так.",
    "Що це було?! |Ніхто не знає.",
    "«Ми переможемо.» |Він вірить у це.",
    "«Ми переможемо». |Він вірить у це.",
    "«Слава Україні!» – вигукнув він. |Йому відповіли.",
    "— Хто там? — спитала вона.",
    "— Хто там? |— Це я. |— Заходь.",
    "Дані уточнюють (див. рис. 5). |Звіт буде згодом.",
    "(Фото з архіву.) |Міст відкрили торік.",
    "1. Хліб подорожчав. |2. Сіль подешевшала.",
    "12. Розгляд питань.",
    "Про це пише Цензор.НЕТ з посиланням на ст. джерело.",
    "Сайт censor.net не працює. |Причина невідома.",
    "Курс долара — 41.5 гривні. |Євро — 44,7.",
    "Сталося це 24.02.2022. |Тоді почалася велика війна.",
    "Прибуток у 2025. |100 нових машин.",
    "Він сказав: «Йдемо!» |Усі пішли.",
    "В. о. міністра подав у відставку. |Її прийняли.",
    "Отець о. Василь молився. |Люди співали.",
    "Так зв. «республіки» не визнано.",
    "Заголовок|\nПерший абзац|\n\nДругий абзац.",
    "Он родился в г. Одесса. |Учился в Киеве.",
    "Выступил А. С. Петров. |Его слушали.",
    "Улица им. Гагарина закрыта. |Движение перекрыто.",
    "Mr. Smith met Dr. Brown. |They talked.",
    "He lives in St. Louis. |\"Why?\" she asked.",
    "The U.S. Senate voted. |It passed.",
];

#[test]
fn sentences_of_the_news_are_told_apart() {
    assert!(DIVIDED.len() >= 40);
    for divided in DIVIDED {
        let text = divided.replace('|', "");
        let expected: Vec<_> = divided.split('|').map(str::trim).collect();
        assert_eq!(cut(&text), expected);
    }
}

#[test]
fn paragraphs_stand_between_line_breaks() {
    let text = " Перший. Ще.\n\n  \nДругий\nтретій ";
    let found: Vec<_> = paragraphs(text)
        .into_iter()
        .map(|range| range.of(text))
        .collect();
    assert_eq!(found, ["Перший. Ще.", "Другий", "третій"]);
    assert!(paragraphs(" \n").is_empty() && sentences(" \n").is_empty());
}

fn is_inside_one(range: ByteRange, others: &[ByteRange]) -> bool {
    others
        .iter()
        .any(|other| other.start <= range.start && range.end <= other.end)
}

proptest! {
    #[test]
    fn sentences_and_paragraphs_are_in_order_and_every_word_stands_in_one(
        text in "\\PC{0,60}|[а-яА-Я .!?…»\"(\n0-9-]{0,80}",
    ) {
        for ranges in [sentences(&text), paragraphs(&text)] {
            let mut end = 0;
            for range in &ranges {
                prop_assert!(range.start >= end && range.end > range.start);
                prop_assert!(text.get(range.start..range.end).is_some());
                end = range.end;
            }
            let (mut words, mut form) = (Words::new(&text), String::new());
            while let Some(word) = words.next_into(&mut form) {
                prop_assert!(is_inside_one(word.range, &ranges));
            }
        }
    }

    #[test]
    fn every_sentence_stands_in_one_paragraph(text in "[а-яА-Я .!?…»\n]{0,80}") {
        let paragraphs = paragraphs(&text);
        for sentence in sentences(&text) {
            prop_assert!(is_inside_one(sentence, &paragraphs));
        }
    }
}
