"""Parser for the text of conditions.

The language is a subset of Python expressions. The standard `ast` module parses the text; nothing
is evaluated. Each node of the syntax tree is either converted into a condition or rejected with its
column.
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

_TOKEN = re.compile(
    r"""'[^'\\\n]*'|"[^"\\\n]*"|[A-Za-z_]\w*"""
    r"""|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])|(?P<strange>\d|\\)|[=!<>]=|[^\s]"""
)
"""Tokens: quoted words, names, numbers, comparisons and single characters.

The group `strange` matches a backslash, and a digit of a number that runs into a word, as in `1or`.
"""

_BLANKS = frozenset("\n\r\t")
_QUOTES = frozenset("'\"")


def read_condition(value: Joinable | str) -> Condition:
    """Return a condition from its text or from a Python expression.

    Args:
        value: the text, a condition, or a fact name.

    Raises:
        InvalidCondition: if the text is not a condition, or `value` has another type.

    """
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
    """Return the condition that a text expresses.

    The text may extend over several lines. Comments are rejected.

    Args:
        text: up to 4,096 ASCII characters, with up to 12 levels, 256 nodes, and 64 parts of one
            condition.

    Returns:
        The condition. Whether its names exist is checked later, against a vocabulary.

    Raises:
        InvalidCondition: if the text is not in the language; the message states the column, and
            the line of a text with several lines.

    """
    if not isinstance(text, str):
        raise InvalidCondition(Fault(f"{repr_short(text)} is not text", remedy="write a condition"))
    layout = _Layout(text)
    condition = _ConditionParser(layout).condition(_tree(text, layout), 1)
    if sum(1 for _ in walk(condition)) > MAX_NODES:
        raise InvalidCondition(Fault(f"more than {MAX_NODES} nodes", remedy="split the rule"))
    return condition


class _Layout:
    """Positions in the text of a condition, for error messages."""

    def __init__(self, text: str) -> None:
        self.lines = text.count("\n") + 1

    def place(self, line: int, column: int) -> str:
        """Return line and column, both from 1; only the column for a text of one line."""
        return f"column {column}" if self.lines == 1 else f"line {line}, column {column}"

    def refused(self, line: int, column: int, what: str, remedy: str = _HOWTO) -> InvalidCondition:
        """Return the error for a position."""
        return InvalidCondition(Fault(what, where=self.place(line, column), remedy=remedy))


def _tree(text: str, layout: _Layout) -> ast.expr:
    """Return the syntax tree of the text.

    The text is parsed inside brackets, so that it can extend over several lines.
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
        shift = 1 if line == 1 else 0  # the added opening bracket
        raise layout.refused(line, max(1, column - shift), "not a condition") from None
    except (RecursionError, MemoryError):
        raise InvalidCondition(
            Fault(f"nested deeper than {DEEPEST_CONDITION} levels", remedy="split the rule")
        ) from None


def _check_characters(text: str, layout: _Layout) -> None:
    """Reject characters other than printable ASCII, line ends and tabs."""
    line = column = 1
    for char in text:
        if not char.isascii():
            raise layout.refused(line, column, "a character outside ASCII")
        if not char.isprintable() and char not in _BLANKS:
            raise layout.refused(line, column, "a control character", "leave it out")
        line, column = (line + 1, 1) if char == "\n" else (line, column + 1)


def _check_tokens(text: str, layout: _Layout) -> None:
    """Reject tokens that Python would skip, join or accept with a warning.

    These are comments, adjacent words in quotes (Python joins them), numbers that run into a word
    (`1or`) and backslashes. An unmatched closing bracket is rejected, because it would close the
    bracket that `_tree` adds in front of the text.
    """
    previous, depth = "", 0
    for match in _TOKEN.finditer(text):
        lexeme = match[0]
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        if lexeme == "#":
            remedy = "write comments in TOML, outside of the text of the condition"
            raise layout.refused(line, column, "a comment in a condition", remedy)
        if match["strange"]:
            raise layout.refused(line, column, "not a number or a word")
        if lexeme[0] in _QUOTES and previous[-1:] in _QUOTES:
            remedy = "put a comma between them"
            raise layout.refused(line, column, "two words side by side", remedy)
        if lexeme == "=":
            raise layout.refused(line, column, "a single =", "write == to compare")
        depth += (lexeme == "(") - (lexeme == ")")
        if depth < 0:
            raise layout.refused(line, column, "a bracket that was not opened")
        previous = lexeme


class _ConditionParser:
    """Converts syntax nodes into conditions."""

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
        column = offset if line == 1 else offset + 1  # the first line has an added bracket
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
        full_name = node
        while isinstance(node, ast.Attribute):
            words.append(node.attr)
            node = node.value
        name = ".".join(reversed([*words, node.id])) if isinstance(node, ast.Name) else ""
        if not is_fact_name(name):
            raise self.refused(full_name, "not the name of a fact")
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
            call, "at_least() takes a count, and at least two and at least as many conditions"
        )

    def only_argument(self, call: ast.Call, depth: int) -> Condition:
        if len(call.args) != 1:
            raise self.refused(call, "this takes one condition")
        return self.condition(call.args[0], depth + 1)

    def comparison(self, node: ast.Compare) -> Condition:
        if len(node.ops) > MAX_CHILDREN:
            raise self.refused(node, f"more than {MAX_CHILDREN} parts", "split the rule")
        # a chain such as `18 <= age < 65` becomes the conjunction of its comparisons
        operands = [node.left, *node.comparators]
        links = tuple(
            self.link(left, symbol, right)
            for left, symbol, right in zip(operands, node.ops, operands[1:], strict=False)
        )
        return links[0] if len(links) == 1 else All(links)

    def link(self, left: ast.expr, symbol: ast.cmpop, right: ast.expr) -> Condition:
        if isinstance(symbol, ast.In):
            return self.membership(left, right)
        if isinstance(symbol, ast.NotIn):
            return Not(self.membership(left, right))
        operator = _OPERATORS.get(type(symbol))
        if operator is None:
            raise self.refused(left, "`is` is not part of a condition", "say == or known()")
        return self.compare(left, operator, right)

    def compare(self, left: ast.expr, operator: Operator, right: ast.expr) -> Condition:
        if _is_name(left):
            value = self.name(right) if _is_name(right) else self.value(right)
            return Compare(self.name(left), operator, value)
        if _is_name(right):
            return Compare(self.name(right), operator.turned, self.value(left))
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
