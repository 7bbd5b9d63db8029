//! Names whose Russian and Latin spelling follows no rule, and loans with doubled letters.

use crate::analysis::spelling::by_first::ByFirst;
use std::sync::LazyLock;

/// The beginning of a Ukrainian word, of its Russian and Latin spellings; the latter are whole
/// words. Where a column is empty, the rules serve.
const NAMES: &str = "\
австрі||austria
австралі||australia
александрі||alexandria
англі||england
афін||athens
бельгі||belgium
берлін||berlin
білорус|белорус беларус|belarus
болгарі||bulgaria
братислав||bratislava
британі||britain
брюссел||brussels
бразилі||brazil
варшав||warsaw
великобритані||britain
венесуел|венесуэл|venezuela
вірмені|армени|armenia
відень|вена|vienna
вільнюс||vilnius
гельсінк|хельсинк|helsinki
греці||greece
грузі||georgia
дамаск||damascus
данія||denmark
європ||europe
єгип||egypt
ємен|йемен|yemen
єрусалим|иерусалим|jerusalem
женев||geneva
ізраїл||israel
ірланді||ireland
ісланді||iceland
іспані||spain
італі||italy
індонезі||indonesia
казахстан||kazakhstan
канад||canada
китай||china
кишинів|кишинев|chisinau kishinev
копенгаген||copenhagen
латві||latvia
лісабон|лиссабон|lisbon
литв||lithuania
люксембург||luxembourg
мадрид||madrid
мінськ||minsk
молдов||moldova
москв||moscow
мюнхен||munich
нідерланд||netherlands
німеччин|германи|germany
німецьк|немецк|
норвегі||norway
париж||paris
пекін||beijing
польщ|польш|poland
португалі||portugal
росія|россия|russia
російськ|российск|
росіян|россиян|
румуні|румыни|romania
рум'янц|румянц|
сербі||serbia
сирія||syria
словаччин|словаки|slovakia
словені||slovenia
страсбург||strasbourg
таллінн|таллин таллинн|tallinn
тбілісі||tbilisi
туреччин|турци|turkey
турецьк|турецк|
угорщин|венгри|hungary
угорськ|венгерск|
уельс|уэльс|wales
узбекистан||uzbekistan
україн||ukraine
фінлянді||finland
франці||france
хорваті||croatia
чехі||czechia
чорногорі|черногори|montenegro
швейцарі||switzerland
швеці||sweden
шотланді||scotland
японі||japan
авдіївк|авдеевк|avdiivka avdeevka
бориспіл|борисполь|boryspil borispol
бориспол|борисполь|boryspil borispol
вінниц|винниц|vinnytsia vinnitsa
дніпр|днепр|dnipro dnieper dnepr
дніпропетровськ|днепропетровск|dnipropetrovsk dnepropetrovsk
дністр|днестр|dniester
дністер|днестр|dniester
донбас|донбасс|donbas donbass
запоріжж|запорожье|zaporizhzhia zaporozhye
запорізьк|запорожск|
закарпатт|закарпать|zakarpattia transcarpathia
ірпін|ирпень|irpin
ірпен|ирпен|irpin
кам'янськ|каменск|kamianske
київ|киев|kyiv kiev
києв|киев|kyiv kiev
кременчук|кременчуг|kremenchuk kremenchug
крим||crimea
львів|львов|lviv lvov
мар'їнк|марьинк|marinka
миколаїв|николаев|mykolaiv nikolaev nikolayev
миколаєв|николаев|mykolaiv nikolaev nikolayev
одес|одесс|odesa odessa
поділл|подол|podillia podolia
полісс|полес|polissia polesia
рівне|ровно|rivne rovno
рівненськ|ровенск|
слов'янськ|славянск|sloviansk slavyansk
тернопіл|тернопол|ternopil ternopol
франківськ|франковск|frankivsk
харків|харьков|kharkiv kharkov
харков|харьков|kharkiv kharkov
черкас|черкасс|cherkasy cherkassy
чернівц|черновц|chernivtsi chernovtsy
чернігів|чернигов|chernihiv chernigov
чернігов|чернигов|chernihiv chernigov
чорнобил|чернобыл|chornobyl chernobyl
північн|северн|
південн|южн|
західн|западн|
східн|восточн|
катерин|екатерин|kateryna katerina ekaterina
васил|василь|vasyl vasily
володимир|владимир|volodymyr vladimir
ганна|анна|hanna anna
гаврил|гавриил|
григор||hryhoriy hryhorii grigory
данил|данил даниил|danylo daniil
дмитр||dmytro dmitry dmitri
ілля|илья|illia ilya
йосип|иосиф|yosyp iosif joseph
кирил|кирилл|kyrylo kirill
микол|никола|mykola nikolai nikolay
михайл|михаил михайл|mykhailo mikhail
олександр|александр|oleksandr oleksandra alexander aleksandr alexandra
олексі|алексе|oleksii oleksiy alexei aleksei
олена|елена|olena elena
павл|павл павел|pavlo pavel
петро||petro petr
пилип|филипп|pylyp filipp philip
софія||sofiia sofia
тетян|татьян|tetiana tetyana tatiana tatyana
уляна|ульяна|uliana ulyana
федір|федор|fedir fyodor fedor
юлія||yuliia yulia julia
";

