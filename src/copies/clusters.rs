//! Clusters of copies: which articles are prints of one text.
//!
//! A pure function of the set of articles, whatever their order: so an index that grew night by
//! night has the clusters of one made in one go.
//!
//! Candidates are found by locality-sensitive hashing: two articles are compared if they agree in
//! all three bins of one of `BANDS` bands. Articles are then taken in order of publication, and
//! each joins the earlier head that it is most like, or becomes a head of its own.

use crate::copies::signature::{BINS, EMPTY, Signature, mixed};
use crate::copies::similarity;
use crate::copies::similarity::Similarity;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// An article to be compared with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Print {
    /// The article's key in the index.
    pub key: u64,
    /// The first second of its date; without a date it is later than all others.
    pub published_at: Option<i64>,
    /// First and last day of its date, from 1970-01-01.
    pub days: Option<(i32, i32)>,
    /// The signature of its text.
    pub signature: Signature,
}

impl Print {
    /// Returns what articles are put in order of publication by.
    fn order(&self) -> (bool, Option<i64>, u64) {
        (self.published_at.is_none(), self.published_at, self.key)
    }

    /// Returns how like it is to `other` if one of them is a copy of the other.
    fn copy_of(&self, other: &Self) -> Option<Similarity> {
        let between =
            |(a, b): ((i32, i32), (i32, i32))| i64::from((a.0 - b.1).max(b.0 - a.1).max(0));
        let days = self.days.zip(other.days).map(between);
        similarity::copy(&self.signature, &other.signature, days)
    }
}

/// Bins that must agree for two articles to be compared.
const BAND_BINS: usize = 3;
/// Bands of a signature. Bins of one band lie far apart, so that they are filled by different
/// shingles of a short text.
const BANDS: usize = BINS / BAND_BINS;
/// An article is compared with so many earlier ones of a band at most; it keeps the cost linear
/// where an archive has thousands of texts alike.
const MAX_COMPARED: usize = 64;

/// Articles that are copies of others, in clusters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clusters {
    /// The members of one cluster after the other, each in order of publication: the head first.
    keys: Vec<u64>,
    /// Where each cluster begins in `keys`, in order; clusters in the order of their heads.
    starts: Vec<u32>,
    /// The places of each key.
    places: FxHashMap<u64, Member>,
}

/// A member of a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// The number of the cluster.
    pub cluster: u32,
    /// Its rank in it in order of publication; that of the head is 0.
    pub rank: u32,
}

impl Clusters {
    /// Puts articles that are copies of one another into clusters. 1,000,000 articles take some two
    /// seconds and 24 bytes each beside their prints.
    pub fn of(mut order: Vec<Print>) -> Self {
        order.sort_unstable_by_key(Print::order);
        let heads = heads(&order);
        let mut copies: Vec<(usize, usize)> = (0..order.len())
            .filter(|rank| heads[*rank] != *rank)
            .map(|rank| (heads[rank], rank))
            .collect();
        copies.sort_unstable();
        let same_head = |a: &(usize, usize), b: &(usize, usize)| a.0 == b.0;
        let members = copies.chunk_by(same_head).map(|copies| {
            let head = copies.iter().take(1).map(|(head, _)| *head);
            let ranks = head.chain(copies.iter().map(|(_, rank)| *rank));
            ranks.map(|rank| order[rank].key).collect::<Vec<u64>>()
        });
        Self::from_members(members)
    }

    /// Makes clusters of their members, each in order of publication.
    pub fn from_members(clusters: impl IntoIterator<Item = Vec<u64>>) -> Self {
        let mut made = Self::default();
        for (cluster, members) in (0..).zip(clusters) {
            made.starts
                .push(u32::try_from(made.keys.len()).unwrap_or(u32::MAX));
            for (rank, key) in (0..).zip(members) {
                // Of an article that stands in two indexes searched as one the first counts.
                made.places.entry(key).or_insert(Member { cluster, rank });
                made.keys.push(key);
            }
        }
        made
    }

    /// Returns how many clusters there are, each of two articles or more.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Returns whether no article is a copy of another.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// Returns the place of the article with this key; none where it has no copies.
    pub fn member(&self, key: u64) -> Option<Member> {
        self.places.get(&key).copied()
    }

