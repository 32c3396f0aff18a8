"""Broken packs: files that cannot be read, folders that do not fit together."""

from tests import factories
from tests.rules.broken.rows import (
    ARTICLE,
    BOMB,
    MISSING,
    NO_MAPPING,
    OTHER,
    SOURCES,
    TOPIC,
    Broken,
    after,
    edited,
    every,
    raw,
    without,
)

UNREADABLE = [
    Broken(
        "malformed", raw(TOPIC, b"topic: x\ntitle: a: b\n"), TOPIC, "", "is not YAML: mapping values are not allowed"
    ),
    Broken(
        "tab", raw(TOPIC, b"tags:\n\t- a\n"), TOPIC, "", "cannot start any token; correct the line, or put the text"
    ),
    Broken("bomb", raw(TOPIC, BOMB), TOPIC, "", "uses an anchor or alias (& or *); write the value out"),
    Broken(
        "alias", raw(ARTICLE, b"a: *nobody\n"), ARTICLE, "", "uses an anchor or alias (& or *); write the value out"
    ),
    Broken("recursive-anchor", raw(TOPIC, b"&a [*a]\n"), TOPIC, "", "uses an anchor or alias"),
    Broken("anchored-text", raw(SOURCES, b"a: &a text\n"), SOURCES, "", "uses an anchor or alias"),
    Broken(
        "python-object",
        raw(TOPIC, b"topic: !!python/object/apply:os.system ['true']\n"),
        TOPIC,
        "",
        "uses the tag !!python/object/apply:os.system; remove it, packs hold plain text only",
    ),
    Broken("binary-tag", raw(TOPIC, b"topic: !!binary aGk=\n"), TOPIC, "", "uses the tag !!binary; remove it"),
    Broken("custom-tag", raw(TOPIC, b"topic: !mine x\n"), TOPIC, "", "uses the tag !mine; remove it"),
    Broken("tagged-mapping", raw(TOPIC, b"!!map {topic: x}\n"), TOPIC, "", "uses the tag !!map; remove it"),
    Broken("tagged-list", raw(TOPIC, b"tags: !!seq [x]\n"), TOPIC, "", "uses the tag !!seq; remove it"),
    Broken("field-twice", after(TOPIC, b"title: Again\n"), TOPIC, "", "has the field 'title' twice; remove one"),
    Broken("source-twice", after(SOURCES, b"weir2016cost: {}\n"), SOURCES, "", "has the field 'weir2016cost' twice"),
    Broken("list-as-name", raw(TOPIC, b"? [a, b]\n: c\n"), TOPIC, "", "uses a list or mapping as a field's name"),
    Broken("nul-byte", after(TOPIC, b"# \x00\n"), TOPIC, "", "contains U+0000, which YAML does not allow; remove the"),
    Broken("escape-byte", after(TOPIC, b"# \x1b[31m\n"), TOPIC, "", "contains U+001B, which YAML does not allow"),
    Broken("not-utf-8", raw(TOPIC, "title: Brücke\n".encode("latin-1")), TOPIC, "", "is not UTF-8 at byte 9; save the"),
    Broken("utf-16", raw(ARTICLE, "article: x\n".encode("utf-16")), ARTICLE, "", "is not UTF-8 at byte 0; save the"),
    Broken("two-marks", raw(TOPIC, b"\xef\xbb\xbf\xef\xbb\xbftopic: x\n"), TOPIC, "", "contains U+FEFF, which YAML"),
    Broken(
        "ten-megabytes", raw(TOPIC, b"# x\n" * 2_500_000), TOPIC, "", "has 10,000,000 bytes; split it, the limit is"
    ),
    Broken("many-values", raw(TOPIC, b"[" + b",".join([b"a"] * 100_001) + b"]"), TOPIC, "", "holds more than 100,000"),
    Broken("deep", raw(TOPIC, b"[" * 21 + b"]" * 21), TOPIC, "", "is nested more than 20 deep; flatten it"),
    Broken("very-deep", raw(TOPIC, b"[" * 900_000), TOPIC, "", "is nested more than 20 deep; flatten it"),
    Broken(
        "two-documents", after(TOPIC, b"---\ntopic: x\n"), TOPIC, "", "holds a second document; keep one document a"
    ),
    Broken("empty-file", raw(TOPIC, b""), TOPIC, "", "is empty; write the pack, or remove the file"),
    Broken("only-a-comment", raw(SOURCES, b"# nothing\n"), SOURCES, "", "is empty; write the pack, or remove the file"),
    Broken("text-on-top", raw(TOPIC, b"just a text\n"), TOPIC, "", NO_MAPPING),
    Broken("list-on-top", raw(ARTICLE, b"- a\n- b\n"), ARTICLE, "", NO_MAPPING),
    Broken("list-of-sources", raw(SOURCES, b"- a\n- b\n"), SOURCES, "", NO_MAPPING),
    Broken(
        "unended-text", raw(TOPIC, b"title: 'x\n"), TOPIC, "", "is not YAML: found unexpected end of stream; correct"
    ),
]
"""Files that are not plain YAML mappings."""

FOLDERS = [
    Broken(
        "empty-folder", lambda _: {}, "", "", "holds no packs; expected article.yaml, sources.yaml or topics/*.yaml"
    ),
    Broken(
        "stray-file",
        raw("notes.txt", b"x"),
        "notes.txt",
        "",
        "is no pack; name it article.yaml, sources.yaml, thesaurus.yaml or",
    ),
    Broken("topic-astray", raw("bridges.yaml", b"x"), "bridges.yaml", "", "is no pack; name it article.yaml"),
    Broken("yml", raw("topics/x.yml", b"x"), "topics/x.yml", "", "is no pack; name it article.yaml"),
    Broken(
        "second-article", raw("b/article.yaml", b""), "b/article.yaml", "", "is a second article.yaml; load one folder"
    ),
    Broken(
        "second-sources", raw("t/sources.yaml", b""), "t/sources.yaml", "", "is a second sources.yaml; load one folder"
    ),
    Broken(
        "file-name",
        every(without(OTHER), raw("topics/pay.yaml", factories.packs()[OTHER])),
        "topics/pay.yaml",
        "topic",
        "is 'who-should-pay', but the file's name is not; make them equal",
    ),
    Broken(
        "unknown-article",
        every(
            edited(TOPIC, "article", "no-such-article"),
            edited(ARTICLE, "passages[0].topics", MISSING),
            edited(ARTICLE, "passages[0].findings", MISSING),
        ),
        TOPIC,
        "article",
        "'no-such-article' is not a known article; load its article.yaml too",
    ),
    Broken(
        "no-article",
        every(without(ARTICLE), without(OTHER)),
        TOPIC,
        "article",
        "'ellingwood-2021-footbridge' is not a known article; load its article.yaml too",
    ),
    Broken(
        "topic-not-there",
        every(without(OTHER), edited(ARTICLE, "passages[1].claims", MISSING)),
        ARTICLE,
        "passages[1].topics[0]",
        "'who-should-pay' is not a known topic; load its pack too",
    ),
    Broken(
        "order-twice",
        edited(OTHER, "order", "10"),
        TOPIC,
        "order",
        "10 is the order of another topic too; give each its own",
        ((OTHER, "order"),),
    ),
]
"""Folders whose files do not fit together."""
