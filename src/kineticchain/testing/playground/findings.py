"""What is found on a day: facts, pain, a fall."""

from attrs import evolve

from kineticchain.domain.anatomy import Side
from kineticchain.domain.person import Complaint, Finding
from kineticchain.domain.person.screening import CLEAR, UNASKED
from kineticchain.errors import Fault, InvalidInput
from kineticchain.testing.playground import language
from kineticchain.testing.playground import rendering as telling
from kineticchain.testing.playground.language import Line
from kineticchain.testing.playground.state import Game, Script


def fall(game: Game, _: Line) -> tuple[Game, Script]:
    """`fall`: the person fell."""
    return _found(game, Finding(on=game.on, facts={"fall_last_12m": True}))


def finding(game: Game, line: Line) -> tuple[Game, Script]:
    """`finding NAME=VALUE …`: facts that have changed; `screening=clear` asks all anew."""
    if not line.values:
        raise InvalidInput(Fault("what was found", "finding", "write finding NAME=VALUE"))
    facts = {name: language.fact_value(value) for name, value in line.values.items()}
    screening = facts.pop("screening", None)
    if screening not in {None, "clear"}:
        raise InvalidInput(Fault("a screening can be `clear` here", "finding"))
    asked = CLEAR if screening else UNASKED
    return _found(game, Finding(on=game.on, facts=facts, screening=asked))


def pain(game: Game, line: Line) -> tuple[Game, Script]:
    """`pain REGION [SIDE] 3`: how much it hurts today."""
    if not 2 <= len(line.words) <= 3:  # noqa: PLR2004 - a region, perhaps a side, a number
        raise InvalidInput(Fault("where, and how much", "pain", "write pain heel right 3"))
    side = language.side(line.words[1]) if len(line.words) > 2 else Side.BOTH  # noqa: PLR2004
    pain = language.whole(line.words[-1], "pain")
    told = Complaint(language.region(line.words[0]), side=side, pain=pain)
    return _found(game, Finding(on=game.on, complaints=[told]))


def _found(game: Game, finding: Finding) -> tuple[Game, Script]:
    """The game after a finding, and what it leads to."""
    slot = 1 + max((one.slot for one in game.history.findings if one.on == game.on), default=0)
    after = game.with_events(evolve(finding, slot=slot))
    return after, telling.status(after.plan)
