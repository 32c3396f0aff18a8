"""The WSGI entry point that the web server imports."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "debatekb.settings")

application = get_wsgi_application()
