"""Data of any library goes in at every entrance, by position: the table in docs/numbers.md, cell by cell.

PyTorch and JAX have their turn in tests/peers.
"""

import datetime
from fractions import Fraction

import mpmath
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import sklearn.model_selection
import sympy
import xarray as xr

import nn
import visualize
from autograd import Value, compile
from autograd.arrays import entries, lists

ROWS = [[0.0, 3.0], [1.0, -1.0], [2.0, 0.5], [-1.0, 2.0], [0.5, 0.5], [3.0, 1.0], [1.5, -2.0], [-2.0, 1.0], [0.2, 0.1]]
CLASSES = [0, 1, 1, 0, 1, 0, 1, 0, 1]
NUMBERS = [0.5, 1.5, -1.0, 2.0, 0.0, 1.0, 3.0, -2.5, 1.25]
SHUFFLED = [5, 3, 8, 0, 7, 1, 6, 2, 4]  # labels that are not positions

TABLES = {
    "NumPy": np.array,
    "pandas": lambda rows: pd.DataFrame(rows, columns=["one", "two"], index=SHUFFLED[: len(rows)]),
    "Polars": lambda rows: pl.DataFrame(rows, schema=["one", "two"], orient="row"),
    "PyArrow": lambda rows: pa.table({"one": [row[0] for row in rows], "two": [row[1] for row in rows]}),
    "xarray": lambda rows: xr.DataArray(np.array(rows), dims=("row", "column"), coords={"row": SHUFFLED[: len(rows)]}),
    "a list of series": lambda rows: [pd.Series(row, index=["two", "one"]) for row in rows],
    "a list of arrays": lambda rows: [np.array(row) for row in rows],
    "tuples": lambda rows: tuple(map(tuple, rows)),
}
COLUMNS = {
    "NumPy": np.array,
    "pandas": lambda numbers: pd.Series(numbers, index=SHUFFLED[: len(numbers)]),
    "Polars": pl.Series,
    "PyArrow": pa.array,
    "xarray": lambda numbers: xr.DataArray(numbers, dims="row", coords={"row": SHUFFLED[: len(numbers)]}),
    "a list of scalars": lambda numbers: [np.array(numbers)[place] for place in range(len(numbers))],
    "tuples": tuple,
}
PAIRS = [(TABLES[name], COLUMNS.get(name, list)) for name in TABLES]


def network(outputs=2):
    return nn.MLP(2, [3, outputs], seed=0)


def trained(rows, targets, loss, outputs, validation):
    model = network(outputs)
    history = nn.fit(
        model, rows, targets, loss, nn.SGD(model.parameters(), lr=0.1), epochs=3, seed=0, progress=False,
        validation=validation, metrics={"figure": nn.accuracy if outputs > 1 else nn.mean_squared_error},
    )  # fmt: skip
    return [p.data for p in model.parameters()], history


@pytest.mark.parametrize(("table", "column"), PAIRS, ids=TABLES)
@pytest.mark.parametrize(("outputs", "loss", "targets"), [(2, nn.cross_entropy, CLASSES), (1, nn.mse_loss, NUMBERS)])
def test_fit_takes_rows_and_targets_by_position(table, column, outputs, loss, targets):
    expected = trained(ROWS, targets, loss, outputs, (ROWS, targets))
    given = table(ROWS), column(targets)
    assert trained(*given, loss, outputs, given) == expected
    assert expected[1].through.startswith("a recorded program")


def test_targets_may_be_a_frame_of_one_column():
    expected = trained(ROWS, CLASSES, nn.cross_entropy, 2, (ROWS, CLASSES))
    frame = pd.DataFrame({"class": CLASSES}, index=SHUFFLED)
    assert trained(ROWS, frame, nn.cross_entropy, 2, (ROWS, frame)) == expected


