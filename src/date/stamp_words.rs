//! The words that stand around a printed date: weekdays, labels, time zones, fillers.

/// What a label says of the date behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// No label.
    Plain,
    /// `Опубліковано`, `Posted on`.
    Published,
    /// `Оновлено`, `Last modified`.
    Updated,
    /// The date of something else: of an event, of printing or saving the page.
    Other,
}

/// What a word is beside a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Label(Role),
    Weekday,
    /// `сьогодні` is 0, `вчора` -1.
    DaysFromNow(i8),
    /// An offset from UTC in hours.
    Zone(i8),
    /// `pm` is 12, `am` 0.
    HalfOfDay(i8),
    /// A preposition or the like that a time may follow: `о 14.20`.
    At,
    Filler,
}

/// Returns what `word` means beside a date, in Ukrainian, Russian or English.
pub(super) fn meaning(word: &str) -> Option<Meaning> {
    if word.len() > 32 {
        return None;
    }
    let lower = word.to_lowercase();
    let word = lower.as_str();
    label(word)
        .map(Meaning::Label)
        .or_else(|| weekday_number(word).map(|_| Meaning::Weekday))
        .or_else(|| other(word))
}

#[expect(clippy::too_many_lines, reason = "a list of words")]
fn label(word: &str) -> Option<Role> {
    match word {
        "опубліковано"
        | "опублікована"
        | "опубліковане"
        | "оприлюднено"
        | "оприлюднена"
        | "розміщено"
        | "розміщена"
        | "додано"
        | "додана"
        | "створено"
        | "публікація"
        | "опубликовано"
        | "опубликована"
        | "размещено"
        | "размещена"
        | "добавлено"
        | "добавлена"
        | "создано"
        | "публикация"
        | "published"
        | "posted"
        | "created"
        | "added"
        | "issued" => Some(Role::Published),
        "оновлено"
        | "оновлена"
        | "оновлення"
        | "змінено"
        | "зміна"
        | "змінена"
        | "редаговано"
        | "відредаговано"
        | "доповнено"
        | "обновлено"
        | "обновлена"
        | "обновление"
        | "изменено"
        | "изменена"
        | "отредактировано"
        | "дополнено"
        | "updated"
        | "update"
        | "modified"
        | "edited"
        | "revised"
        | "changed" => Some(Role::Updated),
        "роздруковано"
        | "надруковано"
        | "друк"
        | "друку"
        | "роздрукувати"
        | "збережено"
        | "збереження"
        | "копія"
        | "копію"
        | "архівовано"
        | "подія"
        | "події"
        | "подій"
        | "захід"
        | "заходу"
        | "початок"
        | "кінець"
        | "завершення"
        | "відбудеться"
        | "дедлайн"
        | "термін"
        | "переглянуто"
        | "распечатано"
        | "печать"
        | "печати"
        | "сохранено"
        | "сохранения"
        | "копия"
        | "событие"
        | "события"
        | "мероприятие"
        | "начало"
        | "конец"
        | "состоится"
        | "просмотрено"
        | "printed"
        | "print"
        | "saved"
        | "retrieved"
        | "archived"
        | "accessed"
        | "crawled"
        | "event"
        | "starts"
        | "ends"
        | "start"
        | "deadline"
        | "expires"
        | "until"
        | "до"
        | "народився"
        | "народилася"
        | "born" => Some(Role::Other),
        _ => None,
    }
}

/// Returns the number of the weekday, 1 for Monday to 7, that `word` names in small letters, in
/// full or short.
pub(super) fn weekday_number(word: &str) -> Option<i8> {
    let day = match word {
        "понеділок"
        | "понеділка"
        | "пон"
        | "пн"
        | "понедельник"
        | "понедельника"
        | "monday"
        | "mon" => 1,
        "вівторок" | "вівторка" | "вів" | "вт" | "вторник" | "вторника" | "tuesday" | "tue"
        | "tues" => 2,
        "середа" | "середу" | "середи" | "ср" | "среда" | "среду" | "среды" | "wednesday"
        | "wed" => 3,
        "четвер" | "четверга" | "чет" | "чт" | "четверг" | "thursday" | "thu" | "thur"
        | "thurs" => 4,
        "п'ятниця" | "п’ятниця" | "пʼятниця" | "п'ятницю" | "п’ятницю" | "пʼятницю"
        | "п'ятниці" | "п’ятниці" | "пʼятниці" | "п'ят" | "пт" | "пятница" | "пятницу"
        | "пятницы" | "friday" | "fri" => 5,
        "субота" | "суботу" | "суботи" | "суб" | "сб" | "суббота" | "субботу" | "субботы"
        | "saturday" | "sat" => 6,
        "неділя"
        | "неділю"
        | "неділі"
        | "нед"
        | "нд"
        | "воскресенье"
        | "воскресенья"
        | "вс"
        | "sunday"
        | "sun" => 7,
        _ => return None,
    };
    Some(day)
}

fn other(word: &str) -> Option<Meaning> {
    let meaning = match word {
        "сьогодні" | "сегодня" | "today" => Meaning::DaysFromNow(0),
        "вчора" | "учора" | "вчера" | "yesterday" => Meaning::DaysFromNow(-1),
        "позавчора" | "позавчера" => Meaning::DaysFromNow(-2),
        "z" | "gmt" | "utc" | "wet" => Meaning::Zone(0),
        "cet" | "bst" | "met" => Meaning::Zone(1),
        "eet" | "cest" => Meaning::Zone(2),
        "eest" | "msk" | "мск" => Meaning::Zone(3),
        "est" | "cdt" => Meaning::Zone(-5),
        "edt" => Meaning::Zone(-4),
        "cst" | "mdt" => Meaning::Zone(-6),
        "mst" | "pdt" => Meaning::Zone(-7),
        "pst" => Meaning::Zone(-8),
        "am" => Meaning::HalfOfDay(0),
        "pm" => Meaning::HalfOfDay(12),
        "о" | "об" | "в" | "у" | "at" | "t" => Meaning::At,
        "р"
        | "рік"
        | "року"
        | "г"
        | "год"
        | "года"
        | "годин"
        | "від"
        | "от"
        | "on"
        | "the"
        | "of"
        | "дата"
        | "дати"
        | "date"
        | "публікації"
        | "публикации"
        | "час"
        | "время"
        | "time"
        | "за"
        | "києвом"
        | "київським"
        | "київський"
        | "часом"
        | "киеву"
        | "по"
        | "киевскому"
        | "времени"
        | "last"
        | "останнє"
        | "останні"
        | "останню"
        | "последнее" => Meaning::Filler,
        _ => return None,
    };
    Some(meaning)
}
