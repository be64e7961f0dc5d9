"""The engines that are timed: two generated `if` chains, the library's own engine, and its peers.

Each engine loads the same rules and returns the numbers of all matching rules. The conversion of a
plain table of facts, and of the result to a list, is part of its time.
"""

import importlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rule_workload import (
    BOOLEANS,
    FACTS,
    NUMBERS,
    SETS,
    WORDS,
    Answer,
    AnyOf,
    Leaf,
    Part,
    Profile,
    Rule,
)

from kineticchain.knowledge.documents.condition_data import read_condition_data
from kineticchain.rules.matching.matcher import Matcher


@dataclass(frozen=True)
class Style:
    """The operators of one language."""

    and_: str = " and "
    or_: str = " or "
    not_: str = "not "
    open_: str = "["
    close: str = "]"


def leaf_text(leaf: Leaf, style: Style) -> str:
    """Write a condition as text."""
    if leaf.op == "is":
        return leaf.fact if leaf.value else style.not_ + leaf.fact
    if leaf.op == "in":
        words = ", ".join(json.dumps(word) for word in leaf.value)
        return f"{leaf.fact} in {style.open_}{words}{style.close}"
    if leaf.op in ("has", "lacks"):
        test = f"({json.dumps(leaf.value)} in {leaf.fact})"
        return test if leaf.op == "has" else style.not_ + test
    return f"{leaf.fact} {leaf.op} {json.dumps(leaf.value)}"


def rule_text(rule: Rule, write: Callable[[Leaf], str], style: Style) -> str:
    """Write a rule as text.

    Args:
        rule: The rule.
        write: Writes one condition.
        style: The operators of the language.
    """
    parts = []
    for part in rule:
        if isinstance(part, AnyOf):
            parts.append("(" + style.or_.join(write(leaf) for leaf in part.leaves) + ")")
        else:
            parts.append(write(part))
    return style.and_.join(parts)


def rule_texts(rules: Sequence[Rule], style: Style) -> list[str]:
    """Write rules as text."""
    return [rule_text(rule, lambda leaf: leaf_text(leaf, style), style) for rule in rules]


class Engine:
    """The interface of an engine.

    An engine imports its package in `__init__`, so that a missing package is detected before any
    work is done. `load` is called once, before `match`.

    Attributes:
        name: The name in the output.
        package: The name of the distribution.
        three_valued: True if the engine supports unknown facts with `match_unknown`.
        takes_sets: True if profiles hold frozen sets; otherwise they hold lists.
        gap_note: The reason if `match` is not tried on profiles without some facts.
    """

    name = ""
    package = ""
    three_valued = False
    takes_sets = False
    gap_note = ""

    def prepare(self, rules: Sequence[Rule]) -> None:
        """Convert the rules to the form in which a file would hold them; this is not timed."""

    def load(self, rules: Sequence[Rule]) -> object:
        """Compile the rules for `match`, and return the compiled object."""
        raise NotImplementedError

    def match(self, profile: Profile) -> list[int]:
        """Return the numbers of all matching rules."""
        raise NotImplementedError

    def match_unknown(self, profile: Profile) -> Answer:
        """Return the rules that certainly match and the undecided ones, if `three_valued`."""
        raise NotImplementedError


class Chain(Engine):
    """The baseline: one generated function with an `if` for each rule."""

    name = "if chain"
    takes_sets = True

    def load(self, rules: Sequence[Rule]) -> object:
        lines = ["def match(p):", " out = []"]
        lines += [f" {fact} = p[{fact!r}]" for fact in FACTS]
        for number, text in enumerate(rule_texts(rules, Style(open_="{", close="}"))):
            lines.append(f" if {text}: out.append({number})")
        lines.append(" return out")
        names: dict[str, Any] = {}
        exec(compile("\n".join(lines), "<chain>", "exec"), names)
        self.function: Callable[[Profile], list[int]] = names["match"]
        return self.function

    def match(self, profile: Profile) -> list[int]:
        return self.function(profile)


