"""API keys: one's own, and the one that a secret belongs to."""

from debatekb.postgres.replicas import newest_alias
from perspectives.errors import require_found
from perspectives.models import ApiKey, User
from perspectives.models.accounts.api_key import ApiKeyQuerySet
from perspectives.rules.accounts import key_secret


def own(person: User) -> ApiKeyQuerySet:
    """List a person's keys, newest first."""
    return ApiKey.objects.filter(owner=person)


def own_key(person: User, key_id: int) -> ApiKey:
    """Find one of a person's keys. Raises NotFoundError, also where it is somebody else's."""
    return require_found(own(person).filter(pk=key_id).first(), f"You have no key with the number {key_id}.")


def of_secret(secret: str) -> ApiKey | None:
    """Find the key of a secret with its owner, in whatever state both are.

    The look-up need not take constant time: what is compared is a hash, and whoever guesses cannot steer the hash of a
    guess, so how long the index takes tells nothing about the secret.
    """
    keys = ApiKey.objects.using(newest_alias()).select_related("owner")
    return keys.filter(sha256=key_secret.digest(secret)).first()
