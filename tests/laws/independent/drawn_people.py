"""A second generator of people and of their lives, written from the vocabulary alone.

It shares nothing with the generators of the library. A life is planned, lived and planned anew:
the recommender is in the loop, and everything that happens follows from one seed.
"""

import datetime
import random  # noqa: TID251 - whole lives from a seed, without Hypothesis
from collections.abc import Sequence

from attrs import define, evolve, field, frozen

import kineticchain as kc
from kineticchain.domain.anatomy import Side
from kineticchain.domain.facts import FactClass, FactKind, FactType
from kineticchain.domain.facts.fact_values import GivenValue, Value
from kineticchain.domain.person import Event, Sex, WeightBearing
from kineticchain.recommendation.plan.dated_session import DatedSession
from kineticchain.recommendation.plan.model import Question

KNOWLEDGE = kc.Knowledge.builtin()
RECOMMENDER = kc.Recommender(KNOWLEDGE)
FIRST = datetime.date(2026, 3, 2)
DAY = datetime.timedelta(days=1)

GOALS = tuple(goal.id for goal in KNOWLEDGE.goals)
EQUIPMENT = tuple(piece.id for piece in KNOWLEDGE.equipment)
SUBSTITUTES = tuple(name for piece in KNOWLEDGE.equipment for name in piece.substitutes)
EXERCISES = tuple(KNOWLEDGE.exercises)
DIAGNOSES = tuple(KNOWLEDGE.diagnoses)
REGIONS = tuple(kc.Region)
GIVEN = tuple(fact for fact in KNOWLEDGE.vocabulary.types if fact.is_given)
ASKED = tuple(fact for fact in GIVEN if fact.fact_class is FactClass.SCREENING)
COVERING = tuple(fact for fact in ASKED if fact.covers or fact.id == "recent_treatment")
"""Questions that open others; they are drawn last, so that earlier lives stay as they were."""
SCREENING = tuple(fact for fact in ASKED if fact not in COVERING)
MEASURES = tuple(fact for fact in GIVEN if fact.fact_class is FactClass.MEASURE)
PLAIN = tuple(fact for fact in GIVEN if fact.fact_class is FactClass.PLAIN)
CLEARABLE = tuple(fact for fact in SCREENING if fact.by_clear and fact.reassuring is not None)

USUAL = {
    "tandem_stance_s": (3, 30),
    "single_leg_s": (0, 45),
    "heel_rise_reps": (0, 30),
    "chair_stand_30s": (4, 25),
    "lunge_cm": (3, 14),
    "bmi": (17, 40),
    "runs_km_per_week": (0, 60),
    "weeks_trained": (0, 100),
    "falls_n": (0, 4),
    "pregnant_weeks": (0, 41),
    "timed_up_and_go_s": (6, 30),
    "surgery_weeks_ago": (0, 60),
    "fracture_weeks_ago": (0, 60),
    "last_sprain_weeks_ago": (0, 100),
}
"""Where most people lie, of numbers whose range is wider."""


# Persons


def value_of(rng: random.Random, fact: FactType) -> Value:
    """Some value that the fact may have, numbers mostly where people lie."""
    match fact.kind:
        case FactKind.BOOLEAN:
            return rng.random() < 0.5
        case FactKind.NUMBER:
            low, high = fact.low, fact.high
            if fact.id in USUAL and rng.random() < 0.85:
                low, high = USUAL[fact.id]
            if fact.integral or rng.random() < 0.7:
                return rng.randint(int(low), int(high))
            return round(rng.uniform(low, high), 1)
        case FactKind.ONE_OF:
            return rng.choice(fact.options)
        case FactKind.SET_OF:
            words = fact.options or EXERCISES
            return frozenset(rng.sample(words, rng.randint(0, min(4, len(words)))))


def single_value(rng: random.Random, fact: FactType) -> bool | float | str:
    """A value of a fact that is no set."""
    value = value_of(rng, fact)
    if isinstance(value, frozenset):
        raise TypeError(fact.id)
    return value