def test_scikit_learns_split_of_a_frame_just_works():
    frame, series = TABLES["pandas"](ROWS), COLUMNS["pandas"](CLASSES)
    parts = sklearn.model_selection.train_test_split(frame, series, random_state=0)
    kept = [lists(part, "part") for part in parts]
    expected = trained(kept[0], kept[2], nn.cross_entropy, 2, (kept[1], kept[3]))
    assert trained(parts[0], parts[2], nn.cross_entropy, 2, (parts[1], parts[3])) == expected
    assert trained(parts[0].values, parts[2], nn.cross_entropy, 2, (parts[1], parts[3])) == expected
    by_name = nn.Dataset(parts[0], parts[2], ["one", "two"], ["a", "b"])
    assert by_name == nn.Dataset(kept[0], kept[2], ["one", "two"], ["a", "b"])


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_entrance_for_rows(table):
    model, given = network(), table(ROWS)
    for count in (3, len(ROWS)):  # few rows are computed one by one
        assert nn.predict(model, table(ROWS[:count])) == nn.predict(model, ROWS[:count])
    assert nn.predict_classes(model, given) == nn.predict_classes(model, ROWS)
    scale = nn.StandardScaler().fit(given)
    assert scale.state_dict() == nn.StandardScaler().fit(ROWS).state_dict()
    assert scale.transform(given) == scale.transform(ROWS)
    assert scale.inverse_transform(given) == scale.inverse_transform(ROWS)
    data = nn.Dataset(given, CLASSES, ["one", "two"], ["a", "b"])
    expected = nn.Dataset(ROWS, CLASSES, ["one", "two"], ["a", "b"])
    assert [list(row) for row in data.rows] == ROWS
    assert nn.stratified_split(data, seed=0)[0].targets == nn.stratified_split(expected, seed=0)[0].targets
    assert [batch.targets for batch in nn.mini_batches(data, 4, seed=0)] == [
        batch.targets for batch in nn.mini_batches(expected, 4, seed=0)
    ]
    assert nn.TableEncoder(data)(given) == nn.TableEncoder(expected)(ROWS)
    assert nn.data_hash(given) == nn.data_hash(ROWS)
    a, b = Value(0.0), Value(0.0)
    for backend in ("numpy", "numba"):
        program = compile(a * b, [a, b], backend=backend)
        assert program(given).tolist() == [x * y for x, y in ROWS]
        assert program.gradient(given).tolist() == [[y, x] for x, y in ROWS]
    probabilities = [nn.softmax(row) for row in ROWS]
    assert nn.log_loss(table(probabilities), CLASSES) == nn.log_loss(probabilities, CLASSES)


METRICS = {
    "accuracy": nn.accuracy,
    "mean_squared_error": nn.mean_squared_error,
    "confusion_matrix": lambda p, t: nn.confusion_matrix(predicted=p, targets=t, classes=2),
    "precision_recall_f1": lambda p, t: nn.precision_recall_f1(predicted=p, targets=t),
    "r2_score": lambda p, t: nn.r2_score(predicted=p, targets=t),
    "majority_baseline": lambda p, t: nn.majority_baseline(training=p, targets=t),
    "prior_baseline": lambda p, t: nn.prior_baseline(training=p, targets=t),
    "mean_baseline": lambda p, t: nn.mean_baseline(training=p, targets=t),
    "log_loss": lambda p, t: nn.log_loss([[0.25, 0.75]] * len(p), t),
    "mse_loss": nn.mse_loss,
    "l1_loss": nn.l1_loss,
    "huber_loss": nn.huber_loss,
    "binary_cross_entropy_with_logits": nn.binary_cross_entropy_with_logits,
    "hinge_loss": lambda p, t: nn.hinge_loss(p, [1] * len(p)),
    "softmax": lambda p, t: nn.softmax(p),
    "log_softmax": lambda p, t: nn.log_softmax(p),
    "nll_loss": lambda p, t: nn.nll_loss(p, t),
    "cross_entropy": lambda p, t: nn.cross_entropy(p, t),
    "data_hash": nn.data_hash,
}
OTHERS = [1, 0, 1, 0, 1, 1, 1, 0, 0]


@pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS)
@pytest.mark.parametrize("name", METRICS)
def test_metrics_and_losses_take_columns_by_position(name, column):
    assert METRICS[name](column(OTHERS), column(CLASSES)) == METRICS[name](OTHERS, CLASSES)


