"""Proof at load: what is found over all people, each finding with a person who shows it."""

from itertools import product

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.domain.facts import (
    All,
    AnyOf,
    Condition,
    FactClass,
    FactKind,
    FactType,
    Value,
    evaluate,
    parse_condition,
)
from kineticchain.interop import toml
from kineticchain.knowledge.findings import diff, unexplained_in
from kineticchain.knowledge.pack import RulePack
from kineticchain.rules import Exclude, ExerciseIndex, Prefer, Rule, Rulebook, decide
from kineticchain.rules.analysis import FindingKind, RuleFinding, Verdict, analyse, compare
from kineticchain.rules.analysis.box_cover import WorkBudget, outside
from kineticchain.rules.analysis.rule_boxes import RuleBoxes
from kineticchain.rules.analysis.witness import likely_cells, usual_values
from kineticchain.testing import packs
from kineticchain.testing.strategies import persons

HEAD = """schema = 1
id = "x"
version = "1"
"""
PLANTED = """
[[rule]]
id = "x.a"
when = "{when}"
exclude = true
because = "b"
sources = ["SEED0"]
"""


@pytest.mark.parametrize(
    ("when", "fault"),
    [
        ("diabetis and fever", "x.toml:7: $.rule[0] (x.a).when: no fact is called `diabetis`; did you mean `diabetes`?"),
        ("tandem_stance_s < 'ten'", "x.toml:7: $.rule[0] (x.a).when tandem_stance_s: `'ten'` is not a number from 0 to 120 s"),
        ("walking_aid == 'stick'", "x.toml:7: $.rule[0] (x.a).when walking_aid: `'stick'` is not a value of `walking_aid`; it must be one of"),
        ("worst_pain >= 12", "x.toml:7: $.rule[0] (x.a).when worst_pain: `12` is not a number from 0 to 10"),
        ("fever and (limp", "x.toml:7: $.rule[0].when column "),
        ("worst_pain >= 8 and worst_pain <= 3", "x.toml:7: $.rule[0] (x.a).when: can hold for nobody; look for parts that exclude each other"),
    ],
    ids=["misspelt", "number against text", "outside the words", "outside the range", "syntax", "contradiction"],
)  # fmt: skip
def test_the_six_planted_mistakes_are_caught_at_load(
    when: str, fault: str, knowledge: kc.Knowledge
) -> None:
    with pytest.raises(kc.InvalidInput) as caught:
        knowledge.with_packs(toml.loads(HEAD + PLANTED.format(when=when), "x.toml"))
    assert str(caught.value).startswith(fault)


def test_the_built_in_packs_have_no_finding_that_they_do_not_explain(
    knowledge: kc.Knowledge,
) -> None:
    assert unexplained_in(knowledge) == ()


def found(rules: str, knowledge: kc.Knowledge) -> list[RuleFinding]:
    """What is found about a pack's rules alone."""
    pack = toml.loads(HEAD + rules, "x.toml")
    return list(analyse(evolve(knowledge.rulebook, rules=pack.rules)))


def row(name: str, when: str, effect: str) -> str:
    return (
        f'[[rule]]\nid = "x.{name}"\nwhen = "{when}"\n{effect}\n'
        'because = "b"\nsources = ["SEED0"]\n'
    )


WALKING = "about = \"exercise.id == 'walking'\""


@pytest.mark.parametrize(
    ("rules", "kind", "subject"),
    [
        (row("a", "fever and not fever and age > 3", "exclude = true"), "never_holds", "x.a"),
        (row("a", "here.pain > 6 and here.pain < 7", 'each = "complaint"\nexclude = true'), "never_holds", "x.a"),
        (row("a", "here.region == 'knee' and here.part == 'foot'", 'each = "complaint"\nexclude = true'), "never_holds", "x.a"),
        (row("a", "age < 60 or age >= 40", WALKING + "\nexclude = true"), "always_holds", "x.a"),
        (row("a", "age > 70 and fever", WALKING + "\nexclude = true") + row("b", "age > 60", "exclude = true"), "shadowed", "x.a"),
        (row("a", "age > 30", WALKING + "\nexclude = true") + row("b", "age > 20 and age < 70", "exclude = true") + row("c", "age >= 70", "exclude = true"), "shadowed", "x.a"),
        (row("a", "fever and limp", 'refer = { level = "SOON", whom = "doctor" }') + row("b", "fever", 'refer = { level = "URGENT", whom = "doctor" }'), "shadowed", "x.a"),
        (row("a", "limp", 'limit = { load = "L3" }') + row("b", "limp", 'limit = { load = "L2" }'), "shadowed", "x.a"),
        (row("a", "goal == 'balance'", WALKING + "\nfavour = 5") + row("b", "age > 80", "exclude = true"), "contradiction", "x.a"),
        (row("a", "'knee' in painful_regions", WALKING + "\nfavour = 5") + row("b", "here.region == 'knee'", 'each = "complaint"\nabout = "here.region in exercise.regions.within_2"\nexclude = true'), "contradiction", "x.a"),
        (row("a", "age >= 50", WALKING + "\nexclude = true") + row("b", "age <= 50", "exclude = true"), "out_of_reach", "walking"),
        (row("a", "weeks_trained > 5", 'refer = { level = "EMERGENCY", whom = "doctor" }'), "red_flag_without_question", "x.a"),
    ],
)  # fmt: skip
def test_what_is_odd_is_found(rules: str, kind: str, subject: str, knowledge: kc.Knowledge) -> None:
    findings = found(rules, knowledge)
    assert (kind, subject, Verdict.PROVEN) in [(f.kind, f.subject, f.verdict) for f in findings]


