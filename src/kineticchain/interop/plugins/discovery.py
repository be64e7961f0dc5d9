"""Discovery of plugins by their entry points.

A plugin is an object, such as a module, with an `api_version` and a function `pack`. Its entry
point is in the group ``kineticchain.packs``. No code of a plugin runs before `discover` is called.
"""

from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol, runtime_checkable

from attrs import frozen

from kineticchain.domain.validators import repr_short
from kineticchain.errors import KineticChainError, UnfitPlugin
from kineticchain.knowledge.pack import RulePack
from kineticchain.rules.model.decision import Failure

GROUP = "kineticchain.packs"
API_VERSION = 1


@runtime_checkable
class RulePackPlugin(Protocol):
    """The protocol of the object that an entry point names.

    Attributes:
        api_version: The version of this protocol that the plugin was written for: 1.
    """

    api_version: int

    def pack(self) -> RulePack:
        """Return the pack; its rules may be data, Python, or both."""
        ...  # pragma: no cover - a protocol has no body


@frozen
class Discovery:
    """The result of `discover`.

    Attributes:
        packs: The packs of the plugins that loaded, in the order of their entry points' names.
        failures: For each plugin that failed, the name of its entry point and the reason.
    """

    packs: tuple[RulePack, ...]
    failures: tuple[Failure, ...]


def discover(found: Iterable[EntryPoint] | None = None) -> Discovery:
    """Load the packs of plugins. A plugin that fails is reported and does not affect the others.

    Args:
        found: The entry points to load; by default those of all installed plugins.
    """
    points = entry_points(group=GROUP) if found is None else found
    packs: list[RulePack] = []
    failures: list[Failure] = []
    for point in sorted(points, key=lambda point: (point.name, point.value)):
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
    """Return the pack of a plugin.

    Args:
        plugin: The object that an entry point names.

    Raises:
        UnfitPlugin: If the object is no plugin, was written for another version of the protocol,
            or does not return a pack.
    """
    version = getattr(plugin, "api_version", None)
    if version != API_VERSION:
        raise UnfitPlugin(f"its api_version is {repr_short(version)}, not {API_VERSION}")
    if not isinstance(plugin, RulePackPlugin):
        raise UnfitPlugin("it has no function `pack`")
    pack: object = plugin.pack()
    if type(pack) is not RulePack:
        raise UnfitPlugin(f"its `pack()` returned a {type(pack).__name__}, not a RulePack")
    return pack
