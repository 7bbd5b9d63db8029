//! Words of the closed classes: prepositions, conjunctions, particles and question words.
//!
//! A query that is a natural phrase has them, an article that it is about may have others in their
//! place: `переговори між Україною та Росією`, `переговори України з Росією`. So a conjunction asks
//! for them only to lift the articles that have them.
//!
//! The lists are our own and reviewed: no word in them names a thing, a quality or an act. What is
//! also a form of such a word is left out: `мов` (of `мова`), `ради` (of `рада`), `край`, `поза`,
//! `коло`.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Each list once in the language that has the word first: `в`, `за` and `не` are Russian too.
const LISTS: [&str; 12] = [
    // Ukrainian: prepositions.
    "\
без біля в вві вздовж внаслідок впродовж всупереч від для до довкола з за завдяки задля замість \
заради згідно зо зі крізь крім межи між на навколо над наді о об обабіч од окрім перед передо \
переді по повз поміж понад поперед попри попід посеред при про проти протягом під підо піді після \
серед стосовно у ув уві уздовж унаслідок упродовж усупереч через щодо із",
    // Ukrainian: conjunctions.
    "\
а аби або адже але ані бо втім доки допоки ж же зате й мовби наче немов немовби неначе ніби нібито \
однак одначе оскільки отже отож позаяк поки притому причому проте та так також теж тобто тож хоч \
хоча чи щоб щоби як якби якщо і",
    // Ukrainian: particles.
    "\
аж б би вже лиш лише навіть не невже нехай ну ні он ось от таки то тільки уже хай хіба це ще",
    // Ukrainian: question words, which also begin clauses.
    "\
де звідки ким кого коли кому котра котре котрий котрим котрими котрих котрого котрому котрою \
котрої котру котрі куди навіщо нащо скільки хто чий чийого чийому чим чия чиє чиєї чиї чого чому \
що яка яке який яким якими яких якого якому якою якої яку які якій",
    // Russian: prepositions.
    "\
безо благодаря вдоль вместо вне во вокруг вопреки из изо к ко кроме между насчет насчёт обо около \
ото под подо после против с сквозь со согласно среди",
    // Russian: conjunctions.
    "\
будто ежели если и ибо или либо но пока поскольку притом причем причём тоже хоть хотя чтоб чтобы",
    // Russian: particles.
    "\
бы ведь вот даже еще ещё ли лишь ль неужели ни пускай пусть разве только уж это",
    // Russian: question words, which also begin clauses.
    "\
где зачем как какая какие каким какими каких какого какое какой какому какую кем когда которая \
которого которое которой котором которому которую которые который которым которыми которых кто \
куда откуда отчего почему сколько чего чей чем чему что чье чьего чьей чьи чьих чья чьё",
    // English: prepositions.
    "\
about across after against along amid among around as at before behind below beneath beside \
besides between beyond by despite during except for from in into near of on onto over per since \
than through throughout till to toward towards under until upon via with within without",
    // English: conjunctions.
    "\
although and because but if nor or that though unless whereas whether while",
    // English: articles and the particle.
    "\
a an not the",
    // English: question words, which also begin clauses.
    "\
how what when where which who whom whose why",
];

/// Returns whether `form`, in small letters, is a word of a closed class in Ukrainian, Russian or
/// English.
pub(crate) fn is_closed_class(form: &str) -> bool {
    static ALL: LazyLock<HashSet<&str>> =
        LazyLock::new(|| LISTS.iter().flat_map(|list| list.split(' ')).collect());
    ALL.contains(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_join_and_ask_are_known() {
        for form in [
            "між",
            "та",
            "від",
            "для",
            "й",
            "уві",
            "щоб",
            "чи",
            "не",
            "хто",
            "яких",
            "чому",
            "из",
            "чтобы",
            "который",
            "ли",
            "the",
            "of",
            "between",
            "who",
        ] {
            assert!(is_closed_class(form), "{form}");
        }
    }

    #[test]
    fn words_with_a_content_are_not_among_them() {
        for form in [
            "мов",
            "ради",
            "край",
            "поза",
            "коло",
            "час",
            "рік",
            "треба",
            "буде",
            "війна",
            "мир",
            "вон",
            "is",
            "no",
            "us",
            "it",
            "",
        ] {
            assert!(!is_closed_class(form), "{form}");
        }
    }

    #[test]
    fn no_word_stands_twice() {
        let all: Vec<&str> = LISTS.iter().flat_map(|list| list.split(' ')).collect();
        let distinct: HashSet<&str> = all.iter().copied().collect();
        assert_eq!(all.len(), distinct.len());
        assert!(all.iter().all(|form| !form.is_empty()));
    }
}
