"""How a platform registers this tool by itself: what it says of itself, what we ask for, what it answers.

As LTI Dynamic Registration 1.0 has it; https://www.imsglobal.org/spec/lti-dr/v1p0
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from perspectives.rules.lti.launch_claims import DEEP_LINKING, LONGEST, LONGEST_ADDRESS, RESOURCE, origin, refuse

PLATFORM: Final = "https://purl.imsglobal.org/spec/lti-platform-configuration"
TOOL: Final = "https://purl.imsglobal.org/spec/lti-tool-configuration"
SCOPES: Final = (
    "https://purl.imsglobal.org/spec/lti-ags/scope/score",
    "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
    "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly",
    "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly",
)
NAME: Final = "Debate KB"
_DESCRIPTION: Final = "Sides of contested questions, claim by claim, with their sources."
_ADDRESSES: Final = {
    "login_url": "authorization_endpoint",
    "token_url": "token_endpoint",
    "jwks_url": "jwks_uri",
    "registration_url": "registration_endpoint",
}


@dataclass(frozen=True)
class Platform:
    """What a platform says of itself."""

    issuer: str
    login_url: str
    token_url: str
    jwks_url: str
    registration_url: str
    token_audience: str = ""
    scopes: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tool:
    """The addresses of this tool; `site` has none of its paths."""

    site: str
    login: str
    launch: str
    keys: str


def read(told: Mapping[str, Any], *, address: str) -> Platform:
    """Read the configuration that lies at an address.

    Raises LaunchRefusedError where something is missing, or it speaks for another host than the one that gave it.
    """
    issuer = _text(told, "issuer")
    if not origin(issuer):
        refuse("configuration", "The platform does not say who it is (issuer). Register it by hand.")
    if urlsplit(issuer).hostname != urlsplit(address).hostname:
        refuse("issuer", "The platform's configuration speaks for another host than its own. Register it by hand.")
    found = {name: _text(told, key, LONGEST_ADDRESS) for name, key in _ADDRESSES.items()}
    missing = [_ADDRESSES[name] for name, value in found.items() if not origin(value)]
    if missing:
        refuse("configuration", f"The platform does not say its {', '.join(missing)}. Register it by hand.")
    return Platform(
        issuer=issuer,
        token_audience=_text(told, "authorization_server", LONGEST_ADDRESS),
        scopes=_texts(told.get("scopes_supported")),
        messages=_messages(told.get(PLATFORM)),
        **found,
    )


def asked(platform: Platform, tool: Tool) -> dict[str, Any]:
    """Write what a platform is asked to register. No claim with a name or an address of a person is asked for."""
    choosing = {"type": DEEP_LINKING, "target_link_uri": tool.launch, "label": NAME}
    is_choosing = not platform.messages or DEEP_LINKING in platform.messages
    return {
        "application_type": "web",
        "response_types": ["id_token"],
        "grant_types": ["implicit", "client_credentials"],
        "initiate_login_uri": tool.login,
        "redirect_uris": [tool.launch],
        "client_name": NAME,
        "client_uri": tool.site,
        "jwks_uri": tool.keys,
        "token_endpoint_auth_method": "private_key_jwt",
        "scope": " ".join(scope for scope in SCOPES if not platform.scopes or scope in platform.scopes),
        TOOL: {
            "domain": urlsplit(tool.site).netloc,
            "description": _DESCRIPTION,
            "target_link_uri": tool.launch,
            "claims": ["iss", "sub"],
            "messages": [{"type": RESOURCE, "target_link_uri": tool.launch}, *([choosing] if is_choosing else [])],
        },
    }


def answered(told: Mapping[str, Any]) -> tuple[str, str]:
    """Read the client id that a platform gave, and the deployment id, blank where it gives none yet.

    Raises LaunchRefusedError.
    """
    client_id, tool = _text(told, "client_id"), told.get(TOOL)
    if not client_id:
        refuse("registration-answer", "The platform registered nothing: it gave no client id.")
    return client_id, _text(tool, "deployment_id") if isinstance(tool, dict) else ""


def _text(told: Mapping[str, Any], name: str, longest: int = LONGEST) -> str:
    value = told.get(name)
    return value if isinstance(value, str) and len(value) <= longest and value.isprintable() else ""


def _messages(told: object) -> tuple[str, ...]:
    """Read which kinds of message a platform sends; none where it does not say."""
    several = told.get("messages_supported") if isinstance(told, dict) else None
    return _texts([one.get("type") for one in several if isinstance(one, dict)]) if isinstance(several, list) else ()


def _texts(told: object) -> tuple[str, ...]:
    return tuple(one for one in told if isinstance(one, str)) if isinstance(told, list) else ()
