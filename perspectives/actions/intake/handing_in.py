"""Handing sources in: as a text, as a file, or as a library of Zotero, which is read while the person waits."""

import json

from perspectives.actions.intake import intake_batches
from perspectives.clients import http
from perspectives.clients.intake import zotero
from perspectives.errors import BrokenRulesError, NotPossibleError
from perspectives.models import IntakeBatch
from perspectives.policy import Actor, Permission, require_person
from perspectives.queries.intake import intake_batches as queries
from perspectives.rules.intake import zotero_addresses


def hand_in(
    *,
    by: Actor | None,
    text: str = "",
    content: bytes | None = None,
    file_name: str = "",
    note: str = "",
    zotero_key: str = "",
) -> IntakeBatch:
    """Take a text, the content of a file, or a library of Zotero in; see `intake_batches.start`.

    A library is named by its group's address as the whole `text`, or by the key alone, which is then that of its owner.
    Of one that was read before only what changed since is read. The key is used for that and kept nowhere. Raises
    NotPermittedError, BrokenRulesError, and NotPossibleError where Zotero cannot be asked now or nothing has changed.
    """
    require_person(by, Permission.INTAKE_START)
    key, address = zotero_key.strip(), text.strip()
    if key and not zotero_addresses.is_key(key):
        raise _refused(zotero_addresses.NO_KEY)
    is_library = content is None and address.split() == [zotero_addresses.address(address)]
    if is_library or (key and content is None and not address):
        try:
            return _library(by, address, key, note)
        except http.UnreachableError as error:
            raise NotPossibleError(f"{error} Nothing was taken in; try again later.") from error
        except http.FetchError as error:
            raise _refused(str(error)) from error
    if key:
        raise _refused("An API key of Zotero goes with a group's address alone, or with nothing; take one of them out.")
    return intake_batches.start(by=by, text=text, content=content, file_name=file_name, note=note)


def _library(by: Actor | None, address: str, key: str, note: str) -> IntakeBatch:
    path = zotero_addresses.path(address) if address else zotero.own_path(key)
    if not path:
        raise _refused(zotero_addresses.OTHERS)
    before = queries.newest_of_library(path)
    found = zotero.library(path, key=key, since=(before and before.library_version) or 0)
    if found is None and before:
        since = f"intake {before.pk} of {before.at:%Y-%m-%d}"
        raise NotPossibleError(f"Nothing has changed in {path} since {since}; what was read then is there.")
    if found is None:
        raise _refused(f"Zotero shows nothing in {path}.")
    text = json.dumps(found.items, ensure_ascii=False, indent=1)
    return intake_batches.start(by=by, text=text, note=note, library=path, library_version=found.version)


def _refused(sentence: str) -> BrokenRulesError:
    return BrokenRulesError("This cannot be taken in.", (sentence,))
