//! What stands before and behind the arguments: descriptions in rows, and paragraphs.

/// English texts with their Ukrainian ones.
pub(crate) const TEXTS: &[(&str, &str)] = &[
    ("Examples:", "Приклади:"),
    ("Exit codes:", "Коди завершення:"),
    (
        "articles were found; everything was indexed",
        "статті знайдено; усе проіндексовано",
    ),
    (
        "no article was found; the index is damaged (shukach verify)",
        "жодної статті не знайдено; індекс пошкоджено (shukach verify)",
    ),
    (
        "the index is what was written",
        "індекс такий, яким був записаний",
    ),
    (
        "the index is damaged; the output says what is lost",
        "індекс пошкоджено; виведено, що втрачено",
    ),
    (
        "the check failed: no index, no permission to read it, or another version wrote it",
        "перевірити не вдалося: індексу немає, немає права його читати або його записала інша версія",
    ),
    ("the job could not be done", "роботу не вдалося виконати"),
    (
        "the job was done, but some files or lines gave no article, or articles were lost",
        "роботу виконано, але деякі файли чи рядки не дали статей або статті втрачено",
    ),
    (
        "Ctrl-C ended it; an index job keeps what it has read",
        "перервано через Ctrl-C; індексування зберігає прочитане",
    ),
    (
        "Settings hold for every command: flags can be set for good in files and in the environment (SHUKACH_INDEX and so on); shukach config tells which are in force.",
        "Налаштування діють для всіх команд: параметри можна задати назавжди у файлах і в середовищі (SHUKACH_INDEX тощо); які з них чинні, показує shukach config.",
    ),
    ("Queries:", "Запити:"),
    (
        "both words, in any inflected form, anywhere in the article",
        "обидва слова, у будь-якій формі, будь-де в статті",
    ),
    (
        "side by side in this order, in any inflected form; also \"…\" and „…“",
        "поруч і в цьому порядку, у будь-якій формі; також \"…\" і „…“",
    ),
    (
        "exactly this form; with exactly these capitals",
        "саме ця форма; саме з такими великими літерами",
    ),
    (
        "without the word; also NOT and НЕ",
        "без цього слова; також NOT і НЕ",
    ),
    ("either; also АБО and |", "будь-яке з двох; також АБО і |"),
    (
        "AND, І and ТА join; NOT goes before NEAR, NEAR before AND, AND before OR",
        "AND, І та ТА поєднують; NOT діє раніше за NEAR, NEAR – за AND, AND – за OR",
    ),
    (
        "at most 5 words apart (БІЛЯ/5); PRE/5 (ПЕРЕД/5) in this order; NOTNEAR/5 (НЕБІЛЯ/5)",
        "не далі ніж за 5 слів (БІЛЯ/5); PRE/5 (ПЕРЕД/5) – у цьому порядку; NOTNEAR/5 (НЕБІЛЯ/5)",
    ),
    (
        "in any order with at most 3 other words between",
        "у будь-якому порядку, між ними щонайбільше 3 інші слова",
    ),
    (
        "in one sentence (/речення); /p (/абзац) in one paragraph",
        "в одному реченні (/речення); /p (/абзац) – в одному абзаці",
    ),
    (
        "at least 3 mentions (МІНІМУМ/3)",
        "щонайменше 3 згадки (МІНІМУМ/3)",
    ),
    (
        "* stands for one word, (…|…) for either",
        "* – будь-яке одне слово, (…|…) – одне з кількох",
    ),
    (
        "beginnings and letters; /гарант(ія|ії)/ a regular expression; слово~1 with one slip",
        "початок слова та літера; /гарант(ія|ії)/ – регулярний вираз; слово~1 – з однією опискою",
    ),
    (
        "in the title (заголовок); text (текст), lead (лід)",
        "у заголовку (заголовок); text (текст), lead (лід)",
    ),
    (
        "of a source (джерело); author, section, lang, url, tag (автор, розділ, мова, адреса, тег)",
        "з джерела (джерело); author, section, lang, url, tag (автор, розділ, мова, адреса, тег)",
    ),
    (
        "with no other words; source:==\"…\" exactly this value, character by character",
        "без інших слів у назві; source:==\"…\" – точно це значення, знак за знаком",
    ),
    (
        "of a day, month or year (дата); a..b, >=a, 7d, вчора, last-month",
        "за день, місяць або рік (дата); a..b, >=a, 7d, вчора, last-month",
    ),
    ("the first word weighs more", "перше слово важить більше"),
    (
        "a backslash takes the meaning from a mark; -F from all",
        "зворотна скісна риска знімає зі знака його значення; -F – з усіх",
    ),
    (
        "Put the query between '…' so that the shell leaves it alone, and phrases between «…».",
        "Беріть запит у '…', щоб оболонка його не чіпала, а фрази – у «…».",
    ),
    (
        "A word that no article has is named in the answer, with other queries to ask; --accept-suggestions asks them at once.",
        "Слово, якого немає в жодній статті, відповідь називає й пропонує інші запити; --accept-suggestions ставить їх одразу.",
    ),
    (
        "Each job is as shukach index: only what changed is read, and one writer at a time is open, for as long as a job takes. Searches are never held up. A path that goes away, as when a disk is taken out, keeps its articles and is read again when it is back. Ctrl-C or the end of the system ends the watching with 0, after what was read is written.",
        "Кожне оновлення – те саме, що shukach index: прочитано лише зміни, а до індексу пише одна програма й лише під час оновлення. Пошукові це ніколи не заважає. Статті зі шляху, якого не стало, скажімо, коли від’єднали диск, лишаються, а коли він повернеться, його прочитають знову. Ctrl-C або вимкнення системи завершує стеження з кодом 0, щойно записано прочитане.",
    ),
    (
        "A file of queries has one query a line, if need be with a name and a tab before it; a line that begins with # is a comment. All faulty lines are reported together.",
        "У файлі запитів по одному запиту в рядку, за потреби з назвою і табуляцією перед ним; рядок, що починається з #, – коментар. Про всі помилкові рядки повідомляється разом.",
    ),
    (
        "CSV has a row for each query, value and period. It begins with U+FEFF, by which spreadsheets know UTF-8 (--no-bom leaves it out); a cell that a spreadsheet would take for a formula gets an apostrophe before it.",
        "CSV має рядок на кожен запит, значення й період. Він починається з U+FEFF, за яким електронні таблиці впізнають UTF-8 (--no-bom його прибирає); перед клітинкою, яку таблиця взяла б за формулу, стоїть апостроф.",
    ),
    (
        "The answers of shukach search --json name the id of each article.",
        "Ідентифікатор кожної статті є у відповідях shukach search --json.",
    ),
    (
        "A phrase or NEAR is one line. Queries are as in shukach search --help.",
        "Фраза чи NEAR – це один рядок. Запити такі, як у shukach search --help.",
    ),
    (
        "Reasons of keys:",
        "Звідки ключі, як у JSON і як у таблиці:",
    ),
    (
        "the dictionary knows the form",
        "словник: форму знає словник",
    ),
    (
        "the list of new names and coinages knows the form",
        "доповнення: форму знає список нових імен і слів",
    ),
    (
        "the ending of an unknown word says so; with its weight, 0 to 1: the share of the known words with that ending for which it would be right",
        "здогад: так каже закінчення невідомого слова; з вагою від 0 до 1 – часткою відомих слів із цим закінченням, для яких це слушно",
    ),
    (
        "a form of the same word of your lexicon: for queries only",
        "ваш список: форма того самого слова з вашого списку: лише в запитах",
    ),
    (
        "another spelling of the word: for queries only",
        "інше написання: інше написання слова, лише в запитах",
    ),
    (
        "its spelling in Ukrainian, Russian or Latin letters, which counts less: for queries only",
        "інша мова: написання слова українською, російською чи латинкою, яке важить менше, лише в запитах",
    ),
    (
        "nothing is known: the form itself",
        "форма: нічого не відомо, тож сама форма",
    ),
    ("the year of a date", "рік: рік із дати"),
    (
        "the stem of a Russian word",
        "російське: основа російського слова",
    ),
    (
        "the stem of a word in Latin script",
        "латинка: основа слова латинкою",
    ),
    (
        "Files of settings, the strongest first; flags go before the environment (SHUKACH_NAME), and that before the files:",
        "Файли налаштувань, найважливіші спершу; параметри переважають середовище (SHUKACH_НАЗВА), а воно – файли:",
    ),
    (
        "in this folder, or the next one above it that has such a file",
        "у цій теці або в найближчій над нею, де є такий файл",
    ),
    (
        "your own, else in ~/.config; SHUKACH_CONFIG names another one",
        "ваш власний, інакше в ~/.config; SHUKACH_CONFIG називає інший",
    ),
    ("for all users", "для всіх користувачів"),
    (
        "What is printed is TOML, as the files are. SHUKACH_NO_CONFIG=1 leaves all files unread. The flag of a setting can be given here too, to see what it changes.",
        "Виводиться TOML, як і у файлах. З SHUKACH_NO_CONFIG=1 жодного файлу не читають. Параметр налаштування можна вказати й тут, щоб побачити, що він змінить.",
    ),
];
