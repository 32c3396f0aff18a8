"""The site's settings with the rivals beside it: same middleware, same database, same server."""

from debatekb import settings as site
from debatekb.settings import *  # noqa: F403 - a settings module is made of another one's names

INSTALLED_APPS = [*site.INSTALLED_APPS, "ninja", "bench.rivals"]
ROOT_URLCONF = "bench.rivals.urls"