@pytest.mark.parametrize("name", METRICS)
@pytest.mark.parametrize("kind", ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"])
def test_narrow_integers_are_the_numbers_that_they_stand_for(name, kind):
    given = np.array(OTHERS, kind), np.array(CLASSES, kind)
    assert METRICS[name](*given) == METRICS[name](OTHERS, CLASSES)
    assert METRICS[name](*map(list, given)) == METRICS[name](OTHERS, CLASSES)


@pytest.mark.parametrize("measure", [nn.mean_squared_error, nn.mse_loss])
def test_narrow_integers_do_not_overflow(measure):
    for kind, low, high in (("int32", 0, 50000), ("int8", -128, 127), ("uint8", 0, 255), ("int64", -(2**62), 2**62)):
        expected = float((high - low) ** 2)
        assert measure(np.array([low], kind), np.array([high], kind)) == expected
        assert measure([np.array(low, kind)], [np.array(high, kind)[()]]) == expected
    assert measure(np.array([300.0], "float16"), np.array([0.0], "float16")) == 90000


def test_rows_of_narrow_integers_do_not_overflow_inside_a_model():
    rows = np.array([[100, 100], [50, 3]] * 5, np.int8)
    assert nn.predict(lambda row: row[0] * row[1], rows) == [10000, 150] * 5
    assert nn.predict(lambda row: row[0] * row[1], rows[:2]) == [10000, 150]


def test_a_row_stays_an_array_for_models_that_use_numpy():
    weights = np.array([Value(1.0), Value(2.0)])
    expected = [x + 2 * y for x, y in ROWS]
    for rows in (np.array(ROWS), pd.DataFrame(ROWS), [np.array(row) for row in ROWS]):
        assert nn.predict(lambda row: row @ weights, rows) == pytest.approx(expected)


ENTRANCES = {
    "fit": lambda rows: trained(rows, CLASSES[: len(rows)], nn.cross_entropy, 2, (ROWS, CLASSES)),
    "fit's validation": lambda rows: trained(ROWS, CLASSES, nn.cross_entropy, 2, (rows, CLASSES[: len(rows)])),
    "predict": lambda rows: nn.predict(network(), rows),
    "predict_classes": lambda rows: nn.predict_classes(network(), rows),
    "StandardScaler.fit": lambda rows: nn.StandardScaler().fit(rows),
    "StandardScaler.transform": lambda rows: nn.StandardScaler().fit(ROWS).transform(rows),
}
DAY = datetime.datetime(2024, 5, 1)
ODD = {
    "None": None, "text": "red", "nan": float("nan"), "inf": float("inf"), "complex": 1j, "a date": DAY,
    "pandas' NA": pd.NA, "pandas' NaT": pd.NaT,
}  # fmt: skip


@pytest.mark.parametrize("name", ENTRANCES)
@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_a_cell_that_is_no_number_is_named_by_row_and_column(name, odd):
    rows = [list(row) for row in ROWS]
    rows[4][1] = odd
    frame = pd.DataFrame(np.array(rows, dtype=object), columns=["one", "two"], index=SHUFFLED)
    words = r"rows\[4\]\[1\] is|row 4, column 1( \('two'\))? of (validation )?rows is"
    for given in (rows, frame, np.array(rows, dtype=object)):
        with pytest.raises((TypeError, ValueError, FloatingPointError), match=words) as caught:
            ENTRANCES[name](given)
        assert "lr" not in str(caught.value)


DATES = {
    "NumPy": np.array([[DAY, DAY]] * 9, "datetime64[ns]"),
    "NumPy, spans of time": np.array([[1, 2]] * 9, "timedelta64[D]"),
    "pandas": pd.DataFrame({"one": [DAY] * 9, "two": 1.0}),
    "pandas, only dates": pd.DataFrame({"one": [DAY] * 9, "two": DAY}),
    "pandas, with a zone": pd.DataFrame({"one": pd.to_datetime([DAY] * 9).tz_localize("UTC"), "two": 1.0}),
    "pandas, spans of time": pd.DataFrame({"one": pd.to_timedelta([1] * 9, "D"), "two": 1.0}),
    "Polars": pl.DataFrame({"one": [DAY] * 9, "two": list(range(9))}),
    "Polars, days": pl.DataFrame({"one": [DAY.date()] * 9, "two": list(range(9))}),
    "PyArrow": pa.table({"one": [DAY] * 9, "two": list(range(9))}),
    "xarray": xr.DataArray(np.array([[DAY, DAY]] * 9, "datetime64[ns]")),
}


@pytest.mark.parametrize("dates", DATES.values(), ids=DATES)
def test_dates_are_no_numbers(dates):
    a, b = Value(0.0), Value(0.0)
    for call in (*ENTRANCES.values(), compile(a * b, [a, b])):
        with pytest.raises((TypeError, ValueError), match=r"date|Timestamp|[Tt]imedelta"):
            call(dates)
    for measure in (nn.mean_squared_error, nn.mse_loss, nn.accuracy, lambda p, _: nn.softmax(p)):
        with pytest.raises((TypeError, ValueError)):
            measure(lists(dates, "dates")[0], [1, 2])


def test_dates_are_cells_of_a_table():
    days = [DAY + datetime.timedelta(place) for place in range(9)]
    expected = nn.TableEncoder(nn.Dataset([[day, x] for day, x in zip(days, NUMBERS)], CLASSES, ["day", "x"], []))
    assert expected.features == ["day day", "day weekday", "x"]
    columns = {"day": days, "x": NUMBERS}
    for frame in (pd.DataFrame(columns), pl.DataFrame(columns), pa.table(columns)):
        encoder = nn.TableEncoder(nn.Dataset(frame, CLASSES, ["day", "x"], []))
        assert encoder.columns == expected.columns
        assert nn.data_hash(frame) == nn.data_hash([list(row) for row in zip(days, NUMBERS)])


def test_a_table_takes_dates_to_the_nanosecond():
    days = pd.to_datetime([f"2024-01-0{day} 10:00:00.00000000{day}" for day in range(1, 10)])
    encoded = []
    for column in (days, days.floor("us")):
        frame = pd.DataFrame({"day": column, "x": NUMBERS})
        encoder = nn.TableEncoder(nn.Dataset(frame, CLASSES, ["day", "x"], []))
        encoded.append((encoder.columns, encoder(frame)))
    assert encoded[0] == encoded[1]
    with pytest.raises(ValueError, match=r"rows\[0\]\[0\] is no real number but datetime64"):
        nn.TableEncoder(nn.Dataset(np.array([["10000-01-01"]] * 9, "M8[D]"), CLASSES, ["day"], []))


def test_a_cell_that_the_model_understands_is_no_mistake():
    weight, sizes = nn.Parameter(1.0), {"small": 1.0, "large": 3.0, None: 2.0}
    rows = [["small"], ["large"], [None]] * 4
    assert nn.predict(lambda row: weight * sizes[row[0]], rows) == [1.0, 3.0, 2.0] * 4
    history = nn.fit(
        lambda row: weight * sizes[row[0]],
        rows,
        [2.0, 6.0, 4.0] * 4,
        nn.mse_loss,
        nn.SGD([weight], 0.1),
        progress=False,
    )
    assert history.loss[-1] < 1e-9


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (np.ma.array(ROWS, mask=[[False, False], [False, True]] + [[False, False]] * 7), r"rows\[1\]\[1\] is masked"),
        ([np.array(ROWS[0]), np.ma.array(ROWS[1], mask=[False, True])], r"rows\[1\]\[1\] is masked"),
        (np.array(ROWS) * 1j, "rows holds complex numbers"),
        (pl.DataFrame({"one": [1]}).lazy(), r"call \.collect\(\) first"),
        (xr.Dataset({"one": ("row", [1.0])}), "rows cannot be read as an array: .*DataArray"),
        ({"one": [1.0]}, "a dict has no order by position"),
        ({1.0, 2.0}, "rows must be a list or an array"),
        ("red", "rows must be a list or an array"),
        (iter(ROWS), r"give list\(\.\.\.\)|such as data.rows"),
        (np.array(3.0), "not one number"),
        (np.zeros(2, [("one", float)]), "rows holds records"),
    ],
)  # fmt: skip
def test_what_holds_no_numbers_in_order_is_refused_everywhere(given, words):
    a, b = Value(0.0), Value(0.0)
    calls = [
        lambda x: entries(x, "rows"),
        compile(a * b, [a, b]),
        lambda x: nn.predict(network(), x),
        ENTRANCES["StandardScaler.fit"],
    ]
    for call in calls:
        with pytest.raises((TypeError, ValueError), match=words):
            call(given)


