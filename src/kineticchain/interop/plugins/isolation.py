"""A plugin's rules in a separate process with limits on time and memory.

The pack and the effects of its Python rules are transferred as data and checked like any pack. The
rules' functions stay in the process.

The process gets an environment without the variables of the app, and a session of its own. When the
process is stopped, all processes of its session are stopped with it. A process that leaves the
session outlives it. The process runs as the same user, and can read files and use the network.
Isolation protects a plan from faults of a plugin, but not from a hostile plugin.
"""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import IO, Self

from attrs import evolve, field, frozen

from kineticchain.domain.facts import Value
from kineticchain.domain.validators import whole
from kineticchain.errors import InvalidInput, RuleStopped
from kineticchain.interop import json
from kineticchain.interop.plugins.wire import (
    LONGEST_LINE,
    RuleHead,
    facts_data,
    line_of,
    message_in,
    read_effects,
    read_heads,
)
from kineticchain.knowledge.pack import RulePack
from kineticchain.rules import PythonRule
from kineticchain.rules.model.effect import Effect

_VARIABLES = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "SYSTEMROOT", "TEMP", "TMP")
"""The variables of the environment that the process gets, besides `PYTHONPATH`."""

_LISTENING_S = 600
"""Seconds after which the reader thread of a process gives up an unread line."""


@frozen(kw_only=True)
class Limits:
    """Limits of the process.

    Attributes:
        call_ms: The longest time of one call, in milliseconds.
        start_ms: The longest time to start and load the plugin, in milliseconds.
        megabytes: The largest address space, in megabytes.
    """

    call_ms: int = field(default=1000, validator=whole(1, 600_000, "ms"))
    start_ms: int = field(default=20_000, validator=whole(1, 600_000, "ms"))
    megabytes: int = field(default=1000, validator=whole(100, 1_000_000, "MB"))


class _TimeExceeded(RuleStopped):
    """A call that took longer than its limit."""


class IsolatedPack:
    """A plugin that runs in a separate process.

    Use it as a context manager. `pack` is then an ordinary pack whose Python rules are called in
    the process. A rule that exceeds a limit fails: the exercises that it is about are excluded, and
    the plan reports it. The next call starts a new process. A rule that exceeded the time limit
    once is not called again, so that it cannot slow every plan.
    """

    def __init__(self, reference: str, limits: Limits | None = None) -> None:
        """Store the reference; the process starts with the context.

        Args:
            reference: The plugin, as ``module`` or ``module:attribute``.
            limits: The limits of the process.
        """
        self._reference, self._limits = reference, limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._lines: queue.Queue[bytes] = queue.Queue(maxsize=1)
        self._lock = threading.RLock()
        self._calls = 0
        self._open = False
        self._hung: set[str] = set()

    def __enter__(self) -> Self:
        """Start the process and read the pack.

        Raises:
            RuleStopped: If the process does not start in time, or cannot load the plugin.
            InvalidInput: If the pack is not valid.
        """
        with self._lock:
            head = self._start()
            self._open = True
        try:
            pack = json.loads(str(head.get("pack")), RulePack, origin=self._reference)
            python = tuple(self._rule(rule_head) for rule_head in read_heads(head.get("python")))
        except InvalidInput:
            self.close()
            raise
        self._pack = evolve(pack, rules=(*pack.rules, *python))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop the process."""
        self.close()

    @property
    def pack(self) -> RulePack:
        """The pack; available once the context was entered."""
        return self._pack

    def close(self) -> None:
        """Stop the process; later calls of its rules fail."""
        with self._lock:
            self._open = False
            self._stop()

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            _kill_session(process)
            process.wait()
            if process.stdin is not None:
                process.stdin.close()

    def _rule(self, head: RuleHead) -> PythonRule:
        def call(facts: Mapping[str, Value]) -> tuple[Effect, ...]:
            return self._effects(head.id, facts)

        return PythonRule(
            id=head.id,
            function=call,
            because=head.because,
            about=head.about,
            each=head.each,
            same_side=head.same_side,
            evidence=head.evidence,
            sources=head.sources,
        )

    def _effects(self, rule: str, facts: Mapping[str, Value]) -> tuple[Effect, ...]:
        with self._lock:
            if not self._open:
                raise RuleStopped("its process was closed")
            if rule in self._hung:
                raise RuleStopped("exceeded the time limit before and is not called again")
            if self._process is None:
                self._start()
            self._calls += 1
            call = {"call": self._calls, "rule": rule, "facts": facts_data(facts)}
            try:
                answer = self._exchange(line_of(call))
            except _TimeExceeded:
                self._hung.add(rule)
                raise
            # the number of the call tells an answer from a line that the process wrote unasked
            if answer.get("call") != self._calls:
                self._stop()
                raise RuleStopped("its process answered out of turn")
        if "error" in answer:
            raise RuleStopped(f"raised {str(answer['error'])[:64]}")
        try:
            return read_effects(answer.get("effects"))
        except InvalidInput:
            raise RuleStopped("returned something that is no effect") from None

    def _start(self) -> dict[str, object]:
        """Start a process and return its first message, which holds the pack."""
        arguments = [self._reference, str(self._limits.megabytes)]
        path = os.pathsep.join(entry for entry in sys.path if entry)
        process = subprocess.Popen(  # noqa: S603 - this interpreter, a module of this package
            [sys.executable, "-m", "kineticchain.interop.plugins.worker", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={
                **{name: os.environ[name] for name in _VARIABLES if name in os.environ},
                "PYTHONPATH": path,
            },
            start_new_session=True,
        )
        self._process, self._lines = process, queue.Queue(maxsize=1)
        assert process.stdout is not None  # noqa: S101 - requested above
        reader = threading.Thread(target=_read, args=(process.stdout, self._lines), daemon=True)
        reader.start()
        head = self._next_message(self._limits.start_ms, "did not start")
        if "error" in head:
            self._stop()
            raise RuleStopped(f"`{self._reference}` did not start: {str(head['error'])[:200]}")
        return head

    def _exchange(self, line: bytes) -> dict[str, object]:
        """Send a line and return the answer."""
        assert self._process is not None  # noqa: S101 - started before
        assert self._process.stdin is not None  # noqa: S101 - requested at the start
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
        except OSError:
            self._stop()
            raise RuleStopped("its process ended") from None
        return self._next_message(
            self._limits.call_ms, f"ran longer than {self._limits.call_ms} ms"
        )

    def _next_message(self, milliseconds: int, reason: str) -> dict[str, object]:
        """Return the next message; stop the process if no valid message arrives in time.

        Raises:
            RuleStopped: With the reason, if no message arrives in time, or if it is not valid.
        """
        try:
            line = self._lines.get(timeout=milliseconds / 1000)
            return message_in(line)
        except queue.Empty:
            self._stop()
            raise _TimeExceeded(reason) from None
        except InvalidInput:
            self._stop()
            raise RuleStopped("its process ended, or answered nonsense") from None


def _read(stream: IO[bytes], lines: "queue.Queue[bytes]") -> None:
    """Put each line of a process into a queue, and an empty line when the process ends.

    The queue holds one line, so that lines which the process writes unasked stay in its pipe and
    use no memory here. A line that nobody takes for `_LISTENING_S` seconds ends the thread.
    """
    with stream, contextlib.suppress(queue.Full):
        while line := stream.readline(LONGEST_LINE):
            lines.put(line, timeout=_LISTENING_S)
        lines.put(b"", timeout=_LISTENING_S)


def _kill_session(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all processes of its session."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
