"""The ratchet itself can fail."""

from __future__ import annotations

from pathlib import Path

from coverage import CoverageData

from tests.architecture.ratchet import fallen, patterns, reported

ROOT = Path(__file__).resolve().parents[2]

WHOLE = {"summary": {"missing_lines": 0, "missing_branches": 0, "percent_covered": 100.0}}
GAP = {"summary": {"missing_lines": 0, "missing_branches": 2, "percent_covered": 97.5}}


def test_a_listed_module_with_a_branch_never_taken_is_named():
    told = fallen({"dsl_desk/domain/case.py": GAP, "dsl_desk/cli.py": GAP}, ["dsl_desk/domain/*.py"])
    assert told == ["dsl_desk/domain/case.py: 97.5 %, 2 lines or branches never run"]


def test_a_whole_module_passes_under_windows_names_too():
    assert fallen({"dsl_desk\\domain\\case.py": WHOLE}, ["dsl_desk/domain/*.py"]) == []


def test_a_pattern_that_fits_nothing_is_named():
    assert fallen({}, ["dsl_desk/gone.py"]) == ["dsl_desk/gone.py: no such module"]


def test_the_domain_is_on_the_list():
    assert "dsl_desk/domain/*.py" in patterns()


def test_a_listed_module_that_was_found_and_never_run_is_named_and_no_other_is_told(tmp_path):
    data = CoverageData(str(tmp_path / "data"))
    data.add_arcs({str(ROOT / "dsl_desk/cli.py"): {(-1, 1)}})
    data.touch_file(str(ROOT / "dsl_desk/paths.py"))
    data.write()

    files = reported(tmp_path / "data", ["dsl_desk/paths.py"])

    assert set(files) == {"dsl_desk/paths.py"}
    (told,) = fallen(files, ["dsl_desk/paths.py"])
    assert told.startswith("dsl_desk/paths.py: 0.0 %")
