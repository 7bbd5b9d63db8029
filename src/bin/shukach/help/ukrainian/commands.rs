//! What the commands do, headings, and the names of values.

/// English texts with their Ukrainian ones.
pub(crate) const TEXTS: &[(&str, &str)] = &[
    (
        "Full-text search for Ukrainian news archives",
        "Повнотекстовий пошук в архівах українських новин",
    ),
    (
        "Full-text search for Ukrainian news archives.\n\nPoint it at a folder of articles, and it answers with the articles that have your words in any inflected form, ranked, with the sentences that match and a timeline.",
        "Повнотекстовий пошук в архівах українських новин.\n\nВкажіть теку зі статтями – і дістанете статті з вашими словами в будь-якій формі: найкращі спершу, з реченнями, де ці слова стоять, і з розподілом у часі.",
    ),
    (
        "Read a folder of articles into the index; again: only what changed",
        "Зчитати теку зі статтями до індексу; удруге – лише те, що змінилося",
    ),
    (
        "Show what would be read, and what is in doubt",
        "Показати, що буде прочитано і що сумнівно",
    ),
    (
        "List articles without a query, the newest first",
        "Перелічити статті без запиту, спершу найновіші",
    ),
    (
        "Keep the index up to date while files come, change and go",
        "Оновлювати індекс, поки файли з’являються, змінюються й зникають",
    ),
    (
        "Check whether the index is what was written, and tell what is lost where it is not",
        "Перевірити, чи індекс такий, яким був записаний, і сказати, що втрачено, якщо ні",
    ),
    (
        "Copy the index into an OpenSearch cluster, for archives that outgrow one machine",
        "Скопіювати індекс у кластер OpenSearch – для архівів, завеликих для одного комп’ютера",
    ),
    (
        "Copy the index as it is, while it may be written to",
        "Скопіювати індекс таким, яким він є, навіть коли до нього пишуть",
    ),
    ("Find articles", "Знайти статті"),
    (
        "Count the articles of several queries, by time and by source",
        "Порахувати статті за кількома запитами, за часом і за джерелами",
    ),
    (
        "Draw the articles of several queries over time",
        "Показати, як статті за кількома запитами розподілено в часі",
    ),
    (
        "Show how a query is understood",
        "Показати, як зрозуміло запит",
    ),
    (
        "Translate a query from the language of another search system",
        "Перекласти запит із мови іншої пошукової системи",
    ),
    (
        "Find articles like another one",
        "Знайти статті, схожі на іншу",
    ),
    (
        "Show every occurrence of a query between the words around it",
        "Показати кожне місце, де трапився запит, між сусідніми словами",
    ),
    (
        "Show a whole article, with the words of a query marked",
        "Показати цілу статтю, виділивши слова запиту",
    ),
    (
        "Make the index anew from what it holds, for another version of the program",
        "Перебудувати індекс із того, що в ньому є, для іншої версії програми",
    ),
    (
        "Mend a damaged index with what is left of it and the files of the archive",
        "Полагодити пошкоджений індекс із того, що вціліло, і з файлів архіву",
    ),
    (
        "Give back the room of deleted articles and make one segment of all",
        "Звільнити місце видалених статей і звести все в один сегмент",
    ),
    (
        "Take articles out of the index, by id, collection, path or query",
        "Вилучити статті з індексу: за ідентифікатором, колекцією, шляхом чи запитом",
    ),
    ("Show what the index holds", "Показати, що є в індексі"),
    (
        "Show what the index or a query makes of a text, word by word",
        "Показати слово за словом, що індекс або запит робить із тексту",
    ),
    (
        "Show the settings in force, from flags, the environment and files",
        "Показати чинні налаштування: з параметрів, середовища та файлів",
    ),
    (
        "Print the completions for a shell: bash, zsh, fish, powershell or elvish",
        "Вивести автодоповнення для оболонки: bash, zsh, fish, powershell чи elvish",
    ),
    (
        "Print the manual page, for man",
        "Вивести сторінку довідки для man",
    ),
    (
        "Index a small sample archive into a temporary folder and search it",
        "Проіндексувати невеликий зразковий архів у тимчасовій теці й пошукати в ньому",
    ),
    (
        "Print this message or the help of the given subcommand(s)",
        "Показати цю довідку або довідку названої команди",
    ),
    (
        "Print help (see more with '--help')",
        "Показати довідку (докладніше: --help)",
    ),
    (
        "Print help (see a summary with '-h')",
        "Показати довідку (коротше: -h)",
    ),
    ("Print version", "Показати версію"),
    ("Usage", "Використання"),
    ("Commands", "Команди"),
    ("Arguments", "Аргументи"),
    ("Options", "Параметри"),
    ("OPTIONS", "ПАРАМЕТРИ"),
    ("Possible values", "Можливі значення"),
    ("possible values", "можливі значення"),
    ("default", "типово"),
    // The names of values.
    ("BY", "ПЕРІОД"),
    ("COMMAND", "КОМАНДА"),
    ("CURSOR", "КУРСОР"),
    ("DATE", "ДАТА"),
    ("DAYS", "ДНІ"),
    ("DIR", "ТЕКА"),
    ("FIELD", "ПОЛЕ"),
    ("FIELDS", "ПОЛЯ"),
    ("FILE", "ФАЙЛ"),
    ("FORMAT", "ФОРМАТ"),
    ("ID", "ID"),
    ("LANGUAGE", "МОВА"),
    ("MODE", "ЯК"),
    ("N", "N"),
    ("PARTS", "ЧАСТИНИ"),
    ("ENCODING", "КОДУВАННЯ"),
    ("FIELD=KEY,…", "ПОЛЕ=КЛЮЧ,…"),
    ("SECONDS", "СЕКУНДИ"),
    ("WAY", "СПОСІБ"),
    ("PATH", "ШЛЯХ"),
    ("QUERY", "ЗАПИТ"),
    ("SEPARATOR", "ЗНАК"),
    ("SHELL", "ОБОЛОНКА"),
    ("SIDE", "БІК"),
    ("SIZE", "РОЗМІР"),
    ("SORT", "ПОРЯДОК"),
    ("TIME", "ЧАС"),
    ("AUTHOR", "АВТОР"),
    ("SECTION", "РОЗДІЛ"),
    ("TAG", "ТЕГ"),
    ("COLLECTION", "КОЛЕКЦІЯ"),
    ("WHERE", "ЗВІДКИ"),
    ("SORT", "ПОРЯДОК"),
    ("SOURCE", "ДЖЕРЕЛО"),
    ("N/OF", "N/УСІХ"),
    ("NAME", "НАЗВА"),
    ("TEXT", "ТЕКСТ"),
    ("WHEN", "КОЛИ"),
    ("WHICH", "ЯКІ"),
    ("ZONE", "ПОЯС"),
];
