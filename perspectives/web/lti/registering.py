"""Where a platform registers itself: its administrator opens an invitation there, looks at it, and says yes."""

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from redis import RedisError

from perspectives.actions.lti import inviting
from perspectives.rules.lti.launch_claims import LONGEST_ADDRESS, LaunchRefusedError, origin, refuse
from perspectives.rules.lti.registration import Tool
from perspectives.web.http.csrf_origin import from_own_pages
from perspectives.web.http.view_decorators import READING, SENDING, taking
from perspectives.web.lti.frames import ANYWHERE, framed, refused

LONGEST_TOKEN: Final = 8000
_AWAY: Final = "Nothing can be registered for a moment. Try again in a minute."


def tool() -> Tool:
    """Give the addresses that a platform is told."""
    site = settings.SITE_URL
    login, launch, keys = (f"{site}{reverse(route)}" for route in ("lti-login", "lti-launch", "lti-keys"))
    return Tool(site, login, launch, keys)


@never_cache
@taking(*READING, *SENDING)
@from_own_pages
def register(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show who would be registered as what; a form that is sent registers each with the other.

    A platform opens the address with `openid_configuration` and `registration_token`, in a frame or a window. Nothing
    here belongs to a session, and without the invitation nothing can be done: any page may frame this one.
    """
    told = request.POST if request.method == "POST" else request.GET
    address, platform_token = told.get("openid_configuration", ""), told.get("registration_token", "")
    try:
        context: dict[str, Any] = {
            "name": inviting.invited(token=token)["name"],
            "address": request.build_absolute_uri(),
        }
        if not address:
            return framed(request, "invited.html", context, platform=ANYWHERE)
        _require_sound(address, platform_token)
        context |= {"host": origin(address), "configuration": address, "platform_token": platform_token}
        if request.method != "POST":
            return framed(request, "register.html", context, platform=ANYWHERE)
        made = inviting.accept(token=token, address=address, platform_token=platform_token, tool=tool())
        context["is_deployed"] = made.deployments.exists()
        return framed(request, "registered.html", context, platform=ANYWHERE)
    except LaunchRefusedError as error:
        return refused(request, error)
    except RedisError:
        return refused(request, LaunchRefusedError("away", _AWAY))


def _require_sound(address: str, platform_token: str) -> None:
    if len(address) > LONGEST_ADDRESS or not origin(address):
        refuse("configuration", "The address of the configuration (openid_configuration) is none of the web.")
    if len(platform_token) > LONGEST_TOKEN or not (platform_token.isascii() and platform_token.isprintable()):
        refuse("registration-token", "The platform's token of registration (registration_token) cannot be read.")
