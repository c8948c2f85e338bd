"""check, reveal and hint; and the answer keys: they refuse what is wrong, and never let the answer slip out."""

import re
from fractions import Fraction

import pytest
from IPython.utils.capture import RichOutput

import exercises
from autograd import Value
from execute import lessons
from exercises import Fold, Verdict, check, folded, hint, reveal
from judging import Choice, Exercise, Function, Number, Properties, not_a_number
from lesson_files import exercises_of

KNOWN = [(name, exercise) for path in lessons() for name, exercise in exercises_of(path).items()]
every_exercise = pytest.mark.parametrize(("name", "exercise"), KNOWN, ids=[name for name, _ in KNOWN])


@pytest.fixture(autouse=True)
def _own_exercises(monkeypatch):
    """Exercises of no lesson, and nothing locked in or hinted at before."""
    made = {
        "99.1": Exercise(Number(Fraction(17, 7), {3: "You rounded."}), "It is seventeen sevenths.", ("One.", "Two.")),
        "99.2": Exercise(Choice("up", {"up": "", "down": "It rises."}), "It goes up.", ("Look.",), prediction=True),
        "99.3": Exercise(
            Function(
                lambda x: x * x,
                {"2": 2, "3": 3},
                lambda f, case: f(case),
                {lambda x: x + x: "You double.", lambda x: 4: "Always 4."},
                "Think of areas.",
            ),
            "Squares.",
            ("Try 2.",),
        ),
    }
    find = exercises.find
    monkeypatch.setattr(exercises, "find", lambda name: made[name] if name in made else find(name))
    monkeypatch.setattr(exercises, "_locked", {})
    exercises._hinted.clear()


def said(verdict: Verdict) -> tuple[str, str]:
    return verdict.outcome, verdict.words


def test_a_number():
    assert said(check("99.1", Fraction(17, 7))) == ("right", "It is seventeen sevenths.")
    assert check("99.1", 17 / 7).outcome == "right"
    assert said(check("99.1", 3)) == ("not yet", "You rounded.")
    assert "sign" in check("99.1", -17 / 7).words
    assert "digits" in check("99.1", 2.43).words
    assert said(check("99.1", 100)) == ("not yet", "That is not it yet.")


def test_three_dots_wait():
    assert check("99.1", ...).outcome == "waiting"
    assert 'hint("99.1")' in check("99.1", ...).words


@pytest.mark.parametrize(
    ("given", "thought"),
    [(None, "return"), (Value(1.0), ".grad"), ((1.0,), "comma"), ("6", "number"), (True, "number"), ([1], "number")],
)
def test_what_is_no_number_is_told_how_to_become_one(given, thought):
    assert thought in not_a_number(given)
    assert check("99.1", given).outcome == "not yet"


def test_a_prediction_is_locked_in_before_it_is_revealed():
    assert reveal("99.2").outcome == "waiting"
    assert "'up', 'down'" in check("99.2", "sideways").words
    assert reveal("99.2").outcome == "waiting"
    assert check("99.2", " Down ").outcome == "locked in"
    assert "that stays" in check("99.2", "up").words
    assert reveal("99.2").outcome == "a surprise"
    assert "It rises. It goes up." in reveal("99.2").words


def test_a_prediction_that_came_true():
    check("99.2", "up")
    assert said(reveal("99.2")) == ("right", "It goes up.")


def test_what_tells_is_folded_until_a_prediction_is_locked_in():
    told = Fold("99.2", "3 < 4\n", [RichOutput({"text/html": "<img>", "text/plain": "[picture]"})])
    assert told._repr_html_().startswith("<details><summary")
    assert "<pre>3 &lt; 4</pre><div><img></div>" in told._repr_html_()
    assert repr(told) == "3 < 4\n[picture]"
    check("99.2", "down")
    assert told._repr_html_().startswith("<details open><summary")


def test_folding_needs_an_exercise_that_exists():
    with pytest.raises(ValueError, match=r"2\.1, 2\.2.*not 2\.9"), folded("2.9"):
        pass


def test_a_function():
    assert check("99.3", lambda x: x * x).outcome == "right"
    assert check("99.3", lambda x: 2 * x).words == "You double."
    assert check("99.3", lambda x: 4).words == "Always 4."  # as right at 2 as doubling is: all cases are looked at
    assert check("99.3", lambda x: x + 1).words == "For 2 your function gives 3, and that is not right. Think of areas."
    assert "return" in check("99.3", lambda x: None).words
    assert "without brackets" in check("99.3", 4).words


def test_what_a_learners_function_raises_reaches_the_learner():
    with pytest.raises(ZeroDivisionError):
        check("99.3", lambda x: x / 0)


def test_hints_go_step_by_step_and_stay_at_the_last():
    assert [hint("99.1").words for _ in range(3)] == ["One.", "Two.", "Two."]
    assert hint("99.1").outcome == "hint 2 of 2"


def test_names_that_are_none():
    with pytest.raises(ValueError, match=r"such as '2\.1', not 2\.1"):
        check(2.1, 6)
    with pytest.raises(ValueError, match=r"2\.1, 2\.2.*not 2\.9"):
        hint("2.9")


def test_a_verdict_shows_text_as_text():
    page = Verdict("2.1", "right", "`a < b` & <i>")._repr_html_()
    assert "<code>a &lt; b</code> &amp; &lt;i&gt;" in page
    assert "✓ 2.1 right" in page


@every_exercise
def test_names_belong_to_the_lesson_and_hints_lead_on(name, exercise):
    assert len(exercise.hints) >= 2
    assert exercise.right


@every_exercise
def test_known_mistakes_are_refused_each_with_its_own_thought(name, exercise):
    judge = exercise.judge
    if isinstance(judge, Number):
        assert judge.mistakes
        for slip, thought in judge.mistakes.items():
            assert judge.wrong(slip) == thought, f"{name}: {slip} is taken for something else"
    if isinstance(judge, Choice):
        assert judge.expected in judge.thoughts
        assert all(judge.wrong(word) for word in judge.thoughts if word != judge.expected)
    if isinstance(judge, Function):
        assert judge.slips
        for slip, thought in judge.slips.items():
            assert judge.wrong(slip) == thought
        assert judge.wrong(judge.right) == ""
    elif not isinstance(judge, Properties):  # a function with properties is tried in the solved lesson
        assert judge.wrong(judge.expected) == ""


@every_exercise
def test_the_answer_slips_out_of_no_hint_and_no_complaint(name, exercise):
    judge = exercise.judge
    if isinstance(judge, Number):
        answers = {str(judge.expected), f"{float(judge.expected):g}"}
        told = [*exercise.hints, *([] if exercise.prediction else judge.mistakes.values())]
        for text in told:
            assert not answers & set(re.findall(r"-?\d+(?:/\d+|\.\d+)?", text)), f"{name}: {text!r}"