def test_masks_that_mask_nothing_are_numbers():
    assert nn.StandardScaler().fit(np.ma.array(ROWS)).means == nn.StandardScaler().fit(ROWS).means


def test_gaps_of_frames_are_gaps_of_the_table():
    rows = [[1.0, "red"], [None, "blue"], [3.0, None], [5.0, "red"]]
    expected = nn.TableEncoder(nn.Dataset(rows, [0] * 4, ["size", "colour"], []))
    frames = [
        pd.DataFrame({"size": [1.0, None, 3.0, 5.0], "colour": ["red", "blue", None, "red"]}),
        pd.DataFrame(
            {"size": pd.array([1, None, 3, 5], "Int64"), "colour": pd.Categorical(["red", "blue", None, "red"])}
        ),
        pl.DataFrame({"size": [1.0, None, 3.0, 5.0], "colour": ["red", "blue", None, "red"]}),
        pa.table({"size": [1, None, 3, 5], "colour": ["red", "blue", None, "red"]}),
    ]
    for frame in frames:
        encoder = nn.TableEncoder(nn.Dataset(frame, [0] * 4, ["size", "colour"], []))
        assert (encoder.columns, encoder.notes) == (expected.columns, expected.notes)
        assert encoder(frame) == expected(rows)


def test_bools_are_classes():
    by_number = trained(ROWS, CLASSES, nn.cross_entropy, 2, (ROWS, CLASSES))
    for bools in ([bool(kind) for kind in CLASSES], np.array(CLASSES, bool), pd.Series(CLASSES, SHUFFLED, bool)):
        assert trained(ROWS, bools, nn.cross_entropy, 2, (ROWS, bools)) == by_number


