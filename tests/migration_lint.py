"""Whether a new migration can run while the old version still serves: `python -m tests.migration_lint`, in `make lint`.

The rules are those of django-migration-linter, on the SQL of each migration; docs/operations.md says them in words.
"""

import logging
import sys

import django
from django_migration_linter import MigrationLinter

OLD = 27
"""Migrations up to this number were written before there was this check."""
EXCEPTIONS: dict[str, str] = {
    "0028_quotation_states": "the old version knows other states, so web processes are stopped first",
    "0029_roles_of_holders": "goes with 0028, for which web processes are stopped",
    "0037_passage_text": "a column that old processes do not fill; they are stopped for 0028",
    "0042_enrichment": "a column that old processes do not fill, on a small table; they are stopped for 0028",
    "0043_archiving": "a constraint on the one row of the dataset; old processes are stopped for 0028",
    "0047_teaching": "columns and a constraint on the small table of topics; old processes are stopped for 0028",
    "0051_lti_rosters": "a column that old processes read is dropped and one that they do not fill comes; as for 0028",
}
"""Names of later migrations that break a rule, each with the reason why that is harmless."""


def main() -> int:
    """Lint what is new; a warning is an error."""
    django.setup()
    logging.disable(logging.INFO)
    linter = MigrationLinter(include_apps=["perspectives"], no_cache=True, all_warnings_as_errors=True)
    ours = [one for one in linter.migration_loader.disk_migrations.values() if one.app_label == "perspectives"]
    for one in sorted(ours, key=lambda migration: migration.name):
        if int(one.name.split("_")[0]) > OLD and one.name not in EXCEPTIONS:
            linter.lint_migration(one)
    linter.print_summary()
    return int(linter.has_errors)


if __name__ == "__main__":
    sys.exit(main())
