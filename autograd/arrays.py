"""Rows and columns of numbers, whatever library holds them: taken by position, never by a label.

Frames and series of pandas and Polars, Arrow tables, xarrays, tensors of PyTorch and JAX: all have ``__array__``, so
none of these libraries is imported here, and neither is NumPy before such a thing is given.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from autograd.coercion import describe, is_finite, number
from autograd.graph import Node

MISSING = "missing"
NO_NUMBERS = {"c": "complex numbers", "V": "records or raw bytes"}


def entries(given: Any, name: str) -> Sequence[Any]:
    """``given`` as a list, a tuple or a NumPy array, of which entry i is the i-th that ``given`` holds.

    A list stays as it is, but for the frames, series and tensors in it. The numbers of an array become 64 bits wide,
    or Python's own, so that their arithmetic does not overflow. name: the argument an error speaks of.
    Dates become Python's datetimes, where those can hold them. Raises TypeError for what has no order by position, and
    for arrays of complex numbers or records; ValueError for masked entries; OverflowError for a long double too large.
    """
    if _is_array(type(given)):
        found = _array(given, name)
        if not hasattr(found, "__len__"):
            raise TypeError(f"{name} must be a list or an array, not one number, {describe(given)}")
        return found  # type: ignore[no-any-return]
    if isinstance(given, (list, tuple)):
        if any(map(_is_array, set(map(type, given)))):
            return [_array(x, f"{name}[{place}]") if _is_array(type(x)) else x for place, x in enumerate(given)]
        return given
    if isinstance(given, (str, bytes, Mapping, Set)) or not hasattr(given, "__len__"):
        raise TypeError(f"{name} must be a list or an array, not {describe(given)}{_advice(given)}")
    return given if hasattr(given, "__getitem__") else list(given)


def column(given: Any, name: str) -> Sequence[Any]:
    """``given`` as ``entries`` has it, where one number is meant for each row: a table of one column is that column."""
    found: Any = entries(given, name)
    shape: tuple[int, ...] = getattr(found, "shape", ())
    return found.ravel() if len(shape) == 2 and shape[1] == 1 else found  # type: ignore[no-any-return]


def lists(given: Any, name: str) -> list[Any]:
    """``given`` as a list of Python's own numbers, or of lists of them. Raises as ``entries``."""
    found = entries(given, name)
    found = found.tolist() if hasattr(found, "tolist") else found
    if isinstance(found, list) and not any(hasattr(kind, "tolist") for kind in set(map(type, found))):
        return found
    # a date that only NumPy holds would become an int
    return [x.tolist() if hasattr(x, "tolist") and x.dtype.kind not in "mM" else x for x in found]


def column_list(given: Any, name: str) -> list[Any]:
    """``column`` as a list of Python's own numbers."""
    return lists(column(given, name), name)


def labels(given: Any) -> list[str]:
    """What a frame calls its columns; nothing for anything else."""
    kind = type(given)
    if not hasattr(kind, "__array__") or not (hasattr(kind, "column_names") or hasattr(kind, "columns")):
        return []
    return [str(name) for name in (given.column_names if hasattr(kind, "column_names") else given.columns)]


def cell(places: Sequence[int], header: Sequence[str]) -> str:
    """Where a cell is, in words: "row 1, column 2 ('age')". header: the labels of the columns, if they have any."""
    label = f" ({header[places[1]]!r})" if header and len(places) == 2 else ""
    return f"row {', column '.join(map(str, places))}{label}"


def refuse_gaps(given: Any, name: str) -> None:
    """Raise FloatingPointError for the first gap in a frame, or in the series of a list, naming the cell.

    There nan is the mark of a number that is not known. In an array or a list it is a number as any other.
    """
    rows = given if isinstance(given, (list, tuple)) else []
    if not any(map(_marks_gaps, {type(given), *map(type, rows)})):
        return
    for places, wrong in odd_cells(entries(given, name)):
        if wrong.startswith(MISSING) and _marks_gaps(type(rows[places[0]] if rows else given)):
            raise FloatingPointError(
                f"{cell(places, labels(given))} of {name} is {wrong}: no number can be computed from it. Leave that "
                "row out or fill the gap; where nan is meant as a number, give an array, such as frame.to_numpy()"
            )


def odd_cells(column: Sequence[Any]) -> Iterator[tuple[tuple[int, ...], str]]:
    """(places, words) for each entry, also inside rows, that is not a finite number: text, None, nan, a date."""
    import numpy as np

    try:
        table = np.asarray(column)
    except (TypeError, ValueError):  # rows of different lengths
        table = np.array(None)
    if table.dtype.kind not in "biuf":
        yield from _odd(column, ())
        return
    for places in np.argwhere(~np.isfinite(table)).tolist():
        yield tuple(places), oddity(table[tuple(places)])


def oddity(cell: Any) -> str:
    """What is wrong with a cell, as a text that follows "is"; "" for a finite number or a Value."""
    if is_missing(cell):
        return f"{MISSING} ({cell})"
    if isinstance(cell, str):
        return f"text, {describe(cell)[4:]}"
    if isinstance(cell, Node):
        return ""
    try:
        plain = number(cell)
    except TypeError:
        return f"no real number but {describe(cell)}"
    return "" if is_finite(plain) else str(plain)