def test_the_hash_tells_all_kinds_of_data_apart():
    things = [
        1.0, "1.0", None, Fraction(1, 2), Fraction(1, 3), Value(1.0), "1/2", DAY, DAY + datetime.timedelta(1), b"a",
        b"b", 1j, 2j,
    ]  # fmt: skip
    hashes = [nn.data_hash([thing]) for thing in things] + [nn.data_hash([[thing]]) for thing in things]
    assert len(set(hashes)) == len(hashes)
    assert nn.data_hash([np.float64(1.0)]) == nn.data_hash([mpmath.mpf(1.0)]) == nn.data_hash([1.0])
    assert nn.data_hash([sympy.Rational(1, 3)]) == nn.data_hash([Fraction(1, 3)])
    with pytest.raises(TypeError, match=r"data holds object .*which looks like all others of its type"):
        nn.data_hash([object()])


def test_plots_take_columns_by_position():
    shapes = [
        [plot.axes[0].lines[0].get_xydata().tolist() for plot in (visualize.plot_residuals(predicted=p, targets=t),)]
        for p, t in [(NUMBERS, CLASSES), *((column(NUMBERS), column(CLASSES)) for column in COLUMNS.values())]
    ]
    assert all(shape == shapes[0] for shape in shapes)
    for column in COLUMNS.values():
        plot = visualize.plot_confusion_matrix(predicted=column(OTHERS), targets=column(CLASSES), classes=["a", "b"])
        counts = nn.confusion_matrix(predicted=OTHERS, targets=CLASSES, classes=2)
        assert [text.get_text() for text in plot.axes[0].texts] == [str(n or "·") for row in counts for n in row]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_run_takes_data_by_position(table, tmp_path):
    runs = [nn.Run(network(), (rows, CLASSES), folder=tmp_path, name="one") for rows in (ROWS, table(ROWS))]
    assert runs[0].data == runs[1].data  # else the second is refused as another run


def test_a_checkpoint_knows_its_data_again_whatever_holds_it(tmp_path):
    def train(rows, epochs):
        model = network()
        optimizer = nn.SGD(model.parameters(), lr=0.1)
        nn.fit(
            model, rows, CLASSES, nn.cross_entropy, optimizer, epochs=epochs, seed=0, progress=False,
            checkpoint=tmp_path / "training.json",
        )  # fmt: skip
        return [p.data for p in model.parameters()]

    for count, table in enumerate(TABLES.values(), 2):
        train(table(ROWS), count)
    with pytest.raises(ValueError, match="holds another training: data was"):
        train([[x, y + 1] for x, y in ROWS], 20)