class GuardedChain(Engine):
    """The baseline for profiles with unknown facts: each condition first tests for None.

    Rules contain no NOT above a condition. So a rule is not false exactly if it holds with every
    unknown condition taken as true, and it is true exactly if it holds with every unknown condition
    taken as false.
    """

    name = "guarded if chain"
    three_valued = True
    takes_sets = True

    def load(self, rules: Sequence[Rule]) -> object:
        style = Style(open_="{", close="}")

        def possible(leaf: Leaf) -> str:
            return f"({leaf.fact} is None or {leaf_text(leaf, style)})"

        def certain(leaf: Leaf) -> str:
            return f"({leaf.fact} is not None and {leaf_text(leaf, style)})"

        lines = ["def match(p):", " yes = []", " open_ = []"]
        lines += [f" {fact} = p.get({fact!r})" for fact in FACTS]
        for number, rule in enumerate(rules):
            lines.append(f" if {rule_text(rule, possible, style)}:")
            lines.append(f"  if {rule_text(rule, certain, style)}: yes.append({number})")
            lines.append(f"  else: open_.append({number})")
        lines.append(" return yes, open_")
        names: dict[str, Any] = {}
        exec(compile("\n".join(lines), "<guarded chain>", "exec"), names)
        self.function: Callable[[Profile], Answer] = names["match"]
        return self.function

    def match_unknown(self, profile: Profile) -> Answer:
        return self.function(profile)


class Ours(Engine):
    """The library: tagged data is read to conditions, which become bit sets or generated code."""

    name = "ours"
    package = "kineticchain"
    three_valued = True
    takes_sets = True

    def prepare(self, rules: Sequence[Rule]) -> None:
        self.data = [
            {"type": "all", "parts": [self.condition(part) for part in rule]} for rule in rules
        ]

    def condition(self, part: Part) -> dict[str, object]:
        """Write a part as tagged data."""
        if isinstance(part, AnyOf):
            return {"type": "any", "parts": [self.condition(leaf) for leaf in part.leaves]}
        if part.op == "is":
            holds: dict[str, object] = {"type": "is", "name": part.fact}
            return holds if part.value else {"type": "not", "part": holds}
        if part.op == "in":
            return {"type": "in", "name": part.fact, "options": list(part.value)}
        if part.op in ("has", "lacks"):
            contains = {"type": "contains", "member": part.value, "name": part.fact}
            return contains if part.op == "has" else {"type": "not", "part": contains}
        return {"type": "compare", "name": part.fact, "operator": part.op, "value": part.value}

    def load(self, rules: Sequence[Rule]) -> object:
        assert len(rules) == len(self.data)
        self.matcher = Matcher([read_condition_data(condition) for condition in self.data])
        return self.matcher

    def match(self, profile: Profile) -> list[int]:
        return self.matcher.match(profile)[0]

    def match_unknown(self, profile: Profile) -> Answer:
        return self.matcher.match(profile)


class OursWhy(Ours):
    """The library with the explanation of every match: the values that its conditions read."""

    name = "ours, with why"

    def match(self, profile: Profile) -> list[int]:
        held, _ = self.matcher.match(profile)
        self.why = self.matcher.seen(held, profile)
        return held

    def match_unknown(self, profile: Profile) -> Answer:
        matches = self.matcher.match(profile)
        self.why = self.matcher.seen(matches[0], profile)
        return matches


class DataLogic(Engine):
    """datalogic-py: one compiled rule that merges the numbers of the matching rules.

    Rules compiled individually and run by `Session.evaluate_many` took two to five times as long.
    """

    name = "datalogic-py"
    package = "datalogic-py"

    def __init__(self) -> None:
        self.module: Any = importlib.import_module("datalogic_py")

    def load(self, rules: Sequence[Rule]) -> object:
        branches = [
            {"if": [{"and": [self.logic(part) for part in rule]}, [number], []]}
            for number, rule in enumerate(rules)
        ]
        engine = self.module.Engine()
        self.session = engine.session()
        self.rule = engine.compile({"merge": branches})
        return self.rule

    def logic(self, part: Part) -> dict[str, Any]:
        """Write a part as JSONLogic."""
        if isinstance(part, AnyOf):
            return {"or": [self.logic(leaf) for leaf in part.leaves]}
        fact = {"var": part.fact}
        if part.op == "is":
            return fact if part.value else {"!": [fact]}
        if part.op == "in":
            return {"in": [fact, list(part.value)]}
        if part.op in ("has", "lacks"):
            contains = {"in": [part.value, fact]}
            return contains if part.op == "has" else {"!": [contains]}
        return {"===" if part.op == "==" else part.op: [fact, part.value]}

    def match(self, profile: Profile) -> list[int]:
        numbers: list[int] = self.session.evaluate(self.rule, profile)
        return numbers


