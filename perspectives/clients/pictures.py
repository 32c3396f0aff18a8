"""Drawings to pictures of a bounded size, with Typst."""

from typing import Final

from perspectives.clients import typesetting

DENSITY: Final = 144
"""How many pixels a picture has for 72 px of its drawing: twice as many, for screens and slides."""
MOST_PIXELS: Final = 20_000_000
"""How many pixels a picture has at most; one that would have more gets coarser. Some ten bytes each are needed."""
_PAGE: Final = """
#set page(width: float(sys.inputs.width) * 1pt, height: float(sys.inputs.height) * 1pt, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg", width: 100%, height: 100%)
"""


class PictureError(Exception):
    """The drawing could not be read or made into a picture; the message holds what Typst said."""


def png(svg: str, *, width: int, height: int) -> bytes:
    """Make a PNG of an SVG drawing of `width` times `height` px; one takes up to 200 MB. Raises PictureError."""
    inputs = {"drawing": svg, "width": str(width), "height": str(height)}
    pixels = width * height * (DENSITY / 72) ** 2
    density = DENSITY * min(1.0, (MOST_PIXELS / pixels) ** 0.5)
    try:
        return typesetting.png(_PAGE, inputs=inputs, density=density)
    except typesetting.TypesettingError as error:
        raise PictureError(f"The picture could not be made: {error}") from error
