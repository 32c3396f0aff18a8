"""Words that a question is asked with and nothing is found by, in the languages in which pupils ask."""

from collections.abc import Collection, Sequence


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENGLISH = _words("""
a about actually after again all also although always am an and any anyone anything are as ask at be because been
before being but by can cant come comes could couldnt did didnt do does doesnt doing done dont each either else
enough even ever every everyone exactly explain find for from get gets getting give gives go goes going got had
has hasnt have havent having he her here him his how i if in info information into is isnt it its just know like
likely lot make makes many may me mean means might more most much must my need no nor not now of on one only or
other our out over people please point question quite really reason reasons regarding said same say saying says
see she should shouldnt show simple simply so some someone something still sure take tell than that thats the
their them then there theres these they thing things think this those though through to today too under up upon
very wasnt was way we well went were werent what whats when where whether which while who whos whom whose why will
with without wont word words would wouldnt yes you your happen happened happens help
""")
GERMAN = _words("""
aber als auf aus bei beim bin bis das dass dem den denn der des dessen diese diesem diesen dieser dieses doch
durch ein eine einem einen einer eines er es etwas fuer für gab gegen geht gibt haben hat hatte hatten ihr ihre im
ins ist ja kann kein keine kommt konnte können man mehr mit nach nicht noch nun nur ob oder ohne sein seine sich
sie sind so soll sollte sollten über ueber um und uns unter viel viele vielen vom von vor wann waren warum weil
welche welcher wem wen wenn wer werden weshalb wie wieso wir wird wo wollte wurde wurden zu zum zur zwischen
""")
GERMAN_OR_ENGLISH = _words("""
am an also die in war was
""")
"""Left out only beside a German word: "die" and "war" are words of this subject in English."""
UKRAINIAN_OR_RUSSIAN = _words("""
а або без бил був була були було быть был была были было в вже во вони вот все всё від він вона воно де для до его
её ему если есть еще ещё же за зачем и из или им их й к как какая какие какой ко когда коли который котрий кто
куда ли лише мені меня мне мы на навіщо над не нет ни но ну о об обо он она они оно от по под почему при про с
саме сколько скільки со так також такой там те тем то той тоже тільки ты у уже хто це цей цього ці ця чего чи чия
чому что чтоб чтобы щоб що щодо эта эти это этот этого я яка який які якого як із з та і є її їх йому його
""")


def telling(words: Sequence[str]) -> list[bool]:
    """Say of each word of a question, in small letters, whether it says what is asked about."""
    is_german = any(word in GERMAN for word in words)
    left_out: Collection[str] = ENGLISH | UKRAINIAN_OR_RUSSIAN | GERMAN
    if is_german:
        left_out |= GERMAN_OR_ENGLISH
    return [word not in left_out for word in words]
