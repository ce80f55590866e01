"""The ratchet itself can fail."""

from __future__ import annotations

from tests.architecture.ratchet import fallen, patterns

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
