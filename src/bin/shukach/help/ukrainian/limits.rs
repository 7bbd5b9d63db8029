//! Limits of time and memory.

/// English texts with their Ukrainian ones.
pub(crate) const TEXTS: &[(&str, &str)] = &[
    (
        "Give up after so long, without a part of the answer: 500ms, 5s; a bare number is milliseconds",
        "Відмовитися після такого часу, не показавши частини відповіді: 500ms, 5s; саме число – мілісекунди",
    ),
    (
        "Answer with what is found after so long, and say so: 500ms, 5s; a bare number is milliseconds",
        "За стільки часу відповісти тим, що вже знайдено, і повідомити про це: 500ms, 5s; число без одиниці – мілісекунди",
    ),
    (
        "Memory that the hits may take: 256M, 2G; the first of them are the answer then, and it says so; patterns that would take more are refused",
        "Пам’ять, яку можуть зайняти результати: 256M, 2G; якщо її замало, у відповіді лише перші з них і повідомлення про це; шаблони, яким треба більше, відхиляються",
    ),
    (
        "Memory for all that is read and not yet written: 256M, 2G; at least 64M [default: 512M]",
        "Пам’ять для всього прочитаного й ще не записаного: 256M, 2G; щонайменше 64M [типово: 512M]",
    ),
];
