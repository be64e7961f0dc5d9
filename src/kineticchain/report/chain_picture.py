"""Diagrams of the kinetic chain in Mermaid, DOT and SVG.

In the SVG each region has a fixed position, so that the diagram resembles a body seen from the
front. Links of stronger grades are drawn thicker and darker.
"""

from collections.abc import Iterator, Mapping
from html import escape
from typing import TypeAlias

from kineticchain.domain.anatomy import ClaimKind, KineticChain, Link, Region
from kineticchain.domain.evidence import Grade
from kineticchain.domain.messages import ENGLISH
from kineticchain.errors import Fault, InvalidInput

WIDTH, HEIGHT = 560, 940
"""The size of the SVG in user units."""

_Point: TypeAlias = tuple[int, int]

INK = {
    Grade.STRONG: ("#14532d", 7),
    Grade.MODERATE: ("#2f7d4f", 5),
    Grade.LIMITED: ("#7aa98b", 3),
    Grade.EXPERT: ("#c9a227", 2),
    Grade.NONE: ("#c8ccd0", 1),
}
"""The colour and the line width of links by grade."""

_TITLES = {
    ClaimKind.MECHANICS: "mechanics",
    ClaimKind.PAIN_ASSOCIATION: "association with pain",
    ClaimKind.TREATMENT_EFFECT: "effect of treatment",
}


def mermaid(chain: KineticChain, kind: ClaimKind = ClaimKind.TREATMENT_EFFECT) -> str:
    """Return the chain as a Mermaid flow chart with the grade on each arrow.

    Args:
        chain: the kinetic chain.
        kind: the kind of claim whose grades are shown.

    """
    lines = ["flowchart BT"]
    names = _names(chain)
    lines += [f"    {region}[{name}]" for region, name in names.items()]
    lines += [
        f"    {link.origin} -->|{link.grade(kind)}| {link.target}" for link in _in_order(chain)
    ]
    return "\n".join(lines)


def dot(chain: KineticChain, kind: ClaimKind = ClaimKind.TREATMENT_EFFECT) -> str:
    """Return the chain as a Graphviz digraph; label, colour and width show the grade.

    Args:
        chain: the kinetic chain.
        kind: the kind of claim whose grades are shown.

    """
    lines = ["digraph kinetic_chain {", "    rankdir=BT;", "    node [shape=box, style=rounded];"]
    lines += [f'    {region} [label="{name}"];' for region, name in _names(chain).items()]
    for link in _in_order(chain):
        colour, width = INK[link.grade(kind)]
        style = f'label="{link.grade(kind)}", color="{colour}", penwidth={width}'
        lines.append(f"    {link.origin} -> {link.target} [{style}];")
    return "\n".join([*lines, "}"])


