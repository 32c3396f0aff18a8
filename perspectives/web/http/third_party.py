"""Cookies in frames of other sites, where browsers keep those alone that are of this frame in that site (CHIPS)."""

from django.http.response import HttpResponseBase


def partition(response: HttpResponseBase, name: str) -> None:
    """Let a cookie that the response sets, or deletes, be one that a frame of another site keeps for itself."""
    response.cookies[name]["secure"] = True
    # Python knows the attribute Partitioned from 3.14 on only, so it goes along with the one before it.
    response.cookies[name]["samesite"] = "None; Partitioned"
