"""The log writer, a process that writes what the others say, and how it is asked: `python logs.py CONTROL BYTES FILES`.

Programs write into pipes, so that a disk that is full ends none of them, and a log is set aside while they run without
the loss of a line. It is no part of the supervisor, so that pipes are emptied while that one is stopped or dead.
It ends with its last pipe. Only the standard library is imported: it stays small.
"""

import fcntl
import os
import selectors
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PIECE = 65_536
"""Bytes read at once, kept of what a program said last, and of a line that is written before it ends."""
WAITING = 1_000_000
"""Bytes of one log that wait in memory for room on the disk; older lines beyond that are counted and dropped."""
RETRY_SECONDS = 1.0
ANSWER_SECONDS = 5.0
END_SECONDS = 10.0


class LogFile:
    """A log, whose full files are `.1`, the newest, to `.FILES`."""

    def __init__(self, path: Path, most: int, kept: int) -> None:
        self.path, self.most, self.kept = path, most, kept
        self.handle: int | None = None
        self.size = self.lost = 0
        self.waiting = bytearray()

    def add(self, lines: bytes) -> None:
        """Write lines, or keep them until there is room."""
        self.waiting += lines
        self.write()
        if len(self.waiting) > WAITING:
            end = self.waiting.find(b"\n", len(self.waiting) - WAITING // 2) + 1 or len(self.waiting)
            self.lost += self.waiting[:end].count(b"\n")
            del self.waiting[:end]

    def write(self) -> None:
        """Write what waits, as far as the disk takes it."""
        try:
            if self.lost:
                self.put(b"\n%d lines are missing here: the disk was full.\n" % self.lost, all_of=True)
                self.lost = 0
            while self.waiting:
                piece = self.waiting[:PIECE]
                del self.waiting[: self.put(piece[: piece.rfind(b"\n") + 1] or piece)]
        except OSError:
            self.close()

    def put(self, data: bytes | bytearray, *, all_of: bool = False) -> int:
        """Write to the file, a new one where this one is full; return how many bytes. Raises OSError."""
        if self.handle is None:
            self.handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
            self.size = os.fstat(self.handle).st_size
        if self.size and self.size + len(data) > self.most:
            self.close()
            self.set_aside()
            return self.put(data, all_of=all_of)
        written = os.write(self.handle, data)
        self.size += written
        if all_of and written < len(data):
            raise OSError(f"{self.path} took only a part")
        return written

    def set_aside(self) -> None:
        """Give each file the next number; the last one goes."""
        for number in range(self.kept, 0, -1):
            source = self.path.with_name(f"{self.path.name}.{number - 1}") if number > 1 else self.path
            with suppress(FileNotFoundError):
                source.replace(self.path.with_name(f"{self.path.name}.{number}"))

    def close(self) -> None:
        """Close the file; it is opened again for the next line."""
        if self.handle is not None:
            os.close(self.handle)
            self.handle = None


@dataclass
class Source:
    """A pipe that is read: where its lines go, what of a line has come, and what was said last."""

    pipe: int
    file: LogFile
    begun: bytes = b""
    tail: bytes = b""
    is_open: bool = True

    def read(self) -> None:
        """Take all there is; at the end of the pipe the last line is written as it is."""
        while self.is_open:
            try:
                data = os.read(self.pipe, PIECE)
            except BlockingIOError:
                return
            self.is_open = bool(data)
            self.tail = (self.tail + data)[-PIECE:]
            lines, ending, self.begun = (self.begun + data).rpartition(b"\n")
            if not data or len(self.begun) > PIECE:
                lines, ending, self.begun = lines + ending, self.begun, b""
            self.file.add(lines + ending)


class LogWriter:
    """The process."""

    def __init__(self, control: socket.socket, most: int, kept: int) -> None:
        self.control, self.most, self.kept = control, most, kept
        self.files: dict[str, LogFile] = {}
        self.sources: dict[int, Source] = {}
        self.selector = selectors.DefaultSelector()
        self.selector.register(control, selectors.EVENT_READ, None)

    def run(self) -> None:
        """Read until nobody asks any more and all pipes have ended."""
        while self.selector.get_map():
            is_waiting = any(file.waiting or file.lost for file in self.files.values())
            for key, _ in self.selector.select(RETRY_SECONDS if is_waiting else None):
                if key.data is None:
                    self.answer()
                else:
                    self.take(key.data)
            for file in self.files.values():
                file.write()

    def answer(self) -> None:
        """Do what is asked: `+NUMBER PATH` with a pipe, `-NUMBER`, or `?NUMBER`: send what was said last."""
        words, pipes, _, _ = socket.recv_fds(self.control, PIECE, 1)
        if not words:
            self.selector.unregister(self.control)
            return
        number, _, path = words[1:].decode().partition(" ")
        if words[:1] == b"+":
            file = self.files.setdefault(path, LogFile(Path(path), self.most, self.kept))
            os.set_blocking(pipes[0], False)
            self.sources[int(number)] = source = Source(pipes[0], file)
            self.selector.register(source.pipe, selectors.EVENT_READ, source)
        elif words[:1] == b"-":
            self.sources.pop(int(number), None)
        else:
            found = self.sources.get(int(number))
            if found:
                self.take(found)
            with suppress(OSError):
                self.control.send(b"=" + (found.tail if found else b""))

    def take(self, source: Source) -> None:
        """Read a pipe, and let it go when it has ended."""
        was_open = source.is_open
        source.read()
        if was_open and not source.is_open:
            self.selector.unregister(source.pipe)
            os.close(source.pipe)


@dataclass
class LogPipe:
    """A pipe into a log; we keep its reading end too, so that nobody dies of a log writer that did."""

    number: int
    path: Path
    reading: int
    writing: int = field(repr=False)


class Logs:
    """The log writer, seen by whoever starts it: started when it is needed, and again when it died or hangs."""

    def __init__(self, most: int, kept: int) -> None:
        self.most, self.kept = most, kept
        self.pipes: dict[int, LogPipe] = {}
        self.process: subprocess.Popen[bytes] | None = None
        self.control: socket.socket | None = None
        self.number = 0

    def open(self, path: Path) -> LogPipe:
        """Return a new pipe into the log at `path`; its writing end is to be closed here once a program has it."""
        self.number += 1
        pipe = LogPipe(self.number, path, *os.pipe())
        with suppress(OSError):  # the default size does as well
            fcntl.fcntl(pipe.writing, fcntl.F_SETPIPE_SZ, WAITING)
        self.pipes[pipe.number] = pipe
        if self.control is None:
            self.start()
        else:
            self.send(pipe)
        return pipe

    def forget(self, pipe: LogPipe) -> None:
        """Let go of a pipe whose program has ended; what it holds is written before."""
        self.tail(pipe)
        del self.pipes[pipe.number]
        os.close(pipe.reading)
        with suppress(OSError):
            self._control.send(b"-%d" % pipe.number)

    def tail(self, pipe: LogPipe) -> str:
        """Return what was said last through this pipe, 64 kB at most."""
        return self.ask(b"?%d" % pipe.number)

    def check(self) -> None:
        """See that the log writer works; a dead or hanging one is replaced."""
        if self.control is not None:
            self.ask(b"?0")

    def ask(self, words: bytes) -> str:
        """Ask once, and a new log writer if this one does not answer."""
        try:
            self._control.send(words)
            answer = self._control.recv(2 * PIECE)
        except OSError:
            answer = b""
        if not answer:
            self.start()
        return answer[1:].decode("utf-8", "replace")

    def start(self) -> None:
        """Start a log writer, in place of one that there may be, and give it all pipes."""
        self.kill()
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.control.settimeout(ANSWER_SECONDS)
        number = theirs.fileno()
        words = [sys.executable, "-I", "-S", __file__, str(number), str(self.most), str(self.kept)]
        with theirs:
            self.process = subprocess.Popen(
                words, stdin=subprocess.DEVNULL, cwd="/", pass_fds=(number,), start_new_session=True
            )
        for pipe in self.pipes.values():
            self.send(pipe)

    def send(self, pipe: LogPipe) -> None:
        """Give the log writer a pipe; if it died, the next one gets it."""
        with suppress(OSError):
            socket.send_fds(self._control, [f"+{pipe.number} {pipe.path}".encode()], [pipe.reading])

    def close(self) -> None:
        """Let the log writer write all and end."""
        for pipe in list(self.pipes.values()):
            self.forget(pipe)
        if self.control is not None:
            self.control.close()
            self.control = None
        if self.process is not None:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(END_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End the log writer at once, if there is one."""
        if self.control is not None:
            self.control.close()
            self.control = None
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    @property
    def _control(self) -> socket.socket:
        if self.control is None:
            raise BrokenPipeError
        return self.control


def main() -> None:
    """Run the log writer; only the end of all pipes ends it."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    control, most, kept = map(int, sys.argv[1:])
    LogWriter(socket.socket(fileno=control), most, kept).run()


if __name__ == "__main__":
    main()
