"""A founding article's routine: five exercises, "no longer than 20 minutes".

The times use three seconds for a repetition, two for a circle, and the rests that are printed.
"""

import kineticchain as kc
from kineticchain.domain.exercises import DoseRange, Exercise
from kineticchain.interop import toml

ROUTINE = (
    "heel_raise_single_supported",
    "toe_walk",
    "ankle_circles",
    "towel_curl",
    "band_plantarflexion",
)
RESTS = (10, 15)
knowledge = kc.Knowledge.builtin()


def seconds(exercise: Exercise, stated: DoseRange, dose: kc.Dose, rest: int) -> int:
    """The time of one printed dose, both sides where there are sides."""
    sides = 2 if exercise.unilateral else 1
    if dose.reps is None:
        return dose.sets * (dose.duration_s or 0) * stated.variations + (dose.sets - 1) * rest
    each = 2 if exercise.id == "ankle_circles" else 3
    return sides * dose.sets * dose.reps * stated.variations * each


totals = [0, 0]
for name in ROUTINE:
    exercise = knowledge.exercise(name)
    stated = next(one.dose for one in exercise.stated if one.source == "SEED1" and one.dose)
    low = seconds(exercise, stated, stated.start, RESTS[0])
    high = seconds(exercise, stated, stated.top, RESTS[1])
    totals[0] += low
    totals[1] += high
    print(f"{exercise.title:45} {stated!s:18} {low / 60:5.1f} to {high / 60:4.1f} min")
print(f"{'the whole routine':64} {totals[0] / 60:5.1f} to {totals[1] / 60:4.1f} min")

print("\nThe best 20 minutes of it, for somebody who has mastered raises and toe walking:\n")
ONLY_THE_ROUTINE = f"""
schema = 1
id = "routine"
version = "1"

[[rule]]
id = "routine.nothing_else"
when = "True"
about = "exercise.id not in {ROUTINE}"
exclude = true
because = "Only the routine of the article was asked for."
sources = ["SEED1"]
"""
recommender = kc.Recommender(knowledge.with_packs(toml.loads(ONLY_THE_ROUTINE)))
person = kc.Person(
    age=45,
    equipment=["chair", "towel", "band", "fixed_support"],
    facts={
        "tandem_stance_s": 30,
        "heel_rise_reps": 20,
        "mastered": ["heel_raise_double", "toe_walk"],
    },
    screening="clear",
)
plan = recommender.recommend(person, request=kc.Request(minutes=20, goal="foot_strength"))
print(plan)
