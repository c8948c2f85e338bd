"""The table of benchmarks: a wrong gradient ends it, and who is missing is a row of it. No peer is needed here."""

import math
from types import SimpleNamespace

import measure
import pytest
import run
from measure import Contestant

FIRST, SECOND = "glassgrad, eager", run.OURS


def module(*names):
    return SimpleNamespace(
        __name__="toy", __doc__="A toy.", CONTESTANTS=[Contestant(name, lambda: None) for name in names]
    )


def measured(step=1e-3, gradient=(1.0, -2.0), prepare=1.0):
    return {"load": 0.0, "prepare": prepare, "step": step, "fastest": step, "gradient": list(gradient)}


@pytest.fixture
def compete(monkeypatch):
    """``run.compete`` on what the contestants say, one round after the other, instead of on processes."""

    def competed(**said):
        workload, turns = module(*said), {name: iter(results) for name, results in said.items()}
        monkeypatch.setattr(run, "ROUNDS", max(map(len, said.values())))
        monkeypatch.setattr(run, "one", lambda _, name: next(turns[name]))
        monkeypatch.setattr(run.importlib, "import_module", lambda _: workload)
        results = run.compete("toy")
        return results, run.table(workload, results)

    return competed


@pytest.mark.parametrize("gradient", [(1.0, -2.00001), (1.0, 2.0), (-2.0, 1.0), (1.0, math.nan)])
def test_a_gradient_that_differs_ends_the_run(compete, gradient):
    compete(**{FIRST: [measured()], SECOND: [measured(gradient=(1.0, -2 - 1e-12))]})
    with pytest.raises(SystemExit, match="toy: the gradient of glassgrad program, Numba is off by"):
        compete(**{FIRST: [measured()], SECOND: [measured(gradient=gradient)]})
    with pytest.raises(SystemExit, match="off by"):  # in a later round too
        compete(**{FIRST: [measured()] * 2, SECOND: [measured(), measured(gradient=gradient)]})


def test_who_is_missing_is_a_row_that_says_so(compete):
    results, table = compete(rival=[{"missing": "No module named 'rival'"}], **{SECOND: [measured(), measured()]})
    assert "| rival | No module named 'rival' |" in table
    assert len(results["rival"]) == 1  # asked once


def test_others_have_a_row_where_ours_is_missing(compete):
    _, table = compete(**{FIRST: [measured(2e-3)], SECOND: [{"missing": "No module named 'numba'"}]})
    assert f"| {FIRST} | 2 | 2 |  | 1 |  | <0.001 | 1 |" in table
    assert f"| {SECOND} | No module named 'numba' |" in table


def test_ratios_are_taken_within_a_round(compete):
    late = {"missing": "not ready after 120 s"}
    times = 1e-3, 2e-3, 4e-3  # the machine gets slower, for both alike
    ours = [measured(time) for time in times]
    results, table = compete(**{FIRST: [measured(5 * times[0]), late, measured(5 * times[2])], SECOND: ours})
    assert run.ratios(results[FIRST], results[SECOND], "step") == pytest.approx([5, 5])
    assert f"| {FIRST} | 12.5 (5-20) | 5 | 5 | 1 | 1 | <0.001 | 2 |" in table


def test_imports_are_load_whenever_they_happen_and_no_preparation(monkeypatch, tmp_path):
    clock = [0.0]
    monkeypatch.setattr(measure.time, "perf_counter", lambda: clock[0])
    monkeypatch.setattr(measure.sys, "setrecursionlimit", lambda _: None)
    monkeypatch.setattr(measure, "clock", clock, raising=False)
    for name, seconds in (("early_toy", 8.0), ("late_toy", 32.0)):
        (tmp_path / f"{name}.py").write_text(f"import measure\nmeasure.clock[0] += {seconds}\n")
    monkeypatch.syspath_prepend(tmp_path)

    def prepare():
        import early_toy  # noqa: F401

        clock[0] += 2.0
        return step, lambda: [1.0]

    def step():
        import late_toy  # noqa: F401

        clock[0] += 0.25

    found = measure.measure(Contestant("toy", prepare))
    assert found == {"load": 40.0, "prepare": 2.0, "step": 0.25, "fastest": 0.25, "gradient": [1.0]}


def test_what_cannot_be_imported_is_missing(monkeypatch):
    def prepare():
        import a_rival_that_is_not_there  # noqa: F401

    monkeypatch.setattr(measure.sys, "setrecursionlimit", lambda _: None)
    missing = measure.measure(Contestant("rival", prepare))
    assert missing == {"missing": "No module named 'a_rival_that_is_not_there'"}
