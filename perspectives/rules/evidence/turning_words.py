"""Words by which a sentence turns: negations, and what begins an exception or a condition. Folded (`folded_text`)."""

import re
from collections.abc import Iterable


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NEGATIONS = _set(
    "no not never none nobody nothing neither nor nowhere cannot without hardly scarcely barely lack lacks "
    "lacked fail fails failed refuse refuses refused deny denies denied reject rejects rejected false untrue "
    "nicht nie niemals kein keine keinen keinem keiner nichts ohne weder ne pas jamais aucun aucune rien sans "
    "ni не ни нет никогда без ні ніколи немає"
)
_TURNS = _set(
    "although though but however unless except if provided until yet while whereas only despite "
    "notwithstanding rather instead merely allegedly supposedly aber jedoch obwohl wenn falls sofern sondern "
    "ausser trotz nur mais cependant si sauf malgre quoique seulement но однако если хотя кроме лишь только "
    "але якщо хоча крім лише"
)
_CONDITIONS = re.compile(
    r" (?:under (?:these|those|such|certain|the following|present|current) (?:conditions?|circumstances|terms)"
    r"|as long as|so long as|on condition|in the event|in case|for now|at present|with the exception|other than"
    r"|unter (?:diesen|der) (?:bedingungen|umstanden|bedingung)|a condition|bien que|pour (?:le moment|l'instant)) "
)
_NUMBER = re.compile(r"\d")
_NUMERALS = _set(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred "
    "hundreds thousand thousands million millions billion billions half third quarter dozen first second "
    "twice all some many few most every each any % $ € £"
)


def negations(words: Iterable[str]) -> list[str]:
    """Give the words that deny."""
    return [word for word in words if word in _NEGATIONS or word.endswith("n't")]


def amounts(words: Iterable[str]) -> list[str]:
    """Give the words that say how much or how many."""
    return [word for word in words if _NUMBER.search(word) or word in _NUMERALS]


def turns(words: list[str]) -> list[str]:
    """Give the words that deny, except or condition."""
    found = [word for word in words if word in _TURNS]
    phrases = [phrase.strip() for phrase in _CONDITIONS.findall(f" {' '.join(words)} ")]
    return [*negations(words), *found, *phrases]
