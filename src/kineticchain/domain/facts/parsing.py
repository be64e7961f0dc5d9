"""Conditions out of text.

The text is a checked subset of Python's expressions. It is read with the standard `ast`
module and never run: each node of the tree is either turned into a condition or refused,
with its column.
"""

import ast
import re
from collections.abc import Callable, Mapping

from kineticchain.domain.facts.condition import (
    All,
    AnyOf,
    AnySide,
    AtLeast,
    BothSides,
    Compare,
    Condition,
    Constant,
    Constantly,
    Contains,
    In,
    Is,
    Joinable,
    Known,
    Name,
    Not,
    Operator,
    walk,
)
from kineticchain.domain.validators import is_fact_name, is_moderate, is_text, repr_short
from kineticchain.errors import Fault, InvalidCondition

LONGEST_CONDITION = 4096
DEEPEST_CONDITION = 12
MAX_NODES = 256
MAX_CHILDREN = 64

_HOWTO = (
    "a condition is made of names, numbers and 'words' with and, or, not, in, the comparisons,"
    " known(), at_least(), any_side() and both_sides()"
)

_PIECE = re.compile(
    r"""'[^'\\\n]*'|"[^"\\\n]*"|[A-Za-z_]\w*"""
    r"""|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])|(?P<strange>\d|\\)|[^\s]"""
)
"""Words, names, numbers and single signs; strange is `1or`, or a backslash."""

_BLANKS = frozenset("\n\r\t")
_QUOTES = frozenset("'\"")


def read_condition(value: Joinable | str) -> Condition:
    """A condition from its text, or from what Python's operators made."""
    if isinstance(value, str):
        return parse_condition(value)
    if isinstance(value, Joinable):
        return value.as_condition()
    raise InvalidCondition(
        Fault(
            f"{repr_short(value)} is no condition", remedy="write its text, or fact.name with & | ~"
        )
    )


def parse_condition(text: str) -> Condition:
    """The condition that `text` writes.

    The text is read as it stands. It may run over several lines; a comment is refused.

    Args:
        text: at most 4,096 ASCII characters, 12 levels, 256 nodes, 64 parts of one condition.

    Returns:
        The condition. Whether its names exist is checked later, against a vocabulary.

    Raises:
        InvalidCondition: for anything outside of the language, with its column; on more than one
            line with its line, too.

    """
    if not isinstance(text, str):
        raise InvalidCondition(Fault(f"{repr_short(text)} is not text", remedy="write a condition"))
    layout = _Layout(text)
    condition = _ConditionParser(layout).condition(_tree(text, layout), 1)
    if sum(1 for _ in walk(condition)) > MAX_NODES:
        raise InvalidCondition(Fault(f"more than {MAX_NODES} nodes", remedy="split the rule"))
    return condition


class _Layout:
    """Tells the place of a character in the text of a condition."""

    def __init__(self, text: str) -> None:
        self.lines = text.count("\n") + 1

    def place(self, line: int, column: int) -> str:
        """Line and column, both from 1; the column alone where there is one line."""
        return f"column {column}" if self.lines == 1 else f"line {line}, column {column}"

    def refused(self, line: int, column: int, what: str, remedy: str = _HOWTO) -> InvalidCondition:
        """The error about what stands at a place."""
        return InvalidCondition(Fault(what, where=self.place(line, column), remedy=remedy))


def _tree(text: str, layout: _Layout) -> ast.expr:
    """The syntax tree of the text in brackets.

    Brackets around the whole let a condition run over several lines without joining them.
    """
    if not text.strip():
        raise InvalidCondition(Fault("an empty condition", remedy="say True for always"))
    if len(text) > LONGEST_CONDITION:
        raise InvalidCondition(Fault(f"longer than {LONGEST_CONDITION:,} characters"))
    _check_characters(text, layout)
    _check_tokens(text, layout)
    try:
        return ast.parse(f"({text}\n)", mode="eval").body
    except (SyntaxError, ValueError) as error:
        line = min(getattr(error, "lineno", None) or 1, layout.lines)
        column = getattr(error, "offset", None) or len(text)
        shift = 1 if line == 1 else 0  # the bracket in front
        raise layout.refused(line, max(1, column - shift), "not a condition") from None
    except (RecursionError, MemoryError):
        raise InvalidCondition(
            Fault(f"nested deeper than {DEEPEST_CONDITION} levels", remedy="split the rule")
        ) from None


