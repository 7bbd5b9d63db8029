//! What the arguments and their values mean.

/// English texts with their Ukrainian ones.
pub(crate) const TEXTS: &[(&str, &str)] = &[
    (
        "Language of messages [default: Ukrainian where the locale is, else English]",
        "Мова повідомлень [типово: українська, якщо така мова системи, інакше англійська]",
    ),
    ("Ukrainian", "українська"),
    ("English", "англійська"),
    ("Colours", "Кольори"),
    (
        "New or empty folder for the snapshot",
        "Нова або порожня тека для знімка",
    ),
    (
        "Compare all articles with their texts, not about a thousand; takes longer than indexing did",
        "Зіставити з текстами всі статті, а не близько тисячі; триває довше, ніж індексування",
    ),
    (
        "Count copies of an article once, in totals, timelines and facets; the same as --count unique",
        "Рахувати копії статті за одну: у підсумках, розподілі в часі й фасетах; те саме, що --count unique",
    ),
    (
        "Show one hit for articles that are copies of one another: the earliest that matches, with the number of its copies and their sources",
        "Показувати статтю й усі її копії як одну: найранішу з тих, що відповідають запиту, з кількістю копій і їхніми джерелами",
    ),
    (
        "Only this article and its copies, in order of publication unless --sort is given; a query may narrow them",
        "Лише ця стаття та її копії, у порядку публікації, якщо не задано --sort; запит може їх звузити",
    ),
    (
        "Link the place of each article, so that the terminal can open it",
        "Давати посилання на кожну статтю, щоб термінал міг її відкрити",
    ),
    (
        "Folder of the index [default: shukach in $XDG_DATA_HOME or ~/.local/share]",
        "Тека індексу [типово: shukach у $XDG_DATA_HOME або ~/.local/share]",
    ),
    (
        "Folder of the index, or its address in a cluster: opensearch+https://host:9200/name [default: shukach in $XDG_DATA_HOME or ~/.local/share]",
        "Тека індексу або його адреса в кластері: opensearch+https://host:9200/назва [типово: shukach у $XDG_DATA_HOME або ~/.local/share]",
    ),
    (
        "Folder of the index; several are searched as one [default: shukach in $XDG_DATA_HOME or ~/.local/share]",
        "Тека індексу; у кількох шукають як в одному [типово: shukach у $XDG_DATA_HOME або ~/.local/share]",
    ),
    (
        "The newest first (-date) or the oldest (date)",
        "Спершу найновіші (-date) чи найдавніші (date)",
    ),
    (
        "The day from which 7d and the like are seen [default: today]",
        "День, від якого рахувати 7д тощо [типово: сьогодні]",
    ),
    (
        "Read what has changed and exit; for cron",
        "Прочитати зміни й завершити роботу; для cron",
    ),
    (
        "Look for changes this often instead of listening for them, as network drives need",
        "Шукати зміни з такою частотою, не чекаючи повідомлень системи, як-от на мережевих дисках",
    ),
    (
        "How long files must be left alone before they are read",
        "Скільки часу файли мають лишатися незмінними, перш ніж їх читати",
    ),
    (
        "Check all files this often, even if no change was reported",
        "Перевіряти всі файли з такою частотою, навіть якщо система не повідомила про зміни",
    ),
    (
        "Say nothing but errors",
        "Не повідомляти нічого, крім помилок",
    ),
    ("Print JSON", "Вивести JSON"),
    (
        "Print JSON; the same as --format json",
        "Вивести JSON; те саме, що --format json",
    ),
    ("Print CSV", "Вивести CSV"),
    ("The query", "Запит"),
    (
        "The query in the other language; - translates each line of standard input",
        "Запит іншою мовою; - перекладає кожен рядок стандартного вводу",
    ),
    (
        "The language it is written in; lucene is also that of Elasticsearch and Datashare",
        "Мова, якою його написано; lucene – це й мова Elasticsearch та Datashare",
    ),
    ("What to look for", "Що шукати"),
    (
        "What to count, each a query of its own",
        "Що рахувати; кожен аргумент – окремий запит",
    ),
    // Which articles.
    (
        "First day, month, year or moment: 2025, 2025-12-28, 2025-12-28T09:30, 7d, вчора",
        "Перший день, місяць, рік або момент: 2025, 2025-12-28, 2025-12-28T09:30, 7д, вчора",
    ),
    (
        "Last day, month, year or moment, included",
        "Останній день, місяць, рік або момент, включно",
    ),
    ("Only articles without a date", "Лише статті без дати"),
    (
        "Only articles whose date comes from there; can be repeated",
        "Лише статті, дату яких узято звідти; можна повторювати",
    ),
    (
        "Which dates count: all, or known ones, which leaves out articles whose date is an estimate",
        "Які дати враховувати: усі чи лише відомі, тобто без статей, дату яких оцінено",
    ),
    ("Known dates and estimates", "відомі й оцінені дати"),
    ("Known dates only", "лише відомі дати"),
    (
        "Only this source; can be repeated",
        "Лише це джерело; можна повторювати",
    ),
    (
        "Only this author; can be repeated",
        "Лише цей автор; можна повторювати",
    ),
    (
        "Only this section; can be repeated",
        "Лише цей розділ; можна повторювати",
    ),
    (
        "Only this tag; can be repeated",
        "Лише цей тег; можна повторювати",
    ),
    (
        "Only this collection, which is what was indexed together; can be repeated",
        "Лише ця колекція, тобто те, що індексували разом; можна повторювати",
    ),
    (
        "Only articles in this language: uk, ru, en, und; can be repeated",
        "Лише статті цією мовою: uk, ru, en, und; можна повторювати",
    ),
    (
        "Draw each query on a scale of its own, not all on that of the fullest period",
        "Малювати кожен запит у власному масштабі, а не всі в масштабі найповнішого періоду",
    ),
    ("How many hits to show", "Скільки статей показати"),
    (
        "How many hits to leave out first",
        "Скільки статей спершу пропустити",
    ),
    ("How many articles to show", "Скільки статей показати"),
    (
        "How many articles to leave out first",
        "Скільки статей спершу пропустити",
    ),
    ("How many lines to show", "Скільки рядків показати"),
    (
        "How many lines to leave out first",
        "Скільки рядків спершу пропустити",
    ),
    (
        "The best first (score), the oldest first (date) or the newest first (-date) [default: score]",
        "Спершу найкращі (score), найдавніші (date) чи найновіші (-date) [типово: score]",
    ),
    (
        "The order of lines: by article (score, date, -date, source) or by the words beside the keyword (left, right)",
        "Порядок рядків: за статтею (score, date, -date, source) або за словами поруч із ключовим (left – ліворуч, right – праворуч)",
    ),
    (
        "How many words to show on each side, as far as the terminal has room",
        "Скільки слів показати з кожного боку, якщо вміщаються в термінал",
    ),
    (
        "Every hit, in the order of the index unless --sort is given; for ndjson, csv, tsv, markdown and ids",
        "Усі знайдені статті, у порядку індексу, якщо не вказано --sort; для ndjson, csv, tsv, markdown та ids",
    ),
    (
        "Find the hits alone, without total, timeline and facets; phrases and NEAR are answered sooner",
        "Знайти лише самі статті, без загальної кількості, розподілу в часі й фасетів; на фрази та NEAR відповідь швидша",
    ),
    (
        "Go on where an earlier answer ended: its `next_cursor` in JSON",
        "Продовжити з кінця попередньої відповіді: її `next_cursor` у JSON",
    ),
    // Counts.
    (
        "Buckets of the timeline; auto takes the shortest that fit",
        "За якими періодами показати розподіл у часі; auto бере найкоротші, що вміщаються",
    ),
    (
        "Length of a period; auto takes the shortest that fit",
        "Довжина періоду; auto бере найкоротші, що вміщаються",
    ),
    ("Count by time too", "Рахувати також за часом"),
    ("Count by this field too", "Рахувати також за цим полем"),
    (
        "Count the hits by this too; can be repeated",
        "Порахувати знайдене також за цим; можна повторювати",
    ),
    (
        "How many values of each facet to list; periods are all listed",
        "Скільки значень кожного фасета показати; періоди показано всі",
    ),
    (
        "Only values of facets that have these words in a row, the last one perhaps a beginning: укр*",
        "Лише ті значення фасетів, у яких ці слова стоять поспіль; останнє може бути початком слова: укр*",
    ),
    (
        "Print below each value of a facet the command that finds its articles",
        "Під кожним значенням фасета навести команду, яка знаходить його статті",
    ),
    (
        "Show each count also as a share of all articles of that time or value",
        "Біля кожного числа показати, яка це частка всіх статей того часу чи значення",
    ),
    (
        "Whose days are meant, in dates and in counts: a name of the IANA database, or written for the days that the articles themselves name",
        "Часовий пояс дат і підрахунків: назва з бази IANA або written, тобто день, який названо в самій статті",
    ),
    (
        "A file of queries, one a line, if need be with a name and a tab before it; - for standard input",
        "Файл із запитами, по одному в рядку, за потреби з назвою і табуляцією перед запитом; - означає стандартний ввід",
    ),
    (
        "Leave out U+FEFF at the beginning of CSV",
        "Не ставити U+FEFF на початку CSV",
    ),
    (
        "What stands between the cells of CSV; spreadsheets in Ukrainian expect a semicolon",
        "Що стоїть між клітинками CSV; електронні таблиці українською чекають на крапку з комою",
    ),
    // How a query is read.
    (
        "Whether all words must be there, or any of them",
        "Чи мають бути всі слова (all), чи досить будь-якого (any)",
    ),
    (
        "Take every mark and operator in the query as text",
        "Узяти всі знаки й оператори в запиті як текст",
    ),
    (
        "Mend a faulty query and say how, instead of refusing it",
        "Хибний запит виправити й сказати, як саме, а не відмовляти",
    ),
    (
        "Refuse a word before a colon that names no field, instead of taking it as text",
        "Слово перед двокрапкою, яке не є полем, вважати помилкою, а не текстом",
    ),
    (
        "Require prepositions, conjunctions, particles and question words too (між, та, для)",
        "Вимагати й прийменники, сполучники, частки та питальні слова (між, та, для)",
    ),
    (
        "Let patterns begin with fewer than two letters, as *слово does; slower",
        "Дозволити шаблони, що починаються менш як із двох літер, наприклад *слово; це повільніше",
    ),
    (
        "The day from which date:7d and the like are seen [default: today]",
        "День, від якого рахувати date:7d тощо [типово: сьогодні]",
    ),
    (
        "Find words in their own language only, not also in others (Зеленський, Зеленский, Zelenskyy)",
        "Шукати слова лише мовою запиту, а не й іншими (Зеленський, Зеленский, Zelenskyy)",
    ),
    (
        "Find words only as they are spelt, not also in other spellings (проєкт, проект; вебсайт, веб-сайт)",
        "Шукати слова лише в написанні запиту, а не й в інших (проєкт, проект; вебсайт, веб-сайт)",
    ),
    (
        "With --match any, do not also find words that begin alike (гарантувати beside гарантія)",
        "З --match any не шукати слів із таким самим початком (гарантувати поряд із гарантія)",
    ),
    ("Where words must match", "Де мають стояти слова"),
    (
        "Let scores fade with age: after so many days an article counts half",
        "Зменшувати вагу з часом: після стількох днів стаття важить удвічі менше",
    ),
    (
        "File of your own words, each with the pattern of its declension: any form in a query finds all",
        "Файл із вашими словами та взірцями їх відмінювання: будь-яка форма в запиті знаходить усі",
    ),
    (
        "Replace words that no article has by what was most likely meant, and say so",
        "Слова, яких немає в жодній статті, замінити на найімовірніші й повідомити про це",
    ),
    (
        "Show for each hit which forms matched, where, and how its score was computed",
        "Про кожну статтю розповісти, які форми й де збіглися та звідки взялася її вага",
    ),
    (
        "Answer many queries: a file with one a line, if need be with a name and a tab before it; - for standard input",
        "Відповісти на багато запитів: файл, де в кожному рядку запит, за потреби з назвою і табуляцією перед ним; - означає стандартний ввід",
    ),
    // The form of the answer.
    ("The form of the answer", "Вигляд відповіді"),
    ("For people", "для людей"),
    ("One JSON document", "один документ JSON"),
    (
        "A JSON object a line: each hit, then a summary",
        "по об’єкту JSON у рядку: кожна стаття, потім підсумок",
    ),
    (
        "A table for spreadsheets",
        "таблиця для електронних таблиць",
    ),
    (
        "A table for scripts, with tabs between the cells",
        "таблиця для скриптів, із табуляцією між клітинками",
    ),
    ("A list for documents", "список для документів"),
    ("The ids, one a line", "ідентифікатори, по одному в рядку"),
    ("A TREC run", "прогін TREC"),
    (
        "Of each different line: the line, a tab, its keys with | between them",
        "для кожного відмінного рядка: рядок, табуляція, його ключі через |",
    ),
    (
        "The fields of each hit in JSON, tables and Markdown, in this order: id,title,published,source,url,…",
        "Поля кожної статті в JSON, таблицях і Markdown, у цьому порядку: id,title,published,source,url,…",
    ),
    (
        "Print the ids only, one a line; the same as --format ids",
        "Вивести лише ідентифікатори, по одному в рядку; те саме, що --format ids",
    ),
    (
        "End each id with a NUL instead of a line break",
        "Закінчувати кожен ідентифікатор знаком NUL, а не новим рядком",
    ),
    (
        "Print only how many articles match",
        "Вивести лише кількість знайдених статей",
    ),
    (
        "Print nothing; the exit code tells whether an article matches",
        "Нічого не виводити; чи щось знайдено, каже код завершення",
    ),
    (
        "Write the answer into a file, which is replaced only once the answer is whole",
        "Записати відповідь у файл; його буде замінено, лише коли відповідь готова вся",
    ),
    (
        "Print at once, not through $SHUKACH_PAGER, $PAGER or less",
        "Виводити одразу, а не через $SHUKACH_PAGER, $PAGER чи less",
    ),
    (
        "Page with this command; true is the usual one and false none",
        "Гортати цією командою; true – звичайною, false – ніякою",
    ),
    (
        "How many passages to show of each hit",
        "Скільки уривків показати з кожної статті",
    ),
    (
        "The longest passage, in characters",
        "Найдовший уривок, у знаках",
    ),
    ("Leave out the time taken", "Не показувати витраченого часу"),
    (
        "Leave out the time taken (0 in JSON), so that the same question to the same index gives the same bytes",
        "Не показувати витраченого часу (0 в JSON), щоб однаковий запит до того самого індексу давав однакові байти",
    ),
    // Single articles and texts.
    (
        "The id of an article (COLLECTION:ID where several collections have it), or the path of a file that holds one article",
        "Ідентифікатор статті (КОЛЕКЦІЯ:ІД, якщо його мають кілька колекцій) або шлях до файлу з однією статтею",
    ),
    (
        "Mark what matches this query",
        "Виділити те, що відповідає цьому запиту",
    ),
    (
        "Print the headline and the text as they stand in the article, not wrapped and without marks",
        "Вивести заголовок і текст такими, як у статті: без перенесень і виділень",
    ),
    (
        "The text; - for standard input",
        "Текст; - означає стандартний ввід",
    ),
    (
        "As text of an article, or as a query",
        "Як текст статті (index) чи як запит (query)",
    ),
    (
        "The language of the text [default: detected; with --format keys: uk]",
        "Мова тексту [типово: визначається; з --format keys – uk]",
    ),
    ("The shell", "Оболонка"),
    (
        "Tell where each value comes from: a flag, the environment, a line of a file, or the default",
        "Сказати, звідки кожне значення: з параметра, середовища, рядка файлу чи типове",
    ),
];
