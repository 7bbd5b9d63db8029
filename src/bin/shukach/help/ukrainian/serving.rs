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
        "Let other computers in, where --listen is not an address of this one alone",
        "Пускати інші комп’ютери, якщо адреса в --listen доступна не лише цьому",
    ),
    (
        "File with the token that everyone needs, 16 characters or more",
        "Файл із токеном, потрібним кожному: щонайменше 16 знаків",
    ),
    (
        "Ask other computers for no token",
        "Не питати токена в інших комп’ютерів",
    ),
    (
        "A name under which the page is reached, beside localhost and addresses; can be repeated",
        "Ім’я, за яким відкривають сторінку, крім localhost і числових адрес; можна повторювати",
    ),
    (
        "Another site whose pages may ask the API, its scheme included; can be repeated",
        "Інший сайт, сторінкам якого можна питати API, разом зі схемою; можна повторювати",
    ),
    (
        "Show the paths of files on this computer",
        "Показувати шляхи файлів на цьому комп’ютері",
    ),
    (
        "How many questions are answered at a time [default: as many as there are processors]",
        "Скільки запитів виконувати водночас [типово: стільки, скільки процесорів]",
    ),
    (
        "How many questions may wait for their turn; others are refused",
        "Скільки запитів можуть чекати черги; решту відхиляють",
    ),
    ("How long a question may take", "Скільки може тривати запит"),
    (
        "How many connections may be open",
        "Скільки з’єднань можуть бути відкритими",
    ),
    (
        "The form of the lines on standard error, one for each request",
        "Вигляд рядків, по одному на запит, що йдуть у потік помилок",
    ),
    ("A JSON object a line", "Об’єкт JSON на рядок"),
    ("No lines", "Жодних рядків"),
    (
        "The page is at /, the API at /api/v1, its description at /api/v1/openapi.json. What an index job commits is served from then on. Ctrl-C or the end of the system ends it with 0, after open requests are answered.",
        "Сторінка – за адресою /, API – /api/v1, його опис – /api/v1/openapi.json. Щойно індексування щось записало, воно вже у видачі. Ctrl-C або завершення роботи системи зупиняє програму з кодом 0, коли на відкриті запити дано відповідь.",
    ),
    ("ADDRESS", "АДРЕСА"),
    ("ORIGIN", "САЙТ"),
    ("FORM", "ВИГЛЯД"),
];