def _check_characters(text: str, layout: _Layout) -> None:
    """Refuse what is not printable ASCII, apart from line ends and tabs."""
    line = column = 1
    for char in text:
        if not char.isascii():
            raise layout.refused(line, column, "a character outside ASCII")
        if not char.isprintable() and char not in _BLANKS:
            raise layout.refused(line, column, "a control character", "leave it out")
        line, column = (line + 1, 1) if char == "\n" else (line, column + 1)


def _check_tokens(text: str, layout: _Layout) -> None:
    """Refuse tokens that Python would skip, join or take with a warning.

    These are comments, words in quotes side by side (Python joins them), numbers that run into
    a word (`1or`) and backslashes. A bracket must not close what was not opened, since the text
    is read inside brackets.
    """
    before, depth = "", 0
    for piece in _PIECE.finditer(text):
        sign = piece[0]
        line = text.count("\n", 0, piece.start()) + 1
        column = piece.start() - text.rfind("\n", 0, piece.start())
        if sign == "#":
            remedy = "write comments in TOML, outside of the text of the condition"
            raise layout.refused(line, column, "a comment in a condition", remedy)
        if piece["strange"]:
            raise layout.refused(line, column, "not a number or a word")
        if sign[0] in _QUOTES and before[-1:] in _QUOTES:
            remedy = "put a comma between them"
            raise layout.refused(line, column, "two words side by side", remedy)
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            raise layout.refused(line, column, "a bracket that was not opened")
        before = sign


