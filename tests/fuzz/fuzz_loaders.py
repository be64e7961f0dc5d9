"""Law 29, from a seed: any input gives an object or one of our errors, with a place, and soon.

``python tests/fuzz/fuzz_loaders.py --inputs 100000 --seed 1`` takes valid documents, spoils their
structure and sometimes their bytes, and loads what comes out. It ends with 1 where anything but
one of our errors escapes, where a fault of a document has no place, or where an input takes more
than 250 ms of processor time, twice.
"""

import argparse
import contextlib
import json as standard
import random
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import TypeAlias

from attrs import define, evolve, field

import kineticchain as kc
from kineticchain.domain.facts import parse_condition
from kineticchain.errors import InvalidInput, KineticChainError
from kineticchain.interop import json, toml
from kineticchain.knowledge.documents.condition_data import condition_data, read_condition_data
from kineticchain.knowledge.pack import RulePack
from kineticchain.rules import Rule

EXAMPLES = Path(__file__).parents[2] / "examples"
SLOWEST_MS = 250
ORIGIN = "x.doc"

CONDITIONS = [
    "age >= 65 and not fever",
    "at_least(2, cancer, fever, diabetes, age > 70)",
    "any_side(single_leg_s < 10) or known(bmi)",
    "both_sides(single_leg_s >= 5) and 'towel' in equipment",
    "18 <= age < 65 and sex in ('f', 'm')",
    "here.region == 'heel' and here.pain > 5",
    "not (fever or (cancer and not diabetes)) or bmi >= 18.5",
    "exercise.kind == 'balance' and here.region in exercise.regions",
    "x.flag or not x.kind == 'a'",
    "True",
]

PACK: dict[str, object] = {
    "schema": 1,
    "id": "x",
    "version": "1",
    "source": [{"id": "x.s", "title": "t", "author": "a", "year": 2026, "read": "whole"}],
    "evidence": [{"id": "x.e", "statement": "s", "grade": "limited", "sources": ["x.s"]}],
    "conflict": [
        {
            "id": "x.c",
            "claims": ["one", "other"],
            "sources": [["x.s"], ["SEED0"]],
            "holds_for": ["a", "b"],
            "resolution": "r",
            "evidence": ["x.e"],
        }
    ],
    "fact": [
        {
            "id": "x.flag",
            "kind": "boolean",
            "fact_class": "screening",
            "question": "q?",
            "reassuring": False,
            "sources": ["x.s"],
        },
        {"id": "x.kind", "kind": "one_of", "fact_class": "measure", "options": ["a", "b"]},
        {"id": "x.many", "kind": "set_of", "fact_class": "measure"},
        {"id": "x.size", "kind": "number", "fact_class": "measure", "low": 0, "high": 9.5},
        {"id": "x.end", "kind": "boolean", "fact_class": "concluded"},
    ],
    "rule": [
        {
            "id": "x.a",
            "when": "x.flag or x.size > 3",
            "about": "exercise.kind == 'balance'",
            "exclude": True,
            "because": "b",
            "sources": ["x.s"],
            "evidence": ["x.e"],
            "shows": ["x.e"],
        },
        {
            "id": "x.b",
            "when": {
                "type": "at_least",
                "count": 1,
                "parts": [
                    {"type": "compare", "name": "age", "operator": ">=", "value": 80},
                    {"type": "not", "part": {"type": "known", "name": "bmi"}},
                    "fever",
                ],
            },
            "limit": {"minutes": 8, "exercises": 2, "load": "L2"},
            "advise": ["x.hello"],
            "conflicts": ["x.c"],
            "because": "b",
            "sources": ["SEED0"],
        },
        {
            "id": "x.c",
            "when": "here.region == 'heel'",
            "each": "complaint",
            "same_side": True,
            "favour": 3,
            "target": {"foot": 2},
            "because": "b",
            "sources": ["x.s"],
        },
        {
            "id": "x.d",
            "when": "x.kind == 'a'",
            "conclude": ["x.end"],
            "because": "b",
            "sources": ["x.s"],
        },
        {
            "id": "x.e",
            "when": "x.end and 'q' in x.many",
            "refer": {"level": "SOON", "whom": "x.hello"},
            "because": "b",
            "sources": ["x.s"],
        },
    ],
    "explained": [{"finding": "shadowed", "subject": "x.a", "because": "b", "other": "x.b"}],
    "messages": {"x.hello": "Hello."},
}

