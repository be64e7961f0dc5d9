"""Reference pages, generated from the data each time the documentation is built."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import kineticchain as kc
from kineticchain.domain.anatomy import Claim
from kineticchain.domain.exercises import Exercise
from kineticchain.domain.facts import FactKind, FactType, Section
from kineticchain.domain.facts.condition import Contains, walk
from kineticchain.domain.facts.writing import condition_text
from kineticchain.progression import Action, Policy, Transition
from kineticchain.progression.model.guard_vocabulary import REVIEW_FACTS
from kineticchain.recommendation.plan.text import dose_text
from kineticchain.recommendation.plan.view.html_format import sheet_fragment
from kineticchain.report import chain_picture, figure_svg, progression_picture
from kineticchain.report.handout import main_region, pictures_of
from kineticchain.report.region_coverage import region_coverage
from kineticchain.rules import Rule
from kineticchain.testing.intake_answers import EXAMPLE_DAY, EXAMPLE_PEOPLE, reassured
from kineticchain_scorecard.kept import kept_rows
from kineticchain_scorecard.row import PROFILES, rows
from kineticchain_scorecard.table import figures_text

KNOWLEDGE = kc.Knowledge.builtin()

EXAMPLE_STYLE = (
    ".example-plan{border:1px solid var(--color-background-border);border-radius:.3rem;"
    "padding:.5rem 1rem;max-height:36rem;overflow-y:auto}"
    ".example-plan .exercise{border-left:.25rem solid #0c8599;padding:.25rem .75rem}"
    ".example-plan h2{font-size:1.3rem;margin:.75rem 0}.example-plan h3{font-size:1.05rem}"
    ".example-plan .amounts{font-weight:600}.example-plan svg{max-width:100%;height:auto}"
    ".example-plan .scroll{overflow-x:auto}"
)
"""The style of the plan on the front page, within the theme of the documentation."""


def write_all(folder: Path) -> None:
    """Write every page, and the pictures."""
    pages = {
        "example-plan.md": example_plan(),
        "exercises.md": exercises(),
        "facts.md": facts(),
        "intake.md": intake(),
        "ladders.md": ladders(),
        "programmes.md": programmes(),
        "chain.md": chain(),
        "scorecard.md": scorecard(),
        "sources.md": sources(),
        "traits.md": traits(),
        "transitions.md": transitions(),
    }
    for name, lines in pages.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    pictures = {
        "chain.svg": chain_picture.svg(KNOWLEDGE.chain),
        "transitions.svg": progression_picture.svg(KNOWLEDGE.transitions),
    }
    for name, picture in pictures.items():
        (folder / name).write_text(picture, encoding="utf-8")


def example_plan() -> Iterator[str]:
    """Yield the plan of the front page, as a patient sees it."""
    knee = kc.Complaint("knee", side="left", pain=3, weeks=30)
    person = kc.Person(
        age=62,
        complaints=[knee],
        equipment=["chair", "fixed_support", "towel"],
        facts={"tandem_stance_s": 20},
        screening="clear",
    )
    request = kc.Request(minutes=15, days_per_week=3)
    plan = kc.Recommender(KNOWLEDGE).recommend(
        person, request=request, on=datetime.date(2026, 1, 5)
    )
    yield ":orphan:"
    yield ""
    yield "```{raw} html"
    yield f"<style>{EXAMPLE_STYLE}</style>"
    yield '<div class="example-plan">'
    yield sheet_fragment(plan.for_patient(), pictures_of(plan, KNOWLEDGE)).replace("<h1>", "<h2>")
    yield "</div>"
    yield "```"


def exercises() -> Iterator[str]:
    """Yield a card for each exercise."""
    yield "# Exercises"
    yield ""
    yield from _coverage()
    for exercise in KNOWLEDGE.exercises.values():
        yield from _card(exercise)


def _coverage() -> Iterator[str]:
    """Yield how many exercises and ladders each region has."""
    heads = ("region", "target of", "besides", "ladders", "no equipment", "no floor", "neither")
    yield f"| {' | '.join(heads)} | seated or lying |"
    yield f"| --- |{' ---: |' * len(heads)}"
    for row in region_coverage(KNOWLEDGE):
        numbers = (
            row.primary,
            row.secondary,
            row.ladders,
            row.no_equipment,
            row.no_floor,
            row.anywhere,
            row.off_the_feet,
        )
        yield f"| {row.region} | {' | '.join(map(str, numbers))} |"
    yield ""


def _card(exercise: Exercise) -> Iterator[str]:
    needs = " and ".join(" or ".join(group) for group in exercise.needs) or "nothing"
    regions = ", ".join(f"{region} {weight}" for region, weight in exercise.weights)
    yield f"## {exercise.title}"
    yield ""
    yield f"`{exercise.id}` · {exercise.kind} · {exercise.load} · {exercise.position}"
    yield ""
    figure = KNOWLEDGE.figures.get(exercise.id)
    if figure is not None:
        yield "```{raw} html"
        yield figure_svg(figure, main_region(exercise))
        yield "```"
        yield ""
    yield f"- works on: {regions}"
    yield f"- needs: {needs}"
    yield f"- dose: {exercise.dose}; {exercise.dose.days_a_week} days a week"
    yield from (f"- {one.source} states: {one.dose or ''} {one.words}" for one in exercise.stated)
    yield f"- evidence: {', '.join((*exercise.evidence, *exercise.sources))}"
    yield ""
    yield from (f"{number}. {step}" for number, step in enumerate(exercise.steps, 1))
    yield ""
    yield from (f"> {one}" for one in (*exercise.cues, *exercise.cautions))
    yield ""


def programmes() -> Iterator[str]:
    """Yield every programme with its exercises, schedule and sources."""
    yield "# Programmes"
    yield ""
    for programme in KNOWLEDGE.programmes.values():
        yield f"## {programme.title}"
        yield ""
        days = f"{programme.days_per_week} days a week"
        days = "every other day" if programme.every_other_day else days
        times = programme.sessions_per_day
        yield f"- id: `{programme.id}`"
        yield f"- schedule: {programme.minutes} minutes, {times} a day, {days}"
        yield f"- for whom: {programme.for_whom}"
        yield f"- evidence: {', '.join((*programme.evidence, *programme.sources))}"
        yield f"- conflicts: {', '.join(programme.conflicts)}"
        yield ""
        yield "| exercise | as its source states it | starts at |"
        yield "| --- | --- | --- |"
        for item in programme.items:
            dose = "its ladder's start" if item.dose is None else dose_text(item.dose)
            yield f"| `{item.exercise}` | {item.stated} | {dose} |"
        yield ""


def traits() -> Iterator[str]:
    """Yield every trait that rules read, with these rules."""
    readers: dict[str, list[Rule]] = {}
    for rule in KNOWLEDGE.rules:
        parts = walk(rule.about) if isinstance(rule, Rule) and rule.about is not None else ()
        for part in parts:
            if isinstance(part, Contains) and part.name.id == "exercise.traits":
                rules = readers.setdefault(str(part.member), [])
                rules += [rule] if isinstance(rule, Rule) and rule not in rules else []
    yield "# Traits of exercises"
    yield ""
    yield "Rules exclude or limit exercises by these words. An exercise of a pack that has one"
    yield "states it in `traits`, so that the rules reach it. A word that is close to one of these"
    yield "and is none is refused."
    for trait, rules in sorted(readers.items()):
        yield ""
        yield f"## `{trait}`"
        yield ""
        exercises = [each.id for each in KNOWLEDGE.exercises.values() if trait in each.traits]
        yield f"Exercises: {', '.join(f'`{name}`' for name in exercises) or 'none'}."
        yield ""
        yield from (f"- `{rule.id}`: {rule.because}" for rule in rules)


def facts() -> Iterator[str]:
    """Yield every fact that can be stated, then equipment, diagnoses and goals."""
    yield "# Facts, equipment and goals"
    yield ""
    yield "| fact | class | values | question | time | an alarming answer leads to | evidence |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for fact in KNOWLEDGE.vocabulary.types:
        if fact.is_given:
            rests = ", ".join(one for one in (fact.row, *fact.sources) if one)
            cells = (
                f"`{fact.id}`",
                str(fact.fact_class),
                _values(fact),
                fact.question,
                _time(fact),
                _alarms(fact),
                rests,
            )
            yield f"| {' | '.join(cells)} |"
    yield ""
    yield "| equipment | title | substitutes |"
    yield "| --- | --- | --- |"
    for piece in KNOWLEDGE.equipment:
        yield f"| `{piece.id}` | {piece.title} | {', '.join(piece.substitutes)} |"
    yield ""
    yield "| diagnosis | finding of a clinician | evidence |"
    yield "| --- | --- | --- |"
    for diagnosis in KNOWLEDGE.diagnoses.values():
        yield f"| `{diagnosis.id}` | {diagnosis.title} | {diagnosis.row} |"
    yield ""
    yield "Goals: " + ", ".join(f"`{goal.id}`" for goal in KNOWLEDGE.goals)


def _values(fact: FactType) -> str:
    """Return the possible values, whom the fact concerns, and the reassuring value."""
    match fact.kind:
        case FactKind.NUMBER:
            values = f"{fact.low:g} to {fact.high:g} {fact.unit}".strip()
        case FactKind.ONE_OF | FactKind.SET_OF:
            values = ", ".join(fact.options) or "ids"
        case _:
            values = "yes or no"
    if fact.per_side:
        values += ", for each side"
    if fact.ages:
        values += f"; from {fact.ages[0]} to {fact.ages[1]} years"
    if fact.sexes:
        values += f"; sex {' or '.join(fact.sexes)}"
    if fact.reassuring is None:
        return values
    words = {True: "yes", False: "no"} if isinstance(fact.reassuring, bool) else {}
    return f"{values}; reassuring: {words.get(fact.reassuring is True, fact.reassuring)}"


def _time(fact: FactType) -> str:
    """Return the effect of time on an answer, with its reason."""
    days = f", {fact.valid_days} days" if fact.valid_days else ""
    reason = f": {fact.temporal_reason}" if fact.temporal_reason else ""
    return f"{fact.time}{days}{reason}"


def _alarms(fact: FactType) -> str:
    """Return the referral levels of an alarming answer, or the reason why there is none."""
    levels = dict.fromkeys(str(alarm.level) for alarm in fact.alarms)
    return "; ".join(levels) or fact.no_alarm


def intake() -> Iterator[str]:
    """Yield the questions of an intake by section, and how many some people are asked."""
    yield "# Intake"
    yield ""
    yield "The questions of an intake, in the order of its sections. A question without a condition"
    yield "is asked while its answer can decide a rule."
    yield ""
    yield from _intake_counts()
    for section in Section:
        facts = [fact for fact in KNOWLEDGE.vocabulary.types if _is_asked_in(fact, section)]
        if not facts:
            continue
        yield f"## {section.replace('_', ' ').capitalize()}"
        yield ""
        yield "| fact | question | asked if | covers |"
        yield "| --- | --- | --- | --- |"
        for fact in facts:
            condition = KNOWLEDGE.vocabulary.asked_if.get(fact.id)
            asked_if = "" if condition is None else f"`{condition_text(condition)}`"
            covers = ", ".join(f"`{part}`" for part in fact.covers)
            yield f"| `{fact.id}` | {fact.question} | {asked_if} | {covers} |"
        yield ""


def _is_asked_in(fact: FactType, section: Section) -> bool:
    return fact.is_given and bool(fact.question) and fact.asked_in is section


def _intake_counts() -> Iterator[str]:
    """Yield a table of screens and items of people who are well but for what they state."""
    recommender = kc.Recommender(KNOWLEDGE)
    yield "An item is a line of a checklist or a single question. The people below answer that"
    yield "nothing of it concerns them, and return after 29 days with a complaint, or after 200."
    yield ""
    yield "| person | screens | items | on return: screens | items |"
    yield "| --- | --- | --- | --- | --- |"
    for title, person in EXAMPLE_PEOPLE.items():
        first = recommender.intake(person, request=kc.Request(), on=EXAMPLE_DAY)
        ended, screens, items = reassured(first)
        days = 29 if person.complaints else 200
        later = EXAMPLE_DAY + datetime.timedelta(days=days)
        back = recommender.intake(ended.person, ended.history, request=kc.Request(), on=later)
        _, screens_again, items_again = reassured(back)
        yield f"| {title} | {screens} | {items} | {screens_again} | {items_again} |"
    yield ""


def ladders() -> Iterator[str]:
    """Yield a table for each ladder."""
    yield "# Ladders"
    yield ""
    for ladder in KNOWLEDGE.ladders:
        yield f"## {ladder.title}"
        yield ""
        yield "| rung | gets harder | named doses |"
        yield "| --- | --- | --- |"
        for rung in ladder.rungs:
            doses = ", ".join(map(dose_text, rung.axis))
            yield f"| {rung.exercise} | {rung.harder or ''} | {doses} |"
        yield ""


def chain() -> Iterator[str]:
    """Yield the picture, the links with their grades, and all claims."""
    yield "# Links and claims of the kinetic chain"
    yield ""
    yield "![The kinetic chain, drawn on a body](chain.svg)"
    yield ""
    yield "| from | to | mechanics | pain | treatment | rows for | rows against |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for link in KNOWLEDGE.chain.links:
        grades = f"{link.mechanics} | {link.pain_association} | {link.treatment_effect}"
        rows = f"{', '.join(link.claims)} | {', '.join(link.against)}"
        yield f"| {link.origin} | {link.target} | {grades} | {rows} |"
    yield ""
    yield "## Claims"
    yield ""
    yield from (_claim(claim) for claim in KNOWLEDGE.chain.evidence)


def _claim(claim: Claim) -> str:
    doubt = "" if claim.confirmed else ", unconfirmed"
    side = "against" if claim.against else "for"
    head = f"**{claim.id}** ({claim.kind}, {claim.grade}{doubt}, {side})"
    return f"- {head}: {claim.statement} *{', '.join(claim.sources)}*"


def scorecard() -> Iterator[str]:
    """Yield the kept figures of each row, from the larger profile in which it was measured."""
    yield ":orphan:"
    yield ""
    yield "| Measured | Figures | Not met |"
    yield "|---|---|---|"
    kept = {profile: kept_rows(profile) for profile in PROFILES}
    for row in rows():
        for profile in reversed(PROFILES):
            measured = kept[profile].get(row.id)
            if measured is not None:
                figures = figures_text(measured["figures"])
                missed = "; ".join(measured["shortfalls"]) or "–"
                yield f"| {row.title} ({profile}) | {figures} | {missed} |"
                break
        else:
            yield f"| {row.title} | not measured yet | – |"


def sources() -> Iterator[str]:
    """Yield every source, with how much of it was read."""
    yield "# Sources"
    yield ""
    yield from (f"- **{one.id}**: {one} ({one.read})" for one in KNOWLEDGE.sources.values())


def transitions() -> Iterator[str]:
    """Yield the picture, the transition table, the facts of guards, and the constants."""
    rows = KNOWLEDGE.transitions
    yield "# Transitions of a progression"
    yield ""
    yield "The guards of this table are evaluated after a session, a next morning, a break or a"
    yield "clinician's result. Of all guards that are known to hold, the most cautious action"
    yield "applies. Of several rows with this action, the first gives the reason."
    yield "[How progression decides](../explanation/progression.md) explains the table."
    yield ""
    yield "![The actions of a progression](transitions.svg)"
    yield ""
    for action in sorted(Action, key=lambda one: -one.caution):
        yield f"## {action}: {progression_picture.LANDS[action]}"
        yield ""
        yield from (_transition(row) for row in rows if row.action is action)
        yield ""
    yield "## Facts of guards"
    yield ""
    yield "These facts are derived for one ladder and one side. A guard can also read facts of the"
    yield "person."
    yield ""
    yield "| fact | unit | meaning |"
    yield "| --- | --- | --- |"
    for fact in REVIEW_FACTS:
        yield f"| `{fact.id}` | {fact.unit or fact.kind} | {fact.question} |"
    yield ""
    yield "## Constants"
    yield ""
    yield "| constant | value | evidence |"
    yield "| --- | --- | --- |"
    for name, rests_on in Policy.evidence().items():
        yield f"| `{name}` | {getattr(KNOWLEDGE.policy, name)} | {', '.join(rests_on)} |"
    yield ""
    yield "## Order of the dose"
    yield ""
    yield "| kind | dimensions, in the order in which they grow |"
    yield "| --- | --- |"
    for order in KNOWLEDGE.dose_orders:
        yield f"| {order.kind} | {', '.join(order.order)} |"


def _transition(row: Transition) -> str:
    evidence = ", ".join((*row.evidence, *row.conflicts))
    guard = condition_text(row.when)
    return f"- **{row.id}**: {KNOWLEDGE.catalog.say(row.id)} *{evidence}*\n\n  `{guard}`"
