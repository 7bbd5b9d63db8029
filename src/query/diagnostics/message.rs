//! The messages of errors and notices, in English and Ukrainian.

use crate::date::{DateError, PLAUSIBLE_YEARS};
use crate::locale::{Locale, ukrainian_plural};
use crate::query::diagnostics::error::{QueryProblem, Side};
use crate::query::diagnostics::notice::{Difference, Notice, Warning};
use crate::query::field::Column;
use crate::query::period::PeriodError;

impl QueryProblem {
    /// Returns what is wrong and how to mend it, in the language of the user.
    pub fn message(&self, locale: Locale) -> String {
        match locale {
            Locale::English => problem_in_english(self),
            Locale::Ukrainian => problem_in_ukrainian(self),
        }
    }
}

fn problem_in_english(problem: &QueryProblem) -> String {
    use QueryProblem as P;
    match problem {
        P::Empty => {
            "the query is empty; give at least one word, as in: shukach search 'гарантії безпеки'"
                .into()
        }
        P::OnlyNegative => {
            "the query only excludes; give at least one word, field or date to look for".into()
        }
        P::UnclosedParenthesis => {
            "\"(\" is never closed; add \")\", or write \\( to take it as text".into()
        }
        P::UnopenedParenthesis => "\")\" was never opened; add \"(\", or leave it out".into(),
        P::UnclosedQuote { quote } => format!(
            "the quote {quote} is never closed; add the closing one, or write \\{quote} to take it as text"
        ),
        P::MissingOperand { operator, side } => {
            let side = side_in_english(*side);
            if operator.contains(char::is_uppercase) {
                format!(
                    "{operator} lacks a word {side} it; write operators in lower case to search for them as words"
                )
            } else {
                format!("{operator} lacks a word {side} it; write \\{operator} to take it as text")
            }
        }
        P::MissingNumber { operator } => format!("{operator} needs a number: {operator}/5"),
        P::NumberOutOfRange {
            number,
            least,
            most,
        } => format!("{number} is out of range; numbers here run from {least} to {most}"),
        P::NotInsideNear { operator } => format!(
            "NOT cannot stand inside {operator}; use NOTNEAR/5, or exclude outside: (a NEAR/5 b) NOT c"
        ),
        P::OutOfPlace { what, operator } => {
            let outside = match *what {
                "^" => "(a NEAR/5 b)^2",
                "AND" | "OR" | "NOT" => "ATLEAST/3 a AND ATLEAST/3 b",
                "ATLEAST" => "(a NEAR/5 b) AND ATLEAST/3 c",
                "title" | "lead" | "text" => "title:(a NEAR/5 b)",
                "date" => "(a NEAR/5 b) AND date:2025",
                _ => "(a NEAR/5 b) AND source:c",
            };
            format!("{what} cannot stand inside {operator}; put it outside, as in: {outside}")
        }
        P::FewLetters { pattern, least } => format!(
            "{pattern} stands for too many words; begin it with at least {least} letters, or add --allow-leading"
        ),
        P::BadRegex { reason } => format!(
            "the regular expression cannot be read: {reason}; write \\/ to take a slash as text"
        ),
        P::BadFuzziness { number } => {
            format!("~{number} is not known; ~1 and ~2 allow one and two slips")
        }
        P::CasedPattern => {
            "== asks for capitals, and a pattern has none; use =, or give the whole word".into()
        }
        P::NearField { typed, meant } => format!(
            "unknown field \"{typed}\"; did you mean \"{meant}\"? write \\: to take it as text"
        ),
        P::UnknownField { typed } => format!(
            "unknown field \"{typed}\"; the fields are title, lead, body, source, author, section, lang, url, tag, collection, copies, first_publisher and date"
        ),
        P::NestedField { typed } => {
            format!("the field \"{typed}\" stands inside another; close the first one before it")
        }
        P::MissingValue { field } => {
            format!(
                "{field}: lacks a value; write it right behind the colon, as in {field}:…, and what excludes or counts before the field: -{field}:…"
            )
        }
        P::PatternOfValue { field, value } => format!(
            "{field}:{value} is no pattern; only the end of a value can be open, as in {field}:укр*, and a value in quotes is taken as it stands"
        ),
        P::MissingTerm { operator, side } => missing_term_in_english(operator, *side),
        P::Untranslatable { what } => {
            format!("{what} has no counterpart here; leave it out, or ask for it in another way")
        }
        P::Period(error) => period_in_english(error),
        P::TooLong { bytes, limit_bytes } => {
            format!("the query is too long: {bytes} bytes, at most {limit_bytes} are read")
        }
        P::TooDeep { limit } => {
            format!("the query is nested more than {limit} deep; use fewer parentheses")
        }
        P::TooManyWords { limit } => format!("the query has more than {limit} words; use fewer"),
        P::TooManyClauses { limit } => format!(
            "the query makes more than {limit} clauses, as every AND inside NEAR is multiplied out; use fewer"
        ),
    }
}

