"""The table as JavaScript: each row's value and derivatives, for pages that compute a graph again."""

import json
import re
from pathlib import Path

from autograd.interval import Interval
from autograd.registry import ARGUMENTS, TABLE, Primitive
from autograd.symbolic import expr

SPECIAL = Path(__file__).with_name("special.js")


def special() -> str:
    """The functions that JavaScript's Math does not have, as part of a larger script."""
    return re.sub(r"^export ", "", SPECIAL.read_text(encoding="utf-8"), flags=re.MULTILINE)


def rows() -> str:
    """An object ``ROWS`` with a member for each row of this library; rows of your own are functions of Python."""
    members = "".join(f"  {row.name}: {_member(row)},\n" for row in TABLE.values() if not row.custom)
    return (
        "/** @typedef {{low: number, high: number, includesLow: boolean, includesHigh: boolean, text: string}} "
        "Interval */\n"
        "/** @typedef {(...numbers: number[]) => number} Rule of the inputs, or of the output and the inputs */\n"
        "/** @typedef {{value: Rule, partials: Rule[], domain: Interval[], word: string, chooses: boolean}} Row */\n"
        "/** @type {Record<string, Row>} */\n"
        f"const ROWS = {{\n{members}}};\n"
    )


def _member(row: Primitive) -> str:
    inputs = ", ".join(ARGUMENTS[: row.arity])
    value = expr.write(expr.value(row), "javascript")
    partials = ", ".join(
        f"(y, {inputs}) => {expr.write(expr.partial(row, argument), 'javascript')}" for argument in range(row.arity)
    )
    domain = ", ".join(map(_interval, row.domain))
    words = f'word: "{row.word}", chooses: {json.dumps(row.chooses)}'
    return f"{{ value: ({inputs}) => {value}, partials: [{partials}], domain: [{domain}], {words} }}"


def _interval(interval: Interval) -> str:
    """An interval as JavaScript; ``json`` writes infinity as JavaScript does."""
    return json.dumps(
        {
            "low": interval.low,
            "high": interval.high,
            "includesLow": interval.includes_low,
            "includesHigh": interval.includes_high,
            "text": str(interval),
        }
    )
