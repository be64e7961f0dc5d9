"""Whether an event reports that a professional has looked at the person."""

from collections.abc import Collection, Iterable

from kineticchain.domain.anatomy import Region
from kineticchain.domain.person.clinician_result import ClinicianResult
from kineticchain.domain.person.event import Event, Finding
from kineticchain.record.clinician.result import NO_FRACTURE, RESULT, REVIEWED
from kineticchain.record.observation import moment_of


def was_looked_at(
    event: Event, regions: Collection[Region] | None = None, others: Iterable[Event] = ()
) -> bool:
    """Return whether an event reports that a professional found no reason for concern.

    A clinician's result counts if it reports an examination, a clearance or an allowance, and if
    no result of the same moment about a common site finds a diagnosis. A result about a region also
    counts if it rules out a diagnosis. A finding counts if it reports that there is no fracture or
    that progress was reviewed.

    Args:
        event: Any event.
        regions: Regions of concern. A result about another region does not count; a result about
            the whole person does. None accepts every region.
        others: Events that may contain results of the same moment.

    """
    match event:
        case ClinicianResult(region=None):
            return _is_reassuring(event, others)
        case ClinicianResult(region=region):
            concerned = regions is None or region in regions
            return concerned and (_is_reassuring(event, others) or bool(event.ruled_out))
        case Finding(facts=facts):
            return facts.get(RESULT) == NO_FRACTURE or facts.get(REVIEWED) is True
        case _:
            return False


def _is_reassuring(event: ClinicianResult, others: Iterable[Event]) -> bool:
    """Return whether a result reports an examination, clearance or allowance and no diagnosis.

    One visit may be stated in several results: a diagnosis of the same moment counts as well.
    """
    examined = event.examined or event.cleared is True or event.allows is not None
    return examined and not event.found and not any(_finds_beside(other, event) for other in others)


def _finds_beside(other: Event, result: ClinicianResult) -> bool:
    """Return whether another result of the same moment finds a diagnosis at a common site."""
    if not isinstance(other, ClinicianResult) or not other.found:
        return False
    if moment_of(other) != moment_of(result):
        return False
    if other.region is None or result.region is None:
        return True
    return other.region is result.region and other.side.meets(result.side)
