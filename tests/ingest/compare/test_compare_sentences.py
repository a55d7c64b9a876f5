"""The sentences: both voices and both values in each language, hedges as stated, Arabic numerals with their nouns."""

import pytest

from ingest.compare.claims.rulings import PUBLISHED, Ruling
from ingest.compare.telling.words import LANGUAGES, Number, wording


def number(qualifier, low, best, high, text=""):
    """A number as claimed."""
    return Number(qualifier, low, high, best, high is None, text)


def test_every_verdict_has_a_sentence_in_every_language():
    """No ruling without words, and no words that no ruling uses."""
    told = {(str(code), variant) for code, variant in PUBLISHED}
    assert len(PUBLISHED) == len([one for one in Ruling if one >= 0]) == len(told)
    for language in LANGUAGES:
        tables = wording(language).tables
        sentences = {(code, variant) for code in {code for code, _ in told} for variant in tables[code]}
        assert sentences == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_have_the_same_tables(language):
    """What one language can say of metrics, kinds, times and people, the others can."""
    english, other = wording("en").tables, wording(language).tables
    for table in (
        "value",
        "short",
        "noun",
        "who",
        "when",
        "where",
        "metric",
        "kind",
        "basis",
        "unit",
        "what",
        "by",
        "voice",
        "place",
        "date",
    ):
        assert set(other[table]) == set(english[table]), table


def test_hedges_are_told_as_stated():
    """At least, more than, up to, about, between, and a vague word with what it is read as."""
    say = wording("en").value
    assert say(number("exact", 1, 1, 1), "civilian") == "1 civilian"
    assert say(number("at_least", 44, 44, None), "civilian") == "at least 44 civilians"
    assert say(number("more_than", 48501, 48500, None), "people") == "more than 48,500 people"
    assert say(number("up_to", 0, None, 30), "child") == "up to 30 children"
    assert say(number("fewer_than", 0, None, 29), "child") == "fewer than 30 children"
    assert say(number("nearly", 45000, 50000, 50000), "people") == "nearly 50,000 people"
    assert say(number("range", 800_000, None, 1_000_000), "people") == "800,000 to 1,000,000 people"
    assert say(number("vague", 12, None, 99, "dozens"), "combatant") == "an unspecified number of combatants (“dozens”, read as 12 to 99)"
    assert say(number("exact", 0, 0, 0), "civilian") == "no civilians (0)"


def test_arabic_nouns_follow_their_number():
    """Three to ten take the plural, eleven to ninety-nine the accusative singular, hundreds the genitive singular."""
    say = wording("ar").value
    assert say(number("exact", 4, 4, 4), "civilian") == "4 مدنيين"
    assert say(number("exact", 44, 44, 44), "civilian") == "44 مدنياً"
    assert say(number("exact", 100, 100, 100), "civilian") == "100 مدني"
    assert say(number("exact", 105, 105, 105), "civilian") == "105 مدنيين"
    assert say(number("exact", 2, 2, 2), "student") == "2 من الطلاب"
    assert say(number("at_least", 400, 400, None), "combatant") == "ما لا يقل عن 400 مقاتل"
    assert say(number("range", 800, None, 1000), "household") == "ما بين 800 و1,000 أسرة"
    assert say(number("vague", 10, None, 99, "عشرات"), "combatant") == "عدد غير محدد من المقاتلين («عشرات»، ويُقرأ من 10 إلى 99)"


