"""A folder of packs, from files' bytes to validated documents, with every problem found in one run.

A folder holds `article.yaml`, `sources.yaml`, `thesaurus.yaml` and `topics/<slug>.yaml`; any part may be missing when
the database already knows what the others refer to.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from perspectives.errors import BrokenRulesError
from perspectives.rules.documents import pack_references, yaml_text
from perspectives.rules.documents.article_document import ArticleDocument
from perspectives.rules.documents.fields import CiteKey, Part
from perspectives.rules.documents.pack_references import Known
from perspectives.rules.documents.problems import Path, Problem, from_validation, problems_of, written
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.search.thesaurus import THESAURUS
from perspectives.rules.sources.source_record import SourceRecord

ARTICLE_FILE = "article.yaml"
SOURCES_FILE = "sources.yaml"
THESAURUS_FILE = "thesaurus.yaml"
TOPICS_FOLDER = "topics"

Model = TypeVar("Model", bound=BaseModel)
_SOURCES: TypeAdapter[dict[str, SourceRecord]] = TypeAdapter(dict[CiteKey, SourceRecord])


@dataclass
class Packs:
    """Validated documents, ready to be loaded."""

    sources: dict[str, SourceRecord] = field(default_factory=dict)
    article: ArticleDocument | None = None
    topics: list[TopicDocument] = field(default_factory=list)
    thesaurus: dict[str, tuple[str, ...]] | None = None


def parse(files: Mapping[str, bytes], known: Known) -> tuple[Packs, list[Problem]]:
    """Validate `files` (names relative to the folder, with `/`). The packs may be used only if there is no problem."""
    return Reading(files).checked(known)


def folder_of(data: Mapping[str, Any], model: type[BaseModel]) -> pack_references.Folder:
    """Give the plain data of a topic or an article guide that did not come from a file as a folder of its own."""
    if model is ArticleDocument:
        return pack_references.Folder(article=pack_references.File(ARTICLE_FILE, data))
    name = f"{TOPICS_FOLDER}/{data.get('topic')}.yaml"
    # Packs hold digits as text, and the rules between files read them so.
    return pack_references.Folder(topics=[pack_references.File(name, {**data, "order": str(data.get("order"))})])


def checked(data: Mapping[str, Any], model: type[Model], known: Known) -> Model:
    """Validate plain data that did not come from a file. Raises BrokenRulesError with every problem."""
    problems: list[Problem] = []
    document: Model | None = None
    try:
        document = model.model_validate(data)
    except ValidationError as error:
        problems += problems_of(error, model)
    found = pack_references.check(folder_of(data, model), known)
    problems += [Problem("", 0, written(path), words) for _, path, words in found]
    if document is None or problems:
        raise BrokenRulesError(f"{len(problems)} problems found; nothing was changed.", tuple(problems))
    return document


class Reading:
    """Files read into documents, and their problems; what they say of each other is checked when enough is known."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.packs = Packs()
        self.folder = pack_references.Folder()
        self.problems: list[Problem] = []
        self.trees: dict[str, yaml_text.Tree] = {}
        for name in sorted(files):
            self.read(name, files[name])
        if not files:
            self.report("", (), f"holds no packs; expected {ARTICLE_FILE}, {SOURCES_FILE} or {TOPICS_FOLDER}/*.yaml")

    def checked(self, known: Known) -> tuple[Packs, list[Problem]]:
        """Give the packs, which may be used only if there is no problem, and the problems."""
        for file, path, message in pack_references.check(self.folder, known):
            self.report(file, path, message)
        return self.packs, sorted(self.problems)

    def report(self, file: str, path: Path, message: str) -> None:
        """Note a problem with the line on which it stands."""
        line = self.trees[file].line(path) if file in self.trees else 0
        self.problems.append(Problem(file, line, written(path), message))

    def report_all(self, file: str, found: Iterable[tuple[Path, str]]) -> None:
        """Note the problems of a file."""
        for path, message in found:
            self.report(file, path, message)

    def read(self, name: str, content: bytes) -> None:
        """Read one file into the packs, or report why not."""
        place = PurePosixPath(name)
        if place.parent.name == TOPICS_FOLDER and place.suffix == ".yaml":
            self._take_topic(name, self._data(name, content))
        elif place.name == ARTICLE_FILE and self.folder.article is None:
            self._take_article(name, self._data(name, content))
        elif place.name == SOURCES_FILE and self.folder.sources is None:
            self._take_sources(name, self._data(name, content))
        elif place.name == THESAURUS_FILE and self.packs.thesaurus is None:
            self._take_thesaurus(name, self._data(name, content))
        elif place.name in {ARTICLE_FILE, SOURCES_FILE, THESAURUS_FILE}:
            self.report(name, (), f"is a second {place.name}; load one folder at a time")
        else:
            self.report(
                name,
                (),
                f"is no pack; name it {ARTICLE_FILE}, {SOURCES_FILE}, {THESAURUS_FILE} or {TOPICS_FOLDER}/<slug>.yaml",
            )

    def _data(self, name: str, content: bytes) -> Any:
        """Give the plain data of a file, or UNREADABLE."""
        try:
            self.trees[name] = yaml_text.read(content)
        except yaml_text.UnreadableError as error:
            self.problems.append(Problem(name, error.line, "", str(error)))
            return pack_references.UNREADABLE
        return self.trees[name].data

    def _validated(self, name: str, model: type[Model], data: Any) -> Model | None:
        if data is pack_references.UNREADABLE:
            return None
        try:
            return model.model_validate(data)
        except ValidationError as error:
            self.report_all(name, from_validation(error, model))
            return None

    def _take_sources(self, name: str, data: Any) -> None:
        self.folder.sources = pack_references.File(name, data)
        if data is pack_references.UNREADABLE:
            return
        try:
            self.packs.sources = _SOURCES.validate_python(data)
        except ValidationError as error:
            self.report_all(name, from_validation(error, SourceRecord, skip=1))

    def _take_thesaurus(self, name: str, data: Any) -> None:
        self.packs.thesaurus = {}
        if data is pack_references.UNREADABLE:
            return
        try:
            self.packs.thesaurus = THESAURUS.validate_python(data)
        except ValidationError as error:
            self.report_all(name, from_validation(error, Part))

    def _take_article(self, name: str, data: Any) -> None:
        self.folder.article = pack_references.File(name, data)
        self.packs.article = self._validated(name, ArticleDocument, data)

    def _take_topic(self, name: str, data: Any) -> None:
        self.folder.topics.append(pack_references.File(name, data))
        if topic := self._validated(name, TopicDocument, data):
            self.packs.topics.append(topic)
