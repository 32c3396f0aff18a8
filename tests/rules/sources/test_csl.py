"""Source records as CSL-JSON."""

from perspectives.rules.publication.canonical_json import canonical_json
from perspectives.rules.publication.index_records import plain
from perspectives.rules.sources.csl import csl_item, csl_items
from tests import factories


def test_item_has_the_key_and_dates_in_parts_and_nothing_of_ours() -> None:
    records = factories.source_records()
    assert csl_item("council2020survey", records["council2020survey"]) == {
        "id": "council2020survey",
        "type": "report",
        "title": "[Survey of the footbridge]",
        "author": [{"literal": "Invented Parish Council of Nether Wending"}],
        "number": "7",
        "issued": {"date-parts": [[2020, 2, 29]]},
        "accessed": {"date-parts": [[2021, 1, 2]]},
        "language": "en-GB",
    }
    assert csl_item("x", records["ellingwood2019walks"])["original-date"] == {"date-parts": [[1999]]}
    assert csl_item("x", records["county2021letter"])["issued"] == {"date-parts": [[2021, 4]]}


def test_items_of_an_edition_stand_by_citekey() -> None:
    items = csl_items(canonical_json(plain(factories.topic_edition())))
    assert [item["id"] for item in items] == sorted(factories.source_records())
    assert items[0]["title"] == "Stege und Brücken: eine kleine Geschichte"
