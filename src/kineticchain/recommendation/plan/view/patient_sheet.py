"""The patient's view: what to do, what to take care of, and when to call somebody.

The view has no ids, no grades and no disputes between sources. It contains every caution of every
exercise.
"""

from collections.abc import Callable, Iterable, Iterator

from attrs import frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.messages import MessageCatalog
from kineticchain.recommendation.plan.model import Item, Reason, Referral, Session, Status
from kineticchain.recommendation.plan.text import (
    is_alone,
    plain_dose_text,
    session_title,
    tempo_text,
    weekday_text,
    when_text,
)
from kineticchain.recommendation.plan.view.printable import Printable
from kineticchain.recommendation.plan.view.sheet import (
    Block,
    Bullets,
    ExerciseCard,
    Heading,
    Paragraph,
    Sheet,
    WeekTable,
)
from kineticchain.rules import ReferralLevel

_FIRST = "stop_in_exercise"
"""The precaution that is listed before all other points: when to call for help."""

MAX_QUESTIONS = 8
"""The most questions that are listed; the others are counted."""


def patient_sheet(plan: Printable, catalog: MessageCatalog) -> Sheet:
    """Return the patient's view of a plan.

    Args:
        plan: The plan.
        catalog: The messages of the frame, such as headings.
    """
    needs_somebody = plan.status is Status.REST and plan.referral.level >= ReferralLevel.SOON
    title = catalog.text("title_refer" if needs_somebody else f"title_{plan.status}")
    return Sheet(
        title=title,
        language=catalog.language,
        blocks=tuple(_PatientView(plan, catalog).blocks(title)),
        labels=(("caution", catalog.text("careful")),),
    )


def referral_blocks(
    referral: Referral, catalog: MessageCatalog, words: Callable[[Reason], str]
) -> Iterator[Block]:
    """Yield how soon to see somebody, whom, and why; nothing without a referral.

    Args:
        referral: The referral.
        catalog: The messages of the frame.
        words: Returns a reason in the words of the view.
    """
    if referral.level is ReferralLevel.NONE:
        return
    yield Paragraph(catalog.text(f"level_{referral.level}"), is_alarm=True)
    points = [whom.text for whom in referral.whom]
    points += map(words, referral.certain_reasons)
    if len(referral.certain_reasons) < len(referral.reasons):
        points.append(catalog.text("not_known_yet"))
    yield Bullets(tuple(points))


def _words(reason: Reason) -> str:
    return reason.message.text


