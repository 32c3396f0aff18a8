"""Sources are added, corrected and set aside by those who may, with a record that can be turned round."""

import pytest

from perspectives.actions.documents import citing
from perspectives.actions.sources import source_records
from perspectives.errors import BrokenRulesError, ConflictError, NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import LogEntry, Source
from perspectives.policy import OPERATOR
from perspectives.rules.documents import parts
from perspectives.rules.sources.source_record import SourceRecord
from tests import factories

KEY = "pratt2018timber"
NEW = {
    "type": "book",
    "title": "A New Book",
    "language": "en",
    "category": "opinion",
    "checked": {"metadata": "partly"},
}


def version(key=KEY):
    return parts.version(Source.objects.get(key=key).record)


def corrected(**changes):
    record = {**Source.objects.get(key=KEY).record, **changes}
    return {name: value for name, value in record.items() if value is not None}


def change(by, **changes):
    return source_records.change(key=KEY, record=corrected(**changes), version=version(), by=by, note="Seen in print.")


ACTIONS = {
    "add": lambda by: source_records.add(key="new2024", record=NEW, by=by),
    "change": lambda by: source_records.change(key=KEY, record=corrected(volume="9"), version=version(), by=by),
    "revert": lambda by: source_records.revert(entry_id=LogEntry.objects.get(code="source.changed").pk, by=by),
    "deprecate": lambda by: source_records.deprecate(key=KEY, reason="It was retracted.", by=by),
    "reinstate": lambda by: source_records.reinstate(key="weir2016cost", by=by),
}


@pytest.mark.parametrize("who", ["nobody", "the operator", "a reader"])
@pytest.mark.parametrize("action", ACTIONS)
def test_only_moderators_may(action, who, drafts, proposer, reader):
    change(proposer, volume="8")
    source_records.deprecate(key="weir2016cost", reason="It was retracted.", by=proposer)
    before = list(Source.objects.values())
    with pytest.raises(NotPermittedError):
        ACTIONS[action]({"nobody": None, "the operator": OPERATOR, "a reader": reader}[who])
    assert list(Source.objects.values()) == before


def test_a_source_is_added_and_recorded(drafts, proposer):
    source = source_records.add(
        key="new2024", record=SourceRecord.model_validate(NEW), by=proposer, note="For a topic."
    )
    assert (source.record, source.state) == (NEW, "current")
    entry = LogEntry.objects.get(code="source.added")
    assert (entry.source, entry.by, entry.note) == (source, proposer, "For a topic.")


def test_every_problem_of_a_new_source_is_told(drafts, proposer):
    doi = factories.source_record()["DOI"]
    with pytest.raises(BrokenRulesError) as caught:
        source_records.add(key="No Key", record={"title": " ", "DOI": doi.upper(), "type": "book"}, by=proposer)
    assert {problem.path for problem in caught.value.problems} >= {"key", "title", "DOI", "language", "category"}
    assert not LogEntry.objects.filter(code="source.added").exists()


def test_a_key_is_given_once(drafts, proposer):
    with pytest.raises(BrokenRulesError, match="key of another source"):
        source_records.add(key=KEY, record=NEW, by=proposer)


def test_a_correction_is_written_and_recorded_field_by_field(drafts, proposer):
    before = Source.objects.get(key=KEY).record
    change(proposer, volume="77", page=None)
    after = Source.objects.get(key=KEY).record
    assert after == {**{name: value for name, value in before.items() if name != "page"}, "volume": "77"}
    entry = LogEntry.objects.get(code="source.changed")
    assert [item["path"] for item in entry.changes] == ["page", "volume"]
    assert entry.note == "Seen in print."


def test_what_changes_nothing_leaves_no_trace(drafts, proposer):
    change(proposer)
    assert not LogEntry.objects.filter(code="source.changed").exists()


def test_a_stale_correction_is_a_conflict_and_loses_nothing(drafts, proposer):
    seen = version()
    change(proposer, volume="77")
    with pytest.raises(ConflictError) as caught:
        source_records.change(key=KEY, record=corrected(volume="78"), version=seen, by=proposer)
    assert caught.value.now["volume"] == "77"
    assert Source.objects.get(key=KEY).record["volume"] == "77"


def test_an_unknown_source_is_not_found(drafts, proposer):
    with pytest.raises(NotFoundError):
        source_records.change(key="nobody1999", record=NEW, version="", by=proposer)
    with pytest.raises(NotFoundError):
        source_records.revert(entry_id=0, by=proposer)


