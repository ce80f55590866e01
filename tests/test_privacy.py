"""A canary pupil's name is put everywhere a log could take it from; it must come out nowhere."""

from __future__ import annotations

import ctypes
import io
import logging
import os
import subprocess
import sys
import threading
import warnings
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl_desk import paths, privacy

if sys.platform == "linux":
    import resource

CANARY = "Canary Testpupil"
ROOT = Path(__file__).resolve().parent.parent


class CanaryError(Exception):
    """An exception whose text carries what it should not."""


@pytest.fixture
def heard():
    """A logger behind the filter, and what came out of it."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(privacy.ConstantsOnly())
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    log = logging.getLogger("tests.privacy")
    log.addHandler(handler)
    log.propagate = False
    yield log, out
    log.removeHandler(handler)
    log.propagate = True


def test_the_words_of_the_source_line_are_kept(heard):
    log, out = heard
    log.warning("The keyring gave no answer.")
    assert out.getvalue() == "WARNING The keyring gave no answer.\n"


def test_an_argument_is_replaced_and_the_sentence_kept(heard):
    log, out = heard
    log.error("Could not file %s under %d%% or %r", CANARY, 40, {"pupil": CANARY})
    assert out.getvalue() == "ERROR Could not file [not logged] under [not logged]% or [not logged]\n"


def test_the_type_of_a_fault_is_told_and_its_text_is_not(heard):
    log, out = heard
    fault = CanaryError(CANARY)
    log.error("Job failed: %s, %s, %s", type(fault).__name__, fault, CanaryError)
    assert out.getvalue() == "ERROR Job failed: CanaryError, CanaryError, CanaryError\n"


def test_a_trace_is_reduced_to_type_and_place(heard):
    log, out = heard
    try:
        raise CanaryError(CANARY)
    except CanaryError:
        log.exception("Not kept.", stack_info=True)
    assert out.getvalue() == "ERROR Not kept. (CanaryError)\n"


def test_a_sentence_put_together_at_run_time_is_not_let_through(heard):
    log, out = heard
    pupil = CANARY
    log.error(f"About {pupil}")  # noqa: G004  # the very mistake this test is about
    log.error(CANARY + " was here")  # noqa: G003  # likewise
    log.error({"pupil": CANARY})
    assert out.getvalue() == "ERROR [not logged]\n" * 3


def test_a_record_from_a_place_that_is_not_on_the_stack_is_not_let_through():
    record = logging.LogRecord("x", logging.ERROR, "nowhere.py", 1, CANARY, None, None)
    assert privacy.ConstantsOnly().filter(record)
    assert record.getMessage() == "[not logged]"


def test_too_few_arguments_and_named_ones_do_no_harm(heard):
    log, out = heard
    log.error("%s and %s", CANARY)  # noqa: PLE1206  # a mistake that must not cost a pupil's name
    log.error("%(pupil)s", {"pupil": CANARY})
    assert out.getvalue() == "ERROR [not logged] and [not logged]\nERROR [not logged]\n"


@given(st.lists(st.one_of(st.text(), st.integers(), st.binary(), st.none()), min_size=1, max_size=4))
def test_no_argument_of_any_kind_comes_through(values):
    told = privacy._filled("%s|%s|%s|%s", tuple(values))
    assert set(told.split("|")) <= {"[not logged]"} | privacy._exception_names(BaseException)


def test_the_one_handler_of_the_process_stands_behind_the_filter(tmp_path):
    root, kept, complain = logging.getLogger(), tuple(logging.getLogger().handlers), logging.raiseExceptions
    level = root.level
    try:
        handler = privacy.log_to_folder(tmp_path / "log")
        privacy.only_safe_logs(handler)
        logging.getLogger("somebody.else").error("Refused for %s", CANARY)
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn(CANARY, stacklevel=1)
        handler.close()
        assert root.handlers == [handler]
    finally:
        logging.captureWarnings(capture=False)
        logging.raiseExceptions = complain
        root.setLevel(level)
        root.handlers[:] = kept

    text = (tmp_path / "log" / "dsl-desk.log").read_text(encoding="utf-8")
    assert "Refused for [not logged]" in text
    assert CANARY not in text


CRASH = f"""
import sys, threading, gc
from dsl_desk import privacy
privacy.harden_process()
def fault(): raise ValueError({CANARY!r})
class Left:
    def __del__(self): raise KeyError({CANARY!r})
