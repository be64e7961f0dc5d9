"""Law 12: nothing reads the clock: with the same `on`, tomorrow's call gives today's plan."""

import subprocess
import sys

PROGRAM = """
import datetime, time

class Stopped(datetime.date):
    @classmethod
    def today(cls):
        raise AssertionError("the clock was read")

def stopped(*_):
    raise AssertionError("the clock was read")

time.time = time.time_ns = time.localtime = time.gmtime = stopped
import kineticchain as kc
person = kc.Person(age=40, facts={"tandem_stance_s": 30}, screening="clear")
kc.Knowledge.builtin()
datetime.date = Stopped
history = kc.History([kc.MorningAfter(on=Stopped(2026, 1, 2), change=0)])
print(kc.recommend(person, history, on=Stopped(2026, 1, 3)).status)
"""


def test_a_plan_is_made_without_a_clock() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("ready", "")
