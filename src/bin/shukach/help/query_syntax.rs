//! The query language on one screen of the help.

pub(crate) const QUERY_HELP: &str = "\
Queries:
  гарантії безпеки         both words, in any inflected form, anywhere in the article
  «гарантії безпеки»       side by side in this order, in any inflected form; also \"…\" and „…“
  =гарантія  ==Мир         exactly this form; with exactly these capitals
  мир -війна               without the word; also NOT and НЕ
  школа OR вчитель         either; also АБО and |
  (а OR б) AND в           AND, І and ТА join; NOT goes before NEAR, NEAR before AND, AND before OR
  мир NEAR/5 воля          at most 5 words apart (БІЛЯ/5); PRE/5 (ПЕРЕД/5) in this order; NOTNEAR/5 (НЕБІЛЯ/5)
  \"а б в\"~3               in any order with at most 3 other words between
  мир /s воля              in one sentence (/речення); /p (/абзац) in one paragraph
  ATLEAST/3 мир            at least 3 mentions (МІНІМУМ/3)
  \"угода * (мир|воля)\"    * stands for one word, (…|…) for either
  гарант*  сл?во           beginnings and letters; /гарант(ія|ії)/ a regular expression; слово~1 with one slip
  title:мир                in the title (заголовок); text (текст), lead (лід)
  source:\"Хвиля\"          of a source (джерело); author, section, lang, url, tag (автор, розділ, мова, адреса, тег)
  source:=\"Хвиля\"         with no other words; source:==\"…\" exactly this value, character by character
  date:2025-12             of a day, month or year (дата); a..b, >=a, 7d, вчора, last-month
  мир^2 воля               the first word weighs more
  \\( \\- \\\"                  a backslash takes the meaning from a mark; -F from all

Put the query between '…' so that the shell leaves it alone, and phrases between «…».

A word that no article has is named in the answer, with other queries to ask; --accept-suggestions asks them at once.";
