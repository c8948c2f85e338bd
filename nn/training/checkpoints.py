"""Checkpoints: a file is written whole or not at all, and read only if nothing in it was changed.

It is text, JSON, so that reading a stranger's file runs no code of theirs; floats come back to the last bit.
"""

import hashlib
import json
import math
import os
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any, Protocol

from autograd.coercion import describe

FORMAT, VERSION = "glassgrad checkpoint", 1
MARK = "not finite"  # {"not finite": "nan"} stands for a number


class Stateful(Protocol):
    """An object whose state can be saved and restored: a model, an optimizer, a history."""

    def state_dict(self) -> dict[str, Any]:
        """Its state, as numbers, text, lists and dicts."""

    def load_state_dict(self, state: Mapping[str, Any], /) -> None:
        """Go on from that state. Raises ValueError or TypeError, with nothing changed, when it does not fit."""


def save_checkpoint(path: str | PathLike[str], content: Mapping[str, Any]) -> None:
    """Write a file that ``load_checkpoint`` reads; one that is there already is replaced, in a single moment.

    content: by name, things with a ``state_dict()``, such as a model, or plain data: numbers, text, True, False, None,
    and lists and dicts of those. Raises TypeError for anything else, OSError for a path that cannot be written to.
    """
    states = {name: thing.state_dict() if hasattr(thing, "state_dict") else thing for name, thing in content.items()}
    try:
        text = json.dumps(states, default=plain_data, allow_nan=False)
    except ValueError:  # numbers that are not finite, of which JSON has none
        text = json.dumps(_marked(states), default=plain_data, allow_nan=False)
    head = json.dumps({"format": FORMAT, "version": VERSION, "sha256": _sha256(text)})
    atomic_write(path, f'{head[:-1]}, "content": {text}}}\n')


def load_checkpoint(path: str | PathLike[str], into: Mapping[str, Stateful] | None = None) -> dict[str, Any]:
    """The content of a file that ``save_checkpoint`` wrote: states of objects, and plain data.

    Tuples come back as lists, and the keys of dicts as text.
    into: objects by name, to be restored from their states.
    Raises ValueError, with nothing changed, for a file that is none, is damaged, comes from a newer version, or does
    not fit the things; OSError for one out of reach.
    """
    content = read_checkpoint(path)
    hand_out(path, content, into or {})
    return content


def read_checkpoint(path: str | PathLike[str]) -> dict[str, Any]:
    """The content of a file; nothing is restored from it. Raises as ``load_checkpoint``."""
    raw = Path(path).read_bytes()
    try:
        whole = json.loads(raw)
    except (ValueError, RecursionError):
        whole = None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        if raw.startswith(b'{"format": "glassgrad'):
            raise ValueError(_damaged(path))
        raise ValueError(f"{path} is no glassgrad checkpoint: give a file that nn.save_checkpoint or nn.fit wrote")
    version, content = whole.get("version"), whole.get("content")
    if isinstance(version, int) and version > VERSION:
        raise ValueError(
            f"{path} was written by a newer glassgrad (version {version} of the format, and this one reads up to "
            f"{VERSION}): install a newer one"
        )
    if version != VERSION or not isinstance(content, dict) or whole.get("sha256") != _sha256(json.dumps(content)):
        raise ValueError(_damaged(path))
    return {name: _unmarked(state) for name, state in content.items()} if MARK.encode() in raw else content


def hand_out(path: str | PathLike[str], content: Mapping[str, Any], things: Mapping[str, Stateful]) -> None:
    """Give all things their states, or none."""
    before = {name: thing.state_dict() for name, thing in things.items()}
    try:
        for name, thing in things.items():
            if not isinstance(content.get(name), dict):
                raise ValueError("there is no such state in the file")
            thing.load_state_dict(content[name])
    except (ValueError, TypeError) as error:
        for other, state in before.items():
            things[other].load_state_dict(state)
        raise ValueError(f"{path} does not fit the {name} given: {error}") from None


def _marked(thing: Any) -> Any:
    """The same, with numbers that are not finite as JSON can hold them."""
    if hasattr(thing, "tolist"):
        thing = thing.tolist()
    if isinstance(thing, Mapping):
        return {name: _marked(part) for name, part in thing.items()}
    if isinstance(thing, list | tuple):
        return list(map(_marked, thing))
    return {MARK: str(thing)} if isinstance(thing, float) and not math.isfinite(thing) else thing


def _unmarked(thing: Any) -> Any:
    """What ``_marked`` was given."""
    if isinstance(thing, dict):
        if thing.keys() == {MARK} and thing[MARK] in ("nan", "inf", "-inf"):
            return float(thing[MARK])
        return {name: _unmarked(part) for name, part in thing.items()}
    return list(map(_unmarked, thing)) if isinstance(thing, list) else thing


def _damaged(path: str | PathLike[str]) -> str:
    return f"{path} is damaged: it breaks off, or was altered after it was written; nothing in it can be trusted"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def atomic_write(path: str | PathLike[str], text: str) -> None:
    """Write a file so that at any moment, and also after a crash, there is either the old one or the new one.

    Raises OSError that names the file, with the old file unchanged and nothing left behind.
    """
    final = Path(path)
    beside = final.with_name(f"{final.name}.{os.getpid()}.partial")  # of our own: another process may be writing, too
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, final)
    except OSError as error:
        beside.unlink(missing_ok=True)  # on a full disk it is in the way
        raise OSError(error.errno, error.strerror or str(error), str(final)) from None


def plain_data(thing: Any) -> Any:
    """NumPy's numbers and arrays as Python's. Raises TypeError for anything else that JSON does not know."""
    if hasattr(thing, "tolist"):
        return thing.tolist()
    raise TypeError(f"a checkpoint holds numbers, text, True, False, None, lists and dicts, not {describe(thing)}")
