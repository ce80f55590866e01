"""One way to say that something typed is wrong: the page's own summary; no dialog, no style of a page's own."""

from __future__ import annotations

import ast

from tests.architecture.sources import name, python_files, tree

WINDOW = [path for path in python_files("dsl_desk/ui", "dsl_desk/window_app") if "widgets" not in path.parts]
OWNERS = {"dsl_desk/ui/page.py", "dsl_desk/ui/page_frame.py"}
OTHER_WAYS = {"ErrorSummary", "QMessageBox", "QErrorMessage", "setStyleSheet", "set_error"}


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def test_no_page_builds_its_own_summary_dialog_or_style():
    found = {
        f"{name(path)}:{node.lineno} {called(node)}"
        for path in WINDOW if name(path) not in OWNERS
        for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and called(node) in OTHER_WAYS
    }  # fmt: skip
    assert found == set()
    owned = {called(node) for owner in WINDOW if name(owner) in OWNERS
             for node in ast.walk(tree(owner)) if isinstance(node, ast.Call)}  # fmt: skip
    assert {"ErrorSummary", "set_error"} <= owned
