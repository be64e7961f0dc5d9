"""Comparison of two versions of a pack, row by row, for the clinician who reviews a change."""

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
from attrs import evolve, frozen

from kineticchain.domain.exercises import Exercise, Ladder
from kineticchain.knowledge.documents.writing import plain
from kineticchain.knowledge.findings import diff, first_few
from kineticchain.knowledge.knowledge import Knowledge
from kineticchain.knowledge.pack import TABLES, RulePack
from kineticchain.rules import Rule
from kineticchain.rules.analysis import PackComparison
from kineticchain.rules.analysis.satisfiability import WORK

_TEXTS = ("title", "steps", "cues", "cautions", "evidence", "sources", "stated", "habit_cues")
_MAX_SHOWN = 60


@frozen
class RowChange:
    """A row that one of two packs lacks, or that differs between them.

    Attributes:
        table: The table of the row, such as ``rule``.
        id: The id of the row; for a row without an id, its content.
        change: ``added``, ``removed`` or ``changed``.
        fields: For a changed row, each changed field with both values.
        at_least_as_safe: True if the second version restricts at least as much, False if it surely
            does not, None if the row does not show it.
    """

    table: str
    id: str
    change: str
    fields: tuple[str, ...] = ()
    at_least_as_safe: bool | None = None

    def __str__(self) -> str:
        """Return the change in one line."""
        verdict = {True: "at least as safe", False: "LESS SAFE", None: "to be judged"}
        fields = f" {'; '.join(self.fields)}" if self.fields else ""
        name = _shown(self.id)
        return f"{self.change} {self.table} {name}:{fields} ({verdict[self.at_least_as_safe]})"


@frozen
class PackDiff:
    """The differences between two versions of a pack.

    Attributes:
        rows: The changed rows, in the order of the tables.
        comparison: The changed decisions over all people.
    """

    rows: tuple[RowChange, ...]
    comparison: PackComparison

    def __str__(self) -> str:
        """Return a line for each row, then a line for each changed effect with its exercises."""
        lines = [str(row) for row in self.rows]
        exercises: dict[str, list[str]] = {}
        for change in self.comparison.changes:
            effect = str(evolve(change, exercise=None))
            members = exercises.setdefault(effect, [])
            if change.exercise is not None and change.exercise.exercise not in members:
                members.append(change.exercise.exercise)
        for effect, members in exercises.items():
            lines.append(f"{effect}: {first_few(members)}" if members else effect)
        return "\n".join(lines) or "no difference"


def pack_diff(
    before: RulePack, after: RulePack, knowledge: Knowledge | None = None, work: int = WORK
) -> PackDiff:
    """Compare two versions of a pack by rows and by decisions.

    Args:
        before: The first version.
        after: The second version.
        knowledge: The knowledge that both are added to; by default the built-in one.
        work: The largest number of comparisons of boxes for one question.

    Raises:
        InvalidKnowledge: If a version does not fit the knowledge.
    """
    rows: list[RowChange] = []
    for table, attribute in TABLES.items():
        old, new = _by_id(getattr(before, attribute)), _by_id(getattr(after, attribute))
        for name in (name for name in old if name not in new):
            safe = _loses_nothing(name, before, knowledge, work) if table == "rule" else None
            rows.append(RowChange(table, name, "removed", at_least_as_safe=safe))
        for name in (name for name in new if name not in old):
            safe = True if table == "rule" else None  # rules only add effects
            rows.append(RowChange(table, name, "added", at_least_as_safe=safe))
        for name, row in old.items():
            if name in new and new[name] != row:
                safe = _is_as_safe(row, new[name], before, knowledge, work)
                fields = tuple(_changed_fields(row, new[name]))
                rows.append(RowChange(table, name, "changed", fields, safe))
    rows += _head_changes(before, after)
    rows += _text_changes("message", dict(before.messages), dict(after.messages))
    languages = [dict(pack.translations) for pack in (before, after)]
    for language in sorted({*languages[0], *languages[1]}):
        old, new = (dict(texts.get(language, ())) for texts in languages)
        rows += _text_changes(f"translation ({language})", old, new)
    return PackDiff(tuple(rows), diff(before, after, knowledge, work))


_HEAD = ("builds_on", "valid_from", "valid_until", "reviews")
"""The fields of the head of a pack, besides its id and version."""


