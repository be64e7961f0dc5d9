"""``chain``: paths, influences, claims and pictures of the kinetic chain."""

import argparse
from collections.abc import Iterator

from kineticchain.cli.commands import Commands, add_packs, knowledge_of
from kineticchain.domain.anatomy import Claim, ClaimKind, KineticChain
from kineticchain.report import chain_picture

PICTURES = {
    "mermaid": chain_picture.mermaid,
    "dot": chain_picture.dot,
    "svg": chain_picture.svg,
}


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("chain", help="paths, influences and pictures of the chain")
    parser.add_argument("origin", nargs="?", help="from this region or part of the body …")
    parser.add_argument("target", nargs="?", help="… to this one")
    parser.add_argument(
        "--kind",
        choices=[kind.value for kind in ClaimKind],
        default=ClaimKind.TREATMENT_EFFECT.value,
    )
    parser.add_argument("--picture", choices=list(PICTURES), help="draw it")
    add_packs(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Return a picture of the chain, the best path, the influences on a region, or the stories.

    Args:
        options: `picture` names the format of a picture. `origin` and `target` ask for the path
            between them with its claims; `origin` alone asks for the paths that lead to that
            region; neither asks for the stories. `kind` is the kind of claims to count.
    """
    chain, kind = knowledge_of(options).chain, ClaimKind(options.kind)
    if options.picture is not None:
        return PICTURES[options.picture](chain, kind)
    if options.origin is None:
        return "\n".join(_stories(chain, kind))
    if options.target is None:
        paths = chain.influences(options.origin, kind)
        return "\n".join(str(path) for path in paths)
    return "\n".join(_path(chain, options.origin, options.target, kind))


def _stories(chain: KineticChain, kind: ClaimKind) -> Iterator[str]:
    for story in chain.stories:
        yield f"{story.source}: {story.title}"
        yield f"  {chain.along(story.regions, kind)}"


def _path(chain: KineticChain, origin: str, target: str, kind: ClaimKind) -> Iterator[str]:
    path = chain.path(origin, target, kind)
    yield str(path) if path else f"no path from {origin} to {target}"
    for claim in chain.claims(origin, target):
        yield _claim(claim)


def _claim(claim: Claim) -> str:
    side = "against" if claim.against else "for"
    doubt = "" if claim.confirmed else ", unconfirmed"
    return f"{claim.id} {side}, {claim.kind}, {claim.grade}{doubt}: {claim.statement}"