thread = threading.Thread(target=fault); thread.start(); thread.join()
Left(); gc.collect()
import resource
print(resource.getrlimit(resource.RLIMIT_CORE), open("/proc/self/status").read().count({CANARY!r}))
import ctypes
print("dumpable", ctypes.CDLL(None).prctl(3))
import os
print("mask", oct(os.umask(0)))
fault()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel what it would dump")
def test_a_crash_says_its_type_leaves_no_core_and_no_word_of_the_case():
    ended = subprocess.run([sys.executable, "-c", CRASH], cwd=ROOT, capture_output=True, text=True, check=False)

    assert ended.returncode == 1
    assert CANARY not in ended.stdout + ended.stderr
    assert ended.stdout.split("\n")[:3] == ["(0, 0) 0", "dumpable 0", "mask 0o77"]
    assert [line.split(":")[1].split(" at ")[0].strip() for line in ended.stderr.splitlines()] == [
        "ValueError",
        "KeyError",
        "ValueError",
    ]


def test_a_fault_is_placed_by_module_and_line_never_by_path():
    try:
        paths.make_private(None)  # type: ignore[arg-type]  # a fault inside the package is wanted
    except AttributeError as fault:
        told = privacy.what_and_where(fault)
    assert told.startswith("AttributeError at dsl_desk.paths:")
    assert "/" not in told


def test_an_unraisable_without_an_exception_still_says_its_type(capsys):
    privacy._say_unraisable_type_only(threading.ExceptHookArgs((MemoryError, None, None, None)))
    assert capsys.readouterr().err.startswith("DSL Desk met a fault of its own: MemoryError.")


@pytest.mark.skipif(sys.platform != "linux", reason="asks for what Linux offers")
def test_hardening_asks_the_system_for_each_thing_once(monkeypatch, capsys):
    asked: list[object] = []
    libc = SimpleNamespace(prctl=lambda *values: asked.append(("prctl", values)))
    monkeypatch.setattr(os, "umask", lambda mask: asked.append(("umask", mask)))
    monkeypatch.setattr(resource, "setrlimit", lambda which, limits: asked.append((which, limits)))
    monkeypatch.setattr(ctypes, "CDLL", lambda *_name, **_options: libc)
    for owner, hook in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(owner, hook, getattr(owner, hook))

    privacy.harden_process()

    assert asked == [("umask", 0o077), (resource.RLIMIT_CORE, (0, 0)), ("prctl", (4, 0, 0, 0, 0))]
    sys.excepthook(CanaryError, CanaryError(CANARY), None)
    threading.excepthook(threading.ExceptHookArgs((CanaryError, CanaryError(CANARY), None, None)))
    said = capsys.readouterr().err
    assert said.count("CanaryError") == 2
    assert CANARY not in said


def test_a_report_names_types_along_the_chain_and_no_text_and_no_strangers_line():
    try:
        try:
            raise KeyError(CANARY)
        except KeyError as error:
            raise CanaryError(CANARY) from error
    except CanaryError as error:
        told = privacy.safe_report(error)
    assert told == ("CanaryError", "KeyError")


def test_a_report_names_the_programs_own_lines():
    def fail():
        raise ValueError(CANARY)

    try:
        paths.make_private(type("Path", (), {"mkdir": lambda *_, **__: fail()})())
    except ValueError as error:
        told = privacy.safe_report(error)
    assert told[0] == "ValueError"
    assert len(told) == 2
    assert told[1].startswith("  dsl_desk.paths:")


def test_a_chain_that_bites_its_tail_has_an_end():
    one, other = ValueError(CANARY), KeyError(CANARY)
    one.__context__, other.__context__ = other, one
    assert privacy.safe_report(one) == ("ValueError", "KeyError")
