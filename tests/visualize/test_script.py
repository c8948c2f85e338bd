"""The types in the comments of the stepper's script, held against the code by TypeScript's compiler."""

import os
import shutil
import subprocess

import pytest

from visualize.stepper.assets import script


def test_the_types_in_the_comments_are_true(tmp_path):
    compiler = shutil.which("tsc")
    if compiler is None:
        if "CI" in os.environ:
            pytest.fail("there is no TypeScript compiler on this machine: tsc is not on PATH")
        pytest.skip("needs TypeScript's compiler, tsc, on PATH")
    module = tmp_path / "stepper.js"
    module.write_text(script(), encoding="utf-8")
    options = ["--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "es2022", "--module", "es2022"]
    run = subprocess.run([compiler, *options, module], capture_output=True, text=True, timeout=120, check=False)
    assert run.stdout == ""
    assert run.returncode == 0