def is_missing(cell: Any) -> bool:
    """Whether a cell is a mark for a number that is not known: None, nan, and the marks of pandas."""
    if cell is None or type(cell).__name__ in ("NAType", "NaTType"):  # of pandas, which is not imported
        return True
    return isinstance(cell, float) and cell != cell


def _odd(column: Any, above: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], str]]:
    for place, cell in enumerate(column):
        if hasattr(cell, "__len__") and not isinstance(cell, (str, Mapping, Set)):
            yield from _odd(cell, (*above, place))
        elif words := oddity(cell):
            yield (*above, place), words


def _is_array(kind: type) -> bool:
    """Whether things of this kind turn into an array of NumPy's."""
    return hasattr(kind, "__array__") or kind is memoryview


def _array(given: Any, name: str) -> Any:
    """An array as NumPy's, or the number that an array without dimensions is."""
    import numpy as np

    columns = _columns(given)
    if columns is not None:  # one by one: in a whole frame dates become numbers beside numbers
        arrays = [_array(column, name) for column in columns]
        if all(array.dtype.kind in "biuf" for array in arrays):
            return np.column_stack(arrays) if arrays else np.empty((len(given), 0))
        cells = list(zip(*(array.tolist() for array in arrays), strict=True))
        return np.array(cells, dtype=object).reshape(len(cells), len(arrays))
    if isinstance(given, np.ma.MaskedArray) and np.ma.is_masked(given):
        places = "".join(f"[{place}]" for place in np.argwhere(np.ma.getmaskarray(given))[0])
        raise ValueError(f"{name}{places} is masked: it is no number to compute with; fill it or leave its row out")
    try:
        found = np.asarray(given)
    except (TypeError, ValueError, RuntimeError) as error:  # such as a tensor that requires grad
        raise TypeError(f"{name} cannot be read as an array: {error}") from None
    kind = found.dtype.kind
    if kind == "V" and found.dtype.type is not np.void:  # bfloat16 and other small floats
        kind, found = "f", found.astype(float)
    if kind in NO_NUMBERS:
        raise TypeError(f"{name} holds {NO_NUMBERS[kind]} (dtype {found.dtype}): make real numbers of them first")
    if kind in "mM":  # as Python's dates, which nothing takes for numbers
        found = _dates(found)
    elif kind in "biu":
        fits = kind != "u" or found.itemsize < 8 or (found < 2**63).all()
        found = found.astype(np.int64 if fits else object, copy=False)
    elif kind == "f":
        found = _floats(found, name)
    return found if found.ndim else found.item()


def _dates(found: Any) -> Any:
    """As Python's datetimes and timedeltas; NumPy's own where those cannot hold them: nanoseconds, the year 10000."""
    import numpy as np

    rounded = found.astype(f"{found.dtype.kind}8[us]")
    dates = rounded.astype(object)
    is_whole = (rounded.astype(found.dtype) == found) | np.isnat(found)
    for place in np.ndindex(found.shape):
        if not is_whole[place] or isinstance(dates[place], int):  # an int stands for what has no date
            dates[place] = found[place]
    return dates


def _floats(found: Any, name: str) -> Any:
    """Floats of any width with 64 bits. Raises OverflowError for a long double that is too large."""
    import numpy as np

    with np.errstate(over="ignore"):
        floats = found.astype(np.float64, copy=False)
    for place in np.argwhere(np.isinf(floats) & ~np.isinf(found)).tolist() if found.itemsize > 8 else []:
        where = "".join(f"[{number}]" for number in place)
        raise OverflowError(f"{name}{where} is too large for a float: {describe(found[tuple(place)])}")
    return floats


def _marks_gaps(kind: type) -> bool:
    """Whether it is the type of a frame or a series, of pandas, Polars or Arrow."""
    return any(hasattr(kind, name) for name in ("isna", "is_null", "null_count", "column_names"))


def _columns(given: Any) -> Sequence[Any] | None:
    """The columns of a frame, in their order; None for anything else."""
    kind = type(given)  # not the frame, in which a column may have any of these names
    if hasattr(kind, "get_columns"):  # Polars
        return given.get_columns()  # type: ignore[no-any-return]
    if hasattr(kind, "column_names"):  # Arrow
        return given.columns  # type: ignore[no-any-return]
    if hasattr(kind, "iloc") and given.ndim == 2:  # pandas
        return [given.iloc[:, place] for place in range(given.shape[1])]
    return None


def _advice(given: Any) -> str:
    if hasattr(given, "collect"):
        return ": call .collect() first"
    if hasattr(given, "toarray"):
        return ": call .toarray() first"
    if isinstance(given, Mapping):
        return ": a dict has no order by position; give list(zip(*columns.values()))"
    return ": give list(...) of it" if hasattr(given, "__iter__") and not isinstance(given, (str, bytes)) else ""