@pytest.mark.parametrize(
    "rules",
    [
        row("a", "age > 70 and fever", WALKING + "\nexclude = true") + row("b", "age > 71", "exclude = true"),
        row("a", "limp", WALKING + "\nexclude = true") + row("b", "known(limp) and limp", "exclude = true"),
        row("a", "goal == 'balance' and age < 70", WALKING + "\nfavour = 5") + row("b", "age > 80", "exclude = true"),
        row("a", "limp", 'limit = { load = "L2" }') + row("b", "limp", 'limit = { load = "L3" }\nadvise = ["not_a_diagnosis"]'),
    ],
)  # fmt: skip
def test_what_only_looks_odd_is_not_found(rules: str, knowledge: kc.Knowledge) -> None:
    assert found(rules, knowledge) == []


def small_book(rules: tuple[Rule, ...], knowledge: kc.Knowledge) -> Rulebook:
    return evolve(knowledge.rulebook, rules=rules)


@given(made=packs.odd_packs(kc.Knowledge.builtin(), most=5))
def test_every_witness_shows_its_finding(made: RulePack) -> None:
    knowledge = kc.Knowledge.builtin()
    rules = tuple(rule for rule in made.rules if isinstance(rule, Rule))
    vocabulary = knowledge.vocabulary.extended(made.facts)
    book = evolve(small_book(rules, knowledge), vocabulary=vocabulary)
    for finding in analyse(book):
        if finding.kind is FindingKind.CONTRADICTION and finding.witness is not None:
            decision = decide(book, finding.witness.situation(book))
            favoured = {
                (p.target.exercise, p.target.side)
                for p in decision.preferences
                if p.rule == finding.subject
            }
            excluded = {
                (e.target.exercise, e.target.side)
                for e in decision.exclusions
                if e.rule in finding.others
            }
            assert favoured & excluded


SMALL = (
    FactType(id="p", kind=FactKind.BOOLEAN, fact_class=FactClass.MEASURE),
    FactType(id="q", kind=FactKind.BOOLEAN, fact_class=FactClass.MEASURE),
    FactType(id="n", kind=FactKind.NUMBER, fact_class=FactClass.MEASURE, low=0, high=3),
    FactType(id="w", kind=FactKind.ONE_OF, fact_class=FactClass.MEASURE, options=("a", "b", "c")),
)  # fmt: skip
VALUES: dict[str, list[Value | None]] = {
    "p": [False, True, None],
    "q": [False, True, None],
    "n": [0, 0.5, 1, 1.5, 2, 2.5, 3, None],
    "w": ["a", "b", "c", None],
}
EVERYBODY: list[dict[str, Value]] = [
    {name: value for name, value in zip(VALUES, values, strict=True) if value is not None}
    for values in product(*VALUES.values())
]


@given(
    inside=packs.conditions_on(SMALL),
    avoided=st.lists(packs.conditions_on(SMALL), max_size=3),
    unknown=st.booleans(),
)
def test_the_search_agrees_with_trying_everybody(
    inside: Condition, avoided: list[Condition], *, unknown: bool
) -> None:
    """Somebody of whom one condition holds and of whom no other may, or nobody."""
    rules = tuple(
        Rule(id=f"r{at}", when=when, effects=(Exclude(),), because="b", sources=("SEED0",))
        for at, when in enumerate((inside, *avoided))
    )
    knowledge = kc.Knowledge.builtin()
    book = evolve(knowledge.rulebook, rules=rules, vocabulary=knowledge.vocabulary.extended(SMALL))
    forms = RuleBoxes.of(book)
    own = forms.may(rules[0]) if unknown else forms.sure(rules[0])
    others = [box for rule in rules[1:] for box in forms.may(rule) or ()]
    assert own is not None
    likely, budget = likely_cells(usual_values(forms), forms), WorkBudget(100_000)
    free = [outside(box, others, forms.full, likely, budget) for box in own]
    tried = [
        facts
        for facts in EVERYBODY
        if evaluate(inside, facts) in ((True, None) if unknown else (True,))
        and all(evaluate(one, facts) is False for one in avoided)
    ]
    assert any(box is not None for box in free) == bool(tried)


@pytest.mark.parametrize(
    ("before", "after", "safe", "changes"),
    [
        ("age > 70", "age > 60", True, 1),
        ("age > 60", "age > 70", False, 1),
        ("fever or limp", "limp or fever", True, 0),
        ("fever", "known(fever) and fever", False, 1),
        ("age > 60 and age < 70", "age > 65 and age < 75", False, 2),
    ],
)
def test_two_packs_are_held_against_each_other(
    before: str, after: str, *, safe: bool, changes: int
) -> None:
    old, new = (
        toml.loads(HEAD + row("a", when, WALKING + "\nexclude = true"), "x.toml")
        for when in (before, after)
    )
    comparison = diff(old, new)
    assert comparison.at_least_as_safe is safe
    assert len(comparison.changes) == changes
    assert all(one.witness is not None for one in comparison.changes)


