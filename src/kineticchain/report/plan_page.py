"""Plans as Markdown pages with instructions, reasons, conflicts of evidence and sources."""

import re
from collections.abc import Iterable, Iterator

from kineticchain.domain.evidence import Conflict, Source
from kineticchain.domain.messages import MessageCatalog, catalog_in
from kineticchain.domain.validators import require_instance
from kineticchain.recommendation import Explanation, Item, Plan, Reason, Session
from kineticchain.recommendation.plan.text import days_text, dose_text, session_title, tempo_text
from kineticchain.rules import ReferralLevel

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")


def plan_page(
    plan: Plan,
    catalog: MessageCatalog | str | None = None,
    *,
    explanation: Explanation | None = None,
) -> str:
    """Return a plan as Markdown.

    Text is escaped: nothing that a pack says becomes markup.

    Args:
        plan: The plan.
        catalog: The messages of the page, or a language; by default the language of the plan.
        explanation: The explanation of the plan. With it the page has all reasons, what was left
            out, the conflicts and the sources.

    Raises:
        InvalidInput: For what is no plan, or no explanation.
    """
    require_instance(plan, Plan, "plan", "give what recommend returned")
    if explanation is not None:
        require_instance(explanation, Explanation, "explanation", "give what explain returned")
    if catalog is None:
        catalog = plan.catalog
    elif isinstance(catalog, str):
        catalog = catalog_in(catalog)
    blocks = [
        [f"# {_plain(catalog.text(f'title_{plan.status}'))}"],
        _referral(plan, catalog),
        _questions(plan, catalog),
        *(_session(session, plan, catalog) for session in plan.sessions),
        _listed(catalog.text("precautions"), plan.precautions),
        _listed(catalog.text("advice"), plan.advice),
        _instructions(plan.items, catalog, explanation),
    ]
    if explanation is not None:
        blocks += [
            _conflicts(explanation, catalog),
            _omitted(explanation, catalog),
            _sources(explanation.sources, catalog),
        ]
    blocks += [
        [f"*{_plain(catalog.text('not_medical'))}*"],
        [f"`{plan.fingerprint}` · {_plain(plan.version)}"],
    ]
    written = ["\n".join(lines) for block in blocks if (lines := list(block))]
    return "\n\n".join(written) + "\n"


