"""How words are read for search: both configurations drop case, accents and the commonest English words.

`perspectives_stemmed` takes English words to their stems; `perspectives_exact` leaves them, for names and for other languages.
"""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

TOKENS = "asciihword, asciiword, hword, hword_asciipart, hword_part, word"
FORWARD = f"""
CREATE TEXT SEARCH DICTIONARY perspectives_exact (TEMPLATE = pg_catalog.simple, STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION perspectives_exact (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION perspectives_exact
    ALTER MAPPING FOR {TOKENS} WITH unaccent, perspectives_exact;
CREATE TEXT SEARCH CONFIGURATION perspectives_stemmed (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION perspectives_stemmed
    ALTER MAPPING FOR {TOKENS} WITH unaccent, english_stem;
"""
BACKWARD = """
DROP TEXT SEARCH CONFIGURATION perspectives_stemmed;
DROP TEXT SEARCH CONFIGURATION perspectives_exact;
DROP TEXT SEARCH DICTIONARY perspectives_exact;
"""


class Migration(migrations.Migration):
    dependencies = [("perspectives", "0007_later_events")]
    operations = [UnaccentExtension(), TrigramExtension(), migrations.RunSQL(FORWARD, BACKWARD)]
