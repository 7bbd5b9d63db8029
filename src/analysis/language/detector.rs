//! Detects the language of a text from its letters, its commonest words and their endings.

use crate::analysis::language::Language;
use crate::analysis::language::evidence::Evidence;

/// How much of a text is looked at, in words: enough to be sure, and long articles cost no more.
const SAMPLE_WORDS: usize = 200;

impl Language {
    /// Detects the language of `text` from its first 200 words.
    ///
    /// A word with a letter outside a language's alphabet speaks against that language, one of its
    /// commonest words or endings for it. Close neighbours (Belarusian, Bulgarian, Polish …) are
    /// weighed too, so that they are not taken for one of the three.
    pub fn detect(text: &str) -> Self {
        Evidence::of(text, SAMPLE_WORDS).verdict()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_languages_of_the_archives_are_told_apart() {
        let table: [(Language, &[&str]); 4] = [
            (
                Language::Ukrainian,
                &[
                    "Громада отримала гроші на ремонт школи, повідомив голова.",
                    "Мешканцям обіцяють, що світло буде до вечора",
                    "Рада ухвалила бюджет",
                    "Сьогодні без опадів",
                    "У Полтаві гасили пожежу",
                    "iPhone 17 Pro Max: що нового",
                    "Тaк пишуть ті, хто плутає рoзкладки",
                ],
            ),
            (
                Language::Russian,
                &[
                    "Жители говорят, что свет дадут только к вечеру",
                    "Мэр города объявил о начале ремонта",
                    "Ситуация изменилась",
                    "В городе потушили пожар, пострадавших нет",
                    "Когда откроют новую школу",
                ],
            ),
            (
                Language::English,
                &[
                    "The city council has approved the budget for the next year",
                    "Schools reopened after repairs",
                    "Minister's statement on heating",
                ],
            ),
            (
                Language::Other,
                &[
                    "12 345",
                    "",
                    "Гарадскі савет зацвердзіў бюджэт на наступны год",
                    "У горадзе адкрылі новую школу",
                    "Градският съвет прие бюджета за следващата година",
                    "В града откриха ново училище",
                    "Градскиот совет го усвои буџетот за следната година",
                    "Градско веће је усвојило буџет за наредну годину",
                    "Гpaдcкo вeћe je ycвojилo бyџeт",
                    "Rada miasta przyjęła budżet na przyszły rok",
                    "Městská rada schválila rozpočet na příští rok",
                    "Mestská rada schválila rozpočet na budúci rok",
                    "Der Stadtrat hat den Haushalt für das nächste Jahr beschlossen",
                    "Le conseil municipal a adopté le budget de l'année prochaine",
                    "Mestni svet je sprejel proračun za prihodnje leto",
                    "Gradsko vijeće usvojilo je proračun za iduću godinu",
                    "Apple Samsung Xiaomi",
                ],
            ),
        ];
        for (language, texts) in table {
            for text in texts {
                assert_eq!(Language::detect(text), language, "{text}");
            }
        }
    }

    #[test]
    fn headlines_without_the_letters_of_their_language_are_told_apart_by_their_words() {
        let ukrainian = [
            "Туристичний сезон без моря",
            "Понад сто людей затримали",
            "Навчальний заклад отримав генератор",
            "Ракетний удар по складу",
            "Прем'єр прибув до Одеси",
            "Депутат назвав чутками заяву про арешт",
            "Потужний удар по порту",
            "Мер заговорив про бюджет",
            "Депутати можуть ухвалити закон",
            "Ворог атакував столицю",
            "Молдова не зможе купувати газ",
            "Нова евакуація запланована на ранок",
            "Карта фронту в районах боїв",
            "Рада повернула мита на одяг",
            "Стане новим центром науки",
        ];
        let russian = [
            "Банки готовят двухдневную забастовку",
            "Пакистан требует казнить террориста",
            "Премьер назначила нового министра",
            "В столице откроют новую станцию",
            "Самолетам разрешили летать над городом",
            "Отмена смертного приговора",
            "Синоптик обещает похолодание",
            "Боевики обстреляли село под Горловкой",
            "Глава дипломатии прокомментировал санкции",
            "Бортпроводники проведут забастовки",
            "Уроки наставничества для молодежи",
            "Давайте немного порассуждаем вслух",
            "Победа благодаря меткому голу",
        ];
        for (language, texts) in [
            (Language::Ukrainian, &ukrainian[..]),
            (Language::Russian, &russian[..]),
        ] {
            for text in texts {
                assert_eq!(Language::detect(text), language, "{text}");
            }
        }
    }

    /// Compares with labelled sentences where they are at hand: a folder with
    /// `queries/langid.tsv`, a language and a sentence in each line.
    #[test]
    fn labelled_sentences_are_in_the_language_that_their_label_says() {
        let Some(folder) = std::env::var_os("SHUKACH_EVAL").map(std::path::PathBuf::from) else {
            return;
        };
        let lines = std::fs::read(folder.join("queries/langid.tsv")).unwrap();
        let lines = String::from_utf8(lines).unwrap();
        let lines: Vec<_> = lines
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .collect();
        let right = |(label, text): &&(&str, &str)| {
            let code = Language::detect(text).code();
            code == *label || (code == "und" && !["uk", "ru", "en"].contains(label))
        };
        let count = lines.iter().filter(right).count();
        println!("{count} of {}", lines.len());
        assert!(count * 1000 >= lines.len() * 997);
    }

    #[test]
    fn a_ukrainian_article_that_quotes_russian_stays_ukrainian() {
        let text = "Речник зауважив, що фраза «это было вчера» не відповідає дійсності, і подякував усім, хто її перевірив.";
        assert_eq!(Language::detect(text), Language::Ukrainian);
    }

    #[test]
    fn declared_codes_are_understood_with_their_regions() {
        assert_eq!(Language::of_code("uk-UA"), Language::Ukrainian);
        assert_eq!(Language::of_code("ua"), Language::Ukrainian);
        assert_eq!(Language::of_code("RU_ru"), Language::Russian);
        assert_eq!(Language::of_code("pl"), Language::Other);
    }
}
