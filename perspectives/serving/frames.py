"""The frame in which another site shows a page of this one, as oEmbed gives it and as pages offer it to be copied."""

from typing import Final

from django.utils.html import format_html

PROVIDER: Final = "Debate KB"
TOPIC_SIZE: Final = (640, 460)
BRIEF_SIZE: Final = (640, 900)
CLAIM_SIZE: Final = (640, 520)
MAP_SIZE: Final = (640, 860)
"""Width and height in pixels, unless the other site has less room."""


def frame(address: str, title: str, size: tuple[int, int]) -> str:
    """Write the frame of a page, at its absolute address."""
    width, height = size
    return str(
        format_html(
            '<iframe src="{}" width="{}" height="{}" title="{}"></iframe>',
            *(address, width, height, f"{PROVIDER}: {title}"),
        )
    )
