//! Texts as the store keeps them: a byte for each letter of Ukrainian and Russian.
//!
//! UTF-8 takes two bytes for such a letter, of which the first says little, and the compression of
//! the store has to look through both. Packed, the store takes a fifth less.
//!
//! | bytes | stand for |
//! |---|---|
//! | 0–127 | ASCII, as it is |
//! | 128–191 | `А` to `я` |
//! | 192–254 | [`OTHERS`] |
//! | 255 | any other character, whose UTF-8 follows |

/// The byte of `А`.
const FIRST_LETTER: u8 = 128;
/// The byte of the first of [`OTHERS`].
const FIRST_OTHER: u8 = 192;
/// What stands before a character that has no byte.
const ESCAPE: u8 = 255;

/// Other letters, and the signs of newspapers. Texts are stored by this order: it is part of the
/// format of the index.
const OTHERS: [char; 32] = [
    'Ґ', 'Є', 'І', 'Ї', 'ґ', 'є', 'і', 'ї', 'Ё', 'ё', 'Ў', 'ў', '«', '»', '–', '—', '’', '“', '”',
    '„', '…', '№', 'ʼ', '‘', '\u{a0}', '\u{301}', '\u{ad}', '•', '°', '€', '₴', '‑',
];

/// Packs a text.
pub(crate) fn pack(text: &str) -> Vec<u8> {
    let mut packed = Vec::with_capacity(text.len());
    for char in text.chars() {
        if let Some(byte) = byte_of(char) {
            packed.push(byte);
        } else {
            packed.push(ESCAPE);
            packed.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
    packed
}

/// Unpacks a text; `None` where the bytes are none.
pub(crate) fn unpack(packed: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(packed.len() * 2);
    let mut rest = packed;
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        if *byte == ESCAPE {
            let bytes = rest.utf8_chunks().next()?;
            let char = bytes.valid().chars().next()?;
            text.push(char);
            rest = rest.get(char.len_utf8()..)?;
        } else {
            text.push(char_of(*byte)?);
        }
    }
    Some(text)
}

/// The bytes of the first characters of the Cyrillic block, of which a text mostly consists; 0 of
/// those that have none.
const CYRILLIC: [u8; 0x60] = cyrillic();

/// The first character of the Cyrillic block.
const FIRST_CYRILLIC: u32 = 0x400;

const fn cyrillic() -> [u8; 0x60] {
    let mut bytes = [0; 0x60];
    let (mut letter, mut place) = (FIRST_LETTER, 0x10);
    while letter < FIRST_OTHER {
        bytes[place] = letter;
        letter += 1;
        place += 1;
    }
    let (mut other, mut number) = (FIRST_OTHER, 0);
    while number < OTHERS.len() {
        let code = OTHERS[number] as u32;
        if code >= FIRST_CYRILLIC && code < FIRST_CYRILLIC + 0x60 {
            bytes[(code - FIRST_CYRILLIC) as usize] = other;
        }
        other += 1;
        number += 1;
    }
    // Ґ and ґ lie behind these; they are searched for.
    bytes
}

fn byte_of(char: char) -> Option<u8> {
    if char.is_ascii() {
        return u8::try_from(char).ok();
    }
    let place = u32::from(char).wrapping_sub(FIRST_CYRILLIC);
    if let Some(byte) = CYRILLIC.get(place as usize) {
        return Some(*byte).filter(|byte| *byte > 0);
    }
    let place = OTHERS.iter().position(|other| *other == char)?;
    u8::try_from(place).ok().map(|place| FIRST_OTHER + place)
}

fn char_of(byte: u8) -> Option<char> {
    match byte {
        0..FIRST_LETTER => Some(char::from(byte)),
        FIRST_LETTER..FIRST_OTHER => {
            char::from_u32(u32::from('А') + u32::from(byte - FIRST_LETTER))
        }
        _ => OTHERS.get(usize::from(byte - FIRST_OTHER)).copied(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_letter_takes_a_byte_and_whatever_else_comes_back() {
        let text = "Щастя їхнє — ґанок, «п’ять» ёлок № 5…";
        assert_eq!(pack(text).len(), text.chars().count());
        let others = "漢字 🙂 ş č \u{10ffff}";
        for text in ["", text, others, "a🙂б"] {
            assert_eq!(unpack(&pack(text)).as_deref(), Some(text));
        }
    }

    #[test]
    fn every_other_character_is_listed_once_and_has_no_byte_before() {
        for (place, char) in (FIRST_OTHER..).zip(OTHERS) {
            assert_eq!((byte_of(char), char_of(place)), (Some(place), Some(char)));
        }
    }

    #[test]
    fn what_is_no_packed_text_is_refused() {
        for packed in [&[ESCAPE][..], &[ESCAPE, 0xd0], &[ESCAPE, 0xff], &[250]] {
            assert_eq!(unpack(packed), None, "{packed:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "\\PC*") {
            prop_assert_eq!(unpack(&pack(&text)), Some(text));
        }

        #[test]
        fn no_bytes_panic(packed in proptest::collection::vec(any::<u8>(), 0..40)) {
            unpack(&packed);
        }
    }
}
