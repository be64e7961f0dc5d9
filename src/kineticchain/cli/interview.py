"""``interview``: ask a person the open questions, line by line, and make a plan.

Keys, besides numbers: Enter for none of these or to skip, ``u`` for not sure, ``-`` for "I prefer
not to say", ``?`` for help, ``b`` for back, ``q`` to save and quit.
"""

import argparse
import json as plain_json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

from attrs import define, field

from kineticchain.cli.commands import Commands, add_packs, knowledge_of
from kineticchain.cli.recommend import day_of, read_document, today
from kineticchain.domain.facts import ReferralLevel
from kineticchain.domain.messages.languages import LANGUAGES
from kineticchain.domain.person import History, Person
from kineticchain.domain.validators import repr_short
from kineticchain.errors import Fault, InvalidInput
from kineticchain.interop import json
from kineticchain.interop.limits import read_file
from kineticchain.recommendation import Recommender
from kineticchain.recommendation.intake.intake import Intake
from kineticchain.recommendation.intake.question import IntakeQuestion, QuestionKind, Screen
from kineticchain.recommendation.intake.saved import SavedIntake

Say: TypeAlias = Callable[[str], None]
"""A function that shows one line."""

KEYS = "Enter: none, skip · u: not sure · -: prefer not to say · ?: help · b: back · q: save, quit"

