"""Commands that report findings: facts, pain, a fall."""

from attrs import evolve

from kineticchain.domain.anatomy import Side
from kineticchain.domain.person import Complaint, Finding
from kineticchain.domain.person.screening import CLEAR, UNASKED
from kineticchain.errors import Fault, InvalidInput
from kineticchain.testing.playground import language, rendering
from kineticchain.testing.playground.language import Line
from kineticchain.testing.playground.state import Game, Script


def fall(game: Game, _: Line) -> tuple[Game, Script]:
    """`fall`: the person fell."""
    return _report(game, Finding(on=game.on, facts={"fall_last_12m": True}))


def finding(game: Game, line: Line) -> tuple[Game, Script]:
    """`finding NAME=VALUE …`: facts that have changed; `screening=clear` repeats the screening."""
    if not line.values:
        raise InvalidInput(Fault("what was found", "finding", "write finding NAME=VALUE"))
    facts = {name: language.fact_value(value) for name, value in line.values.items()}
    screening = facts.pop("screening", None)
    if screening not in {None, "clear"}:
        raise InvalidInput(Fault("a screening can be `clear` here", "finding"))
    asked = CLEAR if screening else UNASKED
    return _report(game, Finding(on=game.on, facts=facts, screening=asked))


def pain(game: Game, line: Line) -> tuple[Game, Script]:
    """`pain REGION [SIDE] 3`: today's pain (0–10)."""
    if not 2 <= len(line.words) <= 3:  # noqa: PLR2004 - a region, perhaps a side, a number
        raise InvalidInput(Fault("where, and how much", "pain", "write pain heel right 3"))
    side = language.side(line.words[1]) if len(line.words) > 2 else Side.BOTH  # noqa: PLR2004
    pain = language.whole(line.words[-1], "pain")
    complaint = Complaint(language.region(line.words[0]), side=side, pain=pain)
    return _report(game, Finding(on=game.on, complaints=[complaint]))


def _report(game: Game, finding: Finding) -> tuple[Game, Script]:
    """Return the game after a finding, and the status of the new plan."""
    earlier = (past.slot for past in game.history.findings if past.on == game.on)
    slot = 1 + max(earlier, default=0)
    after = game.with_events(evolve(finding, slot=slot))
    return after, rendering.status(after.plan)
