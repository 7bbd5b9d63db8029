//! Words that join and point and tell nothing of what a text is about.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Ukrainian, Russian and English ones, as forms. Those that nearly every article has are here only
/// to complete the list: whoever chooses telling words must leave out what is common anyway.
const FORMS: &str = "\
а аби або адже але б без би бо був була були було буде будуть бути в вам вас ваш ваша ваше ваші весь вже ви від він вона вони \
воно все всього всіх вся всі втім де деякі для до довго досить дуже є ж за завжди зараз зате зі із її їй їм їх йому його \
й і з ким кого кожен кожна кожне кожного коли кому котра котрий котрі крім куди лише ледь мав мала мали мало має мають ми \
між мені мене мною може можна можуть моя мій моє мої му на навіть над нам нас наш наша наше наші не нема немає нехай нею \
ним них ні ніби ніхто ніщо ну нічого о об обидва один одна одне одні однак ось от отже перед під після по поки потім поряд \
при про проте проти раз разом сам сама само самі свого своє своєї своєму свої своїй своїм своїми своїх свою своя свій себе \
собі собою стосовно та так така таке такий також такі там твій те тебе теж ти тим тими тих то тобі тобто того тоді тож той \
тому треба ту тут у уже усе усі усіх хай хоч хоча хто це цей цього цьому цим цих цю ця ці через чи чим чого чому що щоб щоби \
щодо ще щось як яка яке який якого якої якому яку яким яких якими якщо які \
б бы был была были было быть в вам вас весь во вот все всего всех вы где даже для до его ее ей ему если есть ещё еще ж же за и из к \
или им их как какой когда кто ко ли лишь между меня мне мы над нам нас не него нее нет ни них но ну об однако он она они оно \
от перед по под после при про с сам свои своих свой себя со так также такой там то тогда того тоже только том тот ту ты \
уже хотя чего чем через что чтобы эта эти это этого этой этом этот эту я \
a about after against all also am an and any are as at be because been but by can could did do does for from had has have he her him his how i if \
in into is it its just more most must my me no not of on one only or other our out over said she so some such than that the their them \
then there these they this to under up us was we were what when which who will with would you your";

/// Returns whether `form`, in small letters, is such a word.
pub fn is_function_word(form: &str) -> bool {
    static ALL: LazyLock<HashSet<&str>> = LazyLock::new(|| FORMS.split(' ').collect());
    ALL.contains(form)
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
