"""A plan as text that fits a phone."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from kineticchain.evidence import Conflict, Source
from kineticchain.exercises import Dose
from kineticchain.messages import ENGLISH, Phrases
from kineticchain.recommendation.parts import (
    Item,
    Question,
    Reason,
    Referral,
    Session,
    Status,
)
from kineticchain.recommendation.schedule import WEEK
from kineticchain.rules import ReferralLevel

WIDTH = 60
MOST_QUESTIONS = 12


class Printable(Protocol):
    """What of a plan is printed."""

    @property
    def status(self) -> Status:
        """What kind of plan it is."""

    @property
    def referral(self) -> Referral:
        """Whom to see."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is still to be asked."""

    @property
    def sessions(self) -> tuple[Session, ...]:
        """What to do."""

    @property
    def precautions(self) -> tuple[Reason, ...]:
        """What to take care of."""

    @property
    def advice(self) -> tuple[Reason, ...]:
        """What is good to know."""

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Where sources disagree."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """All sources."""


def plan_text(plan: Printable, phrases: Phrases = ENGLISH) -> str:
    """The plan in plain lines of at most 60 characters, the referral first."""
    blocks: list[Iterable[str]] = []
    if plan.referral.level > ReferralLevel.MODIFY:
        blocks += [_referral(plan, phrases), [phrases.text(f"title_{plan.status}")]]
    else:
        blocks += [[phrases.text(f"title_{plan.status}")], _referral(plan, phrases)]
    if plan.status is Status.ASK_FIRST:
        blocks.append(_questions(plan, phrases))
    blocks.append(_sessions(plan, phrases))
    blocks.append(
        _listed(phrases.text("precautions"), [one.message.text for one in plan.precautions])
    )
    blocks.append(_listed(phrases.text("advice"), [one.message.text for one in plan.advice]))
    blocks.append(_conflicts(plan, phrases))
    blocks.append(_wrapped(phrases.text("not_medical")))
    return "\n\n".join("\n".join(lines) for block in blocks if (lines := list(block)))


def dose_text(dose: Dose, phrases: Phrases = ENGLISH) -> str:
    """A dose in words, such as ``2 × 10 s``."""
    parts = [phrases.text("dose_sets", sets=dose.sets)] if dose.sets > 1 else []
    if dose.reps is not None and dose.hold_s is not None:
        parts.append(phrases.text("dose_reps_hold", reps=dose.reps, seconds=dose.hold_s))
    elif dose.reps is not None:
        parts.append(phrases.text("dose_reps", reps=dose.reps))
    elif dose.hold_s is not None:
        parts.append(phrases.text("dose_hold", seconds=dose.hold_s))
    elif dose.duration_s is not None and dose.duration_s < 60:  # noqa: PLR2004 - a minute
        parts.append(phrases.text("dose_hold", seconds=dose.duration_s))
    elif dose.duration_s is not None:
        parts.append(phrases.text("dose_duration", minutes=_minutes(dose.duration_s)))
    elif dose.steps is not None:
        parts.append(phrases.text("dose_steps", steps=dose.steps))
    if dose.variations > 1:
        parts.append(phrases.text("dose_variations", variations=dose.variations))
    return " ".join(parts)


def _referral(plan: Printable, phrases: Phrases) -> Iterator[str]:
    if plan.referral.level is ReferralLevel.NONE:
        return
    yield from _wrapped(phrases.text(f"level_{plan.referral.level}"))
    for whom in plan.referral.whom:
        yield from _wrapped(whom.text, "  ")
    for reason in plan.referral.reasons:
        yield from _wrapped(reason.message.text, "  - ")


def _questions(plan: Printable, phrases: Phrases) -> Iterator[str]:
    yield phrases.text("questions")
    for question in plan.questions[:MOST_QUESTIONS]:
        yield from _wrapped(question.text, "  - ")
    more = len(plan.questions) - MOST_QUESTIONS
    if more > 0:
        yield "  " + phrases.text("more_questions", count=more)


def _sessions(plan: Printable, phrases: Phrases) -> Iterator[str]:
    if not plan.sessions:
        yield phrases.text("no_exercise")
    explained: set[str] = set()
    for at, session in enumerate(plan.sessions):
        if at:
            yield ""
        minutes = _minutes(session.seconds)
        yield phrases.text("session", number=session.number, minutes=minutes)
        if session.moment is not None:
            yield from _wrapped(session.moment.text, "  ")
        titles = {item.exercise: item.title for item in session.items}
        for item in session.items:
            yield from _item(item, titles, phrases)
            if item.exercise not in explained:
                yield from _how_and_why(item, phrases)
            explained.add(item.exercise)


def _item(item: Item, titles: Mapping[str, str], phrases: Phrases) -> Iterator[str]:
    yield from _wrapped(item.title, "  * ")
    side = phrases.text(f"side_{item.side}") if item.per_side else ""
    days = (
        phrases.text("every_day")
        if len(item.days) == WEEK
        else phrases.text("days", days=", ".join(str(day) for day in item.days))
    )
    starts = "" if item.starts == 1 else phrases.text("starts", day=item.starts)
    parts = [side, dose_text(item.dose, phrases), _tempo(item, phrases), days, starts]
    yield from _wrapped(", ".join(part for part in parts if part), "    ")
    if item.beside:
        hosts = " / ".join(titles[host] for host in item.beside)
        yield from _wrapped(phrases.text("beside", exercise=hosts), "    ")


def _tempo(item: Item, phrases: Phrases) -> str:
    if item.tempo_s is None:
        return ""
    up, hold, down = item.tempo_s
    code = "dose_tempo_held" if hold else "dose_tempo"
    return phrases.text(code, up=up, hold=hold, down=down)


def _how_and_why(item: Item, phrases: Phrases) -> Iterator[str]:
    for step in item.steps:
        yield from _wrapped(step, "    ")
    for reason in item.reasons[:1]:
        yield from _wrapped(f"{phrases.text('why')}: {reason.message.text}", "    ")


def _conflicts(plan: Printable, phrases: Phrases) -> Iterator[str]:
    lines = []
    for card in plan.conflicts:
        first, second = card.claims
        text = phrases.text("conflict_line", first=first, second=second, resolution=card.resolution)
        cited = {name for sources in card.sources for name in sources}
        interests = [one.interest for one in plan.sources if one.id in cited and one.interest]
        if interests:
            text += " " + phrases.text("interest_note", interest="; ".join(interests))
        lines.append(text)
    yield from _listed(phrases.text("conflicts"), lines)


def _listed(title: str, lines: Iterable[str]) -> Iterator[str]:
    lines = list(dict.fromkeys(lines))
    if lines:
        yield title
    for line in lines:
        yield from _wrapped(line, "  - ")


def _wrapped(text: str, start: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_long_words=False,
    )


def _minutes(seconds: int) -> str:
    whole, rest = divmod(seconds, 60)
    return f"{whole}:{rest:02d}" if rest else str(whole)
