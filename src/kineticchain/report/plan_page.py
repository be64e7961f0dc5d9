"""The clinician's view of a plan: reasons, rules and values, standings, evidence and conflicts."""

from collections.abc import Callable, Iterable, Iterator

from attrs import frozen

from kineticchain.domain.evidence import Conflict, Source
from kineticchain.domain.facts import Value
from kineticchain.domain.messages import MessageCatalog, catalog_in
from kineticchain.domain.validators import require_instance
from kineticchain.recommendation import Explanation, Item, Plan, Reason, Session
from kineticchain.recommendation.plan.text import dose_text, session_title, tempo_text, when_text
from kineticchain.recommendation.plan.view.html_format import sheet_page
from kineticchain.recommendation.plan.view.markdown_format import sheet_markdown
from kineticchain.recommendation.plan.view.patient_sheet import referral_blocks
from kineticchain.recommendation.plan.view.sheet import (
    Block,
    Bullets,
    Details,
    Heading,
    Paragraph,
    Sheet,
    Table,
)


def clinician_sheet(
    plan: Plan,
    catalog: MessageCatalog | str | None = None,
    *,
    explanation: Explanation | None = None,
) -> Sheet:
    """Return the clinician's view of a plan as a sheet, independent of an output format.

    Args:
        plan: The plan.
        catalog: The messages for titles and labels, or a language; by default that of the plan.
        explanation: The explanation of the plan. It adds to the sheet: all reasons, the standings,
            the rules that held and the values that they read, the exercises that were left out,
            the conflicts and the sources.

    Raises:
        InvalidInput: If `plan` is no `Plan`, or `explanation` is no `Explanation`.
    """
    require_instance(plan, Plan, "plan", "give what recommend returned")
    if explanation is not None:
        require_instance(explanation, Explanation, "explanation", "give what explain returned")
    if catalog is None:
        catalog = plan.catalog
    elif isinstance(catalog, str):
        catalog = catalog_in(catalog)
    view = _ClinicianView(plan, catalog, explanation)
    title = catalog.text(f"title_{plan.status}")
    return Sheet(title=title, language=catalog.language, blocks=tuple(view.blocks(title)))


def plan_page(
    plan: Plan,
    catalog: MessageCatalog | str | None = None,
    *,
    explanation: Explanation | None = None,
) -> str:
    """Return the clinician's view of a plan as Markdown.

    Text is escaped, so that no text of a pack becomes markup.

    Args:
        plan: The plan.
        catalog: The messages for titles and labels, or a language; by default that of the plan.
        explanation: The explanation of the plan, as for `clinician_sheet`.

    Raises:
        InvalidInput: If `plan` is no `Plan`, or `explanation` is no `Explanation`.
    """
    return sheet_markdown(clinician_sheet(plan, catalog, explanation=explanation))


def clinician_page(
    plan: Plan,
    catalog: MessageCatalog | str | None = None,
    *,
    explanation: Explanation | None = None,
) -> str:
    """Return the clinician's view of a plan as HTML, with reasons that open on request.

    The page needs no network and no script.

    Args:
        plan: The plan.
        catalog: The messages for titles and labels, or a language; by default that of the plan.
        explanation: The explanation of the plan, as for `clinician_sheet`.

    Raises:
        InvalidInput: If `plan` is no `Plan`, or `explanation` is no `Explanation`.
    """
    return sheet_page(clinician_sheet(plan, catalog, explanation=explanation))


def _value(value: Value) -> str:
    """Return a value of a fact; the members of a set are in alphabetical order."""
    return ", ".join(sorted(value)) if isinstance(value, frozenset) else str(value)


def _reason(reason: Reason) -> str:
    """Return a reason with its grade and the ids of its rows of evidence or sources."""
    if reason.grade is None:
        return reason.message.text
    rows = ", ".join(reason.evidence or reason.sources)
    doubt = "" if reason.confirmed else ", unconfirmed"
    against = f"; against: {', '.join(reason.against)}" if reason.against else ""
    return f"{reason.message.text} ({reason.grade}{doubt}; {rows}{against})"