fn problem_in_ukrainian(problem: &QueryProblem) -> String {
    use QueryProblem as P;
    match problem {
        P::Empty => {
            "запит порожній; дайте хоча б одне слово, наприклад: shukach search 'гарантії безпеки'"
                .into()
        }
        P::OnlyNegative => {
            "запит лише виключає; дайте хоча б одне слово, поле чи дату, які шукати".into()
        }
        P::UnclosedParenthesis => {
            "дужку \"(\" не закрито; додайте \")\" або пишіть \\(, щоб узяти її як текст".into()
        }
        P::UnopenedParenthesis => "дужку \")\" не відкрито; додайте \"(\" або приберіть її".into(),
        P::UnclosedQuote { quote } => format!(
            "лапки {quote} не закрито; додайте другі або пишіть \\{quote}, щоб узяти їх як текст"
        ),
        P::MissingOperand { operator, side } => {
            let side = side_in_ukrainian(*side);
            if operator.contains(char::is_uppercase) {
                format!(
                    "{side} {operator} бракує слова; щоб шукати оператор як слово, пишіть його малими літерами"
                )
            } else {
                format!(
                    "{side} {operator} бракує слова; пишіть \\{operator}, щоб узяти його як текст"
                )
            }
        }
        P::MissingNumber { operator } => format!("{operator} потребує числа: {operator}/5"),
        P::NumberOutOfRange {
            number,
            least,
            most,
        } => format!("число {number} поза межами; тут можна від {least} до {most}"),
        P::NotInsideNear { operator } => format!(
            "НЕ не може стояти всередині {operator}; використайте НЕБІЛЯ/5 або виключайте зовні: (а БІЛЯ/5 б) НЕ в"
        ),
        P::OutOfPlace { what, operator } => {
            let outside = match *what {
                "^" => "(а БІЛЯ/5 б)^2",
                "AND" | "OR" | "NOT" => "МІНІМУМ/3 а І МІНІМУМ/3 б",
                "ATLEAST" => "(а БІЛЯ/5 б) І МІНІМУМ/3 в",
                "title" | "lead" | "text" => "заголовок:(а БІЛЯ/5 б)",
                "date" => "(а БІЛЯ/5 б) І дата:2025",
                _ => "(а БІЛЯ/5 б) І джерело:в",
            };
            format!(
                "{what} не може стояти всередині {operator}; винесіть назовні, наприклад: {outside}"
            )
        }
        P::FewLetters { pattern, least } => format!(
            "{pattern} охоплює забагато слів; почніть щонайменше з {least} літер або додайте --allow-leading"
        ),
        P::BadRegex { reason } => format!(
            "регулярний вираз не читається: {reason}; пишіть \\/, щоб узяти скісну риску як текст"
        ),
        P::BadFuzziness { number } => {
            format!("~{number} не буває; ~1 і ~2 дозволяють одну та дві описки")
        }
        P::CasedPattern => {
            "== зважає на великі літери, а шаблон їх не має; пишіть = або дайте ціле слово".into()
        }
        P::NearField { typed, meant } => format!(
            "невідоме поле \"{typed}\" – може, \"{meant}\"? пишіть \\:, щоб узяти його як текст"
        ),
        P::UnknownField { typed } => format!(
            "невідоме поле \"{typed}\"; є поля заголовок, лід, текст, джерело, автор, розділ, мова, адреса, тег, колекція, копії, першоджерело і дата"
        ),
        P::NestedField { typed } => {
            format!("поле \"{typed}\" стоїть усередині іншого; спершу закрийте те")
        }
        P::MissingValue { field } => {
            format!(
                "після {field}: бракує значення; пишіть його одразу за двокрапкою: {field}:…, а те, що виключає чи рахує, – перед полем: -{field}:…"
            )
        }
        P::PatternOfValue { field, value } => format!(
            "{field}:{value} не буває шаблоном; відкритим може бути лише кінець значення: {field}:укр*, а значення в лапках береться так, як стоїть"
        ),
        P::MissingTerm { operator, side } => missing_term_in_ukrainian(operator, *side),
        P::Untranslatable { what } => {
            format!("{what} тут не має відповідника; приберіть його або запитайте інакше")
        }
        P::Period(error) => period_in_ukrainian(error),
        P::TooLong { bytes, limit_bytes } => {
            format!("запит задовгий: {bytes} байтів, а читається щонайбільше {limit_bytes}")
        }
        P::TooDeep { limit } => {
            format!("у запиті понад {limit} вкладення; використайте менше дужок")
        }
        P::TooManyWords { limit } => format!("у запиті понад {limit} слова; скоротіть його"),
        P::TooManyClauses { limit } => format!(
            "запит розгортається у понад {limit} частини, бо кожне І всередині БІЛЯ множиться; скоротіть його"
        ),
    }
}

