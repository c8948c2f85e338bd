"""Time and memory for 10^3 to 10^7 nodes: y = y * a + b, recorded, differentiated, frozen and replayed."""

import gc
import json
import subprocess
import sys
import time
import tracemalloc

import charts

SIZES = [10**power for power in range(3, 8)]
COLUMNS = {
    "record": "record, s",
    "backward": "backward, s",
    "eager": "bytes a node",
    "freeze": "freeze, s",
    "replay": "replay, s",
    "program": "bytes a node, program",
}


def grow(nodes):
    """All figures for one size, in this process."""
    from autograd import Value, compile

    inputs = a, b, start = [Value(x) for x in (0.9999, 0.25, 1.0)]

    def record():
        y = start
        for _ in range(nodes // 2):
            y = y * a + b
        return y

    started = time.perf_counter()
    y = record()
    recorded = time.perf_counter()
    y.backward()
    differentiated = time.perf_counter()
    # loaded after recording, as at the first compile, and not counted
    from autograd.program import numba_backend, numpy_backend  # noqa: F401
    from autograd.program.program import Program  # noqa: F401

    gc.collect()  # what the imports left over
    loaded = time.perf_counter()
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
    y = record()
    held = tracemalloc.get_traced_memory()[0] - kept
    return {
        "record": recorded - started,
        "backward": differentiated - recorded,
        "eager": held / nodes,
        "freeze": frozen - loaded,
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
    charts.growth(SIZES, rows, picture)
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


if __name__ == "__main__":
    print(json.dumps(grow(int(sys.argv[1]))))
