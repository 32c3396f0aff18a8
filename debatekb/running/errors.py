"""What goes wrong around starting, said in one sentence for the person at the terminal."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

NO_SPACE = "No space left on device"


class StartError(Exception):
    """The system cannot start or go on; the message is one sentence for people, without a traceback."""


class StoppedError(Exception):
    """Somebody asked for the end (Ctrl-C, SIGTERM) while something was being waited for."""


@contextmanager
def as_sentence() -> Iterator[None]:
    """Turn a refusal of the file system into a `StartError` that names the path and what to do about it."""
    try:
        yield
    except OSError as error:
        raise StartError(sentence(error)) from error


def sentence(error: OSError) -> str:
    """Say in one sentence what the file system refused."""
    where = error.filename or "a file"
    if error.errno in {errno.ENOSPC, errno.EDQUOT} or NO_SPACE in str(error):
        return f"The disk is full ({where} could not be written); make room and start again."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.EISDIR}:
        reason = (error.strerror or "refused").lower()
        return f"{where} cannot be written ({reason}); make it a writable folder or name another in DEBATEKB_VAR."
    return f"{where}: {error.strerror or error}."
