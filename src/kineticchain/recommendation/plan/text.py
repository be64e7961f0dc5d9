"""The plan as plain text, in lines that fit a phone."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from attrs import frozen

from kineticchain.domain.exercises import Dose
from kineticchain.domain.messages import ENGLISH, MessageCatalog
from kineticchain.domain.messages.catalog import Argument
from kineticchain.recommendation.plan.cycle import CYCLE_OF_EVERY_OTHER_DAY, WEEK
from kineticchain.recommendation.plan.model import (
    Item,
    Question,
    Reason,
    Referral,
    SelfTest,
    Session,
    Status,
)
from kineticchain.rules import ReferralLevel

WIDTH = 60
MIN_WIDTH = 20
MAX_QUESTIONS = 8


class Printable(Protocol):
    """The parts of a plan that are printed."""

    @property
    def status(self) -> Status:
        """The status of the plan."""

    @property
    def referral(self) -> Referral:
        """The referral."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """The open questions that are listed."""

    @property
    def further_questions(self) -> int:
        """The number of open questions that are not listed."""

    @property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions."""

    @property
    def self_tests(self) -> tuple[SelfTest, ...]:
        """The measures that the person can take."""

    @property
    def precautions(self) -> tuple[Reason, ...]:
        """The precautions."""

    @property
    def advice(self) -> tuple[Reason, ...]:
        """The advice."""

    @property
    def cycle_days(self) -> int:
        """The number of days after which the plan repeats."""


@frozen
class _Paper:
    """The message catalog and the line width of a text."""

    catalog: MessageCatalog
    width: int

    def say(self, message_id: str, **args: Argument) -> str:
        """Return the text of a message."""
        return self.catalog.text(message_id, **args)

    def wrapped(self, text: str, start: str = "") -> list[str]:
        """Return the lines of a text; `start` precedes the first line and indents the others."""
        import textwrap  # noqa: PLC0415 - plans are made without it

        return textwrap.wrap(
            text,
            self.width,
            initial_indent=start,
            subsequent_indent=" " * len(start),
            break_long_words=False,
        )


def plan_text(plan: Printable, catalog: MessageCatalog = ENGLISH, width: int = WIDTH) -> str:
    """Return a plan as text, with the referral first.

    Args:
        plan: The plan.
        catalog: The messages of the frame, such as headings.
        width: The largest number of characters of a line.
    """
    paper = _Paper(catalog, width)
    title = paper.wrapped(paper.say(f"title_{plan.status}"))
    blocks: list[Iterable[str]] = [_referral(plan, paper), title]
    if plan.referral.level <= ReferralLevel.MODIFY:
        blocks.reverse()
    if plan.status is Status.ASK_FIRST:
        blocks.append(_questions(plan, paper))
    blocks.append(_sessions(plan, paper))
    blocks.append(_self_tests(plan, paper))
    precautions = [precaution.message.text for precaution in plan.precautions]
    blocks.append(_listed(paper.say("precautions"), precautions, paper))
    advice = [advised.message.text for advised in plan.advice]
    blocks.append(_listed(paper.say("advice"), advice, paper))
    blocks.append(paper.wrapped(paper.say("not_medical")))
    return "\n\n".join("\n".join(lines) for block in blocks if (lines := list(block)))


def dose_text(dose: Dose, catalog: MessageCatalog = ENGLISH) -> str:
    """Return a dose in words, such as ``2 × 10 s``."""
    parts = [catalog.text("dose_sets", sets=dose.sets)] if dose.sets > 1 else []
    if dose.reps is not None and dose.hold_s is not None:
        parts.append(catalog.text("dose_reps_hold", reps=dose.reps, seconds=dose.hold_s))
    elif dose.reps is not None:
        parts.append(catalog.text("dose_reps", reps=dose.reps))
    elif dose.hold_s is not None:
        parts.append(catalog.text("dose_hold", seconds=dose.hold_s))
    elif dose.duration_s is not None and dose.duration_s < 60:  # noqa: PLR2004 - a minute
        parts.append(catalog.text("dose_hold", seconds=dose.duration_s))
    elif dose.duration_s is not None:
        parts.append(catalog.text("dose_duration", minutes=_minutes(dose.duration_s)))
    elif dose.steps is not None:
        parts.append(catalog.text("dose_steps", steps=dose.steps))
    if dose.variations > 1:
        parts.append(catalog.text("dose_variations", variations=dose.variations))
    if dose.weight_g is not None:
        parts.append(catalog.text("dose_weight", weight=catalog.decimal(dose.weight_g)))
    if dose.band is not None:
        parts.append(catalog.text("dose_band", band=dose.band))
    return " ".join(parts)


def _referral(plan: Printable, paper: _Paper) -> Iterator[str]:
    if plan.referral.level is ReferralLevel.NONE:
        return
    yield from paper.wrapped(paper.say(f"level_{plan.referral.level}"))
    for whom in plan.referral.whom:
        yield from paper.wrapped(whom.text, "  ")
    for reason in plan.referral.certain_reasons:
        yield from paper.wrapped(reason.message.text, "  - ")
    if len(plan.referral.certain_reasons) < len(plan.referral.reasons):
        yield from paper.wrapped(paper.say("not_known_yet"), "  - ")


