"""A plan as a page of Markdown: what to do, why, where sources disagree, and what they are."""

import re
from collections.abc import Iterable, Iterator

from kineticchain.domain.evidence import Conflict, Source
from kineticchain.domain.messages import MessageCatalog, catalog_in
from kineticchain.domain.validators import require_instance
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation import Item, Omission, Plan, Reason, Session
from kineticchain.recommendation.plan.text import days_text, dose_text, session_title, tempo_text
from kineticchain.rules import ReferralLevel

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")


def plan_page(
    plan: Plan, catalog: MessageCatalog | str | None = None, *, knowledge: Knowledge | None = None
) -> str:
    """The plan as Markdown, in its own language unless `catalog` or a language are given.

    A plan knows what it leaves out by ids alone; with the knowledge that it was made from they
    have their titles. Text is escaped: nothing that a pack says becomes markup.
    """
    require_instance(plan, Plan, "plan", "give what recommend returned")
    if knowledge is not None:
        require_instance(
            knowledge, Knowledge, "knowledge", "give the one that the plan was made from"
        )
    if catalog is None:
        catalog = plan.catalog
    elif isinstance(catalog, str):
        catalog = catalog_in(catalog)
    blocks = [
        [f"# {_plain(catalog.text(f'title_{plan.status}'))}"],
        _referral(plan, catalog),
        _questions(plan, catalog),
        *(_session(session, plan.cycle_days, catalog) for session in plan.sessions),
        _listed(catalog.text("precautions"), plan.precautions),
        _listed(catalog.text("advice"), plan.advice),
        _how(plan.items, catalog),
        _conflicts(plan, catalog),
        _left_out((*plan.exclusions, *plan.omissions), catalog, knowledge),
        _sources(plan.sources, catalog),
        [f"*{_plain(catalog.text('not_medical'))}*"],
        [f"`{plan.fingerprint}` · {_plain(plan.version)}"],
    ]
    written = ["\n".join(lines) for block in blocks if (lines := list(block))]
    return "\n\n".join(written) + "\n"


def _plain(text: str) -> str:
    """Text without markup of its own, on one line."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _reason(reason: Reason) -> str:
    """A reason with its grade and the rows or sources that it rests on."""
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
    yield from (f"- {_reason(reason)}" for reason in plan.referral.reasons)


def _questions(plan: Plan, catalog: MessageCatalog) -> Iterator[str]:
    if plan.questions:
        yield f"## {_plain(catalog.text('questions'))}"
        yield ""
    yield from (f"{at}. {_plain(one.text)}" for at, one in enumerate(plan.questions, 1))


def _session(session: Session, cycle: int, catalog: MessageCatalog) -> Iterator[str]:
    title = session_title(session, catalog)
    moment = "" if session.moment is None else f": {session.moment.text}"
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
        told = (dose_text(item.dose, catalog), tempo_text(item, catalog))
        dose = ", ".join(part for part in told if part)
        if item.beside:
            hosts = " / ".join(titles[host] for host in item.beside)
            dose += f" ({catalog.text('beside', exercise=hosts)})"
        cells = (item.title, side, dose, _days(item, cycle, catalog))
        yield f"| {' | '.join(map(_plain, cells))} |"


def _days(item: Item, cycle: int, catalog: MessageCatalog) -> str:
    days = days_text(item, cycle, catalog)
    return days if item.starts == 1 else f"{days}, {catalog.text('starts', day=item.starts)}"


def _how(items: Iterable[Item], catalog: MessageCatalog) -> Iterator[str]:
    """Each exercise once: how it is done, and all that speaks for it."""
    told: set[str] = set()
    for item in items:
        if item.exercise in told:
            continue
        if not told:
            yield f"## {_plain(catalog.text('page_how_and_why'))}"
        told.add(item.exercise)
        yield ""
        yield f"### {_plain(item.title)}"
        yield ""
        yield from (f"{at}. {_plain(step)}" for at, step in enumerate(item.steps, 1))
        yield ""
        yield from (f"- {_plain(cue)}" for cue in (*item.cues, *item.cautions))
        yield from (f"- {catalog.text('why')}: {_reason(one)}" for one in item.reasons)


def _listed(title: str, reasons: Iterable[Reason]) -> Iterator[str]:
    lines = list(dict.fromkeys(_reason(one) for one in reasons))
    if lines:
        yield f"## {_plain(title)}"
        yield ""
    yield from (f"- {line}" for line in lines)


def _conflicts(plan: Plan, catalog: MessageCatalog) -> Iterator[str]:
    if plan.conflicts:
        yield f"## {_plain(catalog.text('conflicts'))}"
    for card in plan.conflicts:
        yield ""
        yield from _card(card, {one.id: one for one in plan.sources}, catalog)


def _card(card: Conflict, sources: dict[str, Source], catalog: MessageCatalog) -> Iterator[str]:
    """Both sides, for whom each holds, who gains by it, and the resolution."""
    yield f"### {card.id}"
    yield ""
    for claim, names, holds in zip(card.claims, card.sources, card.holds_for, strict=True):
        gains = [sources[name].interest for name in names if name in sources]
        told = "; ".join(one for one in gains if one)
        interest = " " + catalog.text("interest_note", interest=told) if told else ""
        where = catalog.text("page_holds_for", whom=holds)
        yield f"- {_plain(claim)} {_plain(where)} ({_plain(', '.join(names))}) {_plain(interest)}".rstrip()
    yield ""
    yield f"**{_plain(catalog.text('page_resolution'))}** {_plain(card.resolution)}"


def _left_out(
    omissions: Iterable[Omission], catalog: MessageCatalog, knowledge: Knowledge | None
) -> Iterator[str]:
    titles: dict[str, str] = {}
    if knowledge is not None:
        titles = {name: knowledge.title(name) for name in knowledge.exercises}
    by_exercise: dict[str, dict[str, None]] = {}
    for one in omissions:
        title = titles.get(one.exercise, one.exercise)
        by_exercise.setdefault(title, {})[_reason(one.reason)] = None
    if by_exercise:
        yield f"## {_plain(catalog.text('page_left_out'))}"
        yield ""
    for exercise, reasons in sorted(by_exercise.items()):
        yield f"- {_plain(exercise)}: {' '.join(reasons)}"


def _sources(sources: Iterable[Source], catalog: MessageCatalog) -> Iterator[str]:
    lines = [_source(one) for one in sources]
    if lines:
        yield f"## {_plain(catalog.text('sources'))}"
        yield ""
    yield from lines


def _source(source: Source) -> str:
    text = str(source)
    return f"- **{_plain(source.id)}**: {_plain(text)}"