fn side_in_english(side: Side) -> &'static str {
    match side {
        Side::Before => "before",
        Side::After => "after",
    }
}

fn side_in_ukrainian(side: Side) -> &'static str {
    match side {
        Side::Before => "перед",
        Side::After => "після",
    }
}

fn missing_term_in_english(operator: &str, side: Side) -> String {
    let side = side_in_english(side);
    if operator.contains(char::is_alphabetic) {
        format!(
            "{operator} lacks a word {side} it; add one, or put {operator} in quotes to search for it as a word"
        )
    } else {
        format!("{operator} lacks a word {side} it; add one, or leave {operator} out")
    }
}

fn period_in_english(error: &PeriodError) -> String {
    match error {
        PeriodError::Date {
            text,
            error: DateError::Unknown { .. },
        } => {
            format!("\"{text}\" is not a date; write 2025-12-28, 2025-12, 2025, 7d or yesterday")
        }
        PeriodError::Date { text, error } => format!("date \"{text}\": {error}"),
        PeriodError::Reversed { first, last } => {
            format!("no day lies in it: it begins on {first} and ends on {last}; swap the bounds, or put [ ] round those that belong to it")
        }
        PeriodError::Brackets => {
            "a range in brackets needs two dates: date:[2025-01 TO 2025-06], or date:2025-01..2025-06".into()
        }
    }
}

fn missing_term_in_ukrainian(operator: &str, side: Side) -> String {
    let side = side_in_ukrainian(side);
    if operator.contains(char::is_alphabetic) {
        format!(
            "{side} {operator} бракує слова; додайте його або візьміть {operator} в лапки, щоб шукати як слово"
        )
    } else {
        format!("{side} {operator} бракує слова; додайте його або приберіть {operator}")
    }
}

fn period_in_ukrainian(error: &PeriodError) -> String {
    match error {
        PeriodError::Date { text, error } => {
            let reason = match error {
                DateError::Empty => "дати немає; пишіть 2025-12-28, 2025-12 або 2025".into(),
                DateError::Year { year } => format!(
                    "рік {year:04} неможливий, бувають від {} до {}",
                    PLAUSIBLE_YEARS.start(),
                    PLAUSIBLE_YEARS.end()
                ),
                DateError::Month { .. } => "місяць має бути 01–12".into(),
                DateError::Day { year, month, last_day, .. } => {
                    format!("у {year:04}-{month:02} дні від 01 до {last_day}")
                }
                DateError::Time { .. } => "час має бути від 00:00:00 до 23:59:59".into(),
                _ => "це не дата; пишіть 2025-12-28, 2025-12, 2025, 7d або вчора".into(),
            };
            format!("дата \"{text}\" – {reason}")
        }
        PeriodError::Reversed { first, last } => {
            format!("у ньому немає жодного дня: початок {first}, кінець {last}; поміняйте межі місцями або візьміть у [ ] ті, що теж належать до проміжку")
        }
        PeriodError::Brackets => {
            "у квадратних дужках мають бути дві дати: дата:[2025-01 ДО 2025-06] або дата:2025-01..2025-06".into()
        }
    }
}

impl Warning {
    /// Returns the notice in the language of the user.
    pub fn notice(&self, locale: Locale) -> Notice {
        let message = match locale {
            Locale::English => remark_in_english(self),
            Locale::Ukrainian => remark_in_ukrainian(self),
        };
        Notice {
            code: self.code(),
            message,
        }
    }
}