HISTORY = [
    {
        "type": "plan_issued",
        "on": "2026-11-21",
        "items": [{"exercise": "heel_raise", "side": "left", "dose": {"sets": 2, "reps": 8}}],
        "sessions_per_week": 3,
    },
    {
        "type": "session",
        "on": "2026-11-22",
        "slot": 2,
        "lines": [
            {
                "exercise": "heel_raise",
                "side": "left",
                "done": {"sets": 2, "reps": 8},
                "pain": 2,
                "effort": 4,
                "form_ok": True,
            }
        ],
    },
    {"type": "morning_after", "on": "2026-11-23", "change": -1, "region": "heel", "side": "left"},
    {
        "type": "finding",
        "on": "2026-11-24",
        "facts": {"bmi": 22.5, "single_leg_s": {"left": 3}},
        "complaints": [{"region": "knee", "pain": 2, "days": 3}],
        "screening": "clear",
    },
]
PERSON = {
    "age": 71,
    "sex": "f",
    "complaints": [{"region": "knee", "side": "left", "pain": 4, "days": 9, "joint": True}],
    "injuries": [{"region": "ankle", "side": "right", "days_ago": 40}],
    "surgeries": [{"region": "hip", "side": "left", "weeks_ago": 8, "weight_bearing": "PWB"}],
    "equipment": ["chair"],
    "facts": {"bmi": None, "fever": False},
    "screening": {"asked": ["fever"], "on": "2026-11-01"},
    "as_of": "2026-11-21",
}
REQUEST = {"minutes": 30, "sessions_per_day": 2, "days_per_week": 5, "goal": "balance"}

# what JSON can say and Python's data cannot: replaced in the finished text
RAW = {
    "@nan@": "NaN",
    "@inf@": "-Infinity",
    "@1e999@": "1e999",
    "@huge@": "9" * 400,
    "@long@": "1" * 5000,
    "@fine@": "0." + "3" * 500,
    "@zero@": "-0.0",
    "@hex@": "0x" + "f" * 4000,
    "@date@": "2026-02-30",
}
_RAW = re.compile('"(' + "|".join(RAW) + ')"')
_TWICE = "@twice@"

WORDS = [
    "",
    " ",
    "x",
    "X.a",
    "x" * 65,
    "x" * 5000,
    "x.a.b.c.d",
    "\u0430ge",  # a Cyrillic а
    "f\u200bever",
    "\u202eage",
    "a\x00b",
    "a\nb",
    "\ud800",
    "ﬁ",
    "__class__",
    "None",
    "1",
    "2026-11-21",
    "2026-13-41",
    "clear",
    "left",
    "heel",
    "heel_raise",
    "boolean",
    "*",
]
PIECES = [
    *("(", ")", "not ", " and ", " or ", ",", "[", "]", "{", "}", "'", '"', "\\", "\t", "\n", "#"),
    *("age", "fever", "x.flag", "here.pain", "bmi", "sex", "True", "None", "1e999", "1j", "0xff"),
    *("known(", "at_least(", "at_least(32, ", "any_side(", "both_sides(", "in ", " is ", " == "),
    *(" < ", "-", "9" * 30, "...", "lambda: 0", "f'{age}'", ":=", "*", "**", "\u0430", "\u202e"),
    *("await x", "x" * 100, ".a" * 40, "\x00", "\\u202e", "1 < " * 9, "yield"),
]

Plain: TypeAlias = object
Path_: TypeAlias = tuple[dict[str, object] | list[object], str | int]


