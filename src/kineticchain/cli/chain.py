"""``chain``: paths, influences, claims and pictures of the kinetic chain."""

import argparse
from collections.abc import Iterator

from kineticchain.cli.commands import Commands
from kineticchain.domain.anatomy import Claim, ClaimKind, KineticChain, Region
from kineticchain.knowledge import Knowledge
from kineticchain.report import chain_picture

REGIONS = [region.value for region in Region]
PICTURES = {
    "mermaid": chain_picture.mermaid,
    "dot": chain_picture.dot,
    "svg": chain_picture.svg,
}


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("chain", help="paths, influences and pictures of the chain")
    parser.add_argument("origin", nargs="?", choices=REGIONS, help="from this region …")
    parser.add_argument("target", nargs="?", choices=REGIONS, help="… to this one")
    parser.add_argument(
        "--kind",
        choices=[kind.value for kind in ClaimKind],
        default=ClaimKind.TREATMENT_EFFECT.value,
    )
    parser.add_argument("--picture", choices=list(PICTURES), help="draw it")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """A picture; a path with its claims; what influences a region; or the stories told."""
    chain, kind = Knowledge.builtin().chain, ClaimKind(options.kind)
    if options.picture is not None:
        return PICTURES[options.picture](chain, kind)
    if options.origin is None:
        return "\n".join(_stories(chain, kind))
    if options.target is None:
        paths = chain.influences(Region(options.origin), kind)
        return "\n".join(str(path) for path in paths)
    return "\n".join(_path(chain, Region(options.origin), Region(options.target), kind))


def _stories(chain: KineticChain, kind: ClaimKind) -> Iterator[str]:
    for story in chain.stories:
        yield f"{story.source}: {story.title}"
        yield f"  {chain.along(story.regions, kind)}"


def _path(chain: KineticChain, origin: Region, target: Region, kind: ClaimKind) -> Iterator[str]:
    path = chain.path(origin, target, kind)
    yield str(path) if path else f"no path from {origin} to {target}"
    for claim in chain.claims(origin, target):
        yield _claim(claim)


def _claim(claim: Claim) -> str:
    side = "against" if claim.against else "for"
    doubt = "" if claim.confirmed else ", unconfirmed"
    return f"{claim.id} {side}, {claim.kind}, {claim.grade}{doubt}: {claim.statement}"
