"""Broken packs: codes, dates, identifiers, addresses, languages, quotations."""

from tests import factories
from tests.rules.broken.rows import (
    ARTICLE,
    CITE,
    CLAIM,
    MISSING,
    QUOTED,
    SOURCES,
    TOPIC,
    Broken,
    bad,
    cite,
    edited,
    words,
)

VALUES = [
    bad("stance", TOPIC, "perspectives[0].stance", "pro", "'pro' is not one of the known values; write 'author', 'opp"),
    bad(
        "claim-kind", TOPIC, f"{CLAIM}.kind", "fact", "'fact' is not one of the known values; write 'factual', 'causal'"
    ),
    bad("relation", TOPIC, f"{CITE}.relation", "proves", "write 'states', 'supports', 'disputes' or 'context'"),
    bad("response-type", TOPIC, "responses[5].type", "hits", "write 'rebuts', 'undercuts', 'qualifies', 'concedes' or"),
    bad("crux-kind", TOPIC, "cruxes[0].kind", "taste", "write 'fact', 'cause', 'law', 'definition', 'value' or"),
    bad("quote-status", TOPIC, f"{QUOTED}.quote_status", "seen", "write 'own-text', 'reproduction', "),
    bad("csl-type", SOURCES, "weir2016cost.type", "paper", "'paper' is not one of the known values; write 'article'"),
    bad(
        "category",
        SOURCES,
        "weir2016cost.category",
        "scholarly",
        "'scholarly' is not one of the known values; write 'peer",
    ),
    bad("metadata", SOURCES, "weir2016cost.checked.metadata", "yes", "write 'verified' or 'partly'"),
    bad("finding", ARTICLE, "passages[0].findings[0].finding", "wrong", "write 'accurate', 'accurate-with-context'"),
    bad(
        "gap-of-the-author",
        TOPIC,
        "gaps[0].stance",
        "author",
        "names the stance 'author'; a gap is an answer",
        at="gaps[0]",
    ),
    bad("no-such-day", TOPIC, "events[0].date", "2014-02-30", "'2014-02-30' has no such day; check the calendar"),
    bad("day-zero", TOPIC, "events[0].date", "2014-02-00", "'2014-02-00' has no such day; check the calendar"),
    bad(
        "no-leap-year", SOURCES, "weir2016cost.issued", "1900-02-29", "'1900-02-29' has no such day; check the calendar"
    ),
    bad("month-13", TOPIC, "events[0].date", "2014-13", "'2014-13' has no such month or year; write YYYY, YYYY-MM or"),
    bad("month-zero", TOPIC, "events[0].date", "2014-00", "'2014-00' has no such month or year"),
    bad("year-zero", TOPIC, "events[0].date", "0000", "'0000' has no such month or year"),
    bad(
        "compact-date",
        TOPIC,
        "events[0].date",
        "20140101",
        "'20140101' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD",
    ),
    bad("other-digits", TOPIC, "events[0].date", "٢٠١٤", "'٢٠١٤' is not a date; write YYYY"),
    bad("date-in-words", TOPIC, "events[0].date", "May 2014", "'May 2014' is not a date; write YYYY"),
    bad("date-and-time", SOURCES, "weir2016cost.accessed", "2014-01-01T00:00", "is not a date; write YYYY"),
    bad(
        "period-reversed", TOPIC, "period.end", "1819", "ends before it starts; exchange 'start' and 'end'", at="period"
    ),
    bad(
        "doi-malformed",
        SOURCES,
        "pratt2018timber.DOI",
        "10.5555",
        "'10.5555' is not a DOI; write it bare, beginning with",
    ),
    bad("doi-as-address", SOURCES, "pratt2018timber.DOI", "https://doi.org/10.5555/x", "is not a DOI; write it bare"),
    bad("doi-with-space", SOURCES, "pratt2018timber.DOI", "10.5555/a b", "'10.5555/a b' is not a DOI"),
    bad(
        "isbn-check-digit",
        SOURCES,
        "brueckner2019stege.ISBN",
        "978-0-00-000000-3",
        "is not an ISBN, or its check digit is",
    ),
    bad("isbn-short", SOURCES, "brueckner2019stege.ISBN", "978000000", "'978000000' is not an ISBN"),
    bad("isbn-with-prefix", SOURCES, "brueckner2019stege.ISBN", "ISBN 9780000000002", "is not an ISBN"),
    bad(
        "same-doi",
        SOURCES,
        "weir2016cost.DOI",
        "10.5555/BRIDGES.2018.14",
        "is also the DOI of 'pratt2018timber'; keep one record and cite that",
    ),
    bad(
        "url-javascript", SOURCES, "floods2017levels.URL", "javascript:alert(1)", "is not a web address; write it whole"
    ),
    bad("url-without-host", SOURCES, "floods2017levels.URL", "https:///levels", "is not a web address; write it whole"),
    bad(
        "url-credentials",
        SOURCES,
        "floods2017levels.URL",
        "https://a:b@data.example/",
        "without spaces or a name and pass",
    ),
    bad("url-with-space", SOURCES, "floods2017levels.URL", "https://data.example/a b", "is not a web address"),
    bad(
        "url-with-hard-space", SOURCES, "floods2017levels.URL", "https://data.example/a\u00a0b", "is not a web address"
    ),
    bad("url-port", SOURCES, "floods2017levels.URL", "https://data.example:99999/", "is not a web address"),
    bad("url-brackets", SOURCES, "floods2017levels.URL", "https://[::1/", "is not a web address"),
    bad("url-script", ARTICLE, "links[0].url", "https://x.example/<script>", "is not a web address"),
    bad(
        "url-other-scheme",
        ARTICLE,
        "links[0].url",
        "ftp://x.example/",
        "is not a web address; write it whole, beginning",
    ),
    bad(
        "language-unknown",
        SOURCES,
        "weir2016cost.language",
        "xx-bad",
        "'xx-bad' is not a language tag (BCP 47); write for",
    ),
    bad(
        "language-capitals",
        SOURCES,
        "weir2016cost.language",
        "EN",
        "is not the standard form of the language tag; write 'en'",
    ),
    bad("language-name", SOURCES, "weir2016cost.language", "english", "'english' is not a language tag (BCP 47)"),
    bad("language-of-quote", TOPIC, f"{QUOTED}.quote_language", "de_DE", "write 'de-DE'"),
    bad(
        "language-long",
        SOURCES,
        "weir2016cost.language",
        "en-x-" + "-".join(["abcdefgh"] * 5),
        "has more than 35 characters",
    ),
    bad(
        "person-and-literal",
        SOURCES,
        "weir2016cost.author[0].family",
        "Weir",
        "write exactly one",
        at="weir2016cost.author[0]",
    ),
    bad(
        "neither-name",
        SOURCES,
        "weir2016cost.author[0].literal",
        MISSING,
        "needs either 'family'",
        at="weir2016cost.author[0]",
    ),
]
"""Codes of vocabularies, dates, identifiers, addresses, languages, names."""

