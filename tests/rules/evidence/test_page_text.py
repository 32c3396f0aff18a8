"""A page's text is what a reader sees of it."""

from perspectives.rules.evidence.page_text import page_text


def words(page):
    return " ".join(page_text(page).split())


def test_words_of_a_page():
    page = """<html><head><title>No</title><style>a{}</style><body><h1>One</h1><p>two<br>three <b>fo</b>ur<sup>12</sup>
    10<sup>th</sup> &amp; five<script>no()</script></p><noscript>no</noscript><td>six</td><td>seven</td></html>"""
    assert words(page) == "One two three four 10th & five six seven"


def test_ends_that_are_left_out():
    assert words("<head><title>no<body>yes <sup>note<p>also") == "yes note also"
    assert words("plain") == "plain"
