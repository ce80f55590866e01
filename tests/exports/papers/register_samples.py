"""Made-up registers on paper."""

from __future__ import annotations

from dsl_desk.exports.papers import Paper
from dsl_desk.exports.papers.register import RegisterChange, RegisterItem, RegisterList, RegisterRow, RegisterSection


def register_papers(*, odd: str = "") -> dict[str, Paper]:
    row = RegisterRow(cells=("Example video site" + odd, "Unblock it for a time", "Mon 9 November 2026"), stands="Made")
    return {
        "register-list": RegisterList(
            title="Filter changes", hint="What somebody asked to have blocked or unblocked.",
            headings=("Site or category", "Change", "Asked"), rows=(row,) * 40, empty="Nothing yet.",
        ),
        "register-empty": RegisterList(
            title="Filter changes", hint="What somebody asked to have blocked or unblocked.",
            headings=("Site or category",), rows=(), empty="Nobody has asked for a change of the filter yet.",
        ),
        "register-item": RegisterItem(
            register="Filter changes", title="Example video site", stands="Made",
            sections=(
                RegisterSection(title="Ask for a filter change", facts=(("Why", "Lessons on volcanoes" + odd),)),
            ),
            history=(
                RegisterChange(when="9 November 2026, 09:10", by="Pat Example", what="Asked for"),
                RegisterChange(
                    when="9 November 2026, 09:12", by="Pat Example", what="Corrected: wrong site",
                    before=(("Site or category", "Another site" + odd),),
                ),
            ),
        ),
    }  # fmt: skip