    /// Returns the keys of a cluster in order of publication, the head first.
    pub fn members(&self, cluster: u32) -> &[u64] {
        let at = |cluster: usize| self.starts.get(cluster).map(|start| *start as usize);
        let cluster = cluster as usize;
        let start = at(cluster).unwrap_or(self.keys.len());
        let end = at(cluster + 1).unwrap_or(self.keys.len());
        self.keys.get(start..end).unwrap_or_default()
    }

    /// Returns a hash of them all.
    pub fn fingerprint(&self) -> u64 {
        let starts = self.starts.iter().map(|start| u64::from(*start));
        let numbers = starts.chain(self.keys.iter().copied());
        numbers.fold(0, |hash, number| mixed(hash ^ number))
    }

    /// Returns the members of every cluster.
    pub fn iter(&self) -> impl Iterator<Item = &[u64]> {
        (0..).take(self.len()).map(|cluster| self.members(cluster))
    }
}

/// Returns the head of each article, by rank; that of most articles are they themselves.
fn heads(order: &[Print]) -> Vec<usize> {
    let twins = twins(order);
    let mut pairs: Vec<(u32, u32)> = candidates(order, &twins).into_iter().collect();
    pairs.sort_unstable();
    let mut pairs = pairs.chunk_by(|a, b| a.0 == b.0).peekable();
    let mut heads: Vec<usize> = (0..order.len()).collect();
    for (rank, print) in order.iter().enumerate() {
        if let Some(twin) = twins[rank] {
            let known = [twin.leader, twin.previous].map(|twin| heads[twin as usize]);
            let head = known
                .into_iter()
                .find(|head| print.copy_of(&order[*head]).is_some());
            heads[rank] = head.unwrap_or(rank);
        } else if let Some(pairs) = pairs.next_if(|pairs| pairs[0].0 as usize == rank) {
            let mut best: Option<(Similarity, usize)> = None;
            for (_, earlier) in pairs {
                let head = heads[*earlier as usize];
                let Some(similarity) = print.copy_of(&order[head]) else {
                    continue;
                };
                let is_better = best.is_none_or(|(known, known_head)| {
                    let by_shared = similarity.shared.total_cmp(&known.shared);
                    by_shared.then(known_head.cmp(&head)).is_gt()
                });
                if is_better {
                    best = Some((similarity, head));
                }
            }
            heads[rank] = best.map_or(rank, |(_, head)| head);
        }
    }
    heads
}

/// Earlier articles with the very signature of one, by rank.
#[derive(Debug, Clone, Copy)]
struct Twin {
    /// The first of them that it is a copy of.
    leader: u32,
    /// The last of them.
    previous: u32,
}

/// Returns the twins of each article that has any: a text printed again and again is looked for
/// once, and all its prints of a day share a head.
fn twins(order: &[Print]) -> Vec<Option<Twin>> {
    let mut twins = vec![None; order.len()];
    let mut hashed: Vec<(u64, u32)> = order
        .iter()
        .map(|print| print.signature.hash())
        .zip(0_u32..)
        .collect();
    hashed.sort_unstable();
    for group in hashed.chunk_by(|a, b| a.0 == b.0) {
        let mut leader = group[0].1;
        for pair in group.windows(2) {
            let (previous, rank) = (pair[0].1, pair[1].1);
            let print = &order[rank as usize];
            if print.copy_of(&order[leader as usize]).is_some() {
                twins[rank as usize] = Some(Twin { leader, previous });
            } else {
                leader = rank;
            }
        }
    }
    twins
}

