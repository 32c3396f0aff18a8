"""How long taking files in lasts, and how much memory the worker needs: `python -m bench.intake [FILE …]`.

Without a file, the sources of the fixtures are written as BibTeX and as RIS, again and again up to 2,000 entries.
Each file becomes one intake, read by a real worker of its own in a system of its own. Printed are the entries that
went in, where they stand, the seconds from handing in until nothing waits, the seconds of processor time of the
worker and what it runs, which a loaded machine does not change, and their largest memory (proportional share, in MB).
`--kill` kills the worker once half of the entries are read.
"""

import argparse
import os
import tempfile
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command

from tests.own_engines import OwnEngines


def main() -> None:
    """Measure each file that is named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--most", type=int, default=0, help="take only so many entries of each file")
    parser.add_argument("--kill", action="store_true", help="kill the worker in the middle and start another")
    arguments = parser.parse_args()
    # The engines must be there before Django reads its settings.
    engines = OwnEngines()
    engines.start()
    try:
        _measure(arguments)
    finally:
        engines.stop()


def _measure(arguments: argparse.Namespace) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "debatekb.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    intakes = import_module("bench.rig.intakes")  # reads the settings, as all that imports models
    with tempfile.TemporaryDirectory() as folder:
        for file in arguments.files or intakes.own_files(Path(folder)):
            intakes.take_in(file, arguments.most, is_killed=arguments.kill)


if __name__ == "__main__":
    main()
