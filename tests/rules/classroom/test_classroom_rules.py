"""Rules of classes: codes, phases, groups, what is handed in, what a poll may show."""

import pytest

from perspectives.errors import NotPossibleError
from perspectives.rules.classroom import codes, contributions, groups, phases, polls
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.study import quiz
from perspectives.vocab import ActivityKind, ActivityPhase, PollCorner, Stance
from tests import factories

TOPIC = TopicDocument.model_validate(factories.topic_document())
LONG = "x" * 2001


def test_codes_and_pins_are_random_and_nobody_misreads_them():
    made = {codes.new_code() for _ in range(50)}
    assert len(made) == 50
    assert all(codes.typed_code(code) == code for code in made)
    assert not set("ILO01") & set("".join(made))
    assert {len(codes.new_pin()) for _ in range(50)} == {6}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("abcd-efgh", "ABCDEFGH"),
        (" AB CD  EF-GH ", "ABCDEFGH"),
        ("ABCDEFG", ""),
        ("ABCDEFGHJ", ""),
        ("ABCDEFG0", ""),
        ("", ""),
        ("äbcdefgh", ""),
    ],
)
def test_codes_are_read_as_people_type_them(typed, code):
    assert codes.typed_code(typed) == code


def test_codes_are_shown_in_two_pieces():
    assert codes.shown_code("ABCDEFGH") == "ABCD-EFGH"


def test_there_are_more_nicknames_than_pupils_and_those_that_are_free_are_offered():
    assert len(set(codes.NICKNAMES)) == len(codes.NICKNAMES) > 2 * codes.MOST_PUPILS
    taken = set(codes.NICKNAMES[:10])
    free = codes.free_nicknames(taken)
    assert sorted(free) == sorted(set(codes.NICKNAMES) - taken)


def test_every_kind_begins_planned_and_ends():
    assert set(phases.PHASES) == set(ActivityKind)
    for kind, own in phases.PHASES.items():
        assert (own[0], own[-1]) == (ActivityPhase.PLANNED, ActivityPhase.ENDED)
        assert [phases.onward(kind, phase) for phase in own] == [*own[1:], None]
    for kind, own in phases.PHASES.items():
        for place, phase in enumerate(own):
            assert phases.reachable(kind, phase) == (own[place:] if kind is ActivityKind.POLL else own)
    assert set(ActivityPhase) == {phase for own in phases.PHASES.values() for phase in own}


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ([12, 9, 4, 2], (12, 9, None, None)),
        ([12, 10, 5, 0], (12, 10, None, None)),  # one alone would be the sum less the others
        ([12, 10, 8, 6], (12, 10, 8, 6)),
        ([28, 0, 0, 0], (None,) * 4),  # where all are in one corner it would tell where everybody stands
        ([4, 4, 4, 4], (None,) * 4),
        ([0, 0, 0, 0], (None,) * 4),
        ([10, 18, 0, 0], (10, 18, None, None)),
    ],
)
def test_no_number_under_five_is_shown_and_none_can_be_reckoned(numbers, shown):
    assert polls.shown([numbers]) == (shown,)


def test_in_flows_no_row_and_no_column_has_one_hidden_number():
    cells = polls.shown([[9, 6, 7, 1], [5, 8, 5, 5], [6, 6, 6, 6], [5, 5, 5, 5]])
    for line in (*cells, *zip(*cells, strict=True)):
        assert list(line).count(None) != 1
    assert [number for row in cells for number in row if number is not None and number < 5] == []
    assert cells[0][3] is None


def test_a_poll_counts_before_and_after_and_who_voted_twice():
    ballots = [("author", "author")] * 6 + [("author", "neutral")] * 5 + [("", "neutral")] * 5 + [("opposing", "")] * 6
    result = polls.result(ballots)
    assert result.before == (11, 6, None, None)
    assert result.after == (6, None, 10, None)
    assert result.flows[0] == (6, None, 5, None)
    assert len(result.flows) == len(PollCorner)


def test_groups_are_as_equal_as_can_be_and_partners_have_two_sides():
    dealt = groups.shuffled(range(10), 3)
    sizes = [list(dealt.values()).count(group) for group in (1, 2, 3)]
    assert sorted(sizes) == [3, 3, 4]
    prepared = [groups.side(place, ActivityPhase.PREPARING) for place in range(4)]
    assert prepared == [Stance.AUTHOR, Stance.OPPOSING] * 2
    assert [groups.side(place, ActivityPhase.REVERSING) for place in range(2)] == [Stance.OPPOSING, Stance.AUTHOR]


def test_consensus_is_what_all_of_a_group_accept():
    handed_in = [
        groups.HandedIn(2, "", frozenset({"crux-0"})),
        groups.HandedIn(1, "One.", frozenset({"agreement-0", "crux-0"})),
        groups.HandedIn(1, "Two.", frozenset({"agreement-0"})),
    ]
    assert groups.consensus(handed_in) == [
        groups.Consensus(1, 1, 0, ("One.", "Two.")),
        groups.Consensus(2, 0, 1, ()),
    ]
    assert groups.consensus([]) == []


