"""A signed form that was judged before is judged the same: nearly every pack here holds the form of the pack it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import pytest

from dsl_desk.exports import pyhanko_forms
from dsl_desk.exports.cms import SignedBy

_judged = pyhanko_forms.check_signatures


class Judged:
    """Answers at once for the same bytes, the same root and the same certificates; what is refused is judged anew.

    Hundreds of packs are changed in one place each, and reading the form takes half of judging one.
    """

    _answers: ClassVar[dict[tuple[object, ...], list[SignedBy]]] = {}

    def __call__(
        self, pdf: bytes, unsigned: bytes, root_der: bytes, wanted: Sequence[tuple[str, str]]
    ) -> list[SignedBy]:
        asked = (pdf, unsigned, root_der, tuple(wanted))
        if asked not in self._answers:
            self._answers[asked] = _judged(pdf, unsigned, root_der, wanted)
        return list(self._answers[asked])


@pytest.fixture(autouse=True)
def _forms_are_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyhanko_forms, "check_signatures", Judged())
