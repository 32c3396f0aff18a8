"""Documents as rows of tables, and rows as documents: one description of the tables serves both ways.

`rows` and `documents` are inverse. A row names its owner and whatever it refers to as the document does, by slug, key
or name; ids of the database are the matter of `queries.documents.draft_rows` and `actions.documents.draft_writing`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from perspectives.rules.documents.article_document import ArticleDocument
from perspectives.rules.documents.topic_document import TopicDocument

Plain = dict[str, Any]
Identity = tuple[str | int, ...]
"""What tells a row from all others of its table, and stays while it changes; begins with the slug of its document."""


@dataclass(frozen=True)
class Table:
    """A table that holds the items of one list of a document, or the documents themselves."""

    model: str
    columns: Mapping[str, str]
    """Column -> field of the item: `period.start` is a field of a field, and an empty name the item itself."""
    items: str = ""
    """The field of the owner that lists the items, whose order is a column of its own; documents have none."""
    owner: str = ""
    """The column that names the owner's row."""
    root: str = ""
    """The column that names the document's row as well, where it is not the owner."""
    key: str = ""
    """The column by which an item stays the same row wherever it moves in the document; without it, its place is."""
    bare: str = ""
    """The field of an item that is written as a mere text where it has no other."""
    inside: Mapping[str, str] = field(default_factory=dict)
    """Column that names a row of the same document -> its model."""
    outside: Mapping[str, str] = field(default_factory=dict)
    """Column that names a row of another document, a source or a person -> its model."""
    lists: tuple["Table", ...] = ()

    @property
    def name(self) -> str:
        """What tells it from all other tables: citations have one for each sort of owner."""
        return f"{self.model}.{self.owner}"

    def everything(self) -> Iterator["Table"]:
        """Walk this table and those of its items, owners first and what is named before who names it."""
        yield self
        for inner in self.lists:
            yield from inner.everything()


class Row(NamedTuple):
    """A row: what it is, whose, its place in the owner's list, and what stands in the columns of its table."""

    identity: Identity
    owner: Identity
    order: int
    cells: tuple[str | int, ...]


Rows = Mapping[str, list[Row]]
"""Rows by the names of their tables."""


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def _cites(owner: str) -> Table:
    words = ("quote", "quote_status", "quote_seen_in", "quote_seen_on", "quote_language", "translation", "translator")
    columns = _same("source", "relation", "locator", *words)
    return Table("Citation", columns, items="cites", owner=owner, outside={"source": "Source"})


_CLAIMS = Table(
    "Claim",
    {"identifier": "id"} | _same("text", "kind"),
    items="claims",
    owner="perspective",
    root="topic",
    key="identifier",
    lists=(_cites("claim"),),
)
TOPIC = Table(
    "Topic",
    {"slug": "topic"}
    | _same("article", "order", "title", "question", "background")
    | {"period_start": "period.start", "period_end": "period.end"}
    | {"teaching_aim": "teaching.aim", "teaching_note": "teaching.note"},
    key="slug",
    outside={"article": "Article"},
    lists=(
        Table("TopicPhrasing", {"text": ""}, items="asked_as", owner="topic"),
        Table("TopicTag", {"tag": ""}, items="tags", owner="topic"),
        Table(
            "Perspective",
            {"identifier": "id"} | _same("stance", "label", "summary", "plain", "held_by_note"),
            items="perspectives",
            owner="topic",
            key="identifier",
            lists=(
                Table(
                    "Holding",
                    {"person": "name", "role": "role"},
                    items="held_by",
                    owner="perspective",
                    bare="name",
                    outside={"person": "Person"},
                ),
                _CLAIMS,
            ),
        ),
        Table(
            "Response",
            {"from_claim": "from", "to_claim": "to"} | _same("type", "note"),
            items="responses",
            owner="topic",
            inside={"from_claim": "Claim", "to_claim": "Claim"},
        ),
        Table("Gap", _same("claim", "stance", "note"), items="gaps", owner="topic", inside={"claim": "Claim"}),
        Table("Agreement", _same("text"), items="common_ground", owner="topic", lists=(_cites("agreement"),)),
        Table(
            "Crux",
            _same("question", "kind", "author", "opposing", "neutral", "would_settle"),
            items="cruxes",
            owner="topic",
            lists=(Table("CruxPrompt", {"text": ""}, items="prompts", owner="crux"),),
        ),
        Table("Event", _same("date", "title", "description"), items="events", owner="topic", lists=(_cites("event"),)),
        Table(
            "BibliographyEntry",
            _same("source", "argues"),
            items="bibliography",
            owner="topic",
            outside={"source": "Source"},
        ),
        Table("TopicTerm", _same("term", "gloss"), items="terms", owner="topic"),
    ),
)
ARTICLE = Table(
    "Article",
    {"slug": "article"} | _same("source", "author", "author_short", "title", "about", "selector_note"),
    key="slug",
    outside={"source": "Source"},
    lists=(
        Table(
            "ArticleSection",
            {"heading": "section", "summary": "summary"},
            items="outline",
            owner="article",
            key="heading",
        ),
        Table("ArticleLink", _same("label", "url"), items="links", owner="article"),
        Table(
            "Passage",
            {"identifier": "id"} | _same("section", "start", "end", "quote", "quote_by", "text_sha256", "paraphrase"),
            items="passages",
            owner="article",
            key="identifier",
            inside={"section": "ArticleSection"},
            lists=(
                Table("PassageTopic", {"topic": ""}, items="topics", owner="passage", outside={"topic": "Topic"}),
                Table("PassageClaim", {"claim": ""}, items="claims", owner="passage", outside={"claim": "Claim"}),
                Table(
                    "Finding",
                    _same("topic", "finding", "note"),
                    items="findings",
                    owner="passage",
                    outside={"topic": "Topic"},
                    lists=(_cites("finding"),),
                ),
            ),
        ),
    ),
)


