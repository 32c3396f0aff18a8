"""What the token of a launch says, checked claim by claim: LTI 1.3 core, Deep Linking 2.0, the services' claims.

A token is read here once its signature holds. What names a person (name, e-mail, picture) is not read at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

LTI: Final = "https://purl.imsglobal.org/spec/lti/claim/"
DEEP_LINKING_SETTINGS: Final = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
GRADES: Final = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
ROSTER: Final = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
RESOURCE: Final = "LtiResourceLinkRequest"
DEEP_LINKING: Final = "LtiDeepLinkingRequest"
VERSION: Final = "1.3.0"
LEEWAY_SECONDS: Final = 60
"""By how much the clock of a platform may differ from ours."""
LONGEST_LIFE_SECONDS: Final = 3600
"""Tokens that claim to hold for longer are refused: no launch needs them."""
LONGEST: Final = 255
"""Characters of an id, as LTI has it."""
LONGEST_ADDRESS: Final = 2000
LONGEST_DATA: Final = 10_000
_MOST: Final = 50
_TEACHING: Final = ("#Instructor", "#ContentDeveloper", "#TeachingAssistant", "#Administrator", "#Mentor")


class LaunchRefusedError(Exception):
    """A launch that is not taken: a `code` for support and tests, a sentence for whoever launched."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def refuse(code: str, message: str) -> NoReturn:
    """Raise LaunchRefusedError."""
    raise LaunchRefusedError(code, message)


@dataclass(frozen=True)
class DeepLinking:
    """Where a choice is sent back to, and what is sent back with it unread (`data`)."""

    return_url: str
    data: str | None


@dataclass(frozen=True)
class Launch:
    """Who launches what from where, without a name."""

    deployment_id: str
    user_id: str
    is_teacher: bool
    context_id: str
    resource_link_id: str = ""
    copied_from: tuple[str, ...] = ()
    """Resource links of which this one is a copy."""
    custom: Mapping[str, str] = field(default_factory=dict)
    deep_linking: DeepLinking | None = None
    lineitem_url: str = ""
    lineitems_url: str = ""
    scopes: tuple[str, ...] = ()
    memberships_url: str = ""
    page_url: str = ""
    """An address of the platform's own pages, which tells who frames ours."""


def read(claims: Mapping[str, Any], *, issuer: str, client_id: str, site: str, now: float) -> Launch:
    """Check the claims of a launch for this registration; `site` is our scheme and host, `now` in seconds.

    Raises LaunchRefusedError.
    """
    if claims.get("iss") != issuer:
        refuse("issuer", "The launch comes from another platform than the one that began it.")
    _audience(claims, client_id)
    _times(claims, now)
    if claims.get(f"{LTI}version") != VERSION:
        refuse("version", f"The platform speaks another version of LTI than {VERSION}.")
    kind = claims.get(f"{LTI}message_type")
    if kind not in {RESOURCE, DEEP_LINKING}:
        refuse("message-type", f"The launch is of a kind that is not known here; {RESOURCE} and {DEEP_LINKING} are.")
    is_resource = kind == RESOURCE
    target = _text(claims, f"{LTI}target_link_uri", "target", longest=LONGEST_ADDRESS, may_be_missing=not is_resource)
    if target and origin(target) != site:
        refuse("target", "The launch leads to another site than this one.")
    custom, grades = _object(claims, f"{LTI}custom", "custom"), _object(claims, GRADES, "services")
    link = _object(claims, f"{LTI}resource_link", "resource-link")
    return Launch(
        deployment_id=_text(claims, f"{LTI}deployment_id", "deployment"),
        user_id=_text(claims, "sub", "user"),
        is_teacher=_is_teacher(claims.get(f"{LTI}roles")),
        context_id=_text(_object(claims, f"{LTI}context", "context"), "id", "context", may_be_missing=not is_resource),
        resource_link_id=_text(link, "id", "resource-link", may_be_missing=not is_resource),
        copied_from=_history(custom),
        custom={name: value for name, value in custom.items() if isinstance(value, str) and len(value) <= LONGEST},
        deep_linking=None if is_resource else _deep_linking(claims, issuer),
        lineitem_url=_address(grades, "lineitem"),
        lineitems_url=_address(grades, "lineitems"),
        scopes=_texts(grades.get("scope", []), "services"),
        memberships_url=_address(_object(claims, ROSTER, "services"), "context_memberships_url"),
        page_url=_address(_object(claims, f"{LTI}launch_presentation", "presentation"), "return_url"),
    )


