"""One exhibit of case 3 is destroyed because the police said so, to its end: the certificate on paper."""

import shutil
from pathlib import Path
from typing import Final

from dsl_desk.domain.case_words import Agency, Effect
from dsl_desk.domain.follow_up_entries import AdviceRecorded
from dsl_desk.rehearsal.other_cases import RehearsalFailedError
from dsl_desk.rehearsal.stage import Stage

_CASE: Final = 2
"""Which of the references is the case of the first half hour."""
CERTIFICATE: Final = "disposal-certificate.pdf"
_STICK: Final = ".stick"


def play_backup(stage: Stage) -> None:
    """A backup, so that the certificate has one to name; the stick is no part of what is left to look at."""
    with stage.act("backup, read back and verified"):
        stick: Path = stage.out / _STICK
        stick.mkdir()
        try:
            stage.sign_in("dsl").care.backup(stick, "backup stick")
        finally:
            shutil.rmtree(stick)


def play(stage: Stage) -> None:
    """The police advise it, two people sign, key and file go, and only then the certificate prints."""
    with stage.act("case 3: one exhibit destroyed on police advice, with its certificate"):
        desk, now = stage.sign_in("dsl"), stage.around.clock.now()
        strand = desk.desk.find(stage.references[_CASE])
        held = desk.book.load(strand).exhibits if strand else ()
        if strand is None or not held:
            raise RehearsalFailedError
        mark = held[-1].mark
        desk.advice.record(
            strand,
            AdviceRecorded(
                who="Detective Constable Mockup", agency=Agency.POLICE, at=now.at_local, effect=Effect.DESTROY,
                words="We have what you gave us. Destroy your own copy of that one.", number="101",
                reference="LOG-1188", exhibits=(mark,),
            ),
        )  # fmt: skip
        done = desk.destroying.destroy_exhibit(strand, mark, (stage.proves("dsl"), stage.proves("head")))
        if done.waits:
            raise RehearsalFailedError
        stage.paper(desk.printing.desk_paper(CERTIFICATE, done.certificate, "Disposal certificate"))
        stage.journal_head = desk.desk.head().digest