def _head_changes(before: RulePack, after: RulePack) -> Iterator[RowChange]:
    """Yield a change for each field of the head that differs."""
    for name in _HEAD:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            text = " → ".join(_head_text(value) for value in (old, new))
            yield RowChange("pack", name, "changed", (text,))


def _head_text(value: object) -> str:
    """Return the value of a field of the head as text; *none* for an empty value."""
    if isinstance(value, tuple):
        return "; ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)


def _text_changes(
    table: str, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[RowChange]:
    """Yield a change for each text that was added, removed or changed."""
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            yield RowChange(table, name, "added" if old is None else "removed")
        elif old != new:
            fields = (f"{old!r} → {new!r}",)
            yield RowChange(table, name, "changed", fields, at_least_as_safe=True)


def _by_id(rows: tuple[Any, ...]) -> Mapping[str, Any]:
    """Return rows by their ids; the key of a row without an id is its content."""
    return {getattr(row, "id", None) or str(plain(row)): row for row in rows}


def _changed_fields(old: Any, new: Any) -> Iterator[str]:  # noqa: ANN401 - rows of any kind
    for attribute in attrs.fields(type(old)):
        old_value, new_value = getattr(old, attribute.name), getattr(new, attribute.name)
        if old_value != new_value:
            yield f"{attribute.name}: {_shown(old_value)} → {_shown(new_value)}"


def _shown(value: Any) -> str:  # noqa: ANN401 - a field of any kind
    text = str(value) if type(value).__name__ == "DoseRange" else str(plain(value))
    return text if len(text) <= _MAX_SHOWN else f"{text[: _MAX_SHOWN - 1]}…"


def _is_as_safe(
    old: object, new: object, before: RulePack, knowledge: Knowledge | None, work: int
) -> bool | None:
    """Return whether a changed row is at least as safe; None if the change has to be judged."""
    match old, new:
        case Rule(), Rule():
            rules = tuple(new if rule is old else rule for rule in before.rules)
            return diff(before, evolve(before, rules=rules), knowledge, work).at_least_as_safe
        case Exercise(), Exercise():
            return _exercise_is_as_safe(old, new)
        case Ladder(), Ladder():
            return _ladder_is_as_safe(old, new)
        case _:
            return None


def _loses_nothing(
    rule: str, before: RulePack, knowledge: Knowledge | None, work: int
) -> bool | None:
    """Return whether a pack restricts as much without a rule; None if that has to be judged."""
    concludes = any(isinstance(row, Rule) and row.concludes for row in before.rules)
    if concludes:
        return None
    return diff(before, before.without([rule]), knowledge, work).at_least_as_safe


def _exercise_is_as_safe(old: Exercise, new: Exercise) -> bool | None:
    """Return whether neither a load, on any region, nor the largest dose rises.

    Return None if other fields changed than doses, loads and the fields of `_TEXTS`.
    """
    texts = {name: getattr(old, name) for name in _TEXTS}
    if evolve(new, dose=old.dose, load=old.load, loads=old.loads, **texts) != old:
        return None
    regions = {*old.regions, *new.regions, *dict(old.loads), *dict(new.loads)}
    rises = any(new.load_on(region) > old.load_on(region) for region in regions)
    return new.load <= old.load and not rises and not new.dose.exceeds(old.dose)


def _ladder_is_as_safe(old: Ladder, new: Ladder) -> bool | None:
    """Return whether each rung has no more doses than before, and no larger ones.

    Return None if anything but the doses of the rungs and the title of the ladder changed.
    """
    shortened = [
        tuple(evolve(rung, axis=rung.axis[:1]) for rung in ladder.rungs) for ladder in (old, new)
    ]
    same_rungs = [rung.exercise for rung in old.rungs] == [rung.exercise for rung in new.rungs]
    if not same_rungs or evolve(old, rungs=new.rungs, title=new.title) != new:
        return None
    if any(
        evolve(before, axis=after.axis) != after for before, after in zip(*shortened, strict=True)
    ):
        return None
    return all(
        len(after.axis) <= len(before.axis)
        and all(
            old_dose.reaches(new_dose)
            for old_dose, new_dose in zip(before.axis, after.axis, strict=False)
        )
        for before, after in zip(old.rungs, new.rungs, strict=True)
    )
