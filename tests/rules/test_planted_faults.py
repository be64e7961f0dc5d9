"""Faults planted in the built-in data: each is found, with its place."""

import tomllib
from collections.abc import Callable
from importlib.resources import files

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.domain.anatomy import Link
from kineticchain.interop.converter import document_converter
from kineticchain.knowledge.checks.consistency import faults_in
from kineticchain.knowledge.checks.unreferenced import unreferenced_in
from kineticchain.knowledge.documents.documents import read_pack

Plant = Callable[[dict[str, list[dict[str, object]]]], None]


def planted(path: str, plant: Plant) -> list[str]:
    """The faults of the built-in knowledge after a change in one of its documents."""
    data = tomllib.loads(
        files("kineticchain").joinpath("knowledge/data", path).read_text(encoding="utf-8")
    )
    plant(data)
    pack = read_pack(data, path, document_converter())
    knowledge = kc.Knowledge.builtin()
    packs = tuple(pack if one.id == pack.id else one for one in knowledge.packs)
    changed = evolve(knowledge, packs=packs)
    return [str(fault) for fault in (*faults_in(changed), *unreferenced_in(changed))]


def row(table: str, at: int, field: str, value: object) -> Plant:
    def plant(data: dict[str, list[dict[str, object]]]) -> None:
        data[table][at][field] = value

    return plant


def rung(at: int, step: int, field: str, value: object) -> Plant:
    def plant(data: dict[str, list[dict[str, object]]]) -> None:
        rungs = data["ladder"][at]["rungs"]
        assert isinstance(rungs, list)
        rungs[step][field] = value

    return plant


def swapped(data: dict[str, list[dict[str, object]]]) -> None:
    """Semi-tandem and tandem without a hand exchanged: two dimensions harder at once."""
    rungs = data["ladder"][0]["rungs"]
    assert isinstance(rungs, list)
    rungs[1]["exercise"], rungs[3]["exercise"] = rungs[3]["exercise"], rungs[1]["exercise"]


def without_rungs_of_walking(data: dict[str, list[dict[str, object]]]) -> None:
    data["ladder"] = [one for one in data["ladder"] if one["id"] != "walking"]


BALANCE = "exercises/balance.toml"
LADDERS = "ladders/leg.toml"


@pytest.mark.parametrize(
    ("path", "plant", "fault"),
    [
        (BALANCE, row("exercise", 1, "evidence", ["B99"]), f"{BALANCE}: $.exercise[1] (semi_tandem_supported): no row of evidence has the id `B99`"),
        (BALANCE, row("exercise", 0, "needs", [["fixed_suport"]]), f"{BALANCE}: $.exercise[0] (side_by_side_stance).needs: no piece of equipment has the id `fixed_suport`; did you mean `fixed_support`?"),
        (BALANCE, row("exercise", 2, "needs", []), f"{BALANCE}: $.exercise[2] (tandem_stance_supported).needs: a hand rests on nothing fixed"),
        (LADDERS, without_rungs_of_walking, "exercises/whole_body.toml: $.exercise[0] (walking): stands on no ladder"),
        (LADDERS, swapped, f"{LADDERS}: $.ladder[0] (stance).rungs[1].harder: hand_support and base_of_support get harder at once"),
        (LADDERS, rung(0, 1, "harder", "vision"), f"{LADDERS}: $.ladder[0] (stance).rungs[1].harder: `vision` is stated, yet `base_of_support` gets harder"),
        (LADDERS, rung(0, 0, "axis", [{"sets": 9, "hold_s": 10}]), f"{LADDERS}: $.ladder[0] (stance).rungs[0].axis[0]: `sets` is 9, outside 2–4"),
        (LADDERS, rung(0, 0, "exercise", "side_by_side"), f"{LADDERS}: $.ladder[0] (stance).rungs[0]: no exercise has the id `side_by_side`"),
        ("evidence/rows.toml", row("evidence", 0, "sources", []), "evidence/rows.toml: $.evidence[0] (B01): confirmed, yet without a source"),
        ("evidence/sources.toml", lambda data: data["source"].append({"id": "Nobody2000", "title": "Not cited"}), "evidence/sources.toml: $.source[-1]: nobody cites the source `Nobody2000`"),
        ("rules/falls.toml", row("rule", 0, "when", "tandem_stance < 10"), "rules/falls.toml: $.rule[0] (support_until_tandem_holds).when: no fact is called `tandem_stance`; did you mean"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found_with_its_place(path: str, plant: Plant, fault: str) -> None:
    last = len(next(pack for pack in kc.Knowledge.builtin().packs if pack.id == "sources").sources)
    expected = fault.replace("[-1]", f"[{last}]")
    assert any(one.startswith(expected) for one in planted(path, plant))


def with_links(knowledge: kc.Knowledge, links: tuple[Link, ...]) -> kc.Knowledge:
    packs = [evolve(pack, links=links) if pack.links else pack for pack in knowledge.packs]
    return evolve(knowledge, packs=tuple(packs))


def test_a_claim_that_no_link_cites_and_a_region_out_of_reach_are_found() -> None:
    knowledge = kc.Knowledge.builtin()
    bare = tuple(evolve(link, claims=(), against=()) for link in knowledge.chain.links)
    uncited = with_links(knowledge, bare)
    assert any("no link cites the claim `A20`" in str(one) for one in unreferenced_in(uncited))
    apart = with_links(knowledge, ())
    untrained = [
        evolve(
            pack,
            exercises=tuple(
                exercise for exercise in pack.exercises if kc.Region.NECK not in exercise.regions
            ),
        )
        for pack in apart.packs
    ]
    apart = evolve(apart, packs=tuple(untrained))
    assert any(
        "no exercise reaches the region `neck`" in str(one) for one in unreferenced_in(apart)
    )


def test_the_builtin_knowledge_has_no_loose_ends() -> None:
    assert unreferenced_in(kc.Knowledge.builtin()) == []