def test_words_are_tidied():
    assert contributions.checked_text(" a\r\nb\rc\t👩‍🔬 ") == "a\nb\nc\t👩‍🔬"


def test_scripts_stay_words():
    assert contributions.checked_text("<script>alert(1)</script>") == "<script>alert(1)</script>"


@pytest.mark.parametrize("text", [LONG, "x" * 100_000, "a\x00b", "a\u202eb", "\ud800"])
def test_essays_and_what_nobody_can_read_are_refused(text):
    with pytest.raises(NotPossibleError):
        contributions.checked_text(text)


QUOTED = next((claim for _, claim in contributions.claims(TOPIC).values() if any(c.quote for c in claim.cites)))
OTHER = next(
    key
    for key, (side, _) in contributions.claims(TOPIC).items()
    if side is not contributions.claims(TOPIC)[QUOTED.id][0]
)
SAME = next(
    key
    for key, (side, claim) in contributions.claims(TOPIC).items()
    if side is contributions.claims(TOPIC)[QUOTED.id][0] and claim is not QUOTED
)
QUOTE = next(cite.quote for cite in QUOTED.cites if cite.quote)


def test_pairs_are_checked_and_counted_by_what_is_cited():
    link = {"from": QUOTED.id, "to": OTHER, "quote": f" {QUOTE.upper()} "}
    kept = contributions.checked_links([link, {}, {"from": OTHER, "to": QUOTED.id}], TOPIC)
    assert kept == [{**link, "quote": QUOTE.upper()}, {"from": OTHER, "to": QUOTED.id, "quote": ""}]
    assert contributions.figures("two words", kept, TOPIC) == contributions.Figures(2, 2, 1)
    assert contributions.figures("", [{"claim": OTHER}, {"accepted": "crux-0"}], TOPIC).claims == 1
    assert not contributions.is_quoted("words that nobody wrote", QUOTED)
    assert not contributions.is_quoted(" … ", QUOTED)


@pytest.mark.parametrize(
    ("links", "words"),
    [
        ([{"quote": "alone"}], "no claims"),
        ([{"from": QUOTED.id}], "choose both"),
        ([{"from": QUOTED.id, "to": "nothing"}], "from the lists"),
        ([{"from": QUOTED.id, "to": SAME}], "two different sides"),
        ([{"from": QUOTED.id, "to": OTHER, "quote": "x" * 301}], "300 characters"),
        ([{"from": QUOTED.id, "to": OTHER}] * 4, "at most 3 pairs"),
    ],
)
def test_pairs_that_are_none_are_refused_with_a_sentence(links, words):
    with pytest.raises(NotPossibleError, match=words):
        contributions.checked_links(links, TOPIC)


SHEET = [{"id": "t/s1", "stance": "author"}, {"id": "t/o1", "stance": "opposing"}]
FIRST, SECOND = (quiz.question_id(one["id"]) for one in SHEET)
KINDS, PHASES = ActivityKind, ActivityPhase


@pytest.mark.parametrize(
    ("kind", "phase", "given", "kept"),
    [
        (KINDS.COMPARISON, PHASES.WRITING, {"links": [{"from": QUOTED.id, "to": OTHER}]}, 1),
        (KINDS.COMPARISON, PHASES.WRITING, {}, 0),
        (KINDS.QUIZ, PHASES.WRITING, {"answers": {FIRST: "author", SECOND: "author", "unasked": "author"}}, 2),
        (KINDS.CONTROVERSY, PHASES.PREPARING, {"claims": [OTHER, OTHER]}, 1),
        (KINDS.CONTROVERSY, PHASES.SEEKING, {"accepted": ["crux-0", "agreement-0"]}, 2),
        (KINDS.CONTROVERSY, PHASES.REVERSING, {"claims": [OTHER]}, 0),
        (KINDS.ANSWER, PHASES.WRITING, {"claims": ["nothing"]}, 0),
    ],
)
def test_each_phase_takes_what_it_asks_for(kind, phase, given, kept):
    assert len(contributions.checked(kind, phase, given, TOPIC, SHEET)) == kept


@pytest.mark.parametrize(
    ("kind", "phase", "given", "words"),
    [
        (KINDS.QUIZ, PHASES.WRITING, {"answers": {FIRST: "nobody"}}, "three sides"),
        (KINDS.CONTROVERSY, PHASES.PREPARING, {"claims": ["nothing"]}, "from the list"),
        (KINDS.CONTROVERSY, PHASES.PREPARING, {"claims": [OTHER, SAME, QUOTED.id]}, "at most 2"),
        (KINDS.CONTROVERSY, PHASES.SEEKING, {"accepted": ["crux-99"]}, "from the list"),
    ],
)
def test_what_no_phase_asks_for_is_refused(kind, phase, given, words):
    with pytest.raises(NotPossibleError, match=words):
        contributions.checked(kind, phase, given, TOPIC, SHEET)


def test_right_answers_are_counted():
    answers = [{"question": FIRST, "answer": "author"}, {"question": SECOND, "answer": "author"}]
    assert contributions.right(answers, SHEET) == 1
