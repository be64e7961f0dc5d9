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
    """Return the findings that no pack explains, and the places of unused explanations.

    An unused explanation is a row of the table `explained` that matches no finding.

    Args:
        knowledge: The knowledge to analyse.
        work: The largest number of comparisons of boxes for one question.
    """
    explanations = Explanations(knowledge)
    findings = analyse(knowledge.rulebook, work, explanations.explain)
    return findings, tuple(explanations.unused())


class Explanations:
    """The rows of the table `explained`, with a record of the rows that matched a finding."""

    def __init__(self, knowledge: Contents) -> None:
        """Collect the packs with explanations, and the ids of their rules and exercises."""
        self.packs: list[RulePack] = [pack for pack in knowledge.packs if pack.explained]
        self.own_of: dict[str, set[str]] = {
            pack.id: {member.id for member in (*pack.rules, *pack.exercises)} for pack in self.packs
        }
        self.used: set[tuple[str, int]] = set()

    def explain(self, finding: RuleFinding) -> bool:
        """Return whether a pack explains a finding.

        A pack can only explain findings in which one of its own rules or exercises takes part.
        """
        is_explained = False
        for pack in self.packs:
            own_ids = self.own_of[pack.id]
            if not own_ids & {finding.subject, *finding.others}:
                continue
            for index, accepted in enumerate(pack.explained):
                subject_matches = accepted.subject == finding.subject or (
                    accepted.subject == "*" and finding.subject in own_ids
                )
                other_matches = accepted.other is None or accepted.other in finding.others
                if accepted.finding == finding.kind and subject_matches and other_matches:
                    self.used.add((pack.id, index))
                    is_explained = True
        return is_explained

    def unused(self) -> Iterator[str]:
        """Yield the place of each explanation that matched no finding."""
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
        The changed effects, each with a witness, or with None if the search was undecided; and the
        differences that the comparison does not cover, such as changed texts and ladders.

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
        cause: The rule of an added pack that causes the findings; without such a rule, the subject
            of the findings.
        where: The place of the cause in its document; `analysis` if no added pack has the cause.
        findings: The findings.
    """

    cause: str
    where: str
    findings: tuple[RuleFinding, ...]

    def __str__(self) -> str:
        """Return a sentence for each kind of finding, and one witness as an example.

        A sentence names up to three subjects.
        """
        subjects: dict[FindingKind, list[str]] = {}
        for finding in self.findings:
            names = subjects.setdefault(finding.kind, [])
            if finding.subject not in names:
                names.append(finding.subject)
        sentences = []
        for kind, names in subjects.items():
            is_about_cause = names == [self.cause] and self.where != _NO_PLACE
            sentence = _SENTENCES[kind]
            other_rules = {
                rule for finding in self.findings if finding.kind is kind for rule in finding.others
            }
            if is_about_cause and kind is FindingKind.SHADOWED:
                sentence = f"makes no difference beside {first_few(sorted(other_rules))}"
            elif is_about_cause and kind is FindingKind.CONTRADICTION and other_rules:
                sentence = f"{sentence} by {first_few(sorted(other_rules))}"
            sentences.append(sentence if is_about_cause else f"{sentence}: {first_few(names)}")
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

    A rule of an added pack causes the findings about itself. If the rule holds for everybody, it
    also causes exercises to be out of reach, provided that it is about them or refers urgently. In
    other findings, the cause is a rule of an added pack that takes part, preferably a rule that
    holds for everybody. Without such a rule, the cause of a finding is its subject.

    Args:
        findings: Findings of the knowledge.
        knowledge: The built-in packs together with the packs to check.
    """
    all_findings = tuple(findings)
    places = {
        rule.id: (pack, place_of(pack, "rule", index, rule.id))
        for pack in added_packs(knowledge)
        for index, rule in enumerate(pack.rules)
    }
    always = [
        finding.subject for finding in all_findings if finding.kind is FindingKind.ALWAYS_HOLDS
    ]
    causes = [name for name in always if name in places]
    groups: dict[str, list[RuleFinding]] = {}
    for finding in all_findings:
        groups.setdefault(_cause_of(finding, places, causes, knowledge), []).append(finding)
    lines = _lines_of([places[cause] for cause in groups if cause in places])
    return tuple(
        FindingGroup(cause, lines.get(places[cause][1], _NO_PLACE), tuple(group))
        if cause in places
        else FindingGroup(cause, _NO_PLACE, tuple(group))
        for cause, group in groups.items()
    )


def _cause_of(
    finding: RuleFinding,
    places: Mapping[str, object],
    always: list[str],
    knowledge: Contents,
) -> str:
    if finding.subject in places:
        return finding.subject
    if finding.kind is FindingKind.OUT_OF_REACH:
        for name in always:
            rule = knowledge.rules_by_id[name]
            exercises = knowledge.exercise_index.about(rule.about, {}, or_unknown=True)
            about = any(exercise.id == finding.subject for exercise in exercises)
            if isinstance(rule, Rule) and (about or rule.level >= ReferralLevel.URGENT):
                return name
    added_rules = [name for name in finding.others if name in places]
    preferred = [name for name in always if name in added_rules] or added_rules
    return preferred[0] if preferred else finding.subject


def _lines_of(places: Iterable[tuple[RulePack, str]]) -> Mapping[str, str]:
    """Return the text of each place, with its line if the document of the pack is known.

    Each document is read once.
    """
    by_pack: dict[str, tuple[RulePack, list[str]]] = {}
    for pack, where in places:
        by_pack.setdefault(pack.id, (pack, []))[1].append(where)
    lines: dict[str, str] = {}
    for pack, pack_places in by_pack.values():
        for where, fault in zip(
            pack_places, pack.placed([Fault("", place) for place in pack_places]), strict=True
        ):
            line = f"{pack.origin}:{fault.line}: {fault.where.partition(': ')[2]}"
            lines[where] = line if fault.line else where
    return lines


def _person_words(witness: Witness) -> str:
    """Return a witness in words: age, complaints, injuries, operations and alarming answers.

    At most five answers are listed.
    """
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
