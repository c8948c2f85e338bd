"""A plain layout in linear time, for graphs on which Graphviz would take minutes, and how to tell which those are."""

from collections.abc import Sequence

Links = Sequence[tuple[str, str]]  # (tail, head) in an order in which a box is drawn to only before it is drawn from

ALONG, ACROSS = 150, 62  # points between layers, and between boxes of one layer


def depths(links: Links) -> dict[str, int]:
    """The layer of each box: one more than the deepest that it is drawn from; a leaf stands right before its use."""
    layer: dict[str, int] = {}
    for tail, head in links:
        layer[head] = max(layer.get(head, 0), layer.setdefault(tail, 0) + 1)
    nearest: dict[str, int] = {}
    for tail, head in links:
        nearest[tail] = min(nearest.get(tail, layer[head]), layer[head])
    heads = {head for _, head in links}
    return {box: depth if box in heads else nearest[box] - 1 for box, depth in layer.items()}


def span(links: Links) -> int:
    """How many layers all links cross together: what Graphviz's work grows with."""
    layer = depths(links)
    return sum(layer[head] - layer[tail] for tail, head in links)


def positions(links: Links, rankdir: str) -> dict[str, str]:
    """Where each box goes, in Graphviz's words: layer after layer, each sorted by where its links come from."""
    layer = depths(links)
    sources: dict[str, list[str]] = {}
    for tail, head in links:
        sources.setdefault(head, []).append(tail)
    columns: list[list[str]] = [[] for _ in range(max(layer.values(), default=0) + 1)]
    for box, depth in layer.items():
        columns[depth].append(box)
    across: dict[str, float] = {}
    for column in columns:
        wished = {box: _mean([across.get(tail, 0.0) for tail in sources.get(box, ())]) for box in column}
        column.sort(key=lambda box: (-wished[box], box))
        for place, box in enumerate(column):
            across[box] = ((len(column) - 1) / 2 - place) * ACROSS
    if rankdir == "TB":
        return {box: f"{across[box] * ALONG / ACROSS:g},{-depth * ACROSS:g}!" for box, depth in layer.items()}
    return {box: f"{depth * ALONG:g},{across[box]:g}!" for box, depth in layer.items()}


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0