class Zen(Engine):
    """zen-engine: one compiled expression, a list with one boolean for each rule.

    A decision table with the hit policy "collect" gave the same answers in eight to thirty times
    the time.
    """

    name = "zen-engine"
    package = "zen-engine"

    def __init__(self) -> None:
        self.module: Any = importlib.import_module("zen")

    def load(self, rules: Sequence[Rule]) -> object:
        text = "[" + ", ".join(rule_texts(rules, Style())) + "]"
        self.expression = self.module.compile_expression(text)
        return self.expression

    def match(self, profile: Profile) -> list[int]:
        held = self.expression.evaluate(profile)
        return [number for number, value in enumerate(held) if value]


class ZenTable(Engine):
    """zen-engine: one decision table with the hit policy "collect"; an OR has its own column."""

    name = "zen-engine table"
    package = "zen-engine"

    def __init__(self) -> None:
        self.module: Any = importlib.import_module("zen")

    def load(self, rules: Sequence[Rule]) -> object:
        columns = [{"id": fact, "name": fact, "field": fact} for fact in FACTS]
        columns.append({"id": "any", "name": "any"})
        content = {
            "hitPolicy": "collect",
            "inputs": columns,
            "outputs": [{"id": "number", "name": "number", "field": "number"}],
            "rules": [self.row(number, rule) for number, rule in enumerate(rules)],
        }
        nodes: list[dict[str, Any]] = [
            {"id": "in", "name": "in", "type": "inputNode"},
            {"id": "table", "name": "table", "type": "decisionTableNode", "content": content},
            {"id": "out", "name": "out", "type": "outputNode"},
        ]
        for node in nodes:
            node["position"] = {"x": 0, "y": 0}
        edges = [
            {"id": "a", "type": "edge", "sourceId": "in", "targetId": "table"},
            {"id": "b", "type": "edge", "sourceId": "table", "targetId": "out"},
        ]
        text = json.dumps({"nodes": nodes, "edges": edges})
        self.decision = self.module.ZenEngine().create_decision(text)
        return self.decision

    def row(self, number: int, rule: Rule) -> dict[str, str]:
        """Write a rule as a row of the table."""
        row = dict.fromkeys((*FACTS, "any"), "") | {"_id": str(number), "number": str(number)}
        for part in rule:
            if isinstance(part, AnyOf):
                row["any"] = " or ".join(leaf_text(leaf, Style()) for leaf in part.leaves)
            elif part.op == "in":
                row[part.fact] = ", ".join(json.dumps(word) for word in part.value)
            elif part.op in ("is", "=="):
                row[part.fact] = json.dumps(part.value)
            elif part.op in ("has", "lacks"):
                row[part.fact] = leaf_text(Leaf("$", part.op, part.value), Style())
            else:
                row[part.fact] = f"{part.op} {part.value}"
        return row

    def match(self, profile: Profile) -> list[int]:
        return [row["number"] for row in self.decision.evaluate(profile)["result"]]


class Cel(Engine):
    """common-expression-language: one program for each rule, one context for each profile.

    One program with a list of booleans took the same time to run and more time to load.
    """

    name = "common-expr.-lang."
    package = "common-expression-language"

    def __init__(self) -> None:
        self.module: Any = importlib.import_module("cel")

    def load(self, rules: Sequence[Rule]) -> object:
        texts = rule_texts(rules, Style(and_=" && ", or_=" || ", not_="!"))
        self.programs = [self.module.compile(text) for text in texts]
        return self.programs

    def match(self, profile: Profile) -> list[int]:
        context = self.module.Context(variables=profile)
        programs = self.programs
        return [number for number, program in enumerate(programs) if program.execute(context)]