fn remark_in_english(warning: &Warning) -> String {
    match warning {
        Warning::MixedOperators { reading } => {
            format!("read as {reading}; use parentheses if you meant something else")
        }
        Warning::Headline => "all words are in capitals, so operators without numbers were read as words; write some word in lower case to use them".into(),
        Warning::Ignored { mark } => format!("{mark} does nothing here and was left out"),
        Warning::FieldAsText { name, field } => {
            format!("{name}: was read as text; to look in a field, write {field}:… without a space")
        }
        Warning::OperatorAsWord { operator } => {
            format!("{operator} joins nothing here and was read as a word")
        }
        Warning::UnknownEscape { escape } => {
            format!("{escape} needs no backslash and was read as text")
        }
        Warning::OptionalWords { words } => {
            let [words, marked] = optional_words(words);
            format!("an article need not have {words}, but ranks higher with them; {marked} requires them")
        }
        Warning::ExpansionCapped { pattern, forms, limit } => {
            format!("{pattern} stands for {forms} forms; only the {limit} commonest were looked for")
        }
        Warning::ReadingsCapped { limit } => {
            format!("a phrase has more than {limit} readings; only the first {limit} were looked for")
        }
        Warning::Replaced { word, replacement } => {
            format!("no article has \"{word}\"; it was replaced by \"{replacement}\"")
        }
        Warning::LeftOutOptional { text } => {
            format!("{text} need not be there, it only lifts hits; here it was left out")
        }
        Warning::LeftOut { text } => format!("{text} has no counterpart here and was left out"),
        Warning::Needs { flag } => format!("to search with this query, add {flag}"),
        Warning::Differs { text, how } => format!("{text}: {}", difference_in_english(*how)),
        Warning::Repaired { code, query } => format!("the query had a fault ({code}) and was read as {query}"),
        Warning::UnknownValue { column: Column::Source, value, near: None } => {
            format!("no article is of the source \"{value}\"; shukach info lists the sources")
        }
        Warning::UnknownValue { column, value, near } => {
            let name = column.name();
            let near = near.as_ref().map(|near| format!("; did you mean \"{near}\"?"));
            format!("no article is of the {name} \"{value}\"{}", near.unwrap_or_default())
        }
        Warning::TimeLimit { millis } => {
            format!("time ran out after {millis} ms; the hits and counts are those found by then")
        }
        Warning::MemoryLimit { megabytes } => format!(
            "all hits asked for take more than {megabytes} MB of memory; these are the first of them, --cursor shows the next, --all writes every hit, --max-memory allows more"
        ),
        Warning::EstimatedDates { count: 1 } => {
            "the date of 1 article is an estimate from its text; --dates known leaves it out".into()
        }
        Warning::EstimatedDates { count } => format!(
            "the dates of {count} articles are estimates from their texts; --dates known leaves them out"
        ),
        Warning::EmptyIndex => "the index is empty; add articles with shukach index PATH".into(),
        Warning::NoRelatedWords => "words that begin alike were not looked for: an index in a cluster cannot list its words".into(),
        Warning::SilentNodes { nodes } => format!(
            "silent, so other nodes of the cluster were asked: {nodes}; look after them"
        ),
        Warning::NotCounted => "only hits were asked for: total and facets are null because nothing was counted".into(),
    }
}

/// Returns the name of a field as it stands behind "no".
fn genitive(column: Column) -> &'static str {
    match column {
        Column::Source => "джерела",
        Column::Author => "автора",
        Column::Section => "розділу",
        Column::Lang => "мови",
        Column::Url => "адреси",
        Column::Tag => "тегу",
        Column::Collection => "колекції",
        Column::Copies => "ідентифікатора",
        Column::FirstPublisher => "першоджерела",
    }
}