_UNSURE, _DECLINED, _HELP = "u", "-", "?"


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("interview", help="ask a person what is open, and plan")
    parser.add_argument("person", metavar="PERSON.json", nargs="?", help="the person so far")
    parser.add_argument("--out", metavar="FILE", help="save the person here (PERSON.json)")
    parser.add_argument("--history", metavar="FILE", help="the events so far; new ones are added")
    parser.add_argument("--answers", metavar="FILE", help="lines to answer with, as typed")
    parser.add_argument("--on", type=day_of, help="the day of the interview (today)")
    codes = " or ".join(LANGUAGES)
    parser.add_argument("--language", default="en", help=f"{codes} (en)")
    add_packs(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Ask until no question is open or the person quits; save, and return the plan or a note."""
    knowledge = knowledge_of(options).speaking(options.language)
    person = read_document(options.person, Person) if _exists(options.person) else Person()
    history = read_document(options.history, History) if _exists(options.history) else History()
    on = options.on or today()
    path = options.out or options.person
    unfinished = None if path is None else Path(f"{path}{_UNFINISHED}")
    if path is not None and not Path(path).parent.is_dir():
        where = f"{Path(path).parent}"
        raise InvalidInput(Fault("there is no such directory", where, "make it, or name another"))
    saved = _unfinished_answers(unfinished)
    intake = Recommender(knowledge).intake(person, history, on=on, saved=saved)
    for sign in intake.earlier_signs:  # signs may have ended, so each is asked again
        intake = intake.corrected(sign.id)
    lines = _lines_of(options.answers)
    typed = options.answers is None and sys.stdin.isatty()
    interview = Interview(intake=intake, read=lines, say=_say, echo=not typed)
    ended = interview.hold()
    _save(options, ended, path, unfinished)
    if ended.next is not None:
        count = sum(screen.items for screen in ended.screens)
        saved_note = "Not saved: give PERSON.json or --out." if path is None else "Saved."
        return f"{saved_note} About {count} answers are open."
    return ended_text(ended)


def ended_text(intake: Intake) -> str:
    """Return the end of an interview: notes about unknown facts, and the plan."""
    return "\n".join([*intake.notes, *([""] if intake.notes else []), intake.plan.text(steps=True)])


@define
class Interview:
    """A conversation about an intake.

    Attributes:
        intake: The intake so far.
        read: The lines that the person types.
        say: The function that shows a line.
        echo: True to show each line that was read, for transcripts.
        answers: The answers to the current screen.
        trail: The intake and the answers before each question, for going back.
    """

    intake: Intake
    read: Iterator[str]
    say: Say
    echo: bool = True
    answers: dict[str, object] = field(factory=dict)
    trail: list[tuple[Intake, dict[str, object]]] = field(factory=list)

    def hold(self) -> Intake:
        """Ask until no question is open, the person quits, or no lines are left."""
        shown: Screen | None = None
        self.say(KEYS)
        while (screen := self.intake.next) is not None:
            if screen is not shown:
                self._head(screen)
                shown = screen
            unanswered = [item for item in screen.questions if item.id not in self.answers]
            if not unanswered:
                self._advance()
            elif not self._ask(unanswered[0]):
                break
        return self.intake

    def _head(self, screen: Screen) -> None:
        self.say("")
        self.say(f"## {screen.title} ({self.intake.progress})")
        if screen.intro:
            self.say(screen.intro)

    def _advance(self) -> None:
        """Apply the answers of a screen, and show a new referral for today or now at once."""
        before = self.intake.plan.referral.level
        self.intake, self.answers = self.intake.answered(self.answers), {}
        referral = self.intake.plan.referral
        if referral.level >= ReferralLevel.SAME_DAY and referral.level > before:
            self.say("")
            self.say(f"!! {referral.level}: " + " ".join(whom.text for whom in referral.whom[:1]))
            for reason in referral.reasons[:2]:
                self.say(f"!! {reason.message.text}")

    def _ask(self, question: IntakeQuestion) -> bool:
        """Ask one question until there is an answer; return False to quit."""
        self.say("")
        for line in question_lines(question):
            self.say(line)
        while True:
            text = next(self.read, None)
            if text is None:
                return False
            text = text.strip()
            if self.echo:
                self.say(f"> {text}")
            match text:
                case "q":
                    return False
                case "b":
                    if self.trail:
                        self.intake, self.answers = self.trail.pop()
                    else:
                        self.say("There is nothing before this.")
                    return True
                case "?":
                    for line in help_lines(question):
                        self.say(line)
                    continue
            try:
                answer = answer_in(text, question)
                self.intake.answered({question.id: answer})
            except InvalidInput as error:
                for fault in error.faults:
                    self.say("! " + "; ".join(text for text in (fault.what, fault.remedy) if text))
                continue
            self.trail.append((self.intake, dict(self.answers)))
            self.answers[question.id] = answer
            return True


def question_lines(question: IntakeQuestion) -> Iterator[str]:
    """Yield the lines of a question: its text, its options, and what to type."""
    bounded = question.high is not None and question.high <= _SHOWN_BOUND
    bounds = f" ({question.low:g} to {question.high:g})" if bounded else ""
    yield f"{question.text}{bounds}"
    if question.help:
        yield f"  {question.help}"
    if question.opens:
        yield f"  {question.opens}"
    for number, option in enumerate(question.options, 1):
        yield f"  {number:>2}  {option.label}"
    yield f"  [{_hint(question)}]"


def help_lines(question: IntakeQuestion) -> Iterator[str]:
    """Yield the reasons for a question, the help for its options, and the keys."""
    yield from (f"  {why}" for why in question.why)
    for number, option in enumerate(question.options, 1):
        yield from (f"  {number:>2}  {text}" for text in (*option.why[:1], option.help) if text)
    yield f"  {KEYS}"


def answer_in(text: str, question: IntakeQuestion) -> object:
    """Return a typed line as an answer in plain JSON.

    Raises:
        InvalidInput: If the line gives the number of an option that does not exist.
    """
    if text == _UNSURE:
        return "unsure"
    if text == _DECLINED:
        return "prefer_not_to_say"
    if not text and question.optional:
        return "skip"
    words = text.replace(",", " ").split()
    match question.kind:
        case QuestionKind.CHECKLIST:
            ticked = [_option(word, question) for word in words if not word.startswith(_HELP)]
            unsure = [_option(word[1:], question) for word in words if word.startswith(_HELP)]
            return {"ticked": ticked, "unsure": unsure}
        case QuestionKind.CHOICES:
            return [_option(word, question) for word in words]
        case QuestionKind.CHOICE:
            return _option(text, question)
        case QuestionKind.YES_NO:
            return {"y": True, "yes": True, "n": False, "no": False}.get(text.casefold(), text)
        case QuestionKind.NUMBER:
            numbers = [_number(word) for word in words]
            if question.sides and len(numbers) == len(question.sides):
                return dict(zip([side.value for side in question.sides], numbers, strict=True))
            return numbers[0] if len(numbers) == 1 else text


def _option(word: str, question: IntakeQuestion) -> str:
    """Return the id of the option with a number.

    Raises:
        InvalidInput: If no option has the number.
    """
    if word.isascii() and word.isdecimal() and 0 < int(word) <= len(question.options):
        return question.options[int(word) - 1].id
    remedy = f"give numbers from 1 to {len(question.options)}"
    raise InvalidInput(Fault(f"there is no line {repr_short(word)}", remedy=remedy))


def _number(word: str) -> object:
    try:
        value = float(word)
    except ValueError:
        return word
    return int(value) if value.is_integer() else value


_SHOWN_BOUND = 300
"""The largest upper bound that a question shows; larger bounds exceed every usual answer."""

_HINTS = {
    QuestionKind.CHECKLIST: "numbers, ?3 for not sure about 3, Enter for none of these",
    QuestionKind.CHOICES: "numbers, Enter for none",
    QuestionKind.CHOICE: "a number",
    QuestionKind.YES_NO: "y or n",
    QuestionKind.NUMBER: "a number",
}


def _hint(question: IntakeQuestion) -> str:
    hint = _HINTS[question.kind]
    if question.sides:
        hint = "left and right, such as 20 18"
    if question.unit:
        hint += f", in {question.unit}"
    skips = question.optional and question.kind is not QuestionKind.CHOICES
    return hint + (", Enter to skip" if skips else "")


def _unfinished_answers(path: Path | None) -> SavedIntake | None:
    """Return the saved answers of an unfinished interview; None if there are none."""
    if path is None or not path.exists():
        return None
    try:
        saved: SavedIntake = plain_json.loads(read_file(str(path)))
    except (ValueError, RecursionError):
        remedy = "remove the file to begin again"
        raise InvalidInput(Fault("these are no saved answers", path.name, remedy)) from None
    return saved


def _exists(path: str | None) -> bool:
    return path is not None and Path(path).exists()


def _lines_of(path: str | None) -> Iterator[str]:
    if path is None:
        return iter(sys.stdin.readline, "")
    return iter(read_file(path).decode("utf-8", "replace").splitlines())


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _save(
    options: argparse.Namespace, intake: Intake, path: str | None, unfinished: Path | None
) -> None:
    """Save person and history at the end, or the answers of an unfinished interview."""
    if path is None or unfinished is None:
        return
    if intake.next is not None:
        text = plain_json.dumps(intake.saved, ensure_ascii=False, indent=1)
        unfinished.write_text(text + "\n", encoding="utf-8")
        return
    Path(path).write_text(json.dumps(intake.person, indent=2) + "\n", encoding="utf-8")
    if options.history is not None:
        events = json.dumps(intake.history, indent=2) + "\n"
        Path(options.history).write_text(events, encoding="utf-8")
    unfinished.unlink(missing_ok=True)


_UNFINISHED = ".unfinished"
"""The suffix of the file with the answers of an unfinished interview."""