@pytest.mark.parametrize("name", ["get_columns", "column_names", "columns", "iloc", "shape"])
def test_a_column_may_be_called_like_a_part_of_a_frame(name):
    frame = pd.DataFrame(ROWS, columns=[name, "b"])
    assert nn.predict(network(), frame) == nn.predict(network(), ROWS)
    array = xr.DataArray(ROWS, dims=("row", name), coords={name: ["a", "b"]})
    assert nn.predict(network(), array) == nn.predict(network(), ROWS)


def test_large_unsigned_integers_stay_apart():
    one, other = np.array([2**63 + 1], np.uint64), np.array([2**63 + 3], np.uint64)
    assert nn.accuracy(one, other) == 0
    assert nn.data_hash(one) != nn.data_hash(other)
    assert nn.mean_squared_error(one, other) == 4
    x = Value(1.0)
    assert compile(x * 1, inputs=[x])([one]).tolist() == [2.0**63]


ONE_COLUMN = {
    "NumPy": lambda numbers: np.array(numbers)[:, None],
    "pandas": lambda numbers: pd.DataFrame({"t": numbers}, index=SHUFFLED[: len(numbers)]),
    "Polars": lambda numbers: pl.DataFrame({"t": numbers}),
    "PyArrow": lambda numbers: pa.table({"t": numbers}),
    "xarray": lambda numbers: xr.DataArray(np.array(numbers)[:, None], dims=("row", "column")),
}
JUDGES = {
    "accuracy": (nn.accuracy, CLASSES),
    "mean_squared_error": (nn.mean_squared_error, NUMBERS),
    "r2_score": (lambda p, t: nn.r2_score(predicted=p, targets=t), NUMBERS),
    "confusion_matrix": (lambda p, t: nn.confusion_matrix(predicted=p, targets=t, classes=2), CLASSES),
    "precision_recall_f1": (lambda p, t: nn.precision_recall_f1(predicted=p, targets=t), CLASSES),
    "majority_baseline": (lambda p, t: nn.majority_baseline(training=p, targets=t), CLASSES),
    "prior_baseline": (lambda p, t: nn.prior_baseline(training=p, targets=t), CLASSES),
    "mean_baseline": (lambda p, t: nn.mean_baseline(training=p, targets=t), NUMBERS),
    "log_loss": (lambda p, t: nn.log_loss([[0.25, 0.75]] * len(p), t), CLASSES),
    "mse_loss": (nn.mse_loss, NUMBERS),
    "hinge_loss": (nn.hinge_loss, [2 * kind - 1 for kind in CLASSES]),
    "binary_cross_entropy": (nn.binary_cross_entropy_with_logits, CLASSES),
    "plot_residuals": (
        lambda p, t: (
            visualize.plot_residuals(predicted=p, targets=t).axes[0].lines[0].get_xydata().tolist(),
        ),
        NUMBERS,
    ),
}  # fmt: skip


@pytest.mark.parametrize("frame", ONE_COLUMN.values(), ids=ONE_COLUMN)
def test_a_frame_of_one_column_is_a_column_wherever_targets_go_in(frame, tmp_path):
    for name, (judge, numbers) in JUDGES.items():
        expected = judge(numbers[::-1], numbers)
        assert judge(numbers[::-1], frame(numbers)) == expected, name
        assert judge(frame(numbers[::-1]), frame(numbers)) == expected, name
    data = nn.Dataset(ROWS, frame(CLASSES), ["one", "two"], ["a", "b"])
    assert data.targets == CLASSES
    for split in (nn.stratified_split, nn.train_validation_test_split):
        assert split(data, seed=0) == split(nn.Dataset(ROWS, CLASSES, ["one", "two"], ["a", "b"]), seed=0)
    runs = [nn.Run(network(), (ROWS, given), folder=tmp_path, name="one") for given in (CLASSES, frame(CLASSES))]
    assert runs[0].data == runs[1].data
    rows = nn.Dataset(frame(NUMBERS), CLASSES, ["one"], ["a", "b"]).rows
    assert [list(row) for row in rows] == [[x] for x in NUMBERS]  # rows stay rows


