#!/usr/bin/env python
"""Run a management command: `python manage.py help` lists them."""

import gc
import os
import sys

YOUNG_OBJECTS = 100_000
"""After how many new objects garbage is looked for: most of what a command makes stays, such as code and models."""


def main() -> None:
    """Hand the command line to Django with this project's settings."""
    gc.set_threshold(YOUNG_OBJECTS)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "debatekb.settings")
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - after the settings are named
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the settings are named

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Error: {error}")


if __name__ == "__main__":
    main()
