//! How much a text looks like Ukrainian or Russian, by which letters follow which.

/// The letters, in the order of the table; before them stands what is no letter.
const LETTERS: &str = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэъё";

/// How often a letter follows another, on a scale of logarithms: 0 never, 9 as often as any.
/// Counted over the articles of the sample archive.
const FOLLOWS: [&[u8]; 38] = [
    b"06776375347564576676877765556550460300",
    b"80464164555413557661566613545310530001",
    b"45101016011452024135042050110120203010",
    b"77123036042660044256235440103320144002",
    b"46000024000440014037050140000100000000",
    b"11000001000100000001020010000000000000",
    b"56352016033651144356444350142213042002",
    b"73355053246112465562475603334430220000",
    b"60010000001001021310021400000100100000",
    b"44101045000430041153000140013000000001",
    b"67342044000540033454431240101002031000",
    b"80454143145301666560456602554530330000",
    b"72463061345115546453345511345420340000",
    b"50010020013003200130001200300000000000",
    b"70221030020010011344003300011300000000",
    b"67030004000650005137053460030130000000",
    b"46001126001750034016002240001006560000",
    b"66100026100660042236311050001000121000",
    b"57011047111760050056014651042205454000",
    b"70676063355314466661576611425430440001",
    b"35000006000560015037161240011201131002",
    b"57334037142761142457303550312502354001",
    b"55140005000450055355523751333105162001",
    b"67140026100750053147163350012017243000",
    b"71354050444000155440545501414310410000",
    b"12000004000130001004020110000000000001",
    b"64041001000330002235021430000000000000",
    b"13010005000350010010000110000004352000",
    b"45010005000540031154000340011101010002",
    b"34010005000540044034110340010002000002",
    b"13000004000310000015000020000000000002",
    b"70113020000000250254015300030400000000",
    b"51231040330000031010022500103110200000",
    b"70343042322000153440033600333220300000",
    b"40011003000000412220021100300200000000",
    b"00000000000000011110000300000000000000",
    b"00000000000000000000000000000000010000",
    b"20010020000000003100020300000000000000",
];

/// A pair rarer than this speaks against the text, a more frequent one for it.
const NEUTRAL: f64 = 3.0;
/// What a pair that never occurs costs beyond its rarity.
const NEVER: f64 = 1.5;
/// What a small letter before a capital in one word costs: the sign of the wrong page.
const WRONG_CASE: f64 = 5.0;
/// What a Latin letter beside a Cyrillic one costs.
const MIXED: f64 = 4.0;
/// What a sign that texts do not use costs.
const ODD_SIGN: f64 = 6.0;
/// What a byte that means nothing costs.
const LOST: f64 = 10.0;
/// What a Latin letter with a mark gains inside a word.
const ACCENT: f64 = 2.0;

/// Signs beyond ASCII that texts do use.
const USUAL_SIGNS: &str = "«»„“”‘’–—…№°§·•©™®€\u{A0}\u{AD}\u{301}\u{2019}\u{FEFF}";

/// Scores a text: above 0 it looks like a text, the more the better. What is ASCII alone does not
/// count.
pub(crate) fn score(text: &str) -> f64 {
    let mut sum = 0.0;
    let mut count = 0_u32;
    let mut before = ' ';
    for c in text.chars().chain([' ']) {
        if !c.is_ascii() {
            count += 1;
        }
        sum += pair(before, c);
        before = c;
    }
    sum / f64::from(count.max(1))
}

fn pair(before: char, c: char) -> f64 {
    let (first, second) = (ordinal(before), ordinal(c));
    if first == 0 && second == 0 {
        return sign(before, c);
    }
    if before.is_ascii_alphabetic() || c.is_ascii_alphabetic() {
        return -MIXED;
    }
    // A sign beyond ASCII is judged by itself; the end of a word there tells nothing.
    if first == 0 && !before.is_ascii() {
        return 0.0;
    }
    if second == 0 && !c.is_ascii() {
        return sign(' ', c);
    }
    let case = if before.is_lowercase() && c.is_uppercase() {
        -WRONG_CASE
    } else {
        0.0
    };
    let row = FOLLOWS.get(first).copied().unwrap_or_default();
    let frequency = row.get(second).map_or(0, |digit| digit - b'0');
    let never = if frequency == 0 { NEVER } else { 0.0 };
    f64::from(frequency) - NEUTRAL - never + case
}

fn sign(before: char, c: char) -> f64 {
    if c.is_ascii() {
        return if c.is_ascii_alphabetic() && is_accented(before) {
            ACCENT / 2.0
        } else {
            0.0
        };
    }
    if c == '\u{FFFD}' {
        return -LOST;
    }
    if is_accented(c) {
        return match before {
            before if is_accented(before) => -MIXED,
            before if before.is_ascii_alphabetic() => ACCENT / 2.0,
            _ => 0.0,
        };
    }
    if USUAL_SIGNS.contains(c) {
        0.0
    } else {
        -ODD_SIGN
    }
}

fn is_accented(c: char) -> bool {
    matches!(c, '\u{C0}'..='\u{24F}') && c.is_alphabetic()
}

/// Returns the place of a letter in the table, 0 for what is none.
fn ordinal(c: char) -> usize {
    let small = match c {
        'А'..='Я' => char::from_u32(u32::from(c) + 0x20),
        'Ѐ'..='Џ' => char::from_u32(u32::from(c) + 0x50),
        'Ґ' => Some('ґ'),
        _ => Some(c),
    };
    let Some(small) = small.filter(|c| ('а'..='ґ').contains(c)) else {
        return 0;
    };
    LETTERS
        .chars()
        .position(|letter| letter == small)
        .map_or(0, |at| at + 1)
}
