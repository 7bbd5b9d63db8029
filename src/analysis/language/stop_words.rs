//! Words that join and point and tell nothing of what a text is about.

use crate::analysis::language::closed_classes::is_closed_class;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Ukrainian, Russian and English ones beside those of the closed classes, as forms. Those that
/// nearly every article has are here only to complete the list: whoever chooses telling words must
/// leave out what is common anyway.
const OTHERS: &str = "\
був була були було буде будуть бути вам вас ваш ваша ваше ваші весь ви він вона вони воно все \
всього всіх вся всі деякі довго досить дуже є завжди зараз її їй їм їх йому його кожен кожна кожне \
кожного ледь мав мала мали мало має мають ми мені мене мною може можна можуть моя мій моє мої му \
нам нас наш наша наше наші нема немає нею ним них ніхто ніщо нічого обидва один одна одне одні \
потім поряд раз разом сам сама само самі свого своє своєї своєму свої своїй своїм своїми своїх \
свою своя свій себе собі собою така таке такий такі там твій те тебе ти тим тими тих тобі того \
тоді той тому треба ту тут усе усі усіх цей цього цьому цим цих цю ця ці щось был была были было \
быть всего всех вы его ее ей ему есть им их меня мне мы него нее нет однако она они оно свои своих \
свой себя также такой тогда том тот ты эта эти этого этой этом этот эту я all also am any are be \
been can could did do does had has have he her him his i is it its just more most must my me no \
one only other our out said she so some such their them then there these they this up us was we \
were will would you your";

/// Returns whether `form`, in small letters, is such a word.
pub fn is_function_word(form: &str) -> bool {
    static ALL: LazyLock<HashSet<&str>> = LazyLock::new(|| OTHERS.split(' ').collect());
    is_closed_class(form) || ALL.contains(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_tell_nothing_are_known_and_others_are_not() {
        for form in ["та", "який", "чтобы", "the", "її"] {
            assert!(is_function_word(form), "{form}");
        }
        for form in ["безпека", "війна", "рік", "security", ""] {
            assert!(!is_function_word(form), "{form}");
        }
    }
}