def _plain(text: str) -> str:
    """Return text on one line, with Markdown characters escaped."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _reason(reason: Reason) -> str:
    """Return a reason with its grade and the ids of its rows or sources."""
    if reason.grade is None:
        return _plain(reason.message.text)
    rows = ", ".join(reason.evidence or reason.sources)
    doubt = "" if reason.confirmed else ", unconfirmed"
    return f"{_plain(reason.message.text)} ({reason.grade}{doubt}; {_plain(rows)})"


def _referral(plan: Plan, catalog: MessageCatalog) -> Iterator[str]:
    if plan.referral.level is ReferralLevel.NONE:
        return
    yield f"**{_plain(catalog.text(f'level_{plan.referral.level}'))}**"
    yield ""
    yield from (f"- {_plain(whom.text)}" for whom in plan.referral.whom)
    yield from (f"- {_reason(reason)}" for reason in plan.referral.certain_reasons)
    if len(plan.referral.certain_reasons) < len(plan.referral.reasons):
        yield f"- {_plain(catalog.text('not_known_yet'))}"


def _questions(plan: Plan, catalog: MessageCatalog) -> Iterator[str]:
    if plan.questions:
        yield f"## {_plain(catalog.text('questions'))}"
        yield ""
    yield from (
        f"{number}. {_plain(question.text)}" for number, question in enumerate(plan.questions, 1)
    )


def _session(session: Session, plan: Plan, catalog: MessageCatalog) -> Iterator[str]:
    title = session_title(session, plan.sessions, catalog)
    moment = "" if session.habit_cue is None else f": {session.habit_cue.text}"
    yield f"## {_plain(title + moment)}"
    yield ""
    heads = [
        catalog.text("page_exercise"),
        catalog.text("page_side"),
        catalog.text("page_dose"),
        catalog.text("page_days"),
    ]
    yield f"| {' | '.join(heads)} |"
    yield "| --- | --- | --- | --- |"
    titles = {item.exercise: item.title for item in session.items}
    for item in session.items:
        side = catalog.text(f"side_{item.side}") if item.per_side else ""
        parts = (dose_text(item.dose, catalog), tempo_text(item, catalog))
        dose = ", ".join(part for part in parts if part)
        if item.paired_with:
            hosts = " / ".join(titles[host] for host in item.paired_with)
            dose += f" ({catalog.text('beside', exercise=hosts)})"
        cells = (item.title, side, dose, _days(item, plan.cycle_days, catalog))
        yield f"| {' | '.join(map(_plain, cells))} |"


def _days(item: Item, cycle: int, catalog: MessageCatalog) -> str:
    days = days_text(item, cycle, catalog)
    return days if item.starts == 1 else f"{days}, {catalog.text('starts', day=item.starts)}"


def _instructions(
    items: Iterable[Item], catalog: MessageCatalog, explanation: Explanation | None
) -> Iterator[str]:
    """Yield the instructions and the reasons of each exercise once."""
    listed: set[str] = set()
    for item in items:
        if item.exercise in listed:
            continue
        if not listed:
            yield f"## {_plain(catalog.text('page_how_and_why'))}"
        listed.add(item.exercise)
        yield ""
        yield f"### {_plain(item.title)}"
        yield ""
        yield from (f"{number}. {_plain(step)}" for number, step in enumerate(item.steps, 1))
        yield ""
        yield from (f"- {_plain(cue)}" for cue in (*item.cues, *item.cautions))
        if explanation is not None:
            reasons = explanation.reasons[item.exercise]
            yield from (f"- {catalog.text('why')}: {_reason(reason)}" for reason in reasons)


def _listed(title: str, reasons: Iterable[Reason]) -> Iterator[str]:
    lines = list(dict.fromkeys(_reason(reason) for reason in reasons))
    if lines:
        yield f"## {_plain(title)}"
        yield ""
    yield from (f"- {line}" for line in lines)


def _conflicts(explanation: Explanation, catalog: MessageCatalog) -> Iterator[str]:
    if explanation.conflicts:
        yield f"## {_plain(catalog.text('conflicts'))}"
    for card in explanation.conflicts:
        yield ""
        yield from _card(card, {source.id: source for source in explanation.sources}, catalog)


def _card(card: Conflict, sources: dict[str, Source], catalog: MessageCatalog) -> Iterator[str]:
    """Yield both claims of a conflict with scope, sources and interests, and the resolution."""
    yield f"### {card.id}"
    yield ""
    for claim, names, holds in zip(card.claims, card.sources, card.holds_for, strict=True):
        interests = [sources[name].interest for name in names if name in sources]
        stated = "; ".join(interest for interest in interests if interest)
        note = " " + catalog.text("interest_note", interest=stated) if stated else ""
        where = catalog.text("page_holds_for", whom=holds)
        yield f"- {_plain(claim)} {_plain(where)} ({_plain(', '.join(names))}) {_plain(note)}".rstrip()
    yield ""
    yield f"**{_plain(catalog.text('page_resolution'))}** {_plain(card.resolution)}"


def _omitted(explanation: Explanation, catalog: MessageCatalog) -> Iterator[str]:
    title_of = explanation.context.knowledge.title
    by_exercise: dict[str, dict[str, None]] = {}
    for omission in (*explanation.exclusions, *explanation.omissions):
        by_exercise.setdefault(title_of(omission.exercise), {})[_reason(omission.reason)] = None
    if by_exercise:
        yield f"## {_plain(catalog.text('page_left_out'))}"
        yield ""
    for exercise, reasons in sorted(by_exercise.items()):
        yield f"- {_plain(exercise)}: {' '.join(reasons)}"


def _sources(sources: Iterable[Source], catalog: MessageCatalog) -> Iterator[str]:
    lines = [_source(source) for source in sources]
    if lines:
        yield f"## {_plain(catalog.text('sources'))}"
        yield ""
    yield from lines


def _source(source: Source) -> str:
    text = str(source)
    return f"- **{_plain(source.id)}**: {_plain(text)}"
