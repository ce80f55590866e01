"""Somebody who cannot see the window and has neither mouse nor keys: knows names, roles and actions alone.

Run by the system's own Python outside the desk's process, because the bindings of the accessibility bus come with
the system. Reads one play as JSON from standard input, prints what was heard as JSON.

A play is a list of lines: ["write", name, text], ["press", name], ["choose", name, item], ["hear", words],
["heard", words] (announced since the play began), ["beyond"] (every part is asked for more than it holds).
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

PROGRAM = "DSL Desk"
PATIENCE_S = 90.0
"""How long one line of a play may take: the machine may be at other work."""
_DEEPEST = 60
_PRESSES = ("Press", "Toggle", "ShowMenu", "press", "click", "toggle")


class NeverCameError(Exception):
    """What was waited for; the message says what was there instead."""


class Reader:
    """Finds what is shown by its name, and does what it offers."""

    def __init__(self, spi: Any) -> None:
        self._spi = spi
        self.announced: list[str] = []
        self.pressed: list[str] = []

    # -- finding

    def program(self) -> Any:
        """The desk's window, as the bus has it."""
        return self.until(self._program, f"the program {PROGRAM}")

    def _program(self) -> Any:
        desktop = self._spi.Registry.getDesktop(0)
        for at in range(desktop.childCount):
            child = desktop.getChildAtIndex(at)
            if child is not None and child.name == PROGRAM and child.childCount:
                return child
        return None

    def shown(self) -> Iterator[Any]:
        """Everything that is in the window now, from the top down."""
        program = self._program()
        if program is not None:
            yield from self._below(program, 0)

    def _below(self, node: Any, depth: int) -> Iterator[Any]:
        if depth > _DEEPEST:
            return
        for at in range(node.childCount):
            child = node.getChildAtIndex(at)
            if child is None:
                continue
            if depth == 0 or child.getState().contains(self._spi.STATE_VISIBLE):
                yield child
                yield from self._below(child, depth + 1)

    def _one(self, name: str, able: Callable[[Any], bool]) -> Any:
        """The one part of this name that can do what is asked of it, where there is just one."""
        found = [node for node in self.shown() if node.name == name and able(node)]
        return found[0] if len(found) == 1 else None

    def until(self, look: Callable[[], Any], what: str) -> Any:
        """Wait for something to be there; announcements are heard meanwhile."""
        ends = time.monotonic() + PATIENCE_S
        while True:
            self.listen()
            try:
                found = look()
            except Exception as gone:  # noqa: BLE001 - a part may go while it is looked at: the bus says so in many ways
                found, told = None, str(gone)
            else:
                told = ""
            if found is not None and found is not False:
                return found
            if time.monotonic() > ends:
                raise NeverCameError(f"{what} never came {told}".strip())
            time.sleep(0.05)

    def seen(self) -> list[str]:
        """What is in the window now, as far as the bus can still tell."""
        names: list[str] = []
        try:
            names.extend(f"{node.getRoleName()} {node.name!r}" for node in self.shown() if node.name)
        except Exception as gone:  # noqa: BLE001 - the window may go while it is looked at: the bus says so in many ways
            names.append(f"and then {type(gone).__name__}: {gone}")
        return names[:120]

    # -- doing

    def write(self, name: str, text: str) -> None:
        """Put a text into the field of this name."""

        def write() -> bool | None:
            field = self._one(name, lambda node: _asks(node.queryEditableText))
            return None if field is None else bool(field.queryEditableText().setTextContents(text))

        self.until(write, f"{name}, to be written in,")

    def press(self, name: str) -> None:
        """Do the one thing that the part of this name is for."""

        def press() -> str | None:
            node = self._one(name, lambda node: self._sensitive(node) and self._action(node) is not None)
            if node is None:
                return None
            role = str(node.getRoleName())
            node.queryAction().doAction(self._action(node))  # of a page that went in this moment nothing was pressed
            return role

        self.pressed.append(f"{self.until(press, name)} {name}")

    def choose(self, label: str, item: str) -> None:
        """Choose one of a list that folds out: what it is called stands in the label beside it."""
        box = self.until(lambda: self._labelled(label), f"the list {label}")
        listed = box.getChildAtIndex(0)
        names = [listed.getChildAtIndex(at).name for at in range(listed.childCount)]
        if item not in names:
            raise NeverCameError(f"{item} is not in the list {label}: {names}")
        listed.querySelection().selectChild(names.index(item))
        self.until(lambda: self._labelled(label).name == item or None, f"{item} chosen")

    def _labelled(self, label: str) -> Any:
        """The list that folds out beside a label of these words; on this system its own name is what it holds."""
        for node in self.shown():
            if node.getRole() == self._spi.ROLE_COMBO_BOX:
                targets = [
                    relation.getTarget(at).name
                    for relation in node.getRelationSet()
                    if relation.getRelationType() == self._spi.RELATION_LABELLED_BY
                    for at in range(relation.getNTargets())
                ]
                if label in targets:
                    return node
        return None

    def hear(self, words: str) -> None:
        """Wait until something in the window is named so."""
        self.until(lambda: any(words in node.name for node in self.shown()) or None, words)

    def heard(self, words: str) -> None:
        """Wait until something was announced."""
        self.until(lambda: any(words in said for said in self.announced) or None, f"announced: {words}")

    def beyond(self) -> None:
        """Ask every part that is shown for what it does not hold, as somebody does who counted before the page went."""
        asked = 0
        for node in self.until(lambda: list(self.shown()) or None, "anything"):
            for more in (0, 1, 7):
                try:
                    node.getChildAtIndex(node.childCount + more)
                except Exception as gone:  # noqa: BLE001 - a part may go while it is asked: the bus says so in many ways
                    sys.stderr.write(f"{type(gone).__name__}\n")
                asked += 1
        if self._program() is None:
            raise NeverCameError(f"the program ended after {asked} questions")

    def _sensitive(self, node: Any) -> bool:
        state = node.getState()
        return bool(state.contains(self._spi.STATE_ENABLED) and state.contains(self._spi.STATE_SHOWING))

    def _action(self, node: Any) -> int | None:
        try:
            actions = node.queryAction()
        except NotImplementedError:
            return None
        names = [actions.getName(at) for at in range(actions.nActions)]
        return next((names.index(one) for one in _PRESSES if one in names), None)

    # -- what is said aloud

    def begin_to_listen(self) -> None:
        """Take down what the window announces from now on."""
        self._spi.Registry.registerEventListener(self._on_announced, "object:announcement")

    def _on_announced(self, event: Any) -> None:
        self.announced.append(str(event.any_data))

    def listen(self) -> None:
        """Let what was announced arrive."""
        context = importlib.import_module("gi.repository.GLib").MainContext.default()
        while context.iteration(False):
            pass


def _asks(query: Callable[[], Any]) -> bool:
    try:
        query()
    except NotImplementedError:
        return False
    return True


def main() -> int:
    """Play what standard input says; 0 where every line could be played."""
    play = json.load(sys.stdin)
    reader = Reader(importlib.import_module("pyatspi"))
    told: dict[str, object] = {"fault": "", "line": "the program opens", "there": []}
    times: list[tuple[str, float]] = []
    try:
        reader.begin_to_listen()
        reader.program()
        for at, (act, *words) in enumerate(play, start=1):
            told["line"] = f"line {at} of {len(play)}, {act} {words[:1]}"
            sys.stderr.write(f"{told['line']}\n")  # what is left where somebody has to end this from outside
            began = time.monotonic()
            getattr(reader, act)(*words)
            times.append((" ".join((act, *words[:1])), round(time.monotonic() - began, 3)))
    except Exception as fault:  # noqa: BLE001 - whatever it was, the play says at which line and what was there
        told["fault"] = str(fault) if isinstance(fault, NeverCameError) else f"{type(fault).__name__}: {fault}"
        told["there"] = reader.seen()
    told |= {"announced": reader.announced, "pressed": reader.pressed, "times": times}
    json.dump(told, sys.stdout)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