@frozen
class _ClinicianView:
    """A plan with its explanation, and the messages for titles and labels."""

    plan: Plan
    catalog: MessageCatalog
    explanation: Explanation | None

    def blocks(self, title: str) -> Iterator[Block]:
        plan, say = self.plan, self.catalog.text
        yield Heading(title, 1)
        yield from referral_blocks(plan.referral, self.catalog, _reason)
        if plan.questions:
            yield Heading(say("questions"))
            questions = tuple(question.text for question in plan.questions)
            yield Bullets(questions, ordered=True)
        for session in plan.sessions:
            yield from self._session(session)
        yield from self._listed("precautions", map(_reason, plan.precautions))
        yield from self._listed("advice", map(_reason, plan.advice))
        yield from self._instructions()
        if self.explanation is not None:
            yield from self._explained(self.explanation)
        if not plan.sessions:
            yield Paragraph(say("pain_persists"))
        yield Paragraph(say("not_medical"))
        yield Paragraph(f"{plan.fingerprint} · {plan.version}")

    def _explained(self, explanation: Explanation) -> Iterator[Block]:
        yield from self._standings(explanation)
        yield from self._conflicts(explanation)
        omitted = tuple(self._omitted(explanation))
        if omitted:
            yield Details(self.catalog.text("page_left_out"), (Bullets(omitted),), level=2)
        yield from self._trace()
        sources = (f"{source.id}: {source}" for source in explanation.sources)
        yield from self._listed("sources", sources)

    def _listed(self, title: str, points: Iterable[str]) -> Iterator[Block]:
        listed = tuple(dict.fromkeys(points))
        if listed:
            yield Heading(self.catalog.text(title))
            yield Bullets(listed)

    def _session(self, session: Session) -> Iterator[Block]:
        title = session_title(
            session, self.plan.sessions, self.catalog, self.plan.on, self.plan.cycle_days
        )
        moment = "" if session.habit_cue is None else f": {session.habit_cue.text}"
        yield Heading(title + moment)
        titles = {item.exercise: item.title for item in session.items}
        heads = ("page_exercise", "page_side", "page_dose", "page_days")
        yield Table(
            tuple(map(self.catalog.text, heads)),
            tuple(self._row(item, titles) for item in session.items),
        )

    def _row(self, item: Item, titles: dict[str, str]) -> tuple[str, ...]:
        say = self.catalog.text
        parts = (dose_text(item.dose, self.catalog), tempo_text(item, self.catalog))
        dose = ", ".join(part for part in parts if part)
        if item.paired_with:
            hosts = " / ".join(titles[host] for host in item.paired_with)
            dose += f" ({say('beside', exercise=hosts)})"
        days = when_text(item.days, self.plan.cycle_days, self.plan.on, self.catalog)
        if item.starts > 1:
            days += f", {say('starts', day=item.starts)}"
        return item.title, say(f"side_{item.side}") if item.per_side else "", dose, days

    def _instructions(self) -> Iterator[Block]:
        """Yield the instructions and the reasons of each exercise once."""
        items = {item.exercise: item for item in reversed(self.plan.items)}
        if items:
            yield Heading(self.catalog.text("page_how_and_why"))
        for item in dict.fromkeys(items[item.exercise] for item in self.plan.items):
            notes = list(item.cues)
            if self.explanation is not None:
                why = self.catalog.text("why")
                reasons = self.explanation.reasons[item.exercise]
                notes += [f"{why}: {_reason(reason)}" for reason in reasons]
            blocks = (Bullets(item.steps, ordered=True), Bullets(tuple(notes)))
            yield Details(item.title, tuple(block for block in blocks if block.points))
            careful = self.catalog.text("careful")
            for caution in item.cautions:
                yield Paragraph(caution, lead=careful)

    def _standings(self, explanation: Explanation) -> Iterator[Block]:
        if not self.plan.standings:
            return
        knowledge, say = explanation.context.knowledge, self.catalog.text
        rows = [
            (
                knowledge.title(standing.exercise),
                say(f"side_{standing.side}"),
                dose_text(standing.dose, self.catalog),
                standing.reason.text,
            )
            for standing in self.plan.standings
            if standing.exercise is not None and standing.dose is not None
        ]
        yield Heading(say("page_standings"))
        heads = ("page_exercise", "page_side", "page_dose", "why")
        yield Table(tuple(map(say, heads)), tuple(rows))

    def _conflicts(self, explanation: Explanation) -> Iterator[Block]:
        if explanation.conflicts:
            yield Heading(self.catalog.text("conflicts"))
        sources = {source.id: source for source in explanation.sources}
        translated = explanation.context.knowledge.catalog.translated
        for card in explanation.conflicts:
            lead = self.catalog.text("page_resolution")
            resolution = Paragraph(translated(card.resolution), lead=lead)
            summary = f"{card.id}: {translated(card.claims[0])}"
            claims = tuple(self._claims(card, sources, translated))
            yield Details(summary, (Bullets(claims), resolution))

    def _claims(
        self, card: Conflict, sources: dict[str, Source], translated: Callable[[str], str]
    ) -> Iterator[str]:
        """Yield each claim of a conflict with its scope, sources and interests."""
        for claim, names, scope in zip(card.claims, card.sources, card.holds_for, strict=True):
            interests = [sources[name].interest for name in names if name in sources]
            stated = "; ".join(interest for interest in interests if interest)
            note = self.catalog.text("interest_note", interest=stated) if stated else ""
            where = self.catalog.text("page_holds_for", whom=translated(scope))
            yield f"{translated(claim)} {where} ({', '.join(names)}) {note}".rstrip()

    @staticmethod
    def _omitted(explanation: Explanation) -> Iterator[str]:
        title_of = explanation.context.knowledge.title
        by_exercise: dict[str, dict[str, None]] = {}
        for omission in (*explanation.exclusions, *explanation.omissions):
            by_exercise.setdefault(title_of(omission.exercise), {})[_reason(omission.reason)] = None
        for exercise, reasons in sorted(by_exercise.items()):
            yield f"{exercise}: {' '.join(reasons)}"

    def _trace(self) -> Iterator[Block]:
        """Yield the ids of the rules that held, and the known facts with their values."""
        trace = self.plan.trace
        rules = [
            " ".join(str(part) for part in (fired.rule, fired.region, fired.side) if part)
            for fired in trace.rules
        ]
        facts = [f"{name} = {_value(value)}" for name, value in sorted(trace.facts.items())]
        if rules or facts:
            yield Heading(self.catalog.text("page_trace"))
            rows = (("page_rules", rules), ("page_facts", facts))
            for name, points in rows:
                if points:
                    yield Details(self.catalog.text(name), (Bullets(tuple(points)),))