def test_french_numbers_stand_apart_and_nouns_follow_them():
    """None and one take the singular; thousands are set apart by a narrow space that does not break."""
    say = wording("fr").value
    assert say(number("exact", 0, 0, 0), "civilian") == "0 civil"
    assert say(number("exact", 1, 1, 1), "woman") == "1 femme"
    assert say(number("at_least", 48500, 48500, None), "people") == "au moins 48\u202f500 personnes"
    assert say(number("range", 800, None, 1000), "household") == "entre 800 et 1\u202f000 ménages"
    told = "des combattants (nombre non précisé\u00a0: «\u202fdozens\u202f», lu de 12 à 99)"
    assert say(number("vague", 12, None, 99, "dozens"), "combatant") == told
    assert wording("fr").to_one_decimal(3.25) == "3,2"
    assert [wording("fr").day(days) for days in (0, 1)] == ["1er janvier 1970", "2 janvier 1970"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"value": 1}, "1 civil tué à Idlib city le 1er décembre 2024"),
        ({"value": 2, "group_sex": "f"}, "2 femmes tuées à Idlib city"),
        ({"value": 1, "group_sex": "f", "metric": "missing"}, "1 femme portée disparue à Idlib city"),
        ({"value": 1, "qualifier": "fewer_than", "value_low": 0, "value_best": None}, "moins de 2 civils tués à Idlib city"),
        ({"value": "dozens"}, "lu de 12 à 99) tués à Idlib city"),
        ({"value": 20, "group_status": "unstated", "metric": "in_need"}, "20 personnes dans le besoin à Idlib city"),
    ],
)
def test_what_happened_agrees_with_the_people_in_french(claim, verdicts, given, expected):
    """In gender with the noun, in number with the figure."""
    rest = {name: said for name, said in given.items() if name != "value"}
    rows = [claim(source, given["value"], "idlib-city", on=(12, 1), **rest) for source in ("sohr", "ocha")]
    (row,) = verdicts(rows).itertuples()
    assert expected in row.sentence_fr


def test_a_french_sentence_has_the_english_names_and_the_french_sides(claim, verdicts):
    """A side has its label, or the English one; a name needs no article, for it stands before a colon or in quotes."""
    given = {"group_status": "combatant", "on": (12, 1)}
    rows = [claim(source, value, "university", group_side="sdf_and_allies", **given) for source, value in (("sohr", 8), ("trt", 20))]
    (row,) = verdicts(rows).itertuples()
    said = "SOHR\u00a0: 8 combattants (FDS et alliés) tués sur le site «\u202fAleppo University\u202f» le 1er décembre 2024\u202f; TRT "
    assert row.sentence_fr.startswith(said)
    party = [
        claim(source, 4, "university", perpetrator=held, on=(11, 29))
        for source, held in (("sana", "HTS"), ("sohr", "government_and_allies"))
    ]
    told = verdicts(party)["sentence_fr"].iloc[0]
    assert "mais pas le responsable désigné (SANA\u00a0: HTS\u202f; SOHR\u00a0: government and allies)." in told


def test_a_claim_is_told_with_voice_value_people_place_and_time(claim, verdicts):
    """In English by short name, in Arabic by name, the year once."""
    (row,) = verdicts([claim("ocha", "at least 44", since=(11, 26)), claim("white_helmets", 25, "idlib-city", as_of=(12, 2))]).itertuples()
    assert "OCHA reports at least 44 civilians killed in Idlib and Aleppo since 26 November, as of 1 December 2024" in row.sentence_en
    assert "White Helmets reports 25 civilians killed in Idlib city since 27 November, as of 2 December 2024" in row.sentence_en
    assert "بحسب أوتشا: مقتل ما لا يقل عن 44 مدنياً في إدلب وحلب منذ 26 تشرين الثاني/نوفمبر" in row.sentence_ar
    assert "الخوذ البيضاء" in row.sentence_ar


def test_a_party_is_named_by_its_side_and_a_partys_words_stand_in_quotation_marks(claim, verdicts):
    """Sides have labels; an unknown wording is the source's own."""
    day = {"on": (11, 29)}
    rows = [
        claim("sana", 4, "university", perpetrator="opposition_and_allies", **day),
        claim("anonymous_local", 4, "university", publisher="trt", perpetrator="government_and_allies", **day),
        claim("sohr", 4, "university", perpetrator="terrorist gunmen", **day),
    ]
    found = verdicts(rows)
    assert sorted(found["code"]) == ["agreement", "agreement", "contradiction_attribution"]
    sentence = found[found["code"] == "contradiction_attribution"].iloc[0]
    assert "SANA names opposition and allies" in sentence["sentence_en"]
    assert "a local source at TRT World names government and allies" in sentence["sentence_en"]
    assert "المعارضة وحلفاؤها بحسب سانا" in sentence["sentence_ar"]
    part = claim("snhr", 27, part="f", perpetrator="armed “gunmen”")
    told = verdicts([claim("ocha", 80), part])["sentence_en"].iloc[0]
    assert "held responsible: “armed “gunmen””" in told