QUOTATIONS = [
    bad(
        "quote-41-words", TOPIC, f"{QUOTED}.quote", words(41), "has 41 words; quote at most 40 and paraphrase the rest"
    ),
    bad("gloss-26-words", TOPIC, "terms[0].gloss", words(26), "has 26 words; explain the term in at most 25"),
    bad(
        "no-status",
        TOPIC,
        f"{QUOTED}.quote_status",
        MISSING,
        "needs 'quote' and 'quote_status' together; add",
        at=QUOTED,
    ),
    bad(
        "second-hand",
        TOPIC,
        f"{QUOTED}.quote_status",
        "second-hand",
        "name the work that quotes these words",
        at=QUOTED,
    ),
    bad(
        "not-seen",
        TOPIC,
        CITE,
        cite(quote="x", quote_status="not-checked", quote_seen_in="a reprint"),
        "says where or when words were seen that nobody saw",
    ),
    bad("translated", TOPIC, CITE, cite(quote="x", quote_status="translated"), "needs 'translator' with"),
    bad(
        "bar-in-a-name",
        TOPIC,
        "perspectives[0].held_by[0]",
        "Ada | warden",
        "holds '|', which parts a name from a role",
    ),
    bad("no-name", TOPIC, "perspectives[0].held_by[0]", ["Ada"], "is a list; "),
    bad(
        "no-role",
        TOPIC,
        "perspectives[0].held_by[0]",
        {"name": "Ada"},
        "is missing; add 'role:'",
        at="perspectives[0].held_by[0].role",
    ),
    bad("no-quote", TOPIC, CITE, cite(quote_status="own-text"), "needs 'quote' and 'quote_status' together"),
    bad(
        "language-alone", TOPIC, CITE, cite(quote_language="de"), "has 'quote_language' or 'translation' but no 'quote'"
    ),
    bad(
        "translation-alone",
        TOPIC,
        CITE,
        cite(translation="x", translator="y"),
        "has 'quote_language' or 'translation' but no 'quote'; add the quotation or remove them",
    ),
    bad(
        "no-translator",
        TOPIC,
        f"{QUOTED}.translator",
        MISSING,
        "needs 'translator' with a 'translation'",
        at=QUOTED,
    ),
    bad(
        "no-translation",
        TOPIC,
        f"{QUOTED}.translation",
        MISSING,
        "needs 'translator' with a 'translation'",
        at=QUOTED,
    ),
    bad("translator-alone", TOPIC, CITE, cite(translator="y"), "needs 'translator' with a 'translation'"),
    bad(
        "fragment-in-claim",
        TOPIC,
        "perspectives[0].claims[0].cites[0].quote",
        words(13),
        "quotes 13 words of the article; quote at most 12",
    ),
    Broken(
        "fragment-in-event",
        edited(
            TOPIC,
            "events[0].cites",
            [cite(), cite(source=factories.ARTICLE_SOURCE, quote=words(13), quote_status="own-text")],
        ),
        TOPIC,
        "events[0].cites[1].quote",
        "quotes 13 words of the article; quote at most 12",
    ),
    Broken(
        "fragment-in-agreement",
        edited(
            TOPIC,
            "common_ground[1].cites",
            [cite(source=factories.ARTICLE_SOURCE, quote=words(13), quote_status="own-text")],
        ),
        TOPIC,
        "common_ground[1].cites[0].quote",
        "quotes 13 words of the article; quote at most 12",
    ),
    Broken(
        "fragment-in-finding",
        edited(
            ARTICLE,
            "passages[1].findings[0].cites",
            [cite(source=factories.ARTICLE_SOURCE, quote=words(13), quote_status="own-text")],
        ),
        ARTICLE,
        "passages[1].findings[0].cites[0].quote",
        "quotes 13 words of the article; quote at most 12",
    ),
    bad(
        "fragment-in-passage",
        ARTICLE,
        "passages[0].quote",
        words(13),
        "quotes 13 words of the article; quote at most 12",
    ),
]
"""Quotations: length, and what travels with them."""
