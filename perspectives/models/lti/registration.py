"""Our keys, the platforms that know this tool, and where in them it was put."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from perspectives.models.accounts.people import person_or_nobody
from perspectives.models.constraints import not_blank

LONGEST_ID: Final = 255
"""Characters of an id, as LTI has it."""
LONGEST_NAME: Final = 200
LONGEST_ADDRESS: Final = 2000
WEB: Final = r"^https?://[^\s@/]+"


class LtiKey(models.Model):
    """A pair of keys of this tool: platforms check with the public one what was signed with the private one.

    `private_pem` is encrypted with a key that is derived from SECRET_KEY (`actions.lti.keys`).
    """

    kid = models.CharField(max_length=64, unique=True)
    private_pem = models.TextField()
    public_jwk = models.JSONField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    """Since when nothing is signed with it; what was signed before can be checked for a while."""

    class Meta:
        ordering = ("-pk",)
        constraints: ClassVar = [not_blank("ltikey", "kid", "private_pem")]

    def __str__(self) -> str:
        return f"key {self.kid}"


class LtiRegistration(models.Model):
    """A learning platform as it is registered: one for each issuer and client id."""

    issuer = models.CharField(max_length=LONGEST_ID)
    client_id = models.CharField(max_length=LONGEST_ID)
    name = models.CharField(max_length=LONGEST_NAME)
    """What teachers and editors know it by."""
    login_url = models.CharField(max_length=LONGEST_ADDRESS)
    token_url = models.CharField(max_length=LONGEST_ADDRESS)
    jwks_url = models.CharField(max_length=LONGEST_ADDRESS)
    token_audience = models.CharField(max_length=LONGEST_ADDRESS, blank=True, default="")
    """Whom a request for a token names as its audience; blank for `token_url`."""
    made_at = models.DateTimeField()
    made_by = person_or_nobody("lti_registrations")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("name", "pk")
        constraints: ClassVar = [
            not_blank("ltiregistration", "issuer", "client_id", "name"),
            UniqueConstraint(
                fields=["issuer", "client_id"],
                name="perspectives_ltiregistration_is_made_once",
                violation_error_message="A platform with this issuer and client id is registered.",
            ),
            CheckConstraint(
                condition=Q(login_url__regex=WEB, token_url__regex=WEB, jwks_url__regex=WEB),
                name="perspectives_ltiregistration_addresses_are_of_the_web",
                violation_error_message="Give addresses that begin with https://.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LtiDeployment(models.Model):
    """A place of a platform in which this tool was put; never made by a launch."""

    registration = models.ForeignKey(LtiRegistration, on_delete=models.PROTECT, related_name="deployments")
    deployment_id = models.CharField(max_length=LONGEST_ID)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            not_blank("ltideployment", "deployment_id"),
            UniqueConstraint(
                fields=["registration", "deployment_id"],
                name="perspectives_ltideployment_is_known_once",
                violation_error_message="The platform has this deployment.",
            ),
        ]

    def __str__(self) -> str:
        return self.deployment_id
