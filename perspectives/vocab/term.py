"""What a term is: a code, a sentence that explains it, a label."""

from typing import Self

from django.db.models import TextChoices


class Term(TextChoices):
    """A code with a sentence that explains it and a label for people."""

    sentence: str

    def __new__(cls, code: str, sentence: str) -> Self:
        """Keep the sentence beside the code."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.sentence = sentence
        return member

    @classmethod
    def of(cls, code: str) -> Self:
        """Find the value with this code. Raises KeyError."""
        return {member.value: member for member in cls}[code]