def rows(documents: Iterable[TopicDocument | ArticleDocument]) -> dict[str, list[Row]]:
    """Give the rows of documents of one sort by the names of their tables, in the documents' order."""
    found: dict[str, list[Row]] = defaultdict(list)
    for document in documents:
        root = TOPIC if isinstance(document, TopicDocument) else ARTICLE
        _take(root, document.model_dump(mode="json", by_alias=True), (), 0, found)
    return found


def _take(table: Table, item: Any, owner: Identity, order: int, found: dict[str, list[Row]]) -> None:
    if table.bare and isinstance(item, str):
        item = {**dict.fromkeys(table.columns.values()), table.bare: item}
    cells = {column: _value(item, path) for column, path in table.columns.items()}
    identity = (*owner[:1], cells[table.key]) if table.key else (*owner, order)
    found[table.name].append(Row(identity, owner, order, tuple(cells.values())))
    for inner in table.lists:
        for place, part in enumerate(item[inner.items]):
            _take(inner, part, identity, place, found)


def _value(item: Any, path: str) -> Any:
    outer, _, inner = path.partition(".")
    value = item[outer] if outer else item
    if inner and value is not None:
        value = value[inner]
    return "" if value is None else value


def topics(found: Rows) -> dict[str, TopicDocument]:
    """Give the topics that the rows hold, by slug."""
    return {slug: TopicDocument.model_validate(data) for slug, data in _plain(TOPIC, found).items()}


def articles(found: Rows) -> dict[str, ArticleDocument]:
    """Give the article guides that the rows hold, by slug."""
    return {slug: ArticleDocument.model_validate(data) for slug, data in _plain(ARTICLE, found).items()}


def _plain(root: Table, found: Rows) -> dict[str, Plain]:
    owned: dict[str, dict[Identity, list[Row]]] = {}
    for table in root.everything():
        by_owner = owned[table.name] = defaultdict(list)
        for row in sorted(found.get(table.name, ()), key=lambda row: row.order):
            by_owner[row.owner].append(row)
    return {str(row.identity[0]): _item(root, row, owned) for row in owned[root.name][()]}


def _item(table: Table, row: Row, owned: Mapping[str, Mapping[Identity, list[Row]]]) -> Any:
    item: Plain = {}
    for path, value in zip(table.columns.values(), row.cells, strict=True):
        if not path:
            return value
        if value != "":  # what is empty is missing in documents
            outer, _, inner = path.partition(".")
            if inner:
                item.setdefault(outer, {})[inner] = value
            else:
                item[outer] = value
    for one in table.lists:
        item[one.items] = [_item(one, part, owned) for part in owned[one.name].get(row.identity, ())]
    return item[table.bare] if item.keys() == {table.bare} else item
