//! The alphabets, commonest words and endings by which
//! [`Language::detect`](crate::analysis::Language::detect) tells languages apart.
//!
//! The lists hold what is common in running text and differs between neighbours. A language that
//! the archives do not analyse needs only enough of its words not to be taken for one that they do.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// How many languages, or groups of close ones, are weighed against each other.
pub(crate) const RIVALS: usize = 13;

/// A language, or a group of close ones, that a text may be in.
#[derive(Debug)]
pub(crate) struct Rival {
    /// All its small letters; empty for a Latin-script one other than English, which is known by
    /// its words.
    pub(crate) alphabet: &'static str,
    words: &'static str,
    endings: &'static str,
}

/// Place of Ukrainian in [`ALL`].
pub(crate) const UKRAINIAN: usize = 0;
/// Place of Russian in [`ALL`].
pub(crate) const RUSSIAN: usize = 1;
/// Place of the first Latin-script language in [`ALL`]: English.
pub(crate) const ENGLISH: usize = 6;

/// The rivals: those in Cyrillic, then those in Latin script.
pub(crate) static ALL: [Rival; RIVALS] = [
    Rival {
        alphabet: "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'",
        words: "але був була було були буде вже від до його її їх їм й та так також це цей ця ці цього \
            цьому чи що щоб щодо як який яка яке які яких під після може має мають тільки якщо через про із зі \
            у в на з за по не він вона воно вони ми ви я ти ще де коли для між без при над бо або же ж є за той \
            того тим всі все всіх року років рік день дня людей люди себе лише немає можна треба там тут тепер \
            зараз проти серед навіть можуть свої своїх нас вам нам дуже більше менше які того тому один",
        endings: "ння ття ть ться ти ій ий им их ого ому ою ею єю ів їв ами ями ах ях ції ція ків ськ лися вся \
            ений ано ено ував ала али ила или ило ом",
    },
    Rival {
        alphabet: "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        words: "и в с к о у на не по за из от об со во ко для при под над что чтобы как это эта этот эти этого \
            этом его ее её их им ему ей был была было были будет есть или если только после уже который \
            которая которое которые которых она они он оно мы вы я ты еще ещё когда где нет да же бы ли но а \
            так также тоже все всех всего до без между про чем тем том того кто себя может можно нужно сейчас \
            теперь здесь там очень более менее году года лет день дня людей люди один из-за перед через \
            время против даже ни свои своих нас вам нам меня тебя мне",
        endings: "ние ния ний нии ый ий ой ая яя ое ее ые ие ого его ому ему ть ться тся лся лась лись ость ости \
            ция ции ию ами ями ах ях ов ев ей ает яет ют ят ешь ишь ал ала али ил ила или ел ела ели ом",
    },
    Rival {
        alphabet: "абвгдеёжзійклмнопрстуўфхцчшыьэюя'",
        words: "і ў у з на не па за да ад аб са для пры пад над што каб як гэта гэты гэтая гэтыя яго яе іх ім быў \
            была было былі будзе ёсць ці калі толькі пасля ужо ўжо які якая якое якія якіх яна яны ён яно мы вы \
            я ты яшчэ дзе няма не так таксама усе ўсе ўсё без паміж але хто сябе можа можна трэба цяпер тут там \
            вельмі больш год года дзень дня людзей людзі адзін перад праз супраць нават свае сваіх нас вам нам",
        endings: "нне ння цца ць ага аго ога яго ых іх ым асць асці ція цыя цыі цыю амі ямі ах ях аў яў оў ўся лі \
            ай ыя ія ае ая",
    },
    Rival {
        alphabet: "абвгдежзийклмнопрстуфхцчшщъьюя",
        words: "и в във с със на не по за от до из при под над че да как това този тази тези той тя те то ние вие \
            аз ти си се е са съм беше бяха бил била било били ще или ако само след вече който която което \
            които още когато където няма има но а така също всички без между чрез за сега тук там много \
            повече година години ден един една едно против дори свои ни ви му ѝ им го ги я ли бъде може днес \
            според към обаче защо какво",
        endings: "ите ият ата ята ето ото ът ят ане ене ния ние ция ции ват ове еше аше ски ска ско та то те ва \
            ха хме",
    },
    Rival {
        alphabet: "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ",
        words: "и во со на не по за од до при под над дека да како ова овој оваа овие тој таа тие тоа ние вие јас \
            ти си се е сум беше беа бил била било биле ќе или ако само после веќе кој која кое кои уште кога \
            каде нема има но а така исто сите без меѓу преку сега тука таму многу повеќе година години ден \
            еден една едно против дури свои ни ви му и им го ги ја ли биде може денес според кон што зошто",
        endings: "ите ата ета ото ето от ува њето ње ција ции ски ска ско та то те ва ме",
    },
    Rival {
        alphabet: "абвгдђежзијклљмнњопрстћуфхцчџш",
        words: "и у с са на не по за од до из при под над да како ово овај ова ови он она они оно ми ви ја ти се је \
            су сам био била било били ће или ако само после већ који која које којих још када где нема има \
            али а тако такође сви све без међу преко сада овде тамо веома више година године дан један једна \
            једно против чак своје нас вам му јој их им га ли буде може данас према што шта зашто није нису",
        endings: "ње ија ије ију ова ом ог им их ама има ао ло ла ли ти ски ска ско ост је ју",
    },
    Rival {
        alphabet: "abcdefghijklmnopqrstuvwxyz'",
        words: "the of and to in is that for on with was by at from are has have had said it as be been will would \
            his her their an a not this these those who were its after but they he she we you i or if there what \
            which when where how why all more than about into over up out no can could may should must one two \
            new first also only just now then them him our your my me us do does did so some any other very \
            most many much such before between under against during while because year years day today people \
            don't it's isn't doesn't didn't neither yet too again still here being make made get got go going say \
            says i'm we're off down back through both each every never ever even well good take took time \
            ukrainian russian war president minister crisis killed calls claims attack attacks army amid deal",
        endings: "ing tion ions ed ly ght ness ment 's ous ity ful ers ally ies ould ive ted ted th sh ck",
    },
    Rival {
        alphabet: "",
        words: "der die das und ist nicht von zu den dem des ein eine einer eines einem einen mit auf für im in am \
            an als auch es er sie wir ihr ich sich bei aus nach wie dass daß war waren wird werden hat haben \
            hatte nur noch oder aber wenn über um zum zur vom bis durch vor so kann sind sein seine seiner \
            ihre ihrer was wer wo wurde wurden man schon mehr sehr heute diese dieser dieses gibt de het een \
            van en niet dat op te zijn voor met och att det som på är av inte jag vi han hon til og ikke",
        endings: "ung ungen lich isch keit heit chen sche ten te en er em es ern",
    },
    Rival {
        alphabet: "",
        words: "i w z na nie do się że to jest o od za po przez jak dla a ale czy lub oraz był była było były być \
            będzie są ma co który która które których tego tym tej ten ta te jego jej ich już tylko także \
            może można jeśli przed przy pod nad między bez gdy gdzie on ona oni my wy ja ty ze we tak roku lat \
            dzień dziś obecnie ponad jeszcze bardzo więcej po nich ani ile pan",
        endings: "ego emu ymi ach ych owa ość ości nie ski cie rze nia łem ała ali ły ją cji cja ować ów",
    },
    Rival {
        alphabet: "",
        words: "a v ve s se z ze na ne do je že to jsou být byl byla bylo byli bude by od za po při jak jako pro ale \
            nebo který která které již už jen také může pokud před nad pod mezi bez když kde on ona oni my vy já \
            ty tak roku let den dnes ještě velmi více si sa so vo že sú byť bol bola bolo boli alebo ktorý \
            ktorá ktoré aj len tiež môže ak pred keď kde nie čo co jeho její jej ich jeho k ke ku o u i pri",
        endings: "ého ému ých ími ách ost osti ní ský ská ské ovat ov ou ově ch",
    },
    Rival {
        alphabet: "",
        words: "i u s sa na ne po za od do iz pri pod nad da kako ovo ovaj ova ovi on ona oni ono mi vi ja ti se je \
            su sam bio bila bilo bili će ili ako samo poslije posle već koji koja koje kojih još kada gdje gde \
            nema ima ali a tako svi sve bez među preko sada ovdje danas prema što šta nije nisu in v z ki so pa \
            ni bi tudi kot pri ter ali še že bil bila biti lahko kar kako ko le o ga jih jim tega ta to te",
        endings: "nje anje enje ija ije ima ama ski ska sko ost ti la li lo ega emu ih",
    },
    Rival {
        alphabet: "",
        words: "le la les l d de du des un une et est en à au aux que qui dans pour pas sur ce cette ces il elle ils \
            nous vous je se sont été avec par plus ne son sa ses leur mais ou où comme el los las y es no por \
            con para una uno del al lo su sus más pero como si ya fue son era ha han che di il gli e è non per \
            con sono della del dei nel alla da si ma anche come o os as um uma não em do na no com mais şi si \
            în la cu de pe nu care este a fost din sau că mai lui",
        endings: "eux tion ment elle ait aient ción dad mente ado zione ità ato ção ões ului ilor",
    },
    Rival {
        alphabet: "",
        words: "ve bir bu da de ile için olarak çok daha ne gibi kadar ama ir un ja ka no par uz ar bet nav kas tas \
            ta ei on see ka et ja oli aga kui mis kes ta nad ne az egy és hogy nem is van volt ez meg kai su \
            yra bet tai kad iš apie ir į o buvo jos jo jis ji että oli mutta hän se joka ovat kun",
        endings: "lar ler dır dir nın nin ında inde ssa ssä lla llä nek nak ban ben ien iem",
    },
];