def answer_to(rng: random.Random, fact: FactType) -> GivenValue:
    """A value, or one for each side or some regions where the fact has them."""
    if fact.per_side:
        kind = rng.random()
        if kind < 0.4:
            return value_of(rng, fact)
        sides = Side.BOTH.each if kind < 0.8 else (rng.choice(Side.BOTH.each),)
        return {side.value: single_value(rng, fact) for side in sides}
    if fact.per_region:
        regions = rng.sample(REGIONS, rng.randint(1, 3))
        return {region.value: single_value(rng, fact) for region in regions}
    return value_of(rng, fact)


def worse_than_reassuring(rng: random.Random, fact: FactType) -> Value:
    """A value other than the reassuring one."""
    while True:
        value = value_of(rng, fact)
        if value != fact.reassuring:
            return value


def side_of(rng: random.Random, region: kc.Region) -> Side:
    """A side that the region has."""
    return rng.choice(tuple(Side)) if region.paired else Side.BOTH


def complaint(rng: random.Random, *, odd: bool) -> kc.Complaint:
    """A painful region; odd ones know little or hurt to the utmost."""
    legs = ("heel", "plantar_fascia", "calf_achilles", "ankle", "knee", "lumbar", "toes", "hip")
    region = rng.choice(REGIONS) if odd else kc.Region(rng.choice(legs))
    pain = rng.choice([None, 0, 1, 9, 10]) if odd else rng.choice([1, 2, 2, 3, 3, 4, 5, 6])
    how_long = rng.random()
    return kc.Complaint(
        region,
        side_of(rng, region),
        pain=pain,
        weeks=rng.choice([0, 1, 3, 8, 13, 30, 200]) if how_long < 0.5 else None,
        days=rng.randint(0, 40) if how_long > 0.8 else None,
        joint=rng.choice([None, None, True, False]),
    )


def injury(rng: random.Random) -> kc.Injury:
    region = rng.choice(REGIONS)
    return kc.Injury(region, side_of(rng, region), rng.choice([None, 0, 2, 9, 20, 60, 400]))


def surgery(rng: random.Random) -> kc.Surgery:
    region = rng.choice(REGIONS)
    return kc.Surgery(
        region,
        side_of(rng, region),
        rng.choice([None, 0, 2, 5, 8, 12, 20, 60]),
        rng.choice([None, *WeightBearing]),
        rng.choice([None, False, True, True]),
    )


def pieces(rng: random.Random) -> list[str]:
    """Some equipment: nothing, a few pieces with what stands for them, or all."""
    kind = rng.random()
    if kind < 0.1:
        return []
    if kind < 0.4:
        return list(EQUIPMENT)
    few = rng.sample((*EQUIPMENT, *SUBSTITUTES), rng.randint(1, 6))
    return [*few, "fixed_support"] if rng.random() < 0.7 else few


def common_person(rng: random.Random) -> kc.Person:
    """Somebody as they come: screened, a complaint or two, some measures."""
    age = rng.choice([rng.randint(18, 64), rng.randint(18, 64), rng.randint(65, 92), 16])
    strong = rng.random() < 0.6
    facts: dict[str, GivenValue] = {}
    for fact in MEASURES:
        if rng.random() < 0.3:
            facts[fact.id] = answer_to(rng, fact)
    if rng.random() < 0.85:
        facts["tandem_stance_s"] = rng.randint(10, 30) if strong else rng.randint(0, 30)
    if strong and rng.random() < 0.6:
        facts["single_leg_s"] = rng.randint(10, 45)
        facts["heel_rise_reps"] = rng.randint(8, 30)
    for fact in PLAIN:
        if rng.random() < 0.06:
            facts[fact.id] = answer_to(rng, fact)
    for fact in SCREENING:
        if rng.random() < 0.01:
            facts[fact.id] = answer_to(rng, fact)
    if age < 18:
        facts["parent_consent"] = rng.random() < 0.9
    return kc.Person(
        age=age,
        sex=rng.choice([None, *Sex]),
        complaints=[complaint(rng, odd=False) for _ in range(rng.choice([0, 1, 1, 2]))],
        injuries=[injury(rng)] if rng.random() < 0.05 else [],
        surgeries=[surgery(rng)] if rng.random() < 0.05 else [],
        equipment=pieces(rng),
        facts=facts,
        screening="clear",
        as_of=rng.choice([None, FIRST]),
    )


