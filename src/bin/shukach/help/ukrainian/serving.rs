//! Texts of `shukach serve`.

/// English texts with their Ukrainian ones.
pub(crate) const TEXTS: &[(&str, &str)] = &[
    (
        "Serve a page and an API to browsers and programs",
        "Надати браузерам і програмам сторінку пошуку та API",
    ),
    (
        "Where to listen; port 0 takes a free one",
        "На якій адресі слухати; порт 0 – будь-який вільний",
    ),
    (
        "Open the page in the browser",
        "Відкрити сторінку в браузері",
    ),
    (
        "Allow an address in --listen that other computers can reach",
        "Дозволити в --listen адресу, доступну іншим комп’ютерам",
    ),
    (
        "File with the access token, at least 16 characters",
        "Файл із токеном доступу: щонайменше 16 знаків",
    ),
    (
        "Let other computers in without a token",
        "Пускати інші комп’ютери без токена",
    ),
    (
        "Another host name of the site, besides localhost and IP addresses; can be repeated",
        "Ще одне ім’я сайту, крім localhost та IP-адрес; можна повторювати",
    ),
    (
        "An origin whose pages may use the API, like `https://desk.example.org`; can be repeated",
        "Сайт, сторінкам якого можна користуватися API, наприклад, `https://desk.example.org`; можна повторювати",
    ),
    (
        "Show the paths of files on this computer",
        "Показувати шляхи файлів на цьому комп’ютері",
    ),
    (
        "How many searches run at a time [default: the number of processors]",
        "Скільки запитів виконувати водночас [типово: стільки, скільки процесорів]",
    ),
    (
        "How many searches may wait in the queue; further ones get 503",
        "Скільки запитів можуть чекати в черзі; решта дістає 503",
    ),
    ("How long a search may take", "Скільки може тривати запит"),
    (
        "How many connections may be open",
        "Скільки з’єднань можуть бути відкритими",
    ),
    (
        "The format of the access log on standard error",
        "Формат журналу запитів у потоці помилок",
    ),
    ("JSON, an object per line", "JSON, по об’єкту на рядок"),
    ("No log", "Без журналу"),
    (
        "The page is at /, the API at /api/v1, its description at /api/v1/openapi.json. New commits of an index job are picked up within a second. Ctrl-C and SIGTERM end the program with 0 once open requests are answered.",
        "Сторінка – за адресою /, API – /api/v1, його опис – /api/v1/openapi.json. Нове з індексу з’являється протягом секунди. Ctrl-C і SIGTERM завершують програму з кодом 0, щойно відкриті запити дістануть відповідь.",
    ),
    ("ADDRESS", "АДРЕСА"),
    ("ORIGIN", "САЙТ"),
    ("FORM", "ВИГЛЯД"),
];