fn remark_in_ukrainian(warning: &Warning) -> String {
    match warning {
        Warning::MixedOperators { reading } => {
            format!("прочитано як {reading}; поставте дужки, якщо малося на увазі інше")
        }
        Warning::Headline => "усі слова написано великими літерами, тому оператори без чисел прочитано як слова; напишіть котресь слово малими, щоб вони діяли".into(),
        Warning::Ignored { mark } => format!("{mark} тут нічого не робить і пропущено"),
        Warning::FieldAsText { name, field } => {
            format!("{name}: прочитано як текст; щоб шукати в полі, пишіть {field}:… без пропуску")
        }
        Warning::OperatorAsWord { operator } => {
            format!("{operator} тут нічого не поєднує, тож прочитано як слово")
        }
        Warning::UnknownEscape { escape } => {
            format!("{escape} не потребує зворотної скісної риски, прочитано як текст")
        }
        Warning::OptionalWords { words } => {
            let [words, marked] = optional_words(words);
            format!("стаття може й не мати {words}, але з ними буде вище; обов'язкові слова пишуть так: {marked}")
        }
        Warning::ExpansionCapped { pattern, forms, limit } => {
            format!("{pattern} охоплює {forms} форм; шукали лише {limit} найчастіших")
        }
        Warning::ReadingsCapped { limit } => {
            format!("фраза має понад {limit} прочитань; шукали лише перші {limit}")
        }
        Warning::Replaced { word, replacement } => {
            format!("слова \"{word}\" немає в жодній статті; його замінено на \"{replacement}\"")
        }
        Warning::LeftOutOptional { text } => {
            format!("«{text}» там не вимагається, а лише підносить збіги вище; тут пропущено")
        }
        Warning::LeftOut { text } => format!("{text} тут не має відповідника, тож пропущено"),
        Warning::Needs { flag } => format!("щоб шукати за цим запитом, додайте {flag}"),
        Warning::Differs { text, how } => format!("{text}: {}", difference_in_ukrainian(*how)),
        Warning::Repaired { code, query } => {
            format!("у запиті була помилка ({code}), його прочитано як {query}")
        }
        Warning::UnknownValue { column, value, near } => {
            let name = genitive(*column);
            let near = match (near, column) {
                (Some(near), _) => format!("; може, \"{near}\"?"),
                (None, Column::Source) => "; перелік джерел показує shukach info".to_owned(),
                (None, _) => String::new(),
            };
            format!("{name} \"{value}\" не має жодна стаття{near}")
        }
        Warning::TimeLimit { millis } => {
            format!("час вийшов за {millis} мс; показано те, що знайдено досі")
        }
        Warning::MemoryLimit { megabytes } => format!(
            "усе, що запитано, потребує понад {megabytes} МБ пам’яті; показано перші результати, далі – з --cursor, усі записує --all, більше пам’яті дає --max-memory"
        ),
        Warning::EstimatedDates { count } => {
            let forms = ["статті дату оцінено", "статей дати оцінено", "статей дати оцінено"];
            let what = ukrainian_plural(*count, forms);
            format!("для {count} {what} з тексту; --dates known залишає відомі дати")
        }
        Warning::EmptyIndex => "індекс порожній; додайте статті командою shukach index ШЛЯХ".into(),
        Warning::NoRelatedWords => "споріднених слів не шукали: індекс у кластері не може перелічити своїх слів".into(),
        Warning::SilentNodes { nodes } => format!(
            "мовчать, тому відповіли інші вузли кластера: {nodes}; перевірте їх"
        ),
        Warning::NotCounted => "запитано лише самі статті: total і facets дорівнюють null, бо підрахунків не було".into(),
    }
}

/// Returns optional words as they were typed, and as they would be required.
fn optional_words(words: &[String]) -> [String; 2] {
    let marked: Vec<String> = words.iter().map(|word| format!("+{word}")).collect();
    [words.join(", "), marked.join(" ")]
}

fn difference_in_english(how: Difference) -> &'static str {
    match how {
        Difference::Moves => {
            "there the number counts by how many places words must move; here it is that of other words between them, in any order"
        }
        Difference::Slips => "there another number of slips is allowed; here it is two",
        Difference::Letters => {
            "stands for a limited number of letters; here * stands for any number"
        }
        Difference::Distance => "sets no limit to the distance; here it is 255 words",
        Difference::Segments => {
            "asks for the same part of the article; here both may stand anywhere in it"
        }
        Difference::TimeOfDay => "there the time of day counts; here days are whole",
        Difference::FirstDay => "there it begins a day earlier",
        Difference::MonthFirst => "was read with the month first",
    }
}

fn difference_in_ukrainian(how: Difference) -> &'static str {
    match how {
        Difference::Moves => {
            "там число каже, на скільки місць треба пересунути слова; тут – скільки інших слів між ними, у будь-якому порядку"
        }
        Difference::Slips => "там дозволено іншу кількість описок; тут – дві",
        Difference::Letters => "там це обмежена кількість літер; тут * означає будь-яку",
        Difference::Distance => "там відстань не обмежено; тут це 255 слів",
        Difference::Segments => {
            "там ідеться про ту саму частину статті; тут обидва можуть стояти в ній будь-де"
        }
        Difference::TimeOfDay => "там зважають на час доби; тут дні цілі",
        Difference::FirstDay => "там проміжок починається на день раніше",
        Difference::MonthFirst => "прочитано так, що першим стоїть місяць",
    }
}