/// A line of [`NAMES`].
#[derive(Debug, Clone, Copy)]
struct Name {
    ukrainian: &'static str,
    russian: &'static str,
    latin: &'static str,
}

fn names() -> impl Iterator<Item = Name> {
    NAMES.lines().filter_map(|line| {
        let (ukrainian, spellings) = line.split_once('|')?;
        let (russian, latin) = spellings.split_once('|')?;
        Some(Name {
            ukrainian,
            russian,
            latin,
        })
    })
}

/// [`NAMES`] cut once: every word of a query is looked for in it several times.
static BY_UKRAINIAN: LazyLock<ByFirst<Name>> =
    LazyLock::new(|| ByFirst::new(names(), |name| name.ukrainian));

/// The Russian and the Latin spellings, each with its name.
static BY_SPELLING: LazyLock<ByFirst<(&str, Name)>> = LazyLock::new(|| {
    let spelt = |name: Name| {
        let spellings = name.russian.split(' ').chain(name.latin.split(' '));
        spellings.map(move |spelling| (spelling, name))
    };
    ByFirst::new(names().flat_map(spelt), |(spelling, _)| spelling)
});

/// Loans that Russian spells with doubled letters or other vowels, wherever they stand in a word.
pub(crate) const LOANS: &[(&str, &[&str])] = &[
    ("агресі", &["агресси"]),
    ("агресив", &["агрессив"]),
    ("акредит", &["аккредит"]),
    ("апарат", &["аппарат"]),
    ("апеляц", &["апелляц"]),
    ("асоціац", &["ассоциац"]),
    ("атест", &["аттест"]),
    ("дискусі", &["дискусси"]),
    ("ефект", &["эффект"]),
    ("експрес", &["экспресс"]),
    ("іміг", &["иммиг"]),
    ("клас", &["класс", "клас"]),
    ("колег", &["коллег"]),
    ("колект", &["коллект"]),
    ("комерц", &["коммерц"]),
    ("комісі", &["комисси"]),
    ("коміс", &["комисс"]),
    ("комун", &["коммун"]),
    ("конгрес", &["конгресс"]),
    ("кореспонд", &["корреспонд"]),
    ("корупц", &["коррупц"]),
    ("маса", &["масса"]),
    ("метал", &["металл"]),
    ("мільйон", &["миллион"]),
    ("мільярд", &["миллиард"]),
    ("місі", &["мисси"]),
    ("окуп", &["оккуп"]),
    ("опозиц", &["оппозиц"]),
    ("пасажир", &["пассажир"]),
    ("прес", &["пресс"]),
    ("прогрес", &["прогресс"]),
    ("професі", &["професси"]),
    ("профес", &["професс"]),
    ("процес", &["процесс"]),
    ("режис", &["режисс"]),
    ("репресі", &["репресси"]),
    ("сесі", &["сесси"]),
    ("терит", &["террит"]),
    ("терор", &["террор"]),
    ("хокей", &["хоккей"]),
];

/// Returns the beginnings of the names that have `word` among their Latin spellings, or in Russian
/// a beginning of it with an ending of three letters at most.
pub(crate) fn beginnings_of(word: &str) -> Vec<&'static str> {
    let mut beginnings = Vec::new();
    for (spelling, name) in BY_SPELLING.of(word) {
        let is_latin = spelling.is_ascii();
        let ending = word.strip_prefix(spelling);
        let is_spelt =
            ending.is_some_and(|rest| rest.is_empty() || (!is_latin && rest.chars().count() <= 3));
        if is_spelt && beginnings.last() != Some(&name.ukrainian) {
            beginnings.push(name.ukrainian);
        }
    }
    beginnings
}

/// A word that begins with one of the names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KnownSpelling<'a> {
    /// What may stand for the beginning in Russian, with spaces between; empty if the rules serve.
    pub(crate) russian: &'static str,
    /// Whole Latin spellings, with spaces between; empty if the rules serve.
    pub(crate) latin: &'static str,
    /// The word behind the beginning: endings and suffixes.
    pub(crate) rest: &'a str,
}

impl<'a> KnownSpelling<'a> {
    /// Looks for the longest name that `form` begins with.
    pub(crate) fn of(form: &'a str) -> Option<Self> {
        let fits = |name: &Name| {
            Some(KnownSpelling {
                russian: name.russian,
                latin: name.latin,
                rest: form.strip_prefix(name.ukrainian)?,
            })
        };
        BY_UKRAINIAN
            .of(form)
            .iter()
            .filter_map(fits)
            .min_by_key(|known| known.rest.len())
    }

    /// Returns whether what stands behind the name is but an ending, of three letters at most.
    pub(crate) fn is_noun(&self) -> bool {
        self.rest.chars().count() <= 3 && !self.rest.contains("ськ") && !self.rest.contains("йс")
    }
}