GAPS = {
    "pandas": pd.DataFrame({"one": [1.0, 2.0], "two": [3.0, None]}),
    "pandas, Int64": pd.DataFrame({"one": [1, 2], "two": pd.array([3, None], "Int64")}),
    "pandas, Arrow": pd.DataFrame({"one": [1, 2], "two": pd.array([3, None], "int64[pyarrow]")}),
    "pandas, objects": pd.DataFrame({"one": [1, 2], "two": pd.Series([3, pd.NA], dtype=object)}),
    "Polars": pl.DataFrame({"one": [1.0, 2.0], "two": [3.0, None]}),
    "Polars, whole": pl.DataFrame({"one": [1, 2], "two": [3, None]}),
    "PyArrow": pa.table({"one": [1, 2], "two": [3, None]}),
    "pandas, series": [pd.Series([1.0, 3.0]), pd.Series([2.0, None])],
    "pandas, Int64 series": [pd.Series([1, 3]), pd.Series([2, None], dtype="Int64")],
    "Polars, series": [pl.Series([1.0, 3.0]), pl.Series([2.0, None])],
    "PyArrow, arrays": [pa.array([1.0, 3.0]), pa.array([2.0, None])],
}


@pytest.mark.parametrize("given", GAPS.values(), ids=GAPS)
def test_a_gap_in_a_frame_is_no_number_for_a_program(given):
    a, b = Value(0.0), Value(0.0)
    program = compile(a + b, inputs=[a, b])
    header = "" if isinstance(given, list) else r" \('two'\)"
    for call in (program, program.backward, program.gradient):
        with pytest.raises(FloatingPointError, match=rf"row 1, column 1{header} of rows is missing"):
            call(given)
    assert np.isnan(program([[2.0, float("nan")]])[0])  # given as a number it follows the rules of IEEE
    assert np.isnan(program(np.array([[2.0, np.nan]]))[0])


WIDE = np.longdouble("1e400") if np.finfo(np.longdouble).maxexp > 1024 else None


@pytest.mark.skipif(WIDE is None, reason="long doubles are floats of 64 bits on this machine")
def test_a_long_double_too_large_for_a_float_is_refused():
    x = Value(1.0)
    program = compile(x * 1, inputs=[x])
    for given in (np.array([[WIDE]]), [[WIDE]], [np.array([WIDE])], [[-WIDE]], np.array([[1.0, -WIDE]]).T):
        for call in (program, program.gradient):
            with pytest.raises(OverflowError, match=r"too large for a float.*1e\+400|1e\+400.*too large for a float"):
                call(given)
    with pytest.raises(OverflowError, match=r"too large for a float.*1e\+400|1e\+400.*too large for a float"):
        entries(np.array([WIDE]), "rows")
    infinite = np.array([[np.inf], [-np.inf], [np.nan], [1]], dtype=np.longdouble)
    assert program(infinite).tolist()[:2] == [np.inf, -np.inf]
    assert program([[np.longdouble(2)]]).tolist() == [2.0]


def test_a_memoryview_is_read_like_the_array_it_shows():
    table, answers = np.array(ROWS), np.array(NUMBERS, dtype=np.float32)
    view, column = memoryview(table), memoryview(answers)
    model = nn.MLP(2, [1], seed=0)
    assert nn.predict(model, view) == nn.predict(model, ROWS)
    assert nn.mse_loss(column, column) == 0
    assert nn.data_hash(view, column) == nn.data_hash(ROWS, NUMBERS)
    assert lists([memoryview(row) for row in table], "rows") == ROWS
    assert nn.StandardScaler().fit(view).transform(view) == nn.StandardScaler().fit(ROWS).transform(ROWS)
    nn.fit(model, view, column, nn.mse_loss, nn.SGD(model.parameters(), 0.1), epochs=1, seed=0, progress=False)


@pytest.mark.parametrize(
    "take",
    [
        lambda x: nn.mse_loss(x, [0]), nn.softmax, nn.data_hash, lambda x: nn.accuracy(x, [0]),
        lambda x: nn.mean_squared_error(x, [0]), lambda x: nn.Dataset([[0]], x, ["a"], []),
    ],
)  # fmt: skip
@pytest.mark.parametrize("make", [list, np.array, memoryview])
def test_raw_bytes_are_refused_by_their_place(take, make):
    given = [np.void(b"ab")]
    given = memoryview(np.array(given)) if make is memoryview else make(given)
    with pytest.raises(TypeError, match=r"(holds records or raw bytes|cannot be read as an array)"):
        take(given)