class Clips(Engine):
    """clipspy: one environment, one fact for the person; rules append their number to a global.

    Rules that assert a fact for each match took the same time with 50 rules and two to three times
    as long with more rules, nearly all of it to read these facts back individually. Conditions are
    written in the order of the slots, so that rules can share the beginning of a pattern.

    An environment becomes slower with each profile that it has processed.
    """

    name = "clipspy"
    package = "clipspy"
    gap_note = "not tried, prints an error for each number condition on an empty slot"

    def __init__(self) -> None:
        self.module: Any = importlib.import_module("clips")

    def load(self, rules: Sequence[Rule]) -> object:
        symbol = self.module.Symbol
        self.symbols = {
            word: symbol(word) for words in (*WORDS.values(), *SETS.values()) for word in words
        }
        self.booleans = {True: symbol("TRUE"), False: symbol("FALSE")}
        self.environment = self.module.Environment()
        slots = " ".join(f"({'multislot' if fact in SETS else 'slot'} {fact})" for fact in FACTS)
        self.environment.build(f"(deftemplate person {slots})")
        self.environment.build("(defglobal ?*hits* = (create$))")
        for number, rule in enumerate(rules):
            self.environment.build(self.construct(number, rule))
        self.environment.build("(deffunction hits () (implode$ ?*hits*))")
        self.hits = self.environment.find_function("hits")
        self.person = self.environment.find_template("person")
        return self.environment

    def construct(self, number: int, rule: Rule) -> str:
        """Write a rule as a CLIPS construct."""
        leaves = [part for part in rule if isinstance(part, Leaf)]
        slots = [
            self.slot(leaf) for leaf in sorted(leaves, key=lambda leaf: FACTS.index(leaf.fact))
        ]
        test = ""
        for part in rule:
            if isinstance(part, AnyOf):
                slots += [
                    f"({leaf.fact} {'$?' if leaf.fact in SETS else '?'}{leaf.fact})"
                    for leaf in part.leaves
                ]
                tests = " ".join(self.test(leaf) for leaf in part.leaves)
                test = f"(test (or {tests}))"
        action = f"(bind ?*hits* ?*hits* {number})"
        return f"(defrule r{number} (person {' '.join(slots)}) {test} => {action})"

    def slot(self, leaf: Leaf) -> str:
        """Write a condition as a slot of a pattern."""
        if leaf.op == "is":
            return f"({leaf.fact} {str(leaf.value).upper()})"
        if leaf.op == "in":
            return f"({leaf.fact} {'|'.join(leaf.value)})"
        if leaf.op == "==":
            return f"({leaf.fact} {leaf.value})"
        if leaf.op in ("has", "lacks"):
            return f"({leaf.fact} $?{leaf.fact}&:{self.test(leaf)})"
        return f"({leaf.fact} ?{leaf.fact}&:({leaf.op} ?{leaf.fact} {leaf.value}))"

    def test(self, leaf: Leaf) -> str:
        """Write a condition as an expression."""
        if leaf.op == "is":
            return f"(eq ?{leaf.fact} {str(leaf.value).upper()})"
        if leaf.op == "in":
            return f"(or {' '.join(f'(eq ?{leaf.fact} {word})' for word in leaf.value)})"
        if leaf.op == "==":
            return f"(eq ?{leaf.fact} {leaf.value})"
        if leaf.op in ("has", "lacks"):
            member = f"(member$ {leaf.value} ?{leaf.fact})"
            return f"(neq {member} FALSE)" if leaf.op == "has" else f"(eq {member} FALSE)"
        return f"({leaf.op} ?{leaf.fact} {leaf.value})"

    def match(self, profile: Profile) -> list[int]:
        slots: dict[str, Any] = {}
        for fact, value in profile.items():
            if fact in NUMBERS:
                slots[fact] = value
            elif fact in BOOLEANS:
                slots[fact] = self.booleans[value]
            elif fact in SETS:
                slots[fact] = [self.symbols[word] for word in value]
            else:
                slots[fact] = self.symbols[value]
        self.environment.reset()
        self.person.assert_fact(**slots)
        self.environment.run()
        return sorted(int(number) for number in self.hits().split())


class Cedar(Engine):
    """cedarpy: one parsed policy set; one request returns all policies that permit it."""

    name = "cedarpy"
    package = "cedarpy"

    def __init__(self) -> None:
        self.module: Any = importlib.import_module("cedarpy")

    def load(self, rules: Sequence[Rule]) -> object:
        style = Style(and_=" && ", or_=" || ")
        head = "permit (principal, action, resource) when { "
        text = "\n".join(head + rule_text(rule, self.test, style) + " };" for rule in rules)
        self.policies = self.module.PolicySet.from_str(text)
        self.entities = self.module.Entities.from_json_str("[]")
        return self.policies

    def test(self, leaf: Leaf) -> str:
        """Write a condition in Cedar."""
        fact = f"context.{leaf.fact}"
        if leaf.op == "is":
            return fact if leaf.value else f"!{fact}"
        if leaf.op == "in":
            words = ", ".join(json.dumps(word) for word in leaf.value)
            return f"[{words}].contains({fact})"
        if leaf.op in ("has", "lacks"):
            contains = f"{fact}.contains({json.dumps(leaf.value)})"
            return contains if leaf.op == "has" else f"!{contains}"
        return f"{fact} {leaf.op} {json.dumps(leaf.value)}"

    def match(self, profile: Profile) -> list[int]:
        request = {
            "principal": 'Person::"p"',
            "action": 'Action::"match"',
            "resource": 'Rules::"r"',
            "context": profile,
        }
        result = self.module.is_authorized(request, self.policies, self.entities)
        return sorted(int(name.removeprefix("policy")) for name in result.diagnostics.reasons)