def svg(chain: KineticChain, kind: ClaimKind = ClaimKind.TREATMENT_EFFECT) -> str:
    """Return the chain as an SVG image of a body, with strong links drawn over weak ones.

    Args:
        chain: the kinetic chain.
        kind: the kind of claim whose grades are shown.

    Raises:
        InvalidInput: if the chain does not contain the anatomy of every region.

    """
    missing = set(chain.all_regions) - {region.id for region in chain.regions}
    if missing:
        problem = "no position of " + ", ".join(f"`{region}`" for region in sorted(missing))
        remedy = "give the regions of Knowledge.builtin().chain"
        raise InvalidInput(Fault(problem, "chain.regions", remedy))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" role="img">'
    )
    title = f"The kinetic chain: {_TITLES[kind]}"
    parts = [
        head,
        f"<title>{escape(title)}</title>",
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    parts += _body()
    weakest_first = sorted(_in_order(chain), key=lambda link: link.grade(kind).rank)
    positions = {region.id: region.position for region in chain.regions}
    parts += [
        _arrow(link, link.grade(kind), positions[link.origin], positions[link.target])
        for link in weakest_first
    ]
    for region, name in _names(chain).items():
        parts += _label(name, positions[region])
    parts += _legend(title)
    return "\n".join([*parts, "</svg>"])


def _in_order(chain: KineticChain) -> list[Link]:
    order = chain.all_regions
    return sorted(
        chain.links, key=lambda link: (order.index(link.origin), order.index(link.target))
    )


def _names(chain: KineticChain) -> Mapping[Region, str]:
    """Return the name of each region: its title, or the message of a built-in region."""
    titles = {region.id: region.title for region in chain.regions}
    return {
        region: titles.get(region) or ENGLISH.text(f"region_{region}").split(" (")[0]
        for region in chain.all_regions
    }


_LEG = (
    "M300 400 h120 q16 120 2 210 q18 90 0 170 l90 70 q18 40 -20 52 h-230 q-20 -40 30 -60 "
    "q40 -30 34 -60 q-30 -90 -10 -172 q-30 -90 -16 -210 z"
)
_TRUNK = (
    "M262 90 h36 v30 q70 10 92 50 q14 60 6 120 q-4 60 24 130 h-280 q28 -70 24 -130 "
    "q-8 -60 6 -120 q22 -40 92 -50 z"
)


def _body() -> Iterator[str]:
    """Yield the outline: head, trunk and legs. The regions lie on the leg at the right."""
    yield '<g fill="#f2efe9" stroke="none">'
    yield '<ellipse cx="280" cy="55" rx="36" ry="44"/>'
    yield f'<path d="{_TRUNK}"/>'
    yield f'<path d="{_LEG}"/>'
    yield f'<path d="{_LEG}" transform="translate({WIDTH}, 0) scale(-1, 1)" opacity="0.5"/>'
    yield "</g>"


def _arrow(link: Link, grade: Grade, start: _Point, end: _Point) -> str:
    """Return a curve that bends to the right of its direction.

    Two links in opposite directions therefore do not overlap.
    """
    (x1, y1), (x2, y2) = start, end
    bow = 6
    dx, dy = x2 - x1, y2 - y1
    length = max(1, round((dx * dx + dy * dy) ** 0.5))
    # control point of the quadratic curve: the midpoint, moved at right angles to the line
    mx, my = (x1 + x2) // 2 - bow * 3 * dy // length, (y1 + y2) // 2 + bow * 3 * dx // length
    colour, width = INK[grade]
    dash = ' stroke-dasharray="3 5"' if grade in {Grade.NONE, Grade.EXPERT} else ""
    return (
        f'<path d="M{x1} {y1} Q{mx} {my} {x2} {y2}" fill="none" stroke="{colour}" '
        f'stroke-width="{width}" stroke-linecap="round"{dash}>'
        f"<title>{link.origin} to {link.target}: {grade}</title></path>"
    )


def _label(name: str, position: _Point) -> Iterator[str]:
    x, y = position
    half = 4 * len(name) + 8
    yield (
        f'<rect x="{x - half}" y="{y - 12}" width="{2 * half}" height="24" rx="12" '
        'fill="white" stroke="#334155" stroke-width="1.2"/>'
    )
    yield f'<text x="{x}" y="{y + 5}" font-size="14" text-anchor="middle" fill="#1f2937">{escape(name)}</text>'


def _legend(title: str) -> Iterator[str]:
    yield '<text x="20" y="48" font-size="11" fill="#475569">a curve bows to the right of its way</text>'
    yield f'<text x="20" y="28" font-size="17" fill="#1f2937">{escape(title)}</text>'
    for row, (grade, (colour, width)) in enumerate(INK.items()):
        y = 80 + 24 * row
        dash = ' stroke-dasharray="3 5"' if grade in {Grade.NONE, Grade.EXPERT} else ""
        yield f'<line x1="20" y1="{y}" x2="64" y2="{y}" stroke="{colour}" stroke-width="{width}"{dash}/>'
        yield f'<text x="74" y="{y + 5}" font-size="14" fill="#1f2937">{grade}</text>'
