"""Formatted references as text and HTML: built from runs, with nothing of theirs taken for markup."""

import pytest

from perspectives.rules.formats.bibliography import references


def run(text, *, emphasis=False, href=""):
    return {"text": text, "emphasis": emphasis, "href": href}


ENTRIES = {
    "a1": [
        run("Pratt. "),
        run("Bridges & <b>", emphasis=True),
        run(". "),
        run("doi", href="https://doi.org/10.1/x?a&b"),
    ],
    "b2": [run("Berg.")],
}


def test_text_has_a_line_a_reference():
    assert references.text(ENTRIES) == "Pratt. Bridges & <b>. doi\nBerg.\n"


def test_html_has_an_item_a_reference():
    assert references.html(ENTRIES) == (
        '<ul class="references">\n'
        '<li id="ref-a1">Pratt. <em>Bridges &amp; &lt;b&gt;</em>. '
        '<a href="https://doi.org/10.1/x?a&amp;b">doi</a></li>\n'
        '<li id="ref-b2">Berg.</li>\n'
        "</ul>\n"
    )


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "//x.example", "ftp://x.example", None])
def test_only_web_addresses_become_links(href):
    html = references.html({"x": [{"text": "x", "href": href}]})
    assert html == '<ul class="references">\n<li id="ref-x">x</li>\n</ul>\n'


def test_a_citekey_cannot_leave_its_attribute():
    assert 'id="ref-&quot;&gt;x"' in references.html({'">x': []})


def test_no_references():
    assert (references.text({}), references.html({})) == ("", '<ul class="references">\n</ul>\n')
