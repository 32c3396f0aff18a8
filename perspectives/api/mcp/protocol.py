"""JSON-RPC 2.0 as the Model Context Protocol uses it over stateless HTTP: one message in, one message or none out."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

VERSIONS: Final = ("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")
"""Versions of the protocol that are spoken, the newest first."""
MAX_BYTES: Final = 64_000
PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS = -32700, -32600, -32601, -32602

Message = dict[str, Any]
Method = Callable[[Mapping[str, Any]], Message]
"""Takes the parameters of a request and gives its result. Raises ProtocolError."""


class ProtocolError(Exception):
    """A message that cannot be answered; `code` is one of JSON-RPC's."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def read(body: bytes) -> Message:
    """Read one message. Raises ProtocolError."""
    if len(body) > MAX_BYTES:
        raise ProtocolError(INVALID_REQUEST, f"The message has {len(body):,} bytes; {MAX_BYTES:,} may be.")
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ProtocolError(PARSE_ERROR, "The body is no JSON in UTF-8.") from error
    if isinstance(message, list):
        raise ProtocolError(INVALID_REQUEST, "This is a batch; send one message at a time.")
    if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
        raise ProtocolError(INVALID_REQUEST, 'A message is an object with "jsonrpc": "2.0".')
    return message


def is_notification(message: Message) -> bool:
    """Say whether a message wants no answer: a notification, or the answer to a request that we never make."""
    return "id" not in message or "method" not in message


def answer(message: Message, methods: Mapping[str, Method]) -> Message:
    """Answer a request; what is wrong with it is an answer too."""
    asked, name = message["id"], message["method"]
    if not isinstance(asked, str | int) or isinstance(asked, bool):
        return failure(None, INVALID_REQUEST, "The id of a request is a text or a whole number.")
    parameters = message.get("params", {})
    if not isinstance(name, str) or name not in methods:
        return failure(
            asked, METHOD_NOT_FOUND, f"There is no method '{str(name)[:80]}'; there are {', '.join(methods)}."
        )
    if not isinstance(parameters, dict):
        return failure(asked, INVALID_PARAMS, "'params' is an object.")
    try:
        return {"jsonrpc": "2.0", "id": asked, "result": methods[name](parameters)}
    except ProtocolError as error:
        return failure(asked, error.code, str(error))


def failure(asked: str | int | None, code: int, sentence: str) -> Message:
    """Write an error."""
    return {"jsonrpc": "2.0", "id": asked, "error": {"code": code, "message": sentence}}