/// Returns pairs of ranks, the later first, of articles that are copies. Not all such pairs, but
/// for most articles that are copies one with their head; none of articles with twins.
fn candidates(order: &[Print], twins: &[Option<Twin>]) -> FxHashSet<(u32, u32)> {
    let mut pairs = FxHashSet::default();
    let mut keyed: Vec<u64> = Vec::with_capacity(order.len());
    let mut leaders: Vec<u32> = Vec::new();
    for band in 0..BANDS {
        keyed.clear();
        let alone = (0_u32..)
            .zip(order)
            .zip(twins)
            .filter(|(_, twin)| twin.is_none());
        keyed
            .extend(alone.map(|((rank, print), _)| {
                band_key(&print.signature, band) << 32 | u64::from(rank)
            }));
        keyed.sort_unstable();
        for bucket in keyed.chunk_by(|a, b| a >> 32 == b >> 32) {
            leaders.clear();
            for entry in bucket {
                let rank = u32::try_from(entry & 0xffff_ffff).unwrap_or(u32::MAX);
                let print = &order[rank as usize];
                let mut is_copy = false;
                for &leader in leaders.iter().rev().take(MAX_COMPARED) {
                    let pair = (rank, leader);
                    if pairs.contains(&pair) {
                        is_copy = true;
                    } else if print.copy_of(&order[leader as usize]).is_some() {
                        pairs.insert(pair);
                        is_copy = true;
                    }
                }
                if !is_copy {
                    leaders.push(rank);
                }
            }
        }
    }
    pairs
}

/// Returns the bins of a band as a number.
fn band_key(signature: &Signature, band: usize) -> u64 {
    (0..BAND_BINS).fold(0, |key, place| {
        key << 8 | u64::from(filled_bin(signature, band + place * BANDS))
    })
}

/// Returns a bin, or where it is empty another one that stands for it (Shrivastava, "Optimal
/// densification for fast and accurate minwise hashing", 2017): the first that is filled in an
/// order of its own, the same for all texts.
fn filled_bin(signature: &Signature, bin: usize) -> u8 {
    let own = signature.bins[bin];
    if own != EMPTY {
        return own;
    }
    let others = SUBSTITUTES[bin].iter();
    let mut values = others.map(|other| signature.bins[usize::from(*other)]);
    values.find(|value| *value != EMPTY).unwrap_or(EMPTY)
}

