"""The figures as pictures."""

import statistics

OURS, OTHERS, EAGER = "#0072b2", "#767676", "#d55e00"  # different to every eye, and named beside the lines


def canvas(rows, columns, size):
    """A figure and its panels, drawn as SVG with the same bytes for the same numbers."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "glassgrad"
    from matplotlib import pyplot

    return pyplot.subplots(rows, columns, figsize=size, layout="constrained")


def steps(results, picture):
    """A panel for each workload: who needs how long for one step, the fastest above."""
    figure, panels = canvas(2, 2, (11, 7))
    for panel, (workload, contestants) in zip(panels.flat, results.items(), strict=True):
        measured = {
            name: [turn["step"] * 1e3 for turn in rounds]
            for name, rounds in contestants.items()
            if "missing" not in rounds[0]
        }
        names = sorted(measured, key=lambda name: statistics.median(measured[name]), reverse=True)
        for height, name in enumerate(names):
            times, middle = measured[name], statistics.median(measured[name])
            color = OTHERS if "glassgrad" not in name else EAGER if "eager" in name else OURS
            panel.plot([min(times), max(times)], [height, height], color=color, linewidth=4, alpha=0.4)
            panel.plot(middle, height, "o", color=color)
            label = f"{middle:,.0f}" if middle >= 100 else f"{middle:.2g}"
            panel.annotate(label, (max(times), height), (8, 0), textcoords="offset points", va="center", fontsize=8)
        panel.set(xscale="log", title=workload, yticks=range(len(names)), yticklabels=names)
        panel.set_xlim(right=panel.get_xlim()[1] * 6)  # room for the last figure
        panel.grid(axis="x", alpha=0.3)
        for tick, name in zip(panel.get_yticklabels(), names, strict=True):
            tick.set_fontweight("bold" if "glassgrad" in name else "normal")
    figure.supxlabel("one step in milliseconds: median and range of the rounds")
    figure.savefig(picture, metadata={"Date": None})


def growth(sizes, rows, picture):
    """Two panels: seconds, and bytes a node; lines that rise with slope 1, and lines that stay flat."""
    figure, (seconds, memory) = canvas(1, 2, (10, 4))
    for name, marker in (("record", "o"), ("backward", "s"), ("freeze", "^"), ("replay", "D")):
        seconds.loglog(sizes, [row[name] for row in rows], marker=marker, label=name)
    seconds.set(xlabel="nodes", ylabel="seconds", title="time")
    for name, marker, label in (("eager", "o", "a graph of Values"), ("program", "D", "a program, one row")):
        memory.semilogx(sizes, [row[name] for row in rows], marker=marker, label=label)
    memory.set(xlabel="nodes", ylabel="bytes a node", title="memory", ylim=(0, None))
    for panel in (seconds, memory):
        panel.grid(alpha=0.3)
        panel.legend(frameon=False)
    figure.savefig(picture, metadata={"Date": None})
