"""What tests of checks share: the servers of others, and checks that are to be made."""

import pytest
from django.utils import timezone

from perspectives.models import Check, CheckHost, Source
from perspectives.valkey import cache
from perspectives.vocab import CheckKind
from tests import factories
from tests.actions.evidence import servers


@pytest.fixture
def others(settings):
    """The common address of the servers of others; Valkey remembers nothing of them."""
    cache.clear()
    settings.EVIDENCE_CHECKS = frozenset(CheckKind.values)
    yield from servers.playing(settings)


@pytest.fixture
def waiting(others, drafts):
    """Make a check wait: of a kind, at a path of the servers of others."""

    def make(kind, path, quote=""):
        now = timezone.now()
        number, address = Source.objects.count(), f"{others}/{path}"
        record = {**factories.source_record(), "URL": address, "DOI": f"10.5555/{number}"}
        source = Source.objects.create(key=f"work{number}", record=record)
        host, _ = CheckHost.objects.get_or_create(name="127.0.0.1", defaults={"free_at": now})
        return Check.objects.create(
            kind=kind, source=source, quote=quote, asked=address, host=host, planned_at=now, due_at=now
        )

    return make