def _questions(plan: Printable, paper: _Paper) -> Iterator[str]:
    yield from paper.wrapped(paper.say("questions"))
    for question in plan.questions[:MAX_QUESTIONS]:
        yield from paper.wrapped(question.text, "  - ")
    more = plan.further_questions + max(0, len(plan.questions) - MAX_QUESTIONS)
    if more > 0:
        yield from paper.wrapped(paper.say("more_questions", count=more), "  ")


def _sessions(plan: Printable, paper: _Paper) -> Iterator[str]:
    if not plan.sessions:
        yield from paper.wrapped(paper.say("no_exercise"))
    explained: set[str] = set()
    for at, session in enumerate(plan.sessions):
        if at:
            yield ""
        yield from paper.wrapped(session_title(session, plan.sessions, paper.catalog))
        if session.habit_cue is not None:
            yield from paper.wrapped(session.habit_cue.text, "  ")
        titles = {item.exercise: item.title for item in session.items}
        for index, item in enumerate(session.items):
            if index == session.first_round:
                yield from paper.wrapped(paper.say("further_round"), "  ")
            yield from _item(item, titles, plan.cycle_days, paper)
            if item.exercise not in explained:
                yield from _steps(item, paper)
            explained.add(item.exercise)


def _self_tests(plan: Printable, paper: _Paper) -> Iterator[str]:
    for test in plan.self_tests:
        yield from paper.wrapped(paper.say("self_test", exercise=test.opens))
        yield from paper.wrapped(test.question, "  ")
        yield from paper.wrapped(test.how, "  ")


def session_title(session: Session, sessions: Iterable[Session], catalog: MessageCatalog) -> str:
    """Return the number and the duration of a session, such as ``Session 1 (9:30 min)``.

    Args:
        session: The session.
        sessions: The sessions of the plan. If another one has the same number, the days are named.
        catalog: The messages.
    """
    minutes = _minutes(session.seconds)
    if sum(other.number == session.number for other in sessions) == 1:
        code = "micro_session" if session.micro else "session"
        return catalog.text(code, number=session.number, minutes=minutes)
    code = "micro_session_on_days" if session.micro else "session_on_days"
    days = ", ".join(map(str, session.days))
    return catalog.text(code, number=session.number, minutes=minutes, days=days)


def days_text(item: Item, cycle: int, catalog: MessageCatalog) -> str:
    """Return the days of an item in words, such as ``every day``."""
    if len(item.days) == cycle:
        return catalog.text("every_day")
    if cycle == CYCLE_OF_EVERY_OTHER_DAY and len(item.days) * 2 == cycle:
        return catalog.text("every_other_day")
    days = ", ".join(map(str, item.days))
    if cycle == WEEK:
        return catalog.text("days", days=days)
    return catalog.text("days_of_cycle", days=days, cycle=cycle)


def _item(item: Item, titles: Mapping[str, str], cycle: int, paper: _Paper) -> Iterator[str]:
    yield from paper.wrapped(item.title, "  * ")
    side = paper.say(f"side_{item.side}") if item.per_side else ""
    days = days_text(item, cycle, paper.catalog)
    starts = "" if item.starts == 1 else paper.say("starts", day=item.starts)
    parts = [
        side,
        dose_text(item.dose, paper.catalog),
        tempo_text(item, paper.catalog),
        days,
        starts,
    ]
    yield from paper.wrapped(", ".join(part for part in parts if part), "    ")
    for code, dose in (("shared", item.day_dose), ("shortened", item.whole_dose)):
        if dose is not None:
            text = paper.say(code, dose=dose_text(dose, paper.catalog))
            yield from paper.wrapped(text, "    ")
    if item.paired_with:
        primaries = " / ".join(titles[host] for host in item.paired_with)
        yield from paper.wrapped(paper.say("beside", exercise=primaries), "    ")


def tempo_text(item: Item, catalog: MessageCatalog) -> str:
    """Return seconds up, held and down in words; empty without a tempo."""
    if item.tempo_s is None:
        return ""
    up, hold, down = item.tempo_s
    code = "dose_tempo_held" if hold else "dose_tempo"
    return catalog.text(code, up=up, hold=hold, down=down)


def _steps(item: Item, paper: _Paper) -> Iterator[str]:
    for step in item.steps:
        yield from paper.wrapped(step, "    ")


def _listed(title: str, lines: Iterable[str], paper: _Paper) -> Iterator[str]:
    lines = list(dict.fromkeys(lines))
    if lines:
        yield from paper.wrapped(title)
    for line in lines:
        yield from paper.wrapped(line, "  - ")


def _minutes(seconds: int) -> str:
    whole, rest = divmod(seconds, 60)
    return f"{whole}:{rest:02d}" if rest else str(whole)
