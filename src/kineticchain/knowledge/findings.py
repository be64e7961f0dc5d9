"""Findings of the analysis of a knowledge, and the comparison of two packs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from kineticchain.domain.facts import ReferralLevel
from kineticchain.domain.facts.fact_values import value_text
from kineticchain.errors import Fault
from kineticchain.knowledge.checks.references import place_of
from kineticchain.knowledge.contents import Contents
from kineticchain.knowledge.knowledge import Knowledge
from kineticchain.knowledge.pack import RulePack
from kineticchain.rules import Rule
from kineticchain.rules.analysis import (
    FindingKind,
    PackComparison,
    RuleFinding,
    analyse,
    compare,
)
from kineticchain.rules.analysis.satisfiability import WORK, Verdict
from kineticchain.rules.analysis.witness import Witness


def unexplained_in(knowledge: Contents, work: int = WORK) -> tuple[RuleFinding, ...]:
    """Return the findings of `kineticchain.rules.analysis.analyse` that no pack explains.

    Args:
        knowledge: The knowledge to analyse.
        work: The largest number of comparisons of boxes for one question.
    """
    return analysed(knowledge, work)[0]


def analysed(
    knowledge: Contents, work: int = WORK
) -> tuple[tuple[RuleFinding, ...], tuple[str, ...]]:
    """Return the findings that no pack explains, and the places of explanations of nothing.

    Args:
        knowledge: The knowledge to analyse.
        work: The largest number of comparisons of boxes for one question.
    """
    explanations = Explanations(knowledge)
    findings = analyse(knowledge.rulebook, work, explanations.explain)
    return findings, tuple(explanations.unused())


class Explanations:
    """The explanations of packs, and which of them explained a finding."""

    def __init__(self, knowledge: Contents) -> None:
        """Collect the explanations of all packs with the ids that each pack may speak of."""
        self.packs: list[RulePack] = [pack for pack in knowledge.packs if pack.explained]
        self.own_of: dict[str, set[str]] = {
            pack.id: {member.id for member in (*pack.rules, *pack.exercises)} for pack in self.packs
        }
        self.used: set[tuple[str, int]] = set()

    def explain(self, finding: RuleFinding) -> bool:
        """Return whether a pack with a rule or exercise in the finding accepts it."""
        is_explained = False
        for pack in self.packs:
            own = self.own_of[pack.id]
            if not own & {finding.subject, *finding.others}:
                continue
            for index, accepted in enumerate(pack.explained):
                subject = accepted.subject == finding.subject or (
                    accepted.subject == "*" and finding.subject in own
                )
                other = accepted.other is None or accepted.other in finding.others
                if accepted.finding == finding.kind and subject and other:
                    self.used.add((pack.id, index))
                    is_explained = True
        return is_explained

    def unused(self) -> Iterator[str]:
        """Yield the place of each explanation that explained nothing."""
        for pack in self.packs:
            for index, accepted in enumerate(pack.explained):
                if (pack.id, index) not in self.used:
                    yield place_of(pack, "explained", index, accepted.subject)


def diff(
    before: RulePack, after: RulePack, knowledge: Knowledge | None = None, work: int = WORK
) -> PackComparison:
    """Compare the decisions of two packs over all possible people.

    Each pack is added to the knowledge, but only the rules of the packs are compared.

    Args:
        before: The first pack.
        after: The second pack.
        knowledge: The knowledge that both packs are added to; by default the built-in one.
        work: The largest number of comparisons of boxes for one question.

    Returns:
        The changes from `before` to `after`, each with a person, and differences in other parts.

    Raises:
        InvalidKnowledge: If a pack does not fit the knowledge.
    """
    base = knowledge or Knowledge.builtin()
    books = [base.with_packs(pack).without_rules(*base.rules_by_id) for pack in (before, after)]
    comparison = compare(books[0].rulebook, books[1].rulebook, work)
    texts = dict(after.messages)
    changed = [
        f"the text {name}" for name, text in before.messages if texts.get(name, text) != text
    ]
    ladders = {ladder.id: ladder for ladder in after.ladders}
    changed += [
        f"the ladder {ladder.id}"
        for ladder in before.ladders
        if ladders.get(ladder.id, ladder) != ladder
    ]
    return evolve(comparison, beyond=(*comparison.beyond, *changed))


def added_packs(knowledge: Contents) -> tuple[RulePack, ...]:
    """Return the packs of a knowledge that are not built in."""
    builtin = {pack.id for pack in Knowledge.builtin().packs}
    return tuple(pack for pack in knowledge.packs if pack.id not in builtin)


_MAX_NAMED = 3
_MAX_FACTS = 5
_NO_PLACE = "analysis"


def first_few(names: Sequence[str]) -> str:
    """Return up to three names, and how many more there are."""
    text = ", ".join(names[:_MAX_NAMED])
    more = len(names) - _MAX_NAMED
    return f"{text} and {more} more" if more > 0 else text


@frozen
class FindingGroup:
    """All findings with one cause.

    Attributes:
        cause: The rule of an added pack that causes the findings; None if none is known.
        where: The place of that rule in its document; `analysis` for a rule of no added pack.
        findings: The findings.
    """

    cause: str | None
    where: str
    findings: tuple[RuleFinding, ...]

    def __str__(self) -> str:
        """Return one sentence for each kind of finding, with up to three subjects, and a person."""
        subjects: dict[FindingKind, list[str]] = {}
        for finding in self.findings:
            names = subjects.setdefault(finding.kind, [])
            if finding.subject not in names:
                names.append(finding.subject)
        sentences = []
        for kind, names in subjects.items():
            own = names == [self.cause] and self.where != _NO_PLACE
            sentence = _SENTENCES[kind]
            others = {
                other
                for finding in self.findings
                if finding.kind is kind
                for other in finding.others
            }
            if own and kind is FindingKind.SHADOWED:
                sentence = f"makes no difference beside {first_few(sorted(others))}"
            elif own and kind is FindingKind.CONTRADICTION and others:
                sentence = f"{sentence} by {first_few(sorted(others))}"
            sentences.append(sentence if own else f"{sentence}: {first_few(names)}")
        undecided = any(finding.verdict is not Verdict.PROVEN for finding in self.findings)
        text = "; ".join(sentences) + (" (not decided within the budget)" if undecided else "")
        witnesses = [
            finding.witness
            for finding in self.findings
            if finding.witness is not None and finding.kind is not FindingKind.ALWAYS_HOLDS
        ]
        return f"{text}; for example {_person_words(witnesses[0])}" if witnesses else text


_SENTENCES = {
    FindingKind.NEVER_HOLDS: "can hold for nobody",
    FindingKind.ALWAYS_HOLDS: "holds for everybody",
    FindingKind.SHADOWED: "makes no difference beside other rules",
    FindingKind.CONTRADICTION: "prefers what is excluded for the same person",
    FindingKind.OUT_OF_REACH: "nobody can get these exercises",
    FindingKind.RED_FLAG_WITHOUT_QUESTION: "refers on facts that nobody is asked for",
}


def grouped(findings: Iterable[RuleFinding], knowledge: Contents) -> tuple[FindingGroup, ...]:
    """Group findings by the rule of an added pack that causes them.

    A rule causes the findings about itself. A rule of an added pack that holds for everybody also
    causes that other rules make no difference, and that exercises are out of reach.

    Args:
        findings: Findings of the knowledge.
        knowledge: The built-in packs with those to be checked.
    """
    members = tuple(findings)
    places = {
        rule.id: (pack, place_of(pack, "rule", index, rule.id))
        for pack in added_packs(knowledge)
        for index, rule in enumerate(pack.rules)
    }
    always = [finding.subject for finding in members if finding.kind is FindingKind.ALWAYS_HOLDS]
    causes = [name for name in always if name in places]
    groups: dict[str | None, list[RuleFinding]] = {}
    for finding in members:
        groups.setdefault(_cause_of(finding, places, causes, knowledge), []).append(finding)
    lines = _lines_of([places[cause] for cause in groups if cause in places])
    return tuple(
        FindingGroup(cause, lines.get(places[cause][1], _NO_PLACE), tuple(own))
        if cause in places
        else FindingGroup(cause, _NO_PLACE, tuple(own))
        for cause, own in groups.items()
    )


def _cause_of(
    finding: RuleFinding,
    places: Mapping[str, object],
    always: list[str],
    knowledge: Contents,
) -> str | None:
    if finding.subject in places:
        return finding.subject
    if finding.kind is FindingKind.OUT_OF_REACH:
        for name in always:
            rule = knowledge.rules_by_id[name]
            exercises = knowledge.exercise_index.about(rule.about, {}, or_unknown=True)
            about = any(exercise.id == finding.subject for exercise in exercises)
            if isinstance(rule, Rule) and (about or rule.level >= ReferralLevel.URGENT):
                return name
    added = [name for name in finding.others if name in places]
    first = [name for name in always if name in added] or added
    return first[0] if first else finding.subject


def _lines_of(places: Iterable[tuple[RulePack, str]]) -> Mapping[str, str]:
    """Return each place with its line, if its document is known; a document is read once."""
    by_pack: dict[str, tuple[RulePack, list[str]]] = {}
    for pack, where in places:
        by_pack.setdefault(pack.id, (pack, []))[1].append(where)
    lines: dict[str, str] = {}
    for pack, own in by_pack.values():
        for where, fault in zip(own, pack.placed([Fault("", place) for place in own]), strict=True):
            line = f"{pack.origin}:{fault.line}: {fault.where.partition(': ')[2]}"
            lines[where] = line if fault.line else where
    return lines


def _person_words(witness: Witness) -> str:
    """Return a witness in words: age, complaints, injuries, operations and alarming answers."""
    person = witness.person
    words = [f"a person of {person.age}" if person.age is not None else "a person of unknown age"]
    words += [
        f"{complaint.region} pain {'?' if complaint.pain is None else complaint.pain} of 10"
        for complaint in person.complaints
    ]
    words += [f"an injury of the {injury.region}" for injury in person.injuries]
    words += [f"an operation of the {surgery.region}" for surgery in person.surgeries]
    cleared = Knowledge.builtin().vocabulary.cleared
    answers = sorted(person.facts.given().items())
    words += [
        f"{name} = {value_text(value)}"
        for name, value in answers
        if value is not None and name in cleared and cleared[name] != value
    ][:_MAX_FACTS]
    return ", ".join(words)
