"""The picture of the transition table holds all of it."""

from xml.etree import ElementTree

import kineticchain as kc
from kineticchain.progression import Action
from kineticchain.report import progression_picture


def test_the_picture_names_every_transition_and_every_action(knowledge: kc.Knowledge) -> None:
    picture = progression_picture.svg(knowledge.transitions)
    words = {element.text for element in ElementTree.fromstring(picture).iter()}  # noqa: S314 - ours
    assert words >= {row.id for row in knowledge.transitions}
    assert words >= {action.value for action in Action}


def test_the_most_cautious_action_stands_at_the_top(knowledge: kc.Knowledge) -> None:
    picture = progression_picture.svg(reversed(knowledge.transitions))
    places = [picture.index(f">{action}<") for action in sorted(Action, key=lambda a: -a.caution)]
    assert places == sorted(places)


def test_mermaid_has_an_arrow_for_every_transition(knowledge: kc.Knowledge) -> None:
    arrows = progression_picture.mermaid(knowledge.transitions).count("-->")
    assert arrows == len(knowledge.transitions)