/// For each bin, all bins in the order in which they stand for it.
static SUBSTITUTES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    (0..BINS as u64)
        .map(|bin| {
            let mut others: Vec<u8> = (0..).take(BINS).collect();
            others.sort_by_key(|other| mixed(bin << 32 | u64::from(*other)));
            others
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const REPORT: &str = "Міська рада Зеленогірська погодила ремонт мосту через річку Тису. Роботи \
        почнуться в травні й триватимуть пів року, рух на цей час пустять через сусідню вулицю. \
        Гроші на ремонт дає обласний бюджет, решту додасть громада. Підрядника обрали на відкритих \
        торгах, його кошторис виявився на десяту частину меншим за очікуваний. Мешканці просять \
        зберегти старі ліхтарі, які стоять на мосту понад сто років. У раді пообіцяли, що ліхтарі \
        зніматимуть обережно, полагодять у майстерні та повернуть на місце.";

    fn print(key: u64, day: i32, text: &str) -> Print {
        Print {
            key,
            published_at: Some(i64::from(day) * 86_400),
            days: Some((day, day)),
            signature: Signature::of("", text).unwrap(),
        }
    }

    fn members(prints: &[Print]) -> Vec<Vec<u64>> {
        let clusters = Clusters::of(prints.to_vec());
        clusters.iter().map(<[u64]>::to_vec).collect()
    }

    #[test]
    fn a_line_added_an_end_cut_off_and_a_word_changed_leave_a_copy() {
        let cut: String = REPORT.chars().take(300).collect();
        let prints = [
            print(1, 100, REPORT),
            print(
                2,
                100,
                &format!("{REPORT} Читайте також: де в області ремонтують дороги."),
            ),
            print(3, 101, &cut),
            print(
                4,
                102,
                &format!(
                    "УЖГОРОД. 5 травня. ІНФОРМ. {}",
                    REPORT.replace("пів року", "сім місяців")
                ),
            ),
            print(
                5,
                101,
                "Театр ляльок показав нову виставу для найменших глядачів міста.",
            ),
        ];
        assert_eq!(members(&prints), [[1, 2, 3, 4]]);
    }

    #[test]
    fn the_earliest_is_the_head_and_without_it_the_next_one_is() {
        let prints = [
            print(9, 102, REPORT),
            print(4, 101, REPORT),
            print(7, 100, REPORT),
        ];
        assert_eq!(members(&prints), [[7, 4, 9]]);
        assert_eq!(members(&prints[..2]), [[4, 9]]);
        assert!(members(&prints[..1]).is_empty());
    }

    #[test]
    fn without_a_date_an_article_is_a_copy_of_what_has_one() {
        let undated = Print {
            published_at: None,
            days: None,
            ..print(1, 0, REPORT)
        };
        assert_eq!(members(&[undated, print(2, 500, REPORT)]), [[2, 1]]);
    }

    #[test]
    fn a_short_text_with_another_number_or_of_another_week_is_no_copy() {
        let alarm = "Повітряна тривога в Зеленогірську та районі";
        let day = |day: u64| format!("{day}-й день ремонту мосту: що зроблено на обох берегах");
        let prints = [
            print(1, 100, alarm),
            print(2, 107, alarm),
            print(3, 100, &day(20)),
            print(4, 101, &day(21)),
        ];
        assert!(members(&prints).is_empty());
        assert_eq!(
            members(&[print(1, 100, alarm), print(2, 101, alarm)]),
            [[1, 2]]
        );
    }

    #[test]
    fn thousands_of_posts_alike_are_put_into_clusters_by_day() {
        let alarm = "Повітряна тривога в Зеленогірську та районі";
        let prints: Vec<Print> = (0..6_000)
            .map(|key| print(key, i32::try_from(key / 100 * 10).unwrap(), alarm))
            .collect();
        let clusters = members(&prints);
        assert_eq!(clusters.len(), 60);
        assert!(clusters.iter().all(|members| members.len() == 100));
    }

    /// Texts of one of a few stories, each from a sentence to another, on one of a few days.
    fn stories() -> impl Strategy<Value = Vec<Print>> {
        let article = (0..4_u32, 0..4_usize, 2..9_usize, 0..5_i32, any::<bool>());
        let articles = prop::collection::vec(article, 0..60);
        articles.prop_map(|articles| {
            let made = (0..).zip(articles);
            made.map(|(key, (story, first, count, day, is_dated))| {
                let sentence = |at: usize| {
                    let words = (0..12).map(|word| format!("слово{story}х{at}х{word}"));
                    words.collect::<Vec<_>>().join(" ")
                };
                let text: Vec<String> = (first..first + count).map(sentence).collect();
                let mut print = print(mixed(key), day, &text.join(". "));
                if !is_dated {
                    (print.published_at, print.days) = (None, None);
                }
                print
            })
            .collect()
        })
    }

    proptest! {
        #[test]
        fn clusters_do_not_depend_on_the_order_of_articles(prints in stories(), seed in any::<u64>()) {
            let mut other = prints.clone();
            other.sort_by_key(|print| mixed(print.key ^ seed));
            prop_assert_eq!(Clusters::of(other), Clusters::of(prints));
        }

        #[test]
        fn every_member_is_in_one_cluster_and_like_its_head_which_is_the_earliest(prints in stories()) {
            let clusters = Clusters::of(prints.clone());
            let of = |key: u64| prints.iter().find(|print| print.key == key).unwrap();
            let mut seen = FxHashSet::default();
            for (cluster, members) in (0..).zip(clusters.iter()) {
                prop_assert!(members.len() > 1);
                prop_assert!(members.is_sorted_by_key(|key| of(*key).order()));
                for (rank, key) in (0..).zip(members) {
                    prop_assert!(seen.insert(*key));
                    prop_assert_eq!(clusters.member(*key), Some(Member { cluster, rank }));
                    prop_assert!(rank == 0 || of(*key).copy_of(of(members[0])).is_some());
                }
            }
        }

        #[test]
        fn equal_texts_of_a_day_meet(prints in stories()) {
            let heads: Vec<u64> = {
                let clusters = Clusters::of(prints.clone());
                let head = |print: &Print| {
                    let member = clusters.member(print.key);
                    member.map_or(print.key, |member| clusters.members(member.cluster)[0])
                };
                prints.iter().map(head).collect()
            };
            for (a, head) in prints.iter().zip(&heads) {
                for (b, other) in prints.iter().zip(&heads) {
                    if a.signature == b.signature && a.days == b.days {
                        prop_assert_eq!(head, other);
                    }
                }
            }
        }
    }
}
