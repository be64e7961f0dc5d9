"""Checks of a pack as a whole: names, aliases, required packs, messages and translations."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import cast

import attrs

from kineticchain.domain.anatomy import Region, region_ids
from kineticchain.domain.facts import BindingKind, FactClass
from kineticchain.domain.facts.fact_values import stem
from kineticchain.domain.messages import LANGUAGES
from kineticchain.domain.validators import passage, repr_short, title
from kineticchain.errors import Fault
from kineticchain.knowledge.checks.references import place_of, unknown_ids
from kineticchain.knowledge.contents import Contents
from kineticchain.knowledge.documents.data_texts import texts_of
from kineticchain.knowledge.pack import TABLES, AliasKind, RulePack
from kineticchain.rules import Advise, Refer, Rule

_BUILTIN_ONLY = {
    "weights": "grade_weights",
    "transition": "transitions",
    "dose_order": "dose_orders",
}
"""Tables that only the built-in knowledge has, and the attributes that hold them."""

_TAKEN = frozenset({"here", "exercise", *BindingKind})
"""The prefixes of built-in names, which no pack may have as its id."""


def prefix_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    """Yield a fault for each fact or message of a pack whose name lacks the pack's id as a prefix.

    The prefix keeps the names of packs apart. Also refused are a reserved id of the pack, derived
    facts, ids that end like a side or a region, and tables that only the built-in knowledge has.

    Args:
        pack: The pack to be added.
        knowledge: The knowledge without the pack.
    """
    if pack.id in _TAKEN or knowledge.vocabulary.type_of(pack.id) is not None:
        yield Fault(f"a pack cannot be called `{pack.id}`", place_of(pack, "id", 0, pack.id))
    for index, fact in enumerate(pack.facts):
        where = place_of(pack, "fact", index, fact.id)
        if fact.fact_class is FactClass.DERIVED:
            yield Fault("a pack cannot work out facts", where, "make it a measure, or conclude it")
        if stem(fact.id) != fact.id:
            end = fact.id.rpartition(".")[2]
            what = (
                f"named like a side or a region of a fact: `{end}` is one, here or in another pack"
            )
            yield Fault(what, where, "name it otherwise")
    for table, attribute in _BUILTIN_ONLY.items():
        if getattr(pack, attribute):
            what = f"a pack cannot bring `{table}`: it holds for all ladders"
            where = f"{pack.origin or pack.id}: $.{table}"
            yield Fault(what, where, "use Knowledge.with_policy")
    defined = {
        "fact": [fact.id for fact in pack.facts],
        "messages": [name for name, _ in pack.messages],
    }
    for table, ids in defined.items():
        for index, name in enumerate(ids):
            if not name.startswith(f"{pack.id}."):
                what = f"`{name}` does not bear the pack's id"
                yield Fault(what, place_of(pack, table, index, name), f"call it `{pack.id}.{name}`")


def requirement_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    """Yield a fault for each pack that an added pack needs and that is not loaded.

    Args:
        pack: The pack to be added.
        knowledge: The knowledge with all packs.
    """
    loaded = [other.id for other in knowledge.packs]
    for name in pack.builds_on:
        if name not in loaded:
            where = f"{pack.origin or pack.id}: $.builds_on"
            yield Fault(f"the pack `{name}` is not loaded", where, f"load `{name}` with it")


_RULE_ARGUMENTS = frozenset({"balance_minutes"})
"""The arguments that a message of a rule may take."""


def message_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    """Yield a fault for each message with braces that nothing fills in.

    A message of a rule may contain `{balance_minutes}`. A habit cue may not contain braces.

    Args:
        pack: The pack.
        knowledge: The messages of all packs.
    """
    own_messages = dict(pack.messages)
    rule_messages: dict[str, str] = {}
    for index, rule in enumerate(pack.rules):
        for effect in rule.effects if isinstance(rule, Rule) else ():
            if isinstance(effect, (Refer, Advise)):
                name = effect.whom if isinstance(effect, Refer) else effect.message
                rule_messages.setdefault(name, place_of(pack, "rule", index, rule.id))
    cues = {
        name: place_of(pack, "exercise", index, exercise.id)
        for index, exercise in enumerate(pack.exercises)
        for name in exercise.habit_cues
    }
    for names, given in ((rule_messages, _RULE_ARGUMENTS), (cues, frozenset())):
        for name, where in names.items():
            if name in own_messages:
                place = f"{pack.origin or pack.id}: $.messages.{name}"
                braces = _open_braces(own_messages[name], given)
                yield from (Fault(what, place, _WITHOUT_BRACES) for what in braces)
                continue
            if name not in knowledge.catalog:
                continue
            for argument in sorted(knowledge.catalog.arguments(name) - given):
                what = f"the message `{name}` has {{{argument}}}, which nothing fills in"
                yield Fault(what, where, "name a message that is whole, or write one")


_WITHOUT_BRACES = "write it without braces"


def _open_braces(text: str, given: Collection[str]) -> Iterator[str]:
    """Yield a problem for each brace of a text that no argument fills in.

    Args:
        text: The template of a message.
        given: The arguments that are filled in.
    """
    remaining = text
    for name in given:
        remaining = remaining.replace(f"{{{name}}}", "")
    for part in re.findall(r"\{[^{}]*\}?|\}", remaining):
        yield f"nothing fills in {part}"


def translation_faults(pack: RulePack, _: Contents) -> Iterator[Fault]:
    """Yield a fault for each translation that is of an unknown text or takes other arguments.

    Args:
        pack: The pack.
    """
    templates = dict(pack.messages)
    titles = [f"{kind}_{name}" for kind, names in _titled(pack).items() for name in names]
    own_texts = set(texts_of([pack]))
    texts = [*templates, *titles, *sorted(own_texts)]
    for language, translated in pack.translations:
        where = f"{pack.origin or pack.id}: $.translations"
        yield from unknown_ids(where, "language", [language], LANGUAGES)
        for name, text in translated:
            where = f"{pack.origin or pack.id}: $.translations.{language}"
            yield from unknown_ids(where, "text of the pack", [name], texts)
            if name in own_texts:
                continue  # a text of the data is shown as it is, and takes no arguments
            wanted, arguments = _arguments_in(templates.get(name, "")), _arguments_in(text)
            broken = list(_open_braces(text, arguments))
            for what in broken:
                yield Fault(f"`{name}` cannot be filled in: {what}", where, _WITHOUT_BRACES)
            if name in texts and not broken and arguments != wanted:
                remedy = "use " + (
                    ", ".join(f"{{{argument}}}" for argument in sorted(wanted)) or "none"
                )
                yield Fault(f"`{name}` takes other arguments", where, remedy)


def _arguments_in(template: str) -> frozenset[str]:
    """Return the names in braces of a template; names with a format or conversion are left out."""
    return frozenset(re.findall(r"{(\w+)}", template))


def text_faults(pack: RulePack, _: Contents) -> Iterator[Fault]:
    """Yield a fault for each message and each translation that is blank or too long.

    Args:
        pack: The pack.
    """
    titles = {f"{kind}_{name}" for kind, names in _titled(pack).items() for name in names}
    titles.update(programme.title for programme in pack.programmes)
    titles.update(ladder.title for ladder in pack.ladders)
    documents = [("messages", pack.messages)]
    documents += [(f"translations.{language}", texts) for language, texts in pack.translations]
    for table, texts in documents:
        for name, text in texts:
            length = title() if name in titles else passage()
            if not length.fits(text):
                where = f"{pack.origin or pack.id}: $.{table}"
                yield Fault(f"{repr_short(text)} is not {length.wanted}", where, f"see `{name}`")


def _titled(pack: RulePack) -> Mapping[str, list[str]]:
    """Return the ids of the rows of a pack that have a title, by the kind of row."""
    return {
        "exercise": [exercise.id for exercise in pack.exercises],
        "equipment": [piece.id for piece in pack.equipment],
        "goal": [goal.id for goal in pack.goals],
        "region": [region.id.value for region in pack.regions],
    }


def region_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    """Yield a fault for each region without a title.

    It is also a fault if a row names a region of a pack that is not loaded.

    Args:
        pack: The pack.
        knowledge: The knowledge with all packs.
    """
    for index, region in enumerate(pack.regions):
        if f"region_{region.id}" not in knowledge.catalog:
            where = place_of(pack, "region", index, region.id)
            yield Fault("has no title", f"{where}.title", 'write one, such as title = "shoulder"')
    if len(region_ids()) == len(Region):
        return
    # this process has read packs with regions, which may not be part of this knowledge
    for table, attribute in TABLES.items():
        for index, row in enumerate(getattr(pack, attribute)):
            where = place_of(pack, table, index, str(getattr(row, "id", table)))
            for foreign in sorted({*_regions_in(row)} - {*knowledge.regions}):
                remedy = "load the pack that brings it, and name it in builds_on"
                yield Fault(f"no pack here has the region `{foreign}`", where, remedy)


def _regions_in(value: object) -> Iterator[Region]:
    """Yield all regions that a row names."""
    if isinstance(value, Region):
        yield value
    elif isinstance(value, (tuple, frozenset)):
        for member in value:
            yield from _regions_in(member)
    elif attrs.has(type(value)):
        for attribute in attrs.fields(cast("type[attrs.AttrsInstance]", type(value))):
            yield from _regions_in(getattr(value, attribute.name))


def explained_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    """Yield a fault for each explanation that names an unknown kind of finding, rule or exercise.

    Args:
        pack: The pack.
        knowledge: The knowledge with all packs.
    """
    if not pack.explained:
        return
    # imported here so that packs without explanations load without the analysis
    from kineticchain.rules.analysis import FindingKind  # noqa: PLC0415

    kinds = [kind.value for kind in FindingKind]
    subjects = {*knowledge.rules_by_id, *knowledge.exercises}
    for index, accepted in enumerate(pack.explained):
        where = place_of(pack, "explained", index, accepted.subject)
        yield from unknown_ids(f"{where}.finding", "kind of finding", [accepted.finding], kinds)
        other_ids = [accepted.other] if accepted.other is not None else []
        ids = [*other_ids, *([accepted.subject] if accepted.subject != "*" else [])]
        yield from unknown_ids(where, "rule or exercise", ids, subjects)


def alias_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    """Yield the faults of aliases.

    An alias is invalid if its old id still exists, or if its new id is given and does not exist.

    Args:
        pack: The pack.
        knowledge: The knowledge with all packs.
    """
    if not pack.aliases:
        return
    present: dict[AliasKind, Collection[str]] = {
        AliasKind.EXERCISE: knowledge.exercises,
        AliasKind.FACT: knowledge.vocabulary.by_id,
        AliasKind.EQUIPMENT: knowledge.equipment_names,
        AliasKind.GOAL: knowledge.goals_by_id,
        AliasKind.PROGRAMME: knowledge.programmes,
        AliasKind.REGION: [region.value for region in knowledge.regions],
    }
    for index, alias in enumerate(pack.aliases):
        where = place_of(pack, "alias", index, alias.old)
        if alias.old in present[alias.kind]:
            yield Fault(f"the {alias.kind} `{alias.old}` still exists", f"{where}.old", "remove it")
        if alias.new is not None:
            yield from unknown_ids(f"{where}.new", alias.kind, [alias.new], present[alias.kind])
