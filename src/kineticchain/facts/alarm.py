"""Answers that must never stay silent."""

from attrs import field, frozen
from attrs.converters import optional

from kineticchain.constraints import exactly
from kineticchain.facts.condition import Condition
from kineticchain.facts.occasion import Occasion
from kineticchain.facts.parsing import read_condition
from kineticchain.facts.referral_level import ReferralLevel


@frozen(kw_only=True)
class Alarm:
    """The least referral that an answer leads to, once it is not the reassuring one.

    `when` names the companions without which the answer is no alarm; None is always. With `each`
    it holds for each complaint, injury or surgery, with ``here`` bound in `when`.
    """

    level: ReferralLevel = field(validator=exactly(ReferralLevel))
    when: Condition | None = field(default=None, converter=optional(read_condition))
    each: Occasion | None = None