def test_the_doi_of_another_source_is_refused(drafts, proposer):
    doi = factories.source_record()["DOI"]
    with pytest.raises(BrokenRulesError, match="DOI of 'pratt2018timber'"):
        source_records.change(
            key="weir2016cost",
            record={**Source.objects.get(key="weir2016cost").record, "DOI": doi},
            version=version("weir2016cost"),
            by=proposer,
        )


def test_a_correction_is_undone_and_that_too(drafts, proposer, reviewer):
    before = Source.objects.get(key=KEY).record
    change(proposer, volume="77", page=None, genre="Essay")
    source_records.revert(entry_id=LogEntry.objects.get(code="source.changed").pk, by=reviewer)
    assert Source.objects.get(key=KEY).record == before
    source_records.revert(entry_id=LogEntry.objects.get(code="source.reverted").pk, by=reviewer)
    assert Source.objects.get(key=KEY).record["genre"] == "Essay"


def test_what_was_corrected_since_is_not_undone(drafts, proposer):
    change(proposer, volume="77")
    entry = LogEntry.objects.get(code="source.changed")
    change(proposer, volume="78")
    with pytest.raises(ConflictError):
        source_records.revert(entry_id=entry.pk, by=proposer)
    assert Source.objects.get(key=KEY).record["volume"] == "78"


@pytest.mark.parametrize("code", ["source.added", "source.deprecated", "pack.loaded"])
def test_what_corrected_no_record_cannot_be_undone(code, drafts, proposer):
    source_records.add(key="new2024", record=NEW, by=proposer)
    source_records.deprecate(key="new2024", reason="A test.", by=proposer)
    with pytest.raises(NotPossibleError):
        source_records.revert(entry_id=LogEntry.objects.filter(code=code).first().pk, by=proposer)


def test_a_source_is_deprecated_with_a_reason_and_reinstated(drafts, proposer):
    for reason in ("", "  "):
        with pytest.raises(NotPossibleError, match="Say why"):
            source_records.deprecate(key=KEY, reason=reason, by=proposer)
    assert (
        source_records.deprecate(key=KEY, reason=" It was retracted. ", by=proposer).state_reason == "It was retracted."
    )
    with pytest.raises(NotPossibleError, match="is deprecated"):
        source_records.deprecate(key=KEY, reason="Again.", by=proposer)
    source_records.reinstate(key=KEY, by=proposer, note="The retraction was withdrawn.")
    source = Source.objects.get(key=KEY)
    assert (source.state, source.state_reason) == ("current", "")
    with pytest.raises(NotPossibleError, match="is current"):
        source_records.reinstate(key=KEY, by=proposer)
    codes = LogEntry.objects.filter(source=source).order_by("pk").values_list("code", flat=True)
    assert list(codes) == ["source.deprecated", "source.reinstated"]


def test_loading_records_again_keeps_their_states(drafts, proposer):
    source_records.deprecate(key=KEY, reason="It was retracted.", by=proposer)
    record = SourceRecord.model_validate(corrected(volume="9"))
    citing.load_sources({KEY: record, "new2024": SourceRecord.model_validate(NEW)})
    source = Source.objects.get(key=KEY)
    assert (source.state, source.state_reason, source.record["volume"]) == ("deprecated", "It was retracted.", "9")
    assert Source.objects.get(key="new2024").state == "current"


def test_many_records_are_corrected_at_once_or_none(drafts, proposer):
    keys = ("pratt2018timber", "weir2016cost")
    before = {key: Source.objects.get(key=key).record for key in keys}
    versions = {key: parts.version(record) for key, record in before.items()}
    wanted = {key: {**record, "volume": "77"} for key, record in before.items()}
    broken = {**wanted, "weir2016cost": {**before["weir2016cost"], "title": " ", "issued": "2019-13"}}
    with pytest.raises(BrokenRulesError) as refusal:
        source_records.change_all(records=broken, versions=versions, by=proposer)
    assert {(one.file, one.path) for one in refusal.value.problems} == {
        ("weir2016cost", "title"),
        ("weir2016cost", "issued"),
    }
    with pytest.raises(ConflictError):
        source_records.change_all(records=wanted, versions={}, by=proposer)
    assert {key: Source.objects.get(key=key).record for key in keys} == before
    source_records.change_all(records=wanted, versions=versions, by=proposer, note="Seen.")
    assert {Source.objects.get(key=key).record["volume"] for key in keys} == {"77"}
    assert LogEntry.objects.filter(code="source.changed", note="Seen.").count() == 2