@settings(max_examples=settings().max_examples * 2 // 5)
@given(made=packs.odd_packs(kc.Knowledge.builtin(), most=4), gone=st.integers(0, 20))
def test_less_rules_are_never_called_safer_without_proof(made: RulePack, gone: int) -> None:
    knowledge = kc.Knowledge.builtin()
    rules = tuple(rule for rule in made.rules if isinstance(rule, Rule) and not rule.concludes)
    vocabulary = knowledge.vocabulary.extended(made.facts)
    book = evolve(knowledge.rulebook, rules=rules, vocabulary=vocabulary)
    fewer = tuple(rule for at, rule in enumerate(rules) if at != gone % len(rules))
    less = evolve(book, rules=fewer)
    assert compare(less, book).at_least_as_safe is True
    for change in compare(book, less).changes:
        if change.witness is not None:
            situation = change.witness.situation(book)
            assert decide(book, situation) != decide(less, situation)


def test_a_search_that_spends_its_budget_says_so(knowledge: kc.Knowledge) -> None:
    rules = tuple(
        Rule(
            id=f"x.r{at}",
            when=parse_condition(f"age > {at} and (fever or limp or bmi > {at % 40 + 10})"),
            effects=(Exclude(),) if at % 2 else (Prefer(1),),
            because="b",
            sources=("SEED0",),
        )
        for at in range(60)
    )
    findings = analyse(small_book(rules, knowledge), work=50)
    assert any(one.verdict is Verdict.UNDECIDED for one in findings)


@given(
    made=packs.odd_packs(kc.Knowledge.builtin(), most=3),
    other=packs.odd_packs(kc.Knowledge.builtin(), most=3),
    wider=st.booleans(),
    people=st.lists(persons(kc.Knowledge.builtin()), min_size=5, max_size=5),
)
def test_what_is_called_safer_is_safer_for_anybody(
    made: RulePack, other: RulePack, *, wider: bool, people: list[kc.Person]
) -> None:
    knowledge = kc.Knowledge.builtin()
    rules = [one for one in made.rules if isinstance(one, Rule) and one.each is None]
    more = [one.when for one in other.rules if isinstance(one, Rule) and one.each is None]
    if not rules or not more:
        return
    vocabulary = knowledge.vocabulary.extended(made.facts)
    before = evolve(knowledge.rulebook, rules=tuple(rules), vocabulary=vocabulary)
    join = AnyOf if wider else All
    changed = [evolve(rules[0], when=join((rules[0].when, more[0]))), *rules[1:]]
    after = evolve(before, rules=tuple(changed))
    if compare(before, after).at_least_as_safe is not True:
        return
    recommender = kc.Recommender(knowledge)
    for person in people:
        situation = recommender.situation(person)
        old, new = decide(before, situation), decide(after, situation)
        assert new.level >= old.level
        assert {(e.target.exercise, e.target.side) for e in old.exclusions} <= {
            (e.target.exercise, e.target.side) for e in new.exclusions
        }
        assert {
            (d.effect.requirement, d.target.exercise, d.target.side) for d in old.requirements
        } <= {
            (d.effect.requirement, d.target.exercise, d.target.side) for d in new.requirements
        } | {
            (d.effect.requirement, e.target.exercise, e.target.side)
            for d in old.requirements
            for e in new.exclusions
        }


@given(whens=st.lists(packs.conditions_on(SMALL), min_size=1, max_size=4))
def test_the_verdicts_agree_with_trying_everybody(whens: list[Condition]) -> None:
    knowledge = kc.Knowledge.builtin()
    rules = tuple(
        Rule(id=f"r{at}", when=when, effects=(Exclude(),), about=ONE, because="b", sources=("S",))
        for at, when in enumerate(whens)
    )
    vocabulary = knowledge.vocabulary.extended(SMALL)
    exercise_index = ExerciseIndex((knowledge.exercises["walking"],), knowledge.chain)
    book = Rulebook(rules=rules, exercise_index=exercise_index, vocabulary=vocabulary)
    findings = {(one.kind.value, one.subject) for one in analyse(book)}
    truths = [[evaluate(rule.when, facts) for facts in EVERYBODY] for rule in rules]
    for at, own in enumerate(truths):
        name = f"r{at}"
        assert (("never_holds", name) in findings) == (True not in own)
        others = [other for to, other in enumerate(truths) if to != at]
        mine = [place for place, truth in enumerate(own) if truth is not False]
        covered = all(any(other[place] is not False for other in others) for place in mine)
        assert (("shadowed", name) in findings) == (bool(mine) and covered)
    everybody = all(
        any(own[place] is not False for own in truths) for place in range(len(EVERYBODY))
    )
    assert (("out_of_reach", "walking") in findings) == everybody


ONE = "exercise.id == 'walking'"
