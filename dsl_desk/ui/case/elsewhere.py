"""On a case: other cases that name the same person, device, address or online name, each a way to open it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dsl_desk.domain.links import LinkKind
from dsl_desk.domain.words import StrandId
from dsl_desk.services.linking import OtherCase
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import Row, Text

_ICONS = {
    LinkKind.PERSON: "circle-user-round", LinkKind.DEVICE: "tablet-smartphone", LinkKind.ADDRESS: "wifi",
    LinkKind.ACCOUNT: "message-square",
}  # fmt: skip


def seen_elsewhere(found: Sequence[OtherCase], open_case: Callable[[StrandId], None]) -> QWidget:
    """The part of a case's page that says it; pressing a line opens that case."""
    host = QWidget()
    column = QVBoxLayout(host)
    column.setContentsMargins(0, 0, 0, Space.M)
    column.setSpacing(Space.XS)
    words = _tr("Seen in 1 other case") if len(found) == 1 else _tr("Seen in {n} other cases").format(n=len(found))
    column.addWidget(Text(words, Look.HEADING))
    column.addWidget(Text(_tr("Only cases that you may open stand here."), Look.CAPTION, Role.TEXT2))
    for case in found:
        shares = "; ".join(case.shares)
        row = Row(_ICONS[case.kind], case.reference, _tr("{what} · {state}").format(what=shares, state=case.state))
        row.setAccessibleName(_tr("Open {ref}, which names {what} too").format(ref=case.reference, what=shares))
        row.clicked.connect(lambda _=False, strand=case.strand: open_case(strand))
        column.addWidget(row)
    return host


def _tr(words: str) -> str:
    return QCoreApplication.translate("CasePanel", words)