@frozen
class _PatientView:
    """A plan, and the messages of the frame."""

    plan: Printable
    catalog: MessageCatalog

    def blocks(self, title: str) -> Iterator[Block]:
        heading: list[Block] = [Heading(title, 1)]
        parts = [list(self._referral()), heading]
        if self.plan.referral.level <= ReferralLevel.MODIFY:
            parts.reverse()
        for part in parts:
            yield from part
        if self.plan.referral.level is ReferralLevel.SOON and self.plan.sessions:
            yield Paragraph(self.catalog.text("plan_meanwhile"))
        if self.plan.status is Status.ASK_FIRST:
            yield from self._questions()
        if not self.plan.sessions:
            yield Paragraph(self.catalog.text("no_exercise"))
        yield from self._sessions()
        yield from self._self_tests()
        reasons = sorted(
            (*self.plan.precautions, *self.plan.advice),
            key=lambda reason: reason.message.id != _FIRST,
        )
        points = tuple(dict.fromkeys(map(_words, reasons)))
        if points:
            yield Heading(self.catalog.text("precautions"))
            yield Bullets(points)
        if self.plan.sessions:
            yield Paragraph(self.catalog.text("note_the_morning"))
            yield self._week()
        else:
            is_alarm = self.plan.referral.level >= ReferralLevel.URGENT
            yield Paragraph(self.catalog.text("go_anyway" if is_alarm else "pain_persists"))
        yield Paragraph(self.catalog.text("not_medical"))

    def _referral(self) -> Iterator[Block]:
        """Yield the referral; an urgent referral starts with the quickest help and its reasons.

        A person who has to go now must not choose between two lines, and must not first read about
        a visit in some weeks. Less urgent help comes last, and the clinician's view shows all help.
        """
        referral = self.plan.referral
        if referral.level < ReferralLevel.URGENT or not referral.whom_at_level:
            yield from referral_blocks(referral, self.catalog, _words)
            return
        first, later = referral.whom[0], referral.whom[referral.whom_at_level :]
        code = "level_at_once" if referral.is_at_once else f"level_{referral.level}"
        yield Paragraph(self.catalog.text(code), is_alarm=True)
        reasons = referral.reasons[: referral.reasons_at_level]
        certain = referral.certain_of(reasons)
        points = [first.text, *map(_words, certain)]
        if len(certain) < len(reasons):
            points.append(self.catalog.text("not_known_yet"))
        if later:
            points.append(
                self.catalog.text("afterwards", whom=" ".join(person.text for person in later))
            )
        yield Bullets(tuple(points))

    def _questions(self) -> Iterator[Block]:
        yield Heading(self.catalog.text("questions"))
        points = [question.text for question in self.plan.questions[:MAX_QUESTIONS]]
        more = self.plan.further_questions + max(0, len(self.plan.questions) - MAX_QUESTIONS)
        if more > 0:
            points.append(self.catalog.text("more_questions", count=more))
        yield Bullets(tuple(points))

    def _sessions(self) -> Iterator[Block]:
        explained: set[str] = set()
        for session in self.plan.sessions:
            shared_days = _shared_days(session.items)
            yield Heading(self._session_title(session, shared_days))
            first_round, further_items = (
                session.items[: session.first_round],
                session.items[session.first_round :],
            )
            titles = {item.exercise: item.title for item in session.items}
            for number, item in enumerate(first_round, 1):
                host = " / ".join(titles[name] for name in item.paired_with)
                amounts = self._amounts(item, host, with_days=item.days != shared_days)
                yield self._card(number, item, amounts, explain=item.exercise not in explained)
                explained.add(item.exercise)
            if further_items:
                names = dict.fromkeys(item.title for item in further_items)
                yield Paragraph(self.catalog.text("further_round", exercises=", ".join(names)))

    def _session_title(self, session: Session, days: tuple[int, ...] | None) -> str:
        title = session_title(
            session, self.plan.sessions, self.catalog, self.plan.on, self.plan.cycle_days
        )
        parts = [title]
        if days is not None and is_alone(session, self.plan.sessions):
            parts.append(self._when(days))
        moment = "" if session.habit_cue is None else f": {session.habit_cue.text}"
        return ", ".join(parts) + moment

    def _when(self, days: tuple[int, ...]) -> str:
        return when_text(days, self.plan.cycle_days, self.plan.on, self.catalog)

    def _amounts(self, item: Item, host: str, *, with_days: bool) -> tuple[str, ...]:
        say = self.catalog.text
        side = "plain_each_side" if item.side is Side.BOTH else f"side_{item.side}"
        amounts = [
            plain_dose_text(item.dose, self.catalog),
            tempo_text(item, self.catalog),
            say(side) if item.per_side else "",
            self._when(item.days) if with_days else "",
            "" if item.starts == 1 else say("starts", day=item.starts),
            say("beside", exercise=host) if host else "",
        ]
        for code, dose in (("shared", item.day_dose), ("shortened", item.whole_dose)):
            if dose is not None:
                amounts.append(say(code, dose=plain_dose_text(dose, self.catalog)))
        return tuple(amount for amount in amounts if amount)

    @staticmethod
    def _card(number: int, item: Item, amounts: tuple[str, ...], *, explain: bool) -> ExerciseCard:
        if not explain:
            return ExerciseCard(item.exercise, number, item.title, amounts)
        cue = item.cues[0] if item.cues else ""
        return ExerciseCard(
            item.exercise, number, item.title, amounts, item.steps, cue, item.cautions
        )

    def _self_tests(self) -> Iterator[Block]:
        """Yield the tests that open exercises, unless questions have to be answered first."""
        waits = self.plan.status is Status.ASK_FIRST
        for test in () if waits else self.plan.self_tests:
            text = self.catalog.text("self_test", exercise=test.opens)
            yield Paragraph(f"{text} {test.question} {test.how}")

    def _week(self) -> WeekTable:
        """Return the days of a cycle with the exercises of each, to tick off."""
        days = range(1, self.plan.cycle_days + 1)
        due: dict[str, set[int]] = {}
        for session in self.plan.sessions:
            for item in session.items:
                due.setdefault(item.title, set()).update(item.days)
        names = [
            weekday_text(day, self.plan.cycle_days, self.plan.on, self.catalog) for day in days
        ]
        rows = [(title, tuple(day in on for day in days)) for title, on in due.items()]
        return WeekTable(tuple(names), tuple(rows))


def _shared_days(items: Iterable[Item]) -> tuple[int, ...] | None:
    """Return the days of the items if all items have the same days, else None."""
    days = {item.days for item in items}
    return days.pop() if len(days) == 1 else None
