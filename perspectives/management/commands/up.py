"""`manage.py up`: the whole system with one command (`make run` calls it)."""

import os
from argparse import ArgumentParser

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from debatekb import embedded, environment
from debatekb.running import cleaning, outside, restarting
from debatekb.running.errors import NO_SPACE, StartError, as_sentence
from debatekb.running.options import Options
from debatekb.running.supervisor import Supervisor
from perspectives.errors import DomainError


class Command(BaseCommand):
    """Start engines, prepare the database, run web server, worker and beat until Ctrl-C."""

    help = "Start everything, say where it serves, and end it together on Ctrl-C; HOST and PORT choose the address."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the other things this command can do."""
        prepare = "only bring tables and content (data), static files (files) or both up to date"
        parser.add_argument("--prepare", nargs="?", const="all", choices=("all", "data", "files"), help=prepare)
        parser.add_argument("--reload", action="store_true", help="start web server and worker again on changed code")
        again = "bring all up to date and replace web server, worker and beat of what runs by the code that is here now"
        parser.add_argument("--restart", action="store_true", help=again)
        parser.add_argument("--clean", action="store_true", help="stop what runs and remove all run-time data")

    def handle(self, *_: object, prepare: str | None, clean: bool, reload: bool, restart: bool, **__: object) -> None:
        """Do it; whatever prevents it is one sentence and exit status 1."""
        try:
            with as_sentence():
                if clean:
                    cleaning.remove(embedded.var_dir(), self.show)
                elif restart:
                    self.show(restarting.restart(embedded.var_dir()))
                elif prepare:
                    self.prepare(prepare)
                else:
                    options = Options.from_environment(os.environ, is_reloading=reload)
                    Supervisor(embedded.var_dir(), options, self.show).run()
        except StartError as error:
            raise CommandError(str(error)) from error

    def show(self, line: str) -> None:
        """Print a line at once; a terminal that has gone away is no reason to stop."""
        try:
            self.stdout.write(line)
            self.stdout.flush()
        except OSError:
            self.stdout = self.stderr

    def prepare(self, what: str) -> None:
        """Bring tables and content, static files, or both up to date; safe to run at every start."""
        if what != "files":
            self.prepare_data()
        if what != "data":
            self.show("Collecting the static files.")
            call_command("collectstatic", interactive=False, verbosity=0)

    def prepare_data(self) -> None:
        """Bring tables and content up to date."""
        try:
            self.show("Preparing the database.")
            outside.check_mail()
            if password := environment.secret("POSTGRES_OWNER_PASSWORD"):
                outside.prepare_roles(settings.DATABASE_URL, password)
            call_command("migrate", interactive=False, verbosity=0)
            self.fill()
        except DomainError as error:
            raise StartError(str(error)) from error
        except DatabaseError as error:
            if NO_SPACE in str(error):
                raise StartError(
                    "The disk is full, so the database could not be filled; make room and start again."
                ) from error
            raise StartError(f"The database refused: {str(error).splitlines()[0]}") from error

    def fill(self) -> None:
        """Load packs, publish first editions; in the embedded mode make demo people and say how they sign in."""
        from perspectives.actions.accounts import members  # noqa: PLC0415 - models, wanted by this step alone
        from perspectives.actions.documents import bootstrap  # noqa: PLC0415 - likewise

        bootstrap.first_start(fixtures=settings.PACKS_DIR, show=self.show)
        if os.environ.get("DATABASE_URL"):
            return
        made = members.make_demo_people(password=os.environ.get("DEMO_PASSWORD"))
        if made:
            self.show("Demo people, their passwords are shown this once; the desk lets them set up a second factor:")
        for name, password in made.items():
            self.show(f"  {name}  {password}")
