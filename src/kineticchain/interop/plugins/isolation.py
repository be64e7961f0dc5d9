"""A plugin's rules in a process of their own, which is stopped when it runs or grows too long.

The rules' conditions, texts and effects come over as data and are checked like any pack; the
functions stay where they are.
"""

import contextlib
import os
import queue
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
from kineticchain.rules import PythonRule, RulePack
from kineticchain.rules.model.effect import Effect

_LISTENING_S = 600


@frozen(kw_only=True)
class Limits:
    """What the process may take: milliseconds a call, to start, and megabytes in all."""

    call_ms: int = field(default=1000, validator=whole(1, 600_000, "ms"))
    start_ms: int = field(default=20_000, validator=whole(1, 600_000, "ms"))
    megabytes: int = field(default=1000, validator=whole(100, 1_000_000, "MB"))


class IsolatedPack:
    """A plugin, named as ``module`` or ``module:attribute``, run in a process of its own.

    Use it as a context; `pack` is then a pack like any other, whose rules in Python are
    called over there. A rule that is stopped is a failed rule: what it is about is left
    out of the plan, which says so. The process is started anew for the next call.
    """

    def __init__(self, reference: str, limits: Limits | None = None) -> None:
        """Nothing is started yet."""
        self._reference, self._limits = reference, limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._lines: queue.Queue[bytes] = queue.Queue(maxsize=1)
        self._lock = threading.RLock()
        self._calls = 0
        self._open = False

    def __enter__(self) -> Self:
        """Start the process. Raises `RuleStopped` where it does not start."""
        with self._lock:
            self._open = True
            head = self._started()
        try:
            pack = json.loads(str(head.get("pack")), RulePack, origin=self._reference)
            python = tuple(self._rule(one) for one in read_heads(head.get("python")))
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
        """The pack, while the context is open."""
        return self._pack

    def close(self) -> None:
        """Stop the process; a later call of one of its rules fails."""
        with self._lock:
            self._open = False
            self._stop()

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
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
            evidence=head.evidence,
            sources=head.sources,
        )

    def _effects(self, rule: str, facts: Mapping[str, Value]) -> tuple[Effect, ...]:
        with self._lock:
            if not self._open:
                raise RuleStopped("its process was closed")
            if self._process is None:
                self._started()
            self._calls += 1
            call = {"call": self._calls, "rule": rule, "facts": facts_data(facts)}
            answer = self._asked(line_of(call))
            if answer.get("call") != self._calls:
                self._stop()
                raise RuleStopped("its process answered out of turn")
        if "error" in answer:
            raise RuleStopped(f"raised {str(answer['error'])[:64]}")
        try:
            return read_effects(answer.get("effects"))
        except InvalidInput:
            raise RuleStopped("returned something that is no effect") from None

    def _started(self) -> dict[str, object]:
        arguments = [self._reference, str(self._limits.megabytes)]
        path = os.pathsep.join(one for one in sys.path if one)
        process = subprocess.Popen(  # noqa: S603 - this interpreter, a module of this package
            [sys.executable, "-m", "kineticchain.interop.plugins.worker", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._process, self._lines = process, queue.Queue(maxsize=1)
        assert process.stdout is not None  # noqa: S101 - asked for above
        reader = threading.Thread(target=_read, args=(process.stdout, self._lines), daemon=True)
        reader.start()
        head = self._message(self._limits.start_ms, "did not start")
        if "error" in head:
            self._stop()
            raise RuleStopped(f"`{self._reference}` did not start: {str(head['error'])[:200]}")
        return head

    def _asked(self, line: bytes) -> dict[str, object]:
        assert self._process is not None  # noqa: S101 - started before
        assert self._process.stdin is not None  # noqa: S101 - asked for when started
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
        except OSError:
            self._stop()
            raise RuleStopped("its process ended") from None
        return self._message(self._limits.call_ms, f"ran longer than {self._limits.call_ms} ms")

    def _message(self, milliseconds: int, otherwise: str) -> dict[str, object]:
        """The next message. Raises `RuleStopped`, and stops the process, where none comes."""
        try:
            line = self._lines.get(timeout=milliseconds / 1000)
            return message_in(line)
        except queue.Empty:
            self._stop()
            raise RuleStopped(otherwise) from None
        except InvalidInput:
            self._stop()
            raise RuleStopped("its process ended, or answered nonsense") from None


def _read(stream: IO[bytes], lines: "queue.Queue[bytes]") -> None:
    """Put each line of a process into a queue; an empty one when it ends.

    The queue holds one line: what a process says unasked waits in its pipe, not here, and
    nobody listens for ever.
    """
    with stream, contextlib.suppress(queue.Full):
        while line := stream.readline(LONGEST_LINE):
            lines.put(line, timeout=_LISTENING_S)
        lines.put(b"", timeout=_LISTENING_S)
