"""Questions are taken apart as people type them, and put together again as conditions."""

import pytest

from perspectives.rules.search import conditions, questions, terms

LOOKED = {"query": "", "claims": 0, "alike": None, "near": None}


def looked(question, **known):
    """Answer as the database would: each word is its own stem; `known` gives more of some."""
    found = {}
    for gram in question.grams():
        words = [word.lower().strip("'") for word in gram["text"].split()]
        query = " <-> ".join(f"'{word}'" for word in words)
        found[gram["text"]] = {**LOOKED, "query": query, "claims": 5 if gram["is_word"] else None}
        found[gram["text"]] |= known.get(gram["text"].replace(" ", "_"), {})
    return found


def understand(text, **known):
    question = questions.read(text)
    return terms.understand(question, looked(question, **known))


def says(text):
    return [piece.text for piece in questions.read(text).pieces if piece.says_something and not piece.is_phrase]


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("“not  one inch”", '"not one inch"'),
        ("„Keinen Zoll“ weiter", '"Keinen Zoll" weiter'),
        ("the U.S. and Ukraine’s", "the US and Ukraine's"),
        ("a\x00b\u202ec\n d", "a b c d"),
        ("2014–2022", "2014 2022"),
        ("- - -x --y", "-x -y"),
        ("", ""),
    ],
)
def test_signs_are_written_in_one_way(text, tidied):
    assert questions.tidy(text) == tidied


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("How many people have been killed?", ["killed"]),
        ("Didn't NATO promise Russia's neighbours", ["NATO", "promise", "Russia", "neighbours"]),
        ("Wer war schuld am Krieg?", ["schuld", "Krieg"]),
        ("they die in war", ["die", "war"]),
        ("Чому почалася війна і хто винен", ["почалася", "війна", "винен"]),
        ("the of and", []),
        ("🙂 ... <b>", []),
        ("a coup or a revolution", ["coup", "revolution"]),
    ],
)
def test_words_that_only_ask_say_nothing(text, words):
    assert says(text) == words


def test_phrases_exclusions_and_choices_are_told_apart():
    pieces = questions.read('"buy time" -merkel -"hot air" minsk OR kyiv "open').pieces
    assert [(one.text, one.choice) for one in pieces if one.is_phrase and not one.is_excluded] == [("buy time", 0)]
    assert [one.text for one in pieces if one.is_excluded] == ["merkel", "hot air"]
    assert [one.text for one in pieces if one.choice == 1] == ["kyiv", "open"]
    assert [one.text for one in pieces if one.is_quoted] == ["buy", "time"]


def test_a_long_question_is_cut_and_says_so():
    question = questions.read("word " * 100)
    assert (len(question.pieces), question.is_cut) == (questions.MAX_WORDS, True)
    assert not questions.read("word " * questions.MAX_WORDS).is_cut


def test_words_names_and_phrases_are_looked_up():
    texts = {gram["text"]: gram for gram in questions.read('peace deal "one inch" Крым').grams()}
    assert {"peace", "peace deal", "one inch", "Крым"} <= set(texts)
    assert texts["Крым"]["prefixes"] == ["'кры':*", "'крым':*"]
    assert texts["peace deal"]["prefixes"] == []
    assert questions.read("Київ").grams()[0]["prefixes"][-1] == "'київ':*"
    assert questions.read("Götz").grams()[0]["prefixes"][-1] == "'gotz':*"
    assert questions.read("don't").grams() == []


def test_names_of_the_thesaurus_are_read_as_one():
    asked = understand("a peace deal now", peace_deal={"alike": [["'settlement'", "'peace' <-> 'deal'"]]})
    (term,) = asked.terms
    assert term.asked == "peace deal"
    assert term.any == "('peace' <-> 'deal' | 'settlement')"
    assert asked.pairs == ("'peace' <-> 'deal'",)


def test_a_stop_word_before_a_word_makes_no_name():
    asked = understand("the war", the_war={"alike": [["'krieg'"]], "query": "'war'"})
    assert [term.asked for term in asked.terms] == ["war"]
    asked = understand(
        "to eastern europe", to_eastern_europe={"alike": [["'east'"]], "query": "'eastern' <-> 'europe'"}
    )
    assert [term.asked for term in asked.terms] == ["eastern", "europe"]


def test_misspelt_words_are_read_as_the_nearest_if_they_are_long_enough():
    near = {"claims": 0, "near": [["ukraine", 9, "'ukrain'", [["'ucrania'"]]], ["unused", 1, "'unus'", None]]}
    (term,) = understand("ukrane", ukrane=near).terms
    assert (term.nearest, term.is_respelt, term.query, term.others) == ("ukraine", True, "'ukrain'", ("'ucrania'",))
    short = {"claims": 0, "near": [["iran", 9, "'iran'", None]]}
    asked = understand("irak", irak=short)
    assert (asked.corrections, asked.unknown) == ({"irak": "iran"}, ["irak"])
    far = understand("quaternion", quaternion={"claims": 0, "near": [["ukraine", 9, "'ukrain'", None]]})
    assert (far.corrections, far.unknown) == ({}, ["quaternion"])


def test_words_that_postgresql_leaves_out_are_no_terms():
    asked = understand('once "the of" -the', once={"query": ""}, the_of={"query": ""}, the={"query": ""})
    assert (asked.terms, asked.phrases, asked.excluded) == ((), (), ())
    assert asked.is_empty


def tiers(text, **known):
    return [(tier.covers, tier.query) for tier in conditions.tiers(understand(text, **known))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bridge", [("all", "(('bridge'))"), ("some", "(('bridge'))")][:1]),
        ("old bridge", [("all", "(('old') & ('bridge'))"), ("some", "(('old') | ('bridge'))")]),
        (
            "old bridge village",
            [
                ("all", "(('old') & ('bridge') & ('village'))"),
                (
                    "most",
                    "((('old') & ('bridge')) | (('old') & ('village')) | (('bridge') & ('village')))",
                ),
                ("some", "(('old') | ('bridge') | ('village'))"),
            ],
        ),
        (
            '"old bridge" -steel',
            [
                ("all", "(('old' <-> 'bridge') & !('steel'))"),
                ("most", "((('old') & ('bridge'))) & !('steel')"),
                ("some", "(('old') | ('bridge')) & !('steel')"),
            ],
        ),
        ("old OR bridge", [("all", "(('old')) | (('bridge'))"), ("some", "(('old') | ('bridge'))")]),
    ],
)
def test_conditions_go_from_all_to_some(text, expected):
    assert tiers(text) == expected


def test_words_that_nothing_has_are_left_out_of_looser_conditions():
    zebra = {"zebra": {"claims": 0}}
    assert tiers("zebra old bridge", **zebra)[1:] == [
        ("most", "((('old') & ('bridge')))"),
        ("some", "(('old') | ('bridge'))"),
    ]
    assert tiers("zebra", **zebra) == [("all", "(('zebra'))")]
    nine = " ".join(f"word{number}" for number in range(9))
    assert [covers for covers, _ in tiers(nine)] == ["all", "some"]


def test_what_an_index_can_answer_knows_no_neighbours():
    (first, *_) = conditions.tiers(understand('"old bridge"'))
    assert first.indexable == "(('old' & 'bridge'))"


def test_a_choice_that_only_excludes_is_told():
    assert understand("timber OR -steel").has_only_exclusions
    assert not understand("timber -steel").has_only_exclusions


def test_rare_words_say_more_than_common_ones():
    rare, common = understand("rare common", common={"claims": 5000}).terms
    assert 1 > rare.weight > common.weight > 0
