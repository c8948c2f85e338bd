"""Time and memory for 10^3 to 10^7 nodes: y = y * a + b, recorded, differentiated, frozen and replayed."""

import json
import subprocess
import sys
import time
import tracemalloc

SIZES = [10**power for power in range(3, 8)]
COLUMNS = {
    "record": "record, s",
    "backward": "backward, s",
    "eager": "bytes a node",
    "freeze": "freeze, s",
    "replay": "replay, s",
    "program": "bytes a node, program",
}


def resident():
    """The process's memory in bytes (Linux)."""
    import os
    from pathlib import Path

    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def grow(nodes):
    """All figures for one size, in this process."""
    from autograd import (
        Value,
        compile,
        replay_numba,  # noqa: F401  loaded before the clock starts
    )

    inputs = a, b, y = [Value(x) for x in (0.9999, 0.25, 1.0)]
    empty, started = resident(), time.perf_counter()
    for _ in range(nodes // 2):
        y = y * a + b
    recorded, full = time.perf_counter(), resident()
    y.backward()
    differentiated = time.perf_counter()
    program = compile(y, backend="numba")
    frozen = time.perf_counter()
    expected = [x.grad for x in inputs]
    for x in inputs:
        x.grad = 0
    program.backward()  # reserves its memory
    assert all(abs(x.grad - e) <= 1e-9 * abs(e) for x, e in zip(inputs, expected, strict=True))
    again = time.perf_counter()
    program.backward()
    replayed = time.perf_counter()
    del program
    tracemalloc.start()
    program = compile(y, backend="numba")
    program.backward()
    kept = tracemalloc.get_traced_memory()[0]
    return {
        "record": recorded - started,
        "backward": differentiated - recorded,
        "eager": (full - empty) / nodes,
        "freeze": frozen - differentiated,
        "replay": replayed - again,
        "program": kept / nodes,
    }


def report(picture):
    """The table as Markdown, and the plot."""
    rows = []
    for nodes in SIZES:
        done = subprocess.run([sys.executable, __file__, str(nodes)], capture_output=True, text=True, check=True)
        rows.append(json.loads(done.stdout))
        print("growth", nodes, rows[-1], flush=True)
    plot(rows, picture)
    lines = [
        "## growth",
        "",
        __doc__.strip(),
        "",
        f"| nodes | {' | '.join(COLUMNS.values())} |",
        f"|---:|{'---:|' * len(COLUMNS)}",
    ]
    for nodes, row in zip(SIZES, rows, strict=True):
        lines.append(f"| {nodes:,} | {' | '.join(f'{row[name]:.3g}' for name in COLUMNS)} |")
    return "\n".join([*lines, "", f"![Time and memory against the number of nodes]({picture.name})"])


def plot(rows, picture):
    """Two panels: seconds, and bytes a node; lines that rise with slope 1, and lines that stay flat."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "growth"
    from matplotlib import pyplot

    figure, (seconds, memory) = pyplot.subplots(1, 2, figsize=(10, 4), layout="constrained")
    for name, marker in (("record", "o"), ("backward", "s"), ("freeze", "^"), ("replay", "D")):
        seconds.loglog(SIZES, [row[name] for row in rows], marker=marker, label=name)
    seconds.set(xlabel="nodes", ylabel="seconds", title="time")
    for name, marker, label in (("eager", "o", "a graph of Values"), ("program", "D", "a program, one row")):
        memory.semilogx(SIZES, [row[name] for row in rows], marker=marker, label=label)
    memory.set(xlabel="nodes", ylabel="bytes a node", title="memory", ylim=(0, None))
    for panel in (seconds, memory):
        panel.grid(alpha=0.3)
        panel.legend(frameon=False)
    figure.savefig(picture, metadata={"Date": None})


if __name__ == "__main__":
    print(json.dumps(grow(int(sys.argv[1]))))