class _ConditionParser:
    """Turns syntax into conditions."""

    def __init__(self, layout: _Layout) -> None:
        self.layout = layout
        self.calls: Mapping[str, Callable[[ast.Call, int], Condition]] = {
            "known": self.known,
            "at_least": self.at_least,
            "any_side": lambda call, depth: AnySide(self.only_argument(call, depth)),
            "both_sides": lambda call, depth: BothSides(self.only_argument(call, depth)),
        }

    def refused(self, node: ast.AST, what: str, remedy: str = _HOWTO) -> InvalidCondition:
        line, offset = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
        column = offset if line == 1 else offset + 1  # the first line has a bracket in front
        return self.layout.refused(line, max(1, column), what, remedy)

    def condition(self, node: ast.expr, depth: int) -> Condition:
        if depth > DEEPEST_CONDITION:
            raise self.refused(node, f"nested deeper than {DEEPEST_CONDITION} levels")
        match node:
            case ast.Constant(bool(value)):
                return Constant(value)
            case ast.Name() | ast.Attribute():
                return Is(self.name(node))
            case ast.UnaryOp(ast.Not(), operand):
                return Not(self.condition(operand, depth + 1))
            case ast.BoolOp(joiner, values):
                parts = self.parts(node, values, depth)
                return All(parts) if isinstance(joiner, ast.And) else AnyOf(parts)
            case ast.Compare():
                return self.comparison(node)
            case ast.Call(ast.Name(function)) if function in self.calls and not node.keywords:
                return self.calls[function](node, depth)
            case _:
                raise self.refused(node, "not part of a condition")

    def parts(self, node: ast.AST, values: list[ast.expr], depth: int) -> tuple[Condition, ...]:
        if len(values) > MAX_CHILDREN:
            raise self.refused(node, f"more than {MAX_CHILDREN} parts", "split the rule")
        return tuple(self.condition(value, depth + 1) for value in values)

    def name(self, node: ast.expr) -> Name:
        words: list[str] = []
        whole = node
        while isinstance(node, ast.Attribute):
            words.append(node.attr)
            node = node.value
        name = ".".join(reversed([*words, node.id])) if isinstance(node, ast.Name) else ""
        if not is_fact_name(name):
            raise self.refused(whole, "not the name of a fact")
        return Name(name)

    def known(self, call: ast.Call, _: int) -> Condition:
        if len(call.args) != 1:
            raise self.refused(call, "known() takes one name")
        return Known(self.name(call.args[0]))

    def at_least(self, call: ast.Call, depth: int) -> Condition:
        match call.args:
            case [ast.Constant(int(count)), _, _, *_] if type(count) is int:
                parts = self.parts(call, call.args[1:], depth)
                if 1 <= count <= len(parts):
                    return AtLeast(count, parts)
        raise self.refused(
            call, "at_least() takes a count and two conditions or more, as many as the count"
        )

    def only_argument(self, call: ast.Call, depth: int) -> Condition:
        if len(call.args) != 1:
            raise self.refused(call, "this takes one condition")
        return self.condition(call.args[0], depth + 1)

    def comparison(self, node: ast.Compare) -> Condition:
        if len(node.ops) > MAX_CHILDREN:
            raise self.refused(node, f"more than {MAX_CHILDREN} parts", "split the rule")
        terms = [node.left, *node.comparators]
        steps = tuple(
            self.step(left, how, right)
            for left, how, right in zip(terms, node.ops, terms[1:], strict=False)
        )
        return steps[0] if len(steps) == 1 else All(steps)

    def step(self, left: ast.expr, how: ast.cmpop, right: ast.expr) -> Condition:
        if isinstance(how, ast.In):
            return self.membership(left, right)
        if isinstance(how, ast.NotIn):
            return Not(self.membership(left, right))
        compare = _OPERATORS.get(type(how))
        if compare is None:
            raise self.refused(left, "`is` is not part of a condition", "say == or known()")
        return self.compare(left, compare, right)

    def compare(self, left: ast.expr, how: Operator, right: ast.expr) -> Condition:
        if _is_name(left):
            value = self.name(right) if _is_name(right) else self.value(right)
            return Compare(self.name(left), how, value)
        if _is_name(right):
            return Compare(self.name(right), how.turned, self.value(left))
        raise self.refused(left, "two values compared", "compare a fact with a value")

    def membership(self, member: ast.expr, group: ast.expr) -> Condition:
        if isinstance(group, (ast.Tuple, ast.List, ast.Set)):
            if len(group.elts) > MAX_CHILDREN:
                raise self.refused(group, f"more than {MAX_CHILDREN} words")
            return In(self.name(member), tuple(self.word(element) for element in group.elts))
        wanted = self.name(member) if _is_name(member) else self.word(member)
        return Contains(wanted, self.name(group))

    def word(self, node: ast.expr) -> str:
        match node:
            case ast.Constant(str(value)) if is_text(value):
                return value
            case _:
                raise self.refused(node, "not a word", "write words in quotes")

    def value(self, node: ast.expr) -> Constantly:
        match node:
            case ast.Constant(str(value)) if is_text(value):
                return value
            case ast.Constant(bool()):
                raise self.refused(node, "a comparison with true or false", "say the fact alone")
            case ast.Constant(value) if is_moderate(value):
                return value
            case ast.UnaryOp(ast.USub(), ast.Constant(value)) if is_moderate(value):
                return -value
            case _:
                raise self.refused(node, "not a number or a word")


_OPERATORS: dict[type[ast.cmpop], Operator] = {
    ast.Eq: Operator.EQUAL,
    ast.NotEq: Operator.UNEQUAL,
    ast.Lt: Operator.LESS,
    ast.LtE: Operator.AT_MOST,
    ast.Gt: Operator.MORE,
    ast.GtE: Operator.AT_LEAST,
}


def _is_name(node: ast.expr) -> bool:
    return isinstance(node, (ast.Name, ast.Attribute))
