//! Texts of arguments about what is indexed and removed.

/// English texts with their Ukrainian ones.
pub(crate) const TEXTS: &[(&str, &str)] = &[
    (
        "Files or folders to read; - is the standard input",
        "Файли або теки, які читати; - означає стандартний ввід",
    ),
    (
        "Read every file in this format, whatever it looks like: text, html, json and so on",
        "Читати кожен файл у цьому форматі, хоч би на що він був схожий: text, html, json тощо",
    ),
    (
        "Read every file in this encoding, whatever it looks like: windows-1251, KOI8-U and so on",
        "Читати кожен файл у цьому кодуванні, хоч би на що він був схожий: windows-1251, KOI8-U тощо",
    ),
    (
        "Take fields of JSON and tables from these keys: title=headline,body=content.text",
        "Брати поля JSON і таблиць із цих ключів: title=headline,body=content.text",
    ),
    (
        "Give up a file when one article of it takes longer than this to read",
        "Кидати файл, якщо якась його стаття читається довше",
    ),
    (
        "Read no more than the first N articles of each file",
        "Читати лише перші N статей кожного файлу",
    ),
    (
        "Print a line of JSON for each article, each failure and the counts",
        "Вивести рядок JSON на кожну статтю, кожну невдачу й підсумок",
    ),
    (
        "Write a line of JSON for each input that failed or is in doubt",
        "Записати рядок JSON про кожну невдачу й кожен сумнів",
    ),
    (
        "How to show progress on standard error",
        "Так показувати хід роботи, на стандартному виводі помилок",
    ),
    (
        "A bar on a terminal, plain lines elsewhere",
        "смуга в терміналі, прості рядки деінде",
    ),
    ("Lines of JSON", "рядки JSON"),
    (
        "List doubts as well, and the files left aside by the ending of their names",
        "Показати й сумніви, а також пропущені файли за їхніми розширеннями",
    ),
    (
        "Put everything into the collection of this name [default: the last part of each path]",
        "Занести все до колекції з цією назвою [типово: остання частина кожного шляху]",
    ),
    (
        "Wait so long while another process writes to the index: 60s, 5m",
        "Стільки чекати, доки до індексу пише інша програма: 60s, 5m",
    ),
    (
        "Let articles come back that were removed by their id or by a query",
        "Повернути статті, які вилучено за ідентифікатором чи запитом",
    ),
    (
        "The ids of articles, or their collections and ids: COLLECTION:ID",
        "Ідентифікатори статей або їхні колекції та ідентифікатори: КОЛЕКЦІЯ:ІД",
    ),
    (
        "Only articles of this collection",
        "Лише статті цієї колекції",
    ),
    (
        "Only articles of this file or folder, which may be gone",
        "Лише статті з цього файлу чи теки, навіть якщо їх уже немає",
    ),
    (
        "Only articles that this query finds",
        "Лише статті, які знаходить цей запит",
    ),
    (
        "Show what would be removed and remove nothing",
        "Показати, що було б вилучено, і нічого не вилучати",
    ),
    (
        "Do not ask, however many articles go",
        "Не питати, хоч би скільки статей було вилучено",
    ),
    (
        "Keep articles whose file is gone",
        "Залишити статті, файлів яких уже немає",
    ),
    (
        "Go on where a path holds no article files, and remove what the index holds from there",
        "Не зупинятися там, де файлів зі статтями немає, і вилучити з індексу те, що було звідти",
    ),
    (
        "Compare the content of every file, not only of those whose size, times or inode differ, and the files of the index with their checksums",
        "Порівняти вміст кожного файлу, а не лише тих, у яких інший розмір, час чи inode, а файли індексу – з їхніми контрольними сумами",
    ),
    (
        "Threads that analyse and write [default: one a processor, at most 4]",
        "Кількість потоків, що аналізують і пишуть [типово: по одному на процесор, щонайбільше 4]",
    ),
    (
        "Show no progress and list no failures",
        "Не показувати ні перебігу, ні невдач",
    ),
    ("Print the summary as JSON", "Вивести підсумок як JSON"),
    (
        "Take one share of the files, into an index of its own: 3/16 is the third of sixteen [default: the share that the index has, or all files]",
        "Узяти одну частку файлів, до окремого індексу: 3/16 – третя з шістнадцяти [типово: частка, яку індекс має, або всі файли]",
    ),
];
