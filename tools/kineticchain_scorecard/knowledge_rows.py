"""Rows about the rules of the built-in knowledge and of the example packs."""

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod

import kineticchain as kc
from kineticchain.domain.facts import Condition, FactKind, FactType, Value, evaluate
from kineticchain.domain.facts.condition import Compare, Contains, In, Name, places_read, walk
from kineticchain.domain.facts.fact_values import stem
from kineticchain.knowledge.findings import unexplained_in
from kineticchain.rules.analysis import analyse
from kineticchain.rules.analysis.rule_boxes import types_for
from kineticchain.rules.analysis.satisfiability import Verdict
from kineticchain.rules.matching.matcher import Matcher
from kineticchain_scorecard.row import Figures, Size, number_of, texts_of
from kineticchain_scorecard.test_runs import ROOT


def findings(size: Size, profile: str) -> Figures:
    """Analyse the built-in knowledge with packs, and evaluate each witness of a finding.

    Args:
        size: `packs`: the files of packs.
        profile: Unused.
    """
    del profile
    files = texts_of(size, "packs")
    knowledge = kc.Knowledge.builtin().with_packs(*(kc.load_pack(ROOT / file) for file in files))
    all_findings = analyse(knowledge.rulebook)
    witnesses = [finding for finding in all_findings if finding.witness is not None]
    return {
        "findings": len(all_findings),
        "unexplained": len(unexplained_in(knowledge)),
        "undecided": sum(finding.verdict is not Verdict.PROVEN for finding in all_findings),
        "witnesses": len(witnesses),
        "false_witnesses": sum(not _fires(finding, knowledge) for finding in witnesses),
    }


def _fires(finding: object, knowledge: kc.Knowledge) -> bool:
    """Return whether the subject of a finding fires for the witness; True if it is no rule."""
    witness, subject = finding.witness, finding.subject  # type: ignore[attr-defined]
    decision = knowledge.compiled_rules.decide(witness.situation(knowledge.rulebook))
    rules = {trace.rule for trace in decision.trace}
    return subject not in knowledge.rules_by_id or subject in rules


def cells(size: Size, profile: str) -> Figures:
    """Compare the matcher with the reference for each rule, over all combinations of cells.

    A cell is a range of values that the condition does not distinguish. One value stands for each
    cell, and unknown is a cell of its own.

    Args:
        size: `most_cells`: rules with more combinations are not compared.
        profile: Unused.
    """
    del profile
    rulebook = kc.Knowledge.builtin().rulebook
    types = types_for(rulebook)
    proved = skipped = mismatches = compared = 0
    for rule in rulebook.data_rules:
        places = places_read(rule.when, rulebook.per_side)
        samples = {place: _samples(stem(place), rule.when, types) for place in places}
        if prod(map(len, samples.values())) > number_of(size, "most_cells"):
            skipped += 1
            continue
        matcher, proved = Matcher([rule.when], rulebook.per_side), proved + 1
        for combination in product(*samples.values()):
            pairs = zip(samples, combination, strict=True)
            facts = {place: value for place, value in pairs if value is not None}
            compared += 1
            mismatches += _matched(matcher, facts) is not evaluate(rule.when, facts)
    return {"proved": proved, "skipped": skipped, "cells": compared, "mismatches": mismatches}


def _matched(matcher: Matcher, facts: Mapping[str, Value]) -> bool | None:
    held, unknown = matcher.match(facts)
    return True if held else None if unknown else False


def _samples(name: str, condition: Condition, types: Mapping[str, FactType]) -> list[Value | None]:
    """Return a value for each cell of a fact, with None for unknown."""
    fact = types.get(name)
    compared = sorted(set(_compared_values(name, condition)), key=repr)
    kind = _kind_of(compared) if fact is None else fact.kind
    if kind is FactKind.BOOLEAN:
        return [None, False, True]
    if kind is FactKind.NUMBER:
        numbers = [value for value in compared if isinstance(value, int | float)] or [1]
        return [None, *sorted({value + step for value in numbers for step in (-0.5, 0, 0.5)})]
    if kind is FactKind.SET_OF:
        members = [frozenset({str(value)}) for value in compared]
        return [None, frozenset(), *members, frozenset(map(str, compared))]
    return [None, *compared, "another"]


def _kind_of(values: list[Value]) -> FactKind:
    """Return the kind of a fact without a type, from the values that conditions compare it with."""
    if not values:
        return FactKind.BOOLEAN
    return FactKind.NUMBER if isinstance(values[0], int | float) else FactKind.ONE_OF


def _compared_values(name: str, condition: Condition) -> Iterator[Value]:
    """Yield the values that a condition compares a fact with.

    For a comparison with another fact, these are sample values.
    """
    for part in walk(condition):
        match part:
            case Compare(fact, _, value) if fact.id == name and not isinstance(value, Name):
                yield value
            case Compare(fact, _, Name(other)) if name in {fact.id, other}:
                yield from ("left", "right") if "side" in name else (1, 2)
            case In(fact, options) if fact.id == name:
                yield from options
            case Contains(str(member), fact) if fact.id == name:
                yield member
            case Contains(Name(other), fact) if name in {fact.id, other}:
                yield from ("knee", "hip")
            case _:
                pass
