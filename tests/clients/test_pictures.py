"""Drawings to pictures: their size is bounded, and what cannot be read is refused in words."""

import pytest

from perspectives.clients import pictures

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>'


def size(body):
    return int.from_bytes(body[16:20]), int.from_bytes(body[20:24])


def test_a_picture_has_two_pixels_for_one():
    assert size(pictures.png(SQUARE, width=10, height=20)) == (20, 40)


def test_a_large_drawing_gets_a_coarser_picture(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 10_000)
    width, height = size(pictures.png(SQUARE, width=200, height=200))
    assert width == height
    assert 90 <= width <= 101


@pytest.mark.parametrize("drawing", ["", "no drawing", "<svg", '<svg xmlns="http://www.w3.org/2000/svg">&nbsp;</svg>'])
def test_what_is_no_drawing_is_refused(drawing):
    with pytest.raises(pictures.PictureError, match="The picture could not be made"):
        pictures.png(drawing, width=10, height=10)


def test_a_drawing_that_names_a_file_is_refused(tmp_path):
    (tmp_path / "other.svg").write_text(SQUARE)
    image = f'<image href="{(tmp_path / "other.svg").as_uri()}" width="10" height="10"/>'
    with pytest.raises(pictures.PictureError, match="failed to load linked image"):
        pictures.png(SQUARE.replace("</svg>", f"{image}</svg>"), width=10, height=10)