def odd_person(rng: random.Random) -> kc.Person:
    """Somebody of whom anything may have been told, or nothing."""
    share = rng.choice([0.0, 0.03, 0.1, 0.5, 1.0])
    born = f"{rng.randint(1920, 2020)}-{rng.randint(1, 12):02}"
    by_birth = rng.random() < 0.3
    asked = [fact.id for fact in SCREENING if rng.random() < 0.6]
    return kc.Person(
        age=None if by_birth else rng.choice([None, 0, 9, 15, 17, 64, 65, 80, 120]),
        born=born if by_birth else None,
        sex=rng.choice([None, *Sex]),
        complaints=[complaint(rng, odd=True) for _ in range(rng.randint(0, 4))],
        injuries=[injury(rng) for _ in range(rng.choice([0, 0, 1, 2]))],
        surgeries=[surgery(rng) for _ in range(rng.choice([0, 0, 1, 2]))],
        equipment=pieces(rng),
        facts={
            fact.id: answer_to(rng, fact)
            for fact in GIVEN
            if fact not in COVERING and rng.random() < share
        }
        | {fact.id: answer_to(rng, fact) for fact in COVERING if rng.random() < share / 4},
        screening=rng.choice(["clear", "unasked", asked]),
        as_of=rng.choice([None, FIRST, FIRST - 40 * DAY]),
    )


def somebody(rng: random.Random) -> kc.Person:
    """One person in five is an odd one."""
    return odd_person(rng) if rng.random() < 0.2 else common_person(rng)


def wish(rng: random.Random) -> kc.Request:
    """What somebody asks for."""
    every_other_day = rng.random() < 0.15
    liked = rng.sample(EXERCISES, 6)
    return kc.Request(
        minutes=rng.choice([1, 2, 5, 8, 10, 15, 20, 30, 60]),
        sessions_per_day=rng.choice([1, 1, 1, 1, 2, 3]),
        days_per_week=7 if every_other_day else rng.choice([1, 2, 3, 4, 5, 7, 7]),
        every_other_day=every_other_day,
        micro_sessions_per_day=rng.choice([0, 0, 0, 0, 1, 3]),
        micro_minutes=rng.randint(1, 5),
        goal=rng.choice([None, *GOALS]),
        equipment=pieces(rng) if rng.random() < 0.1 else None,
        prefer=liked[:2] if rng.random() < 0.15 else [],
        avoid=liked[2:] if rng.random() < 0.15 else [],
    )


# Lives


@frozen
class Manner:
    """How somebody trains: in hundredths, and the pain that is usual."""

    attends: int
    notes: int
    overdoes: int
    falls_short: int
    tells_mornings: int
    bad_mornings: int
    sore: int

    @classmethod
    def of(cls, rng: random.Random) -> "Manner":
        """Diligent, careless, or sore."""
        match rng.choice(["diligent", "diligent", "careless", "sore", "any"]):
            case "diligent":
                return cls(100, 100, 0, 0, 100, 0, 0)
            case "careless":
                return cls(50, 60, 20, 30, 40, 10, 2)
            case "sore":
                return cls(90, 95, 5, 10, 90, 25, 5)
            case _:
                attends, notes, overdoes, short, tells, bad = (
                    rng.randint(0, 100) for _ in range(6)
                )
                return cls(attends, notes, overdoes, short, tells, bad, rng.randint(0, 8))


@frozen
class Step:
    """A plan, and what it was made from: the history before it, this day's answers included."""

    on: datetime.date
    history: kc.History
    request: kc.Request
    plan: kc.Plan


@frozen
class Life:
    """A person with all their plans and all that happened."""

    seed: int
    person: kc.Person
    manner: Manner
    steps: tuple[Step, ...]
    history: kc.History

    @property
    def last(self) -> Step:
        """The last plan."""
        return self.steps[-1]