def origin(address: str) -> str:
    """Give scheme, host and port of an address of the web as pages write them; '' where it is none."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        return ""
    usual = {"http": 80, "https": 443}[parts.scheme]
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in {None, usual} else "")


def _audience(claims: Mapping[str, Any], client_id: str) -> None:
    audience = claims.get("aud")
    several = audience if isinstance(audience, list) else [audience]
    if client_id not in several:
        refuse("audience", "The launch is meant for another tool.")
    party = claims.get("azp")
    if (len(several) > 1 and party is None) or (party is not None and party != client_id):
        refuse("authorised-party", "The launch is meant for several tools and does not name this one.")


def _times(claims: Mapping[str, Any], now: float) -> None:
    told = [claims.get("exp"), claims.get("iat"), claims.get("nbf", claims.get("iat"))]
    expires, made, begins = (float(one) if type(one) in {int, float} else None for one in told)
    if expires is None or made is None or begins is None:
        refuse("times", "The launch does not say when it was made and until when it holds.")
    if expires < now - LEEWAY_SECONDS:
        refuse("expired", "The launch is too old. Open it from your course again.")
    if max(made, begins) > now + LEEWAY_SECONDS:
        refuse("future", "By the clock here the launch was made in the future: the clocks differ by over a minute.")
    if not expires - made <= LONGEST_LIFE_SECONDS:
        refuse("life", "The launch claims to hold for longer than an hour.")


def _text(
    claims: Mapping[str, Any], name: str, code: str, *, longest: int = LONGEST, may_be_missing: bool = False
) -> str:
    value = claims.get(name)
    if may_be_missing and value in (None, ""):
        return ""
    if not isinstance(value, str) or not value.strip() or len(value) > longest or "\0" in value:
        refuse(code, f"The launch does not say its {name.rpartition('/')[2]}, or not as LTI has it.")
    return value


def _texts(value: object, code: str) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > _MOST or not all(map(_is_short, value)):
        refuse(code, "A list of the launch cannot be read.")
    return tuple(value)


def _is_short(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST


def _object(claims: Mapping[str, Any], name: str, code: str) -> Mapping[str, Any]:
    value = claims.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        refuse(code, f"What the launch says of its {name.rpartition('/')[2]} cannot be read.")
    return value


def _address(claims: Mapping[str, Any], name: str) -> str:
    value = _text(claims, name, "services", longest=LONGEST_ADDRESS, may_be_missing=True)
    if value and not origin(value):
        refuse("services", f"The address of {name} is no address of the web.")
    return value


def _is_teacher(roles: object) -> bool:
    if roles is None:
        refuse("roles", "The launch does not say in which role somebody comes.")
    return any(role.endswith(_TEACHING) for role in _texts(roles, "roles"))


def _history(custom: Mapping[str, Any]) -> tuple[str, ...]:
    """Read `ResourceLink.id.history`, which our links ask the platform to fill in; unfilled it begins with "$"."""
    told = custom.get("resource_link_id_history", "")
    if not isinstance(told, str) or told.startswith("$"):
        return ()
    return tuple(one.strip()[:LONGEST] for one in told.split(",")[:_MOST] if one.strip())


def _deep_linking(claims: Mapping[str, Any], issuer: str) -> DeepLinking:
    told = claims.get(DEEP_LINKING_SETTINGS)
    if not isinstance(told, dict):
        refuse("deep-linking", "The platform asks for a choice, but does not say how it is sent back.")
    address, data = told.get("deep_link_return_url"), told.get("data")
    if not isinstance(address, str) or len(address) > LONGEST_ADDRESS or not origin(address):
        refuse("return-url", "The address to which the choice would be sent back is none of the web.")
    if urlsplit(issuer).scheme == "https" and not address.startswith("https://"):
        refuse("return-url", "The address to which the choice would be sent back is not safe (https).")
    if "ltiResourceLink" not in _texts(told.get("accept_types", []), "deep-linking"):
        refuse("accept-types", "The platform does not take links of LTI here.")
    if data is not None and (not isinstance(data, str) or len(data) > LONGEST_DATA):
        refuse("deep-linking", "What the platform wants back with the choice cannot be read.")
    return DeepLinking(address, data)
