"""The body as the library sees it: fifteen regions, their five parts, and two sides."""

from kineticchain.anatomy.part import Part
from kineticchain.anatomy.region import Region
from kineticchain.anatomy.side import Side
from kineticchain.anatomy.site import Site, sites_of

__all__ = ["Part", "Region", "Side", "Site", "sites_of"]