class Spoiler:
    """Spoils documents, as a seed decides."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def values(self, document: Plain) -> list[Path_]:
        """Each place of a document: what holds it, and its key or number there."""
        found: list[Path_] = []
        waiting = [document]
        while waiting:
            holder = waiting.pop()
            steps: Iterator[str | int]
            if isinstance(holder, dict):
                steps = iter(holder)
            elif isinstance(holder, list):
                steps = iter(range(len(holder)))
            else:
                continue
            for step in steps:
                found.append((holder, step))
                waiting.append(holder[step])  # type: ignore[index]  # a key of a dict, a number of a list
        return found

    def nasty(self) -> Plain:
        """A value that hardly any field expects."""
        chance = self.chance
        match chance.randrange(10):
            case 0:
                return chance.choice(list(RAW))
            case 1 | 2:
                return chance.choice(WORDS)
            case 3:
                return chance.choice([True, False, None, [], {}, 0, 1, -1, 3.7, 10**9, 10**9 + 1])
            case 4:
                nested: Plain = chance.choice(["age", 1, "fever"])
                for _ in range(chance.randint(5, 40)):
                    nested = chance.choice([[nested], {"type": "not", "part": nested}, [nested]])
                return nested
            case 5 | 6:
                return self.condition()
            case 7:
                try:
                    return condition_data(parse_condition(self.condition()))
                except KineticChainError:
                    return {"type": "not", "part": "age"}
            case 8:
                return [chance.choice(WORDS) for _ in range(chance.randint(1, 80))]
            case _:
                return {chance.choice(WORDS): chance.choice(WORDS)}

    def condition(self) -> str:
        """A condition, whole or spoilt."""
        chance = self.chance
        text = chance.choice(CONDITIONS)
        match chance.randrange(8):
            case 0:
                return text
            case 1:
                depth = chance.randint(5, 300)
                return "(" * depth + text + ")" * chance.choice([depth, depth - 1])
            case 2:
                return (
                    chance.choice(["not ", "-", "any_side(", "known("]) * chance.randint(1, 900)
                    + text
                )
            case 3:
                joined = chance.choice([" and ", " or ", " < ", ", ", "."])
                return joined.join([text] * chance.randint(2, 70))
            case 4:
                count = chance.randint(2, 70)
                parts = ", ".join(f"age > {at}" for at in range(count))
                return f"at_least({chance.choice([0, 1, count // 2, count, 99])}, {parts})"
            case _:
                for _ in range(chance.randint(1, 4)):
                    at = chance.randint(0, len(text))
                    text = text[:at] + chance.choice(PIECES) + text[at + chance.choice([0, 0, 3]) :]
                return text

    def spoil(self, document: Plain) -> None:  # noqa: PLR0912 - a case for each way
        """Change the structure of a document in one place."""
        chance = self.chance
        places = self.values(document)
        if not places:
            return
        holder, step = chance.choice(places)
        kind = chance.randrange(8)
        if isinstance(holder, dict):
            key = str(step)
            if kind == 0:
                del holder[key]
            elif kind == 1:
                holder[_TWICE + key] = holder[key]
            elif kind == 2:
                holder[chance.choice([*WORDS, key + "s", key.upper()])] = holder.pop(key)
            elif kind == 3:
                other, place = chance.choice(places)
                holder[key] = deepcopy(other[place])  # type: ignore[index]  # likewise
            else:
                holder[key] = self.nasty()
        elif isinstance(step, int):
            if kind == 0:
                del holder[step]
            elif kind == 1:
                holder.insert(step, holder[step])
            elif kind == 2:
                holder[:] = (holder * chance.choice([2, 2, 2, 70]))[:200]
            elif kind == 3:
                other, place = chance.choice(places)
                holder[step] = deepcopy(other[place])  # type: ignore[index]  # likewise
            else:
                holder[step] = self.nasty()

    def bytes_of(self, text: str) -> str | bytes:
        """The text, and now and then bytes that are spoilt."""
        chance = self.chance
        if chance.random() > 0.05:
            return text
        data = bytearray(text.encode("utf-8", "surrogatepass"))
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(data) + 1)
            data[at : at + chance.choice([0, 1, 1, 20])] = chance.choice(
                [
                    b"",
                    b"\xff",
                    b"\x00",
                    b'"',
                    b"{",
                    b"]",
                    b"\n",
                    b"'''",
                    b"\xed\xa0\x80",
                    b"[[" * 20,
                ]
            )
        return bytes(data)


def json_text(document: Plain, *, escaped: bool) -> str:
    """The text of a document in which anything may stand."""
    text = standard.dumps(document, ensure_ascii=escaped)
    return _RAW.sub(lambda found: RAW[found[1]], text).replace(_TWICE, "")


def toml_text(document: Plain) -> str:
    """The same as TOML: a table for each row, and everything below on one line."""
    if not isinstance(document, dict):
        return json_text(document, escaped=False)
    lines, later = [], []
    for key, value in document.items():
        if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
            for row in value:
                later.append(f"[[{_toml_key(key)}]]")
                later += [f"{_toml_key(name)} = {_inline(one)}" for name, one in row.items()]
        else:
            lines.append(f"{_toml_key(key)} = {_inline(value)}")
    return _RAW.sub(lambda found: RAW[found[1]], "\n".join([*lines, *later])).replace(_TWICE, "")


def _toml_key(key: str) -> str:
    return key if key.isascii() and key.isidentifier() else standard.dumps(key, ensure_ascii=False)


def _inline(value: Plain) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_toml_key(k)} = {_inline(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return standard.dumps(value, ensure_ascii=False)


@define
class Tally:
    """What came of it."""

    inputs: int = 0
    valid: int = 0
    joined: int = 0
    by_loader: Counter[str] = field(factory=Counter)
    errors: Counter[str] = field(factory=Counter)
    faults: Counter[str] = field(factory=Counter)
    escapes: list[str] = field(factory=list)
    slowest: float = 0.0
    slowest_input: str = ""
    too_slow: list[str] = field(factory=list)


_NAMED = re.compile(r"`(?:[^`])*`|-?\d[\d,.]*|\(.*?\)")


class Fuzzer:
    """Loads one spoilt document after the other and keeps the tally."""

    def __init__(self, seed: int, joined_share: float) -> None:
        self.spoiler = Spoiler(seed)
        self.joined_share = joined_share
        self.knowledge = kc.Knowledge.builtin()
        self.tally = Tally()
        self.persons = [(EXAMPLES / "person.json").read_text("utf-8"), standard.dumps(PERSON)]
        self.packs = list(map(standard.dumps, self._packs()))

    def _packs(self) -> list[Plain]:
        clinic = json.dumps(kc.load_pack(EXAMPLES / "clinic.toml"))
        small = [
            evolve(pack, rules=pack.rules[:3], exercises=pack.exercises[:1], ladders=pack.ladders[:1],
                   facts=pack.facts[:3], sources=pack.sources[:2], evidence=pack.evidence[:2],
                   messages=pack.messages[:2], conflicts=pack.conflicts[:1])
            for pack in self.knowledge.packs
            if all(isinstance(rule, Rule) for rule in pack.rules)
        ]  # fmt: skip
        return [standard.loads(clinic), PACK, PACK, *(standard.loads(json.dumps(p)) for p in small)]

    def run(self, inputs: int) -> Tally:
        """Try so many inputs."""
        ways = [self.person, self.history, self.request, self.json_pack, self.toml_pack]
        ways += [self.condition, self.tagged]
        weights = [22, 16, 10, 12, 5, 22, 13]
        # what is loaded once is loaded before the clock counts
        for way in ways:
            way()
        self.tally = Tally()
        while self.tally.inputs < inputs:
            self.spoiler.chance.choices(ways, weights)[0]()
        return self.tally

    def spoilt(self, text: str) -> Plain:
        document: Plain = standard.loads(text)
        for _ in range(self.spoiler.chance.choice([0, 1, 1, 1, 2, 4])):
            self.spoiler.spoil(document)
        return document

    def json_of(self, text: str) -> str | bytes:
        escaped = self.spoiler.chance.random() < 0.5
        return self.spoiler.bytes_of(json_text(self.spoilt(text), escaped=escaped))

    def person(self) -> None:
        data = self.json_of(self.spoiler.chance.choice(self.persons))
        self.tried("person", data, lambda: json.loads(data, kc.Person, origin=ORIGIN))

    def history(self) -> None:
        data = self.json_of(standard.dumps(HISTORY))
        self.tried("history", data, lambda: json.loads(data, kc.History, origin=ORIGIN))

    def request(self) -> None:
        data = self.json_of(standard.dumps(REQUEST))
        self.tried("request", data, lambda: json.loads(data, kc.Request, origin=ORIGIN))

    def json_pack(self) -> None:
        data = self.json_of(self.spoiler.chance.choice(self.packs))
        found = self.tried("JSON pack", data, lambda: json.loads(data, RulePack, origin=ORIGIN))
        self.join(found, data)

    def toml_pack(self) -> None:
        text = toml_text(self.spoilt(self.spoiler.chance.choice(self.packs)))
        data = self.spoiler.bytes_of(text)
        found = self.tried("TOML pack", data, lambda: toml.loads(data, origin=ORIGIN))
        self.join(found, data)

    def condition(self) -> None:
        text = self.spoiler.condition()
        self.tried("condition", text, lambda: parse_condition(text), placed=False)

    def tagged(self) -> None:
        document: Plain = {"when": self.spoiler.nasty()}
        for _ in range(self.spoiler.chance.choice([0, 0, 1, 2])):
            self.spoiler.spoil(document)
        value = document.get("when") if isinstance(document, dict) else None
        text = repr(value)
        self.tried("condition as data", text, lambda: read_condition_data(value), placed=False)

    def join(self, found: object, data: str | bytes) -> None:
        """Join some of the packs that load to the knowledge."""
        if isinstance(found, RulePack) and self.spoiler.chance.random() < self.joined_share:
            self.tally.joined += 1
            self.tried("with_packs", data, lambda: self.knowledge.with_packs(found), placed=False)

    def tried(
        self, loader: str, data: str | bytes, load: Callable[[], object], *, placed: bool = True
    ) -> object:
        """What loading gives: the object, or None where it is refused."""
        tally = self.tally
        tally.inputs += 1
        tally.by_loader[loader] += 1
        found: object = None
        began = time.process_time()
        try:
            found = load()
        except KineticChainError as error:
            took = time.process_time() - began
            self.refused(loader, data, error, placed=placed)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            took = time.process_time() - began
            tally.escapes.append(f"{loader}: {type(error).__name__}: {error}\n{data!r}")
        else:
            took = time.process_time() - began
            tally.valid += 1
        if took * 1000 > SLOWEST_MS:
            took = min(took, _seconds(load))
            if took * 1000 > SLOWEST_MS:
                tally.too_slow.append(f"{loader}: {took * 1000:.0f} ms\n{data!r}")
        if took > tally.slowest:
            tally.slowest, tally.slowest_input = took, f"{loader}: {data!r}"
        return found

    def refused(
        self, loader: str, data: str | bytes, error: KineticChainError, *, placed: bool
    ) -> None:
        """Count an error of ours, and hold it to its promises."""
        tally = self.tally
        tally.errors[f"{loader}: {type(error).__name__}"] += 1
        faults = error.faults if isinstance(error, InvalidInput) else ()
        for fault in faults:
            tally.faults[_NAMED.sub("…", fault.what)] += 1
            if placed and not fault.where:
                tally.escapes.append(f"{loader}: no place: {fault}\n{data!r}")
            if not str(fault).replace("\n", "").isprintable():
                tally.escapes.append(f"{loader}: shows what hides: {str(fault)!r}\n{data!r}")
        if not faults or not str(error):
            tally.escapes.append(f"{loader}: an error that says nothing\n{data!r}")


def _seconds(load: Callable[[], object]) -> float:
    began = time.process_time()
    with contextlib.suppress(KineticChainError):
        load()
    return time.process_time() - began


def main() -> int:
    """Run it and print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--inputs", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--joined", type=float, default=0.1, help="share of packs to join")
    arguments.add_argument("--classes", action="store_true", help="list the faults reached")
    options = arguments.parse_args()
    began = time.process_time()
    tally = Fuzzer(options.seed, options.joined).run(options.inputs)
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    for text in (*tally.escapes[:10], *tally.too_slow[:10]):
        print(text[:3000])
    if options.classes:
        print("\n".join(f"{count:>8} {what}" for what, count in tally.faults.most_common()))
    print(", ".join(f"{name} {count:,}" for name, count in sorted(tally.by_loader.items())))
    print(", ".join(f"{name} {count:,}" for name, count in sorted(tally.errors.items())))
    print(
        f"inputs {tally.inputs:,} in {seconds:.0f} s, valid {tally.valid / tally.inputs:.0%}, "
        f"packs joined {tally.joined:,}, kinds of errors {len(tally.errors)}, "
        f"kinds of faults {len(tally.faults)}, peak memory {peak} MB"
    )
    print(f"slowest {tally.slowest * 1000:.0f} ms: {tally.slowest_input[:200]}")
    print(f"escapes {len(tally.escapes)}, too slow {len(tally.too_slow)}")
    return 1 if tally.escapes or tally.too_slow else 0


if __name__ == "__main__":
    sys.exit(main())