/// Which rivals have something: the bit of each place in [`ALL`].
pub(crate) type Bits = u16;

/// What the lists give when they are turned round: who has a word, who an ending.
#[derive(Debug)]
pub(crate) struct SignTable {
    words: FxHashMap<&'static str, Bits>,
    endings: FxHashMap<&'static str, Bits>,
    /// For each letter of the Cyrillic block and of ASCII, who has it.
    letters: Box<[Bits]>,
}

/// The first character behind those whose owners are known.
const LETTERS_END: usize = 0x530;
/// The longest word of the lists, in bytes.
const LONGEST_WORD: usize = 16;

impl SignTable {
    /// Returns the table; the first call fills it, in some dozen microseconds.
    pub(crate) fn get() -> &'static Self {
        static TABLE: LazyLock<SignTable> = LazyLock::new(SignTable::fill);
        &TABLE
    }

    fn fill() -> Self {
        let (mut words, mut endings) = (FxHashMap::default(), FxHashMap::default());
        let mut letters = vec![0; LETTERS_END].into_boxed_slice();
        for (place, rival) in ALL.iter().enumerate() {
            let bit: Bits = 1 << place;
            for word in rival.words.split_whitespace() {
                *words.entry(word).or_default() |= bit;
            }
            for ending in rival.endings.split_whitespace() {
                *endings.entry(ending).or_default() |= bit;
            }
            for letter in rival.alphabet.chars() {
                if let Some(owners) = letters.get_mut(letter as usize) {
                    *owners |= bit;
                }
            }
        }
        Self {
            words,
            endings,
            letters,
        }
    }

    /// Returns who has `form` among its commonest words.
    pub(crate) fn owners_of_word(&self, form: &str) -> Bits {
        if form.len() > LONGEST_WORD {
            return 0;
        }
        let owners = self.words.get(form).copied();
        let stem = || form.split_once('\'').map(|(front, _)| front);
        owners
            .or_else(|| self.words.get(stem()?).copied())
            .unwrap_or(0)
    }

    /// Returns who has the last three letters of `form` among its endings, and who the last two.
    pub(crate) fn owners_of_endings(&self, form: &str) -> [Bits; 2] {
        [3, 2].map(|count| {
            let start = form.char_indices().nth_back(count - 1);
            // An ending is not the whole word.
            let end = start.filter(|(at, _)| *at > 0);
            end.and_then(|(at, _)| self.endings.get(form.get(at..)?).copied())
                .unwrap_or(0)
        })
    }

    /// Returns who has `letter` in its alphabet; nobody has one that no rival knows.
    pub(crate) fn owners_of_letter(&self, letter: char) -> Bits {
        self.letters.get(letter as usize).copied().unwrap_or(0)
    }
}