class RuleEngine(Engine):
    """rule-engine: one parsed object for each rule, without declared types, which is faster."""

    name = "rule-engine"
    package = "rule-engine"

    def __init__(self) -> None:
        self.module: Any = importlib.import_module("rule_engine")

    def load(self, rules: Sequence[Rule]) -> object:
        context = self.module.Context(resolver=self.module.resolve_item)
        texts = rule_texts(rules, Style())
        self.rules = [self.module.Rule(text, context=context) for text in texts]
        return self.rules

    def match(self, profile: Profile) -> list[int]:
        return [number for number, rule in enumerate(self.rules) if rule.matches(profile)]


class BusinessRules(Engine):
    """business-rules: `run_all` with one action that records the number of the rule.

    Numbers are Decimal on both sides, since the engine would otherwise convert each of them at each
    condition. It has no "one of" operator for words, so an `any` of equalities replaces it.
    """

    name = "business-rules"
    package = "business-rules"

    def __init__(self) -> None:
        self.module: Any = importlib.import_module("business_rules")
        variables: Any = importlib.import_module("business_rules.variables")
        operators: Any = importlib.import_module("business_rules.operators")
        members: dict[str, Any] = {}
        for fact in FACTS:
            if fact in NUMBERS:
                kind = operators.NumericType
            elif fact in BOOLEANS:
                kind = operators.BooleanType
            elif fact in SETS:
                kind = operators.SelectMultipleType
            else:
                kind = operators.StringType
            members[fact] = variables.rule_variable(kind)(self.getter(fact))
        self.person_class: Any = type("Person", (variables.BaseVariables,), members)

    @staticmethod
    def getter(fact: str) -> Callable[[Any], Any]:
        """Return a method that returns a fact."""

        def get(person: Any) -> Any:
            return person.facts[fact]

        get.__name__ = fact
        return get

    def load(self, rules: Sequence[Rule]) -> object:
        self.rules = [
            {
                "conditions": {"all": [self.condition(part) for part in rule]},
                "actions": [{"name": "append", "params": {"number": number}}],
            }
            for number, rule in enumerate(rules)
        ]
        return self.rules

    def condition(self, part: Part) -> dict[str, Any]:
        """Write a part as the engine's conditions."""
        if isinstance(part, AnyOf):
            return {"any": [self.condition(leaf) for leaf in part.leaves]}
        if part.op == "is":
            name = "is_true" if part.value else "is_false"
            return {"name": part.fact, "operator": name, "value": ""}
        if part.op == "in":
            words = [Leaf(part.fact, "==", word) for word in part.value]
            return {"any": [self.condition(word) for word in words]}
        if part.op == "==":
            return {"name": part.fact, "operator": "equal_to", "value": part.value}
        if part.op in ("has", "lacks"):
            name = (
                "shares_at_least_one_element_with"
                if part.op == "has"
                else "shares_no_elements_with"
            )
            return {"name": part.fact, "operator": name, "value": [part.value]}
        name = {
            ">=": "greater_than_or_equal_to",
            "<=": "less_than_or_equal_to",
            ">": "greater_than",
            "<": "less_than",
        }[part.op]
        return {"name": part.fact, "operator": name, "value": Decimal(part.value)}

    def match(self, profile: Profile) -> list[int]:
        person = self.person_class()
        person.facts = {
            fact: Decimal(value) if fact in NUMBERS else value for fact, value in profile.items()
        }
        hits = Hits()
        self.module.run_all(self.rules, person, hits)
        return hits.numbers


class Hits:
    """The actions for business-rules."""

    def __init__(self) -> None:
        self.numbers: list[int] = []

    def append(self, number: int) -> None:
        """Record a matching rule."""
        self.numbers.append(number)


ENGINES: tuple[type[Engine], ...] = (
    Chain, Ours, OursWhy, DataLogic, Zen, ZenTable, Cel, Clips, Cedar, RuleEngine, BusinessRules,
)  # fmt: skip
