"""Finding plugins by their entry points.

A plugin is anything with an `api_version` and a function `pack`: a module will do. It is
named under the entry-point group ``kineticchain.packs``, and nothing of it runs before the
app asks.
"""

from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol, runtime_checkable

from attrs import frozen

from kineticchain.domain.validators import repr_short
from kineticchain.errors import KineticChainError, UnfitPlugin
from kineticchain.rules import RulePack
from kineticchain.rules.model.decision import Failure

GROUP = "kineticchain.packs"
API_VERSION = 1


@runtime_checkable
class RulePackPlugin(Protocol):
    """What an entry point must lead to."""

    api_version: int
    """The version of this protocol that it was written for: 1."""

    def pack(self) -> RulePack:
        """The pack; its rules may be data, Python, or both."""
        ...  # pragma: no cover - a protocol has no body


@frozen
class Discovery:
    """The packs that were found, in the order of their names, and the plugins that failed.

    A failure names the entry point and says what was wrong.
    """

    packs: tuple[RulePack, ...]
    failures: tuple[Failure, ...]


def discover(found: Iterable[EntryPoint] | None = None) -> Discovery:
    """The packs of all installed plugins, or of the entry points given.

    One that fails never keeps another from being found.
    """
    points = entry_points(group=GROUP) if found is None else found
    packs: list[RulePack] = []
    failures: list[Failure] = []
    for point in sorted(points, key=lambda one: (one.name, one.value)):
        try:
            packs.append(loaded(point.load()))
        except KineticChainError as error:
            failures.append(Failure(point.name, str(error)))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - a stranger's code may raise anything
            failures.append(Failure(point.name, f"raised {type(error).__name__}"))
    return Discovery(tuple(packs), tuple(failures))


def loaded(plugin: object) -> RulePack:
    """The pack of a plugin. Raises `UnfitPlugin` for what is none, or of another version."""
    version = getattr(plugin, "api_version", None)
    if version != API_VERSION:
        raise UnfitPlugin(f"its api_version is {repr_short(version)}, not {API_VERSION}")
    if not isinstance(plugin, RulePackPlugin):
        raise UnfitPlugin("it has no function `pack`")
    pack: object = plugin.pack()
    if type(pack) is not RulePack:
        raise UnfitPlugin(f"its `pack()` returned a {type(pack).__name__}, not a RulePack")
    return pack