@define
class Living:
    """A life while it is lived."""

    rng: random.Random
    person: kc.Person
    request: kc.Request
    manner: Manner
    recommender: kc.Recommender = RECOMMENDER
    events: list[Event] = field(factory=list)
    steps: list[Step] = field(factory=list)
    today: datetime.date = FIRST

    def chance(self, hundredths: int) -> bool:
        return self.rng.randrange(100) < hundredths

    def plan(self) -> kc.Plan:
        """Today's plan; open questions are answered first by most people."""
        made = self._asked()
        questions = RECOMMENDER.explain(made).questions if made.questions else ()
        if questions and self.chance(85):
            self.events.append(self._answers(questions))
            made = self._asked()
        history = kc.History(self.events)
        self.steps.append(Step(self.today, history, self.request, made))
        if self.chance(90):
            self.events.append(made.issued(self.today))
        return made

    def _asked(self) -> kc.Plan:
        return self.recommender.recommend(
            self.person, kc.History(self.events), request=self.request, on=self.today
        )

    def _answers(self, questions: Sequence[Question]) -> kc.Finding:
        """What an "all clear" does not cover is answered by name."""
        facts: dict[str, GivenValue] = {}
        for question in questions:
            fact = KNOWLEDGE.vocabulary.type_of(question.id)
            if fact is None or not fact.is_given or fact.by_clear:
                continue
            if fact.reassuring is not None:
                facts[question.id] = fact.reassuring
        return kc.Finding(on=self.today, facts=facts, screening="clear")

    def week(self, plan: kc.Plan, days: int) -> None:
        """Some days of a plan: sessions, mornings, and now and then something else."""
        coming: dict[datetime.date, list[DatedSession]] = {}
        for session in plan.calendar(self.today, 2):
            coming.setdefault(session.on, []).append(session)
        for _ in range(days):
            trained = False
            for dated in coming.get(self.today, ()):
                if self.chance(self.manner.attends):
                    self.events.append(self._session(dated))
                    trained = True
            if self.chance(3):
                self.events.append(self.happening())
            if trained and self.chance(self.manner.tells_mornings):
                self.events.append(self._morning())
            self.today += DAY

    def _session(self, dated: DatedSession) -> kc.SessionLog:
        lines: list[kc.ExerciseLog] = []
        for item in dated.items:
            if any(line.exercise == item.exercise and line.side.meets(item.side) for line in lines):
                continue
            split = item.side is Side.BOTH and item.per_side and self.chance(30)
            sides = item.side.each if split else (item.side,)
            lines += [self._line(item.exercise, side, item.dose) for side in sides]
        return kc.SessionLog(on=self.today, lines=lines, slot=dated.session.number)

    def _line(self, exercise: str, side: Side, dose: kc.Dose) -> kc.ExerciseLog:
        manner, rng = self.manner, self.rng
        if self.chance((100 - manner.attends) // 5):
            return kc.ExerciseLog(exercise, side, skipped="no time")
        if not self.chance(manner.notes):
            return kc.ExerciseLog(exercise, side, done=dose if self.chance(50) else None)
        done = dose
        if self.chance(manner.overdoes):
            done = evolve(dose, sets=min(50, dose.sets + rng.randint(1, 2)))
        elif self.chance(manner.falls_short):
            done = dose.scaled(rng.randint(20, 90))
        careful = manner.sore == 0
        return kc.ExerciseLog(
            exercise,
            side,
            done=done,
            pain=rng.choice([0, 0, 1])
            if careful
            else min(10, max(0, round(rng.gauss(manner.sore, 2)))),
            effort=rng.choice([4, 5, 6] if careful else [3, 5, 7, 9, 10]),
            form_ok=True if careful else rng.choice([True, True, None, False]),
            touches=0 if careful else rng.choice([0, 0, 0, 1, 3, None]),
            best_hold_s=rng.choice([None, None, dose.hold_s]),
            substituted_by=rng.choice(EXERCISES) if self.chance(manner.overdoes // 20) else None,
        )

    def _morning(self) -> kc.MorningAfter:
        rng = self.rng
        bad = self.chance(self.manner.bad_mornings)
        change = rng.choice([1, 2, 4]) if bad else rng.choice([0, 0, 0, -1])
        region = rng.choice(REGIONS) if bad and self.chance(40) else None
        side = Side.BOTH if region is None else side_of(rng, region)
        return kc.MorningAfter(on=self.today + DAY, change=change, region=region, side=side)

    def happening(self) -> Event:
        """A fall, a new pain, an injury, an operation, an answer, a measurement or a result."""
        rng, on = self.rng, self.today
        slot = rng.randint(1, 3)
        kind = rng.randrange(10)
        if kind == 0:
            return kc.Finding(on=on, facts={"fall_last_12m": True}, slot=slot)
        if kind in {1, 2}:
            return kc.Finding(on=on, complaints=[complaint(rng, odd=self.chance(20))], slot=slot)
        if kind == 3:
            region = rng.choice(REGIONS)
            return kc.InjuryHappened(on=on, region=region, side=side_of(rng, region), slot=slot)
        if kind == 4 and self.chance(30):
            region = rng.choice(REGIONS)
            order = rng.choice([None, *WeightBearing])
            cleared = rng.choice([None, False, True])
            side = side_of(rng, region)
            return kc.SurgeryDone(
                on=on, region=region, side=side, weight_bearing=order, cleared=cleared, slot=slot
            )
        if kind in {5, 6}:
            fact = rng.choice(MEASURES if kind == 5 else (*SCREENING, *PLAIN))
            return kc.Finding(on=on, facts={fact.id: answer_to(rng, fact)}, slot=slot)
        if kind == 7:
            return self._result(slot)
        usual = self.person.complaints
        if usual and kind == 8:
            hurts = rng.choice(usual)
            changed = kc.Complaint(hurts.region, hurts.side, pain=rng.randint(0, 7))
            return kc.Finding(on=on, complaints=[changed], slot=slot)
        return kc.Finding(on=on, screening="clear", slot=slot)

    def _result(self, slot: int) -> kc.ClinicianResult:
        rng = self.rng
        region = rng.choice([None, *REGIONS])
        found = rng.sample(DIAGNOSES, rng.choice([0, 0, 1]))
        left = [name for name in DIAGNOSES if name not in found]
        return kc.ClinicianResult(
            on=self.today,
            region=region,
            side=Side.BOTH if region is None else side_of(rng, region),
            found=found,
            ruled_out=rng.sample(left, rng.randint(0, 2)),
            examined=found == [] or self.chance(50),
            cleared=rng.choice([None, None, True, False]),
            allows=kc.Allowance(load=rng.choice(["L0", "L1", "L2", "L3"]))
            if self.chance(20)
            else None,
            until=self.today + rng.randint(1, 60) * DAY if self.chance(30) else None,
            slot=slot,
        )


def life(seed: int, plans: int = 7) -> Life:
    """The life of one seed: about a week after each of so many plans, and now and then a break."""
    rng = random.Random(seed)  # noqa: S311 - no secret: the same life for the same seed
    living = Living(rng, somebody(rng), wish(rng), Manner.of(rng))
    if living.chance(15):
        living.events.append(living.happening())
    for _ in range(plans):
        plan = living.plan()
        living.week(plan, rng.choice([5, 7, 7, 7, 8, 9]))
        if living.chance(12):
            living.today += rng.randint(5, 60) * DAY
        if living.chance(8):
            living.request = wish(rng)
    return lived(seed, living)


def diligent_life(seed: int, plans: int = 20) -> Life:
    """Nothing hurts, all is done as planned, every question is answered, nothing happens."""
    rng = random.Random(seed)  # noqa: S311 - likewise
    person = evolve(common_person(rng), complaints=[], injuries=[], surgeries=[])
    living = Living(rng, person, wish(rng), Manner(100, 100, 0, 0, 100, 0, 0))
    for _ in range(plans):
        plan = living.plan()
        planned = 8 if living.request.every_other_day else 7
        for dated in plan.calendar(living.today, 2):
            if dated.on >= living.today + planned * DAY:
                continue
            lines = [
                kc.ExerciseLog(item.exercise, item.side, done=item.dose, pain=0, effort=5,
                    form_ok=True, touches=0)
                for item in dated.items
            ]  # fmt: skip
            living.events.append(kc.SessionLog(on=dated.on, lines=lines, slot=dated.session.number))
            living.events.append(kc.MorningAfter(on=dated.on + DAY, change=0))
        living.today += planned * DAY
    return lived(seed, living)


def lived(seed: int, living: Living) -> Life:
    return Life(seed, living.person, living.manner, tuple(living.steps), kc.History(living.events))
