//! Surnames that are declined as adjectives, and so have a gender: `Зеленський`, `Зеленська`.

use crate::analysis::dictionary::Dictionary;
use crate::analysis::dictionary::lexicon::Lexicon;
use crate::analysis::spelling::names::Names;

/// The endings of a hard stem: masculine, feminine. A form that is also a plural counts where it is
/// one of a man first of all (`Зеленським`).
const HARD: [&[&str]; 2] = [
    &["ий", "ого", "ому", "им", "ім"],
    &["а", "ої", "ій", "у", "ою"],
];
/// The endings of a soft stem; `-ій` may be either and tells nothing.
const SOFT: [&[&str]; 2] = [&["ього", "ьому", "їм"], &["я", "ьої", "ю", "ьою"]];

/// First names by which a surname is known. Those that are common words first of all (`віра`,
/// `слава`) are left out.
const FIRST_NAMES: &str = "агата аглая адам адріан алла альона аліна аліса анастасія анатолій ангеліна андрій анжела анжеліка \
    анна антон антоніна антін аркадій арсен арсеній артем артемій артур богдан богдана болеслав борис \
    борислав в'ячеслав вадим валентин валентина валерій валерія варвара василина василиса василь \
    вероніка владислав владислава володимир всеволод віктор вікторія вілен віолетта віталій \
    віталіна галина ганна георгій герман гліб григорій данило дар'я дарина денис дмитро дмитрій \
    діана едуард елла ельвіра еліна емма емілія ерік жанна ждан захар зоряна зоя зіновій кароліна \
    катерина кирило клавдія клара клим костянтин ксенія кіра лариса леонід леся любомир \
    любомира людмила лідія ліза ліна макар максим мар'ян мар'яна маргарита марина мартин \
    марія матвій меланія микита микола мирон мирослав мирослава михайлина михайло мілана назар назарій \
    наталка наталя наталія неля нестор нонна ніна оксана олег олександр олександра олексій олена \
    олесь олеся ольга омелян орест орися остап павло панас петро платон поліна раїса \
    ростислав руслан руслана сава святослав світлана севастян семен серафим серафима сергій симон \
    соломія софія станіслав станіслава степан стефан стефанія тамара тарас тетяна тимофій тимур тихон \
    уляна устим федір фелікс філіп христина юліан юліана юлій юлія юрій юхим яків ян яна ярема ярина \
    ярослав ярослава євген євгенія євдокія єлизавета іван іванна ігнат ігор ілларіон ілля ілона інга \
    інеса інна іраїда ірина";

/// First names and titles that are also common words: they count only with a capital, as `російська
/// влада` is no surname.
const NAMES_AND_WORDS: &str =
    "влад влада дана злата лев лука лілія марта ніка пан пані роман романа";

/// A shorter stem is that of a common word: `рада` is a form of `радий`.
const SHORTEST_STEM: usize = 4;

/// The endings of patronymics.
const PATRONYMICS: [&str; 3] = ["ович", "івна", "ївна"];

/// A surname in the gender in which it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surname {
    /// The key of both genders.
    pub key: String,
    /// Its forms in the gender of the typed one.
    pub forms: Vec<String>,
}

impl Surname {
    /// Returns the surname that `form` with these `keys` is if it is declined as an adjective and
    /// its ending tells the gender. Any adjective is taken for one.
    ///
    /// ```
    /// use shukach::analysis::spelling::surnames::Surname;
    ///
    /// let keys = ["зеленський".to_owned()];
    /// let surname = Surname::of("зеленської", &keys).unwrap();
    /// assert_eq!(surname.forms[..2], ["зеленська", "зеленської"]);
    /// assert_eq!(Surname::of("зеленські", &keys), None);
    /// ```
    pub fn of(form: &str, keys: &[String]) -> Option<Self> {
        keys.iter().find_map(|key| {
            let (stem, genders) = match (key.strip_suffix("ий"), key.strip_suffix("ій")) {
                (Some(stem), _) => (stem, HARD),
                (_, Some(stem)) => (stem, SOFT),
                _ => return None,
            };
            // Keys have no ґ, forms have; the two are equally long.
            let front = form.get(..stem.len())?;
            if stem.chars().count() < SHORTEST_STEM {
                return None;
            }
            if front.replace('ґ', "г") != stem {
                return None;
            }
            let ending = form.get(stem.len()..)?;
            let gender = genders.into_iter().find(|all| all.contains(&ending))?;
            Some(Self {
                key: key.clone(),
                forms: gender.iter().map(|end| format!("{front}{end}")).collect(),
            })
        })
    }
}

/// Returns whether the reviewed lists have the word `form`, with this `key`, as a name.
pub fn is_known_name(form: &str, key: &str) -> bool {
    Lexicon::supplement().contains(form) || Names::table().has_key(form, key)
}

/// Returns whether the word beside `form` may be a surname: it is a first name in any case, or a
/// patronymic.
pub fn is_first_name(form: &str, is_capitalised: bool) -> bool {
    let mut is_name = false;
    Dictionary::ukrainian().lemmas(form, &mut String::new(), &mut |lemma| {
        let is_in = |names: &str| names.split_ascii_whitespace().any(|name| name == lemma);
        is_name |= is_in(FIRST_NAMES)
            || (is_capitalised && is_in(NAMES_AND_WORDS))
            || PATRONYMICS.iter().any(|end| lemma.ends_with(end));
    });
    is_name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{KeyAnalyzer, keys::Keys};

    fn surname(form: &str) -> Option<Surname> {
        let mut keys = Keys::default();
        KeyAnalyzer::default().query_keys(form, &mut keys);
        let keys: Vec<String> = keys.iter().map(str::to_owned).collect();
        Surname::of(form, &keys)
    }

    #[test]
    fn every_case_of_a_gender_has_the_forms_of_that_gender() {
        for (lemma, forms) in [
            (
                "зеленський",
                "зеленський зеленського зеленському зеленським зеленськім",
            ),
            (
                "зеленська",
                "зеленська зеленської зеленській зеленську зеленською",
            ),
            ("залужний", "залужний залужного залужному залужним залужнім"),
            (
                "чорновецька",
                "чорновецька чорновецької чорновецьку чорновецькою",
            ),
            ("білозірна", "білозірна білозірної білозірну білозірною"),
        ] {
            for form in forms.split(' ') {
                let found = surname(form).unwrap_or_else(|| panic!("{form} is none"));
                assert_eq!(found.forms[0], lemma, "{form}");
                assert!(found.forms.contains(&form.to_owned()), "{form}");
            }
        }
    }

    #[test]
    fn plurals_and_other_words_have_no_gender() {
        for form in [
            "зеленські",
            "зеленських",
            "порошенко",
            "буданова",
            "biden",
            "рада",
        ] {
            assert_eq!(surname(form), None, "{form}");
        }
    }

    #[test]
    fn first_names_are_known_in_all_cases() {
        for form in [
            "олена",
            "олени",
            "володимиром",
            "в'ячеславові",
            "петрівна",
            "іванович",
            "пані",
        ] {
            assert!(is_first_name(form, true), "{form}");
        }
        for form in ["нова", "київ", "президент", "зеленський", "область"]
        {
            assert!(!is_first_name(form, true), "{form}");
        }
    }
}
