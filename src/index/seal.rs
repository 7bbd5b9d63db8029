//! The checksum in `meta.json`, which the engine would write without one.
//!
//! It is the first name of the JSON object and covers the text without itself. The engine passes
//! over names that it does not know, so a program without seals reads a sealed file too.

/// What a sealed text begins with, before the 64 digits of the checksum.
const HEAD: &[u8] = b"{\n  \"blake3\": \"";
/// What stands between the digits and the rest of the object.
const TAIL: &[u8] = b"\",";
const DIGITS: usize = 64;

/// What became of a text with a checksum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sealed {
    /// It is what was written; without the checksum.
    Sound(Vec<u8>),
    /// It has no checksum; as it stands.
    WithoutSum(Vec<u8>),
    /// It is not what was written.
    Broken,
}

/// Returns the text of a JSON object with its checksum.
pub(crate) fn seal(text: &[u8]) -> Vec<u8> {
    let Some(rest) = text.strip_prefix(b"{") else {
        return text.to_vec();
    };
    let sum = blake3::hash(text).to_hex();
    [HEAD, sum.as_bytes(), TAIL, rest].concat()
}

/// Takes the checksum off a text and compares.
pub(crate) fn unseal(text: Vec<u8>) -> Sealed {
    let Some(rest) = text.strip_prefix(HEAD) else {
        return Sealed::WithoutSum(text);
    };
    let Some((sum, rest)) = rest.split_at_checked(DIGITS) else {
        return Sealed::Broken;
    };
    let Some(rest) = rest.strip_prefix(TAIL) else {
        return Sealed::Broken;
    };
    let text = [b"{", rest].concat();
    if blake3::hash(&text).to_hex().as_bytes() == sum {
        Sealed::Sound(text)
    } else {
        Sealed::Broken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_text_comes_back_and_no_other_is_sound() {
        let text = b"{\n  \"segments\": [],\n  \"opstamp\": 7\n}\n".to_vec();
        let sealed = seal(&text);
        assert_eq!(unseal(sealed.clone()), Sealed::Sound(text.clone()));
        assert!(serde_json::from_slice::<serde_json::Value>(&sealed).is_ok());
        assert_eq!(unseal(text.clone()), Sealed::WithoutSum(text.clone()));
        for at in 0..sealed.len() {
            let mut other = sealed.clone();
            other[at] ^= 1;
            assert!(!matches!(unseal(other), Sealed::Sound(_)), "{at}");
        }
        for end in HEAD.len()..sealed.len() {
            assert_eq!(unseal(sealed[..end].to_vec()), Sealed::Broken, "{end}");
        }
    }
}