def test_a_per_cent_sign_or_brace_in_a_report_is_only_text(claim, verdicts):
    """Words of a report never act as a template."""
    rows = [claim("source {x} %s", 44, place_name="", place_text="{0} 100%"), claim("ocha", 80)]
    (row,) = verdicts(rows).itertuples()
    assert "source {x} %s" in row.sentence_en
    assert "source {x} %s" in row.sentence_ar


def test_what_nobody_stated_is_said_to_be_so(claim, verdicts):
    """No start of the count, no place, no as-of date."""
    (row,) = verdicts([claim("ocha", 44, since=None, as_of_inferred=True), claim("snhr", 80)]).itertuples()
    assert "as published on 1 December 2024, without saying since when" in row.sentence_en
    (row,) = verdicts([claim("ocha", 44, ""), claim("snhr", 80, "")]).itertuples()
    assert "not stated" in row.sentence_en
    assert "غير مذكور" in row.sentence_ar


def test_different_starts_are_named(claim, verdicts):
    """A count since 20 November and one since the 27th: each voice with its day, in both languages."""
    (row,) = verdicts([claim("ocha", 80, since=(11, 20)), claim("snhr", 44)]).itertuples()
    assert row.sentence_en.endswith("They count from different days: OCHA from 20 November 2024, SNHR from 27 November 2024.")
    assert "أوتشا من 20 تشرين الثاني/نوفمبر 2024" in row.sentence_ar


def test_equal_totals_of_different_parts_are_told_part_by_part(claim, verdicts):
    """The number once for each voice, without its hedge, then what each counts in it."""
    rows = [claim("ocha", "at least 44", id="o"), claim("sohr", 44, id="s")]
    rows += [claim("ocha", 12, id="oc", part="o", group_age="child"), claim("sohr", 7, id="sc", part="s", group_age="child")]
    sentence = next(row.sentence_en for row in verdicts(rows).itertuples() if row.code == "coincidental_agreement")
    assert sentence.startswith("OCHA’s 44 and SOHR’s 44 agree only in the total: OCHA counts 12 children in ")
    assert "; SOHR counts 7 children in " in sentence


def test_a_window_is_said_once_when_a_source_counts_on(claim, verdicts):
    """The second number has its as-of day only; the first day has been said."""
    (row,) = verdicts([claim("ocha", 44), claim("ocha", 80, as_of=(12, 3))]).itertuples()
    assert "since 27 November, as of 1 December 2024, then 80 civilians, as of 3 December 2024." in row.sentence_en


def test_people_of_a_side_a_site_and_a_single_row_without_a_publisher_read_naturally(claim, verdicts):
    """Combatants of a side, killed at a site; an unnamed source that nobody published is just that."""
    given = {"group_status": "combatant", "group_side": "sdf_and_allies", "on": (12, 1)}
    rows = [claim("sohr", 8, "university", **given), claim("unattributed", 20, "university", publisher="", **given)]
    (row,) = verdicts(rows).itertuples()
    assert "8 combatants of SDF and allies killed at Aleppo University on 1 December 2024" in row.sentence_en
    assert "an unnamed source reports 20 combatants" in row.sentence_en


def test_a_quotation_is_told_by_who_writes_it(claim, verdicts):
    """Two publishers render one count differently: who writes what, so that nobody is killed at a newspaper."""
    rows = [claim("sohr", value, "ariha", on=(12, 1), publisher=one) for value, one in ((8, "afp"), (7, "dpa"))]
    (row,) = verdicts(rows).itertuples()
    assert row.code == "relay_distortion"
    assert "AFP writes 8 civilians killed" in row.sentence_en
    assert "dpa writes 7 civilians killed" in row.sentence_en
