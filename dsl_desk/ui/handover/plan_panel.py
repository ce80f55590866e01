"""What is decided before a pack is made: which kind, for whom, how it travels, where it is written, who seals it."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.domain.words import PackKind
from dsl_desk.services.handover import Handover
from dsl_desk.ui.help.then import Then
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.proof import Problems, Proof, ProofFields
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import (
    Button,
    Choice,
    Dropdown,
    Field,
    Kind,
    LineEdit,
    Notice,
    NoticeKind,
    SideBySide,
    Text,
    ask_file,
    in_column,
)

BY_HAND, AES_ZIP, PORTAL, IN_CLEAR = "by_hand", "aes_zip", "portal", "in_clear"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSeen:
    """What the page needs to know of the case."""

    reference: str
    kinds: tuple[PackKind, ...]
    number: int
    sign_off: str
    exhibits: int
    unfinished: tuple[int, ...] = ()


class PlanPanel(Page):
    """The plan of one pack.

    Signals: `make_requested(Handover, tuple[Proof, ...])`.
    """

    help_topic = "packs"

    make_requested = Signal(object, object)

    def __init__(self, seen: PlanSeen, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("Make pack {no}").format(no=seen.number),
            subtitle=self.tr("{ref} · {exhibits} exhibits · {state}").format(
                ref=seen.reference, exhibits=seen.exhibits, state=seen.sign_off
            ),
            back=self.tr("Back to {ref}").format(ref=seen.reference),
            width=1270,
            parent=parent,
        )
        self.folder_path: Path | None = None
        self._kinds = seen.kinds
        if seen.unfinished:
            words = self.tr("Pack {no} was begun and never came to an end. Nothing finished is on its medium.")
            self.add(Notice(words.format(no=seen.unfinished[0]), kind=NoticeKind.WARN), space=0)
        self.add(SideBySide(self._make_what(), self._make_where(), ratio=(1, 1), gap=48, stacks_below=900), space=0)
        self.add(Then(self.tr("It is written to the stick, read back and checked. Then you print the receipt.")))
        self.set_primary(self.tr("&Write the pack"), icon="package")
        self.primary_requested.connect(self._on_primary)
        self.how.chosen.connect(self._on_how)
        if self.which is not None:
            self.which.chosen.connect(self._on_kind)
        self._on_how("")
        self._on_kind("")

    def _make_what(self) -> QWidget:
        words = {
            PackKind.SIGNED_OFF: self.tr("Si&gned off: the review record with both signatures"),
            PackKind.AS_IT_STANDS: self.tr("As it s&tands: everything recorded so far, marked unsigned"),
            PackKind.STOPPED: self.tr("Stopped: the record alone, no exhibit"),
        }
        part, column = in_column(Space.L)
        self.only = Text("")
        self.which: Choice | None = None
        if len(self._kinds) > 1:
            self.which = Choice(self.tr("Which pack"), [(kind.value, words[kind]) for kind in self._kinds])
            column.addWidget(self.which)
        else:
            self.only.set_words(words[self._kinds[0]].replace("&", ""))
            column.addWidget(Text(self.tr("Which pack"), Look.STRONG))
            column.addWidget(self.only)
        self.to = Dropdown([
            ("police", self.tr("Police")), ("social_care", self.tr("Social care")),
            ("lado", self.tr("Local authority designated officer")), ("iwf", self.tr("Internet Watch Foundation")),
            ("court", self.tr("A court")), ("other", self.tr("Somebody else")),
        ])  # fmt: skip
        self.recipient = Field(self.tr("Goes &to"), self.to, width=400)
        self.name = Field(self.tr("&Force, team or person"), LineEdit(), width=400)
        self.how = Choice(
            self.tr("How it travels"),
            [
                (BY_HAND, self.tr("&By hand on an encrypted stick in a sealed bag")),
                (AES_ZIP, self.tr("As an &encrypted ZIP; they need 7-Zip")),
                (PORTAL, self.tr("As a &ZIP for the force’s own portal, from another machine")),
                (IN_CLEAR, self.tr("&Unencrypted, because police asked for it")),
            ],
        )
        self.reason = Field(self.tr("Who asked for an unencrypted copy, and wh&y"), LineEdit(), width=400)
        self.purpose = Field(
            self.tr("What they nee&d it for"),
            LineEdit(),
            width=400,
            hint=self.tr("Empty for police, social care, LADO and IWF: their work says it."),
        )
        for widget in (self.recipient, self.name, self.purpose, self.how, self.reason):
            column.addWidget(widget)
        column.addStretch(1)
        return part

    def _make_where(self) -> QWidget:
        part, column = in_column(Space.L)
        self.medium = Field(
            self.tr("Name of the &medium"),
            LineEdit(),
            width=400,
            hint=self.tr("As it is labelled: encrypted stick no. 3."),
        )
        self.seal = Field(self.tr("Number of the sea&l"), LineEdit(), width=400, optional=True)
        self.allowed = Field(
            self.tr("Who let it lea&ve the school"),
            LineEdit(),
            width=400,
            hint=self.tr("A senior leader or the IT provider. A senior who makes it need not write it."),
        )
        self.choose = Button(self.tr("C&hoose where to write…"), Kind.SECONDARY, icon="folder")
        self.choose.clicked.connect(self._on_choose)
        self.where = Text(self.tr("No folder chosen yet"), role=Role.TEXT2)
        self.first = ProofFields(width=400)
        self.second = ProofFields(self.tr("the other reviewer, if here"), width=400)
        self.first.then = self.second.name
        for widget in (self.medium, self.seal, self.allowed):
            column.addWidget(widget)
        column.addWidget(self.choose)
        column.addWidget(self.where)
        column.addSpacing(Space.S)
        column.addWidget(Text(self.tr("Sealed by"), Look.HEADING))
        column.addWidget(self.first)
        column.addWidget(self.second)
        column.addStretch(1)
        return part

    @property
    def chosen_kind(self) -> PackKind | None:
        """Which pack is wanted."""
        if self.which is None:
            return self._kinds[0]
        return PackKind(self.which.key) if self.which.key else None

    def set_folder(self, folder: Path) -> None:
        """Where the pack is written."""
        self.folder_path = folder
        self.where.set_words(self.tr("Writes into: {name}").format(name=folder.name or str(folder)))

    def forget(self) -> None:
        """Forget what was typed for one act."""
        self.first.forget()
        self.second.forget()

    def show_refused(self, words: str, *, proof: bool = False) -> None:
        """Say why there is no pack."""
        self.forget()
        if proof:
            self.show_problems([(self.first.passphrase, words)])
        else:
            self.show_notice(words, NoticeKind.WARN)

    def _on_how(self, _key: str) -> None:
        self.reason.setVisible(self.how.key == IN_CLEAR)

    def _on_kind(self, _key: str) -> None:
        self.second.setVisible(self.chosen_kind is PackKind.SIGNED_OFF)

    def _on_choose(self) -> None:
        ask_file(self, self.tr("Choose the stick or folder"), folder=True, on_picked=self.set_folder)

    def _problems(self) -> Problems:
        found: Problems = []
        if self.which is not None and self.which.key is None:
            found.append((self.which, self.tr("Choose which pack")))
        if self.how.key is None:
            found.append((self.how, self.tr("Choose how it travels")))
        if self.how.key == IN_CLEAR and not self.reason.text().strip():
            found.append((self.reason, self.tr("Enter who asked for an unencrypted copy, and why")))
        if self.to.key in ("court", "other") and not self.purpose.text().strip():
            found.append((self.purpose, self.tr("Enter what they need it for")))
        if not self.medium.text().strip():
            found.append((self.medium, self.tr("Enter the name of the medium")))
        if self.folder_path is None:
            found.append((self.choose, self.tr("Choose where to write")))
        found += self.first.problems()
        if self.second.isVisibleTo(self) and not self.second.is_empty:
            found += self.second.problems()
        return found

    def _on_primary(self) -> None:
        kind, folder = self.chosen_kind, self.folder_path
        if not self.show_problems(self._problems()) or kind is None or folder is None:
            return
        how = self.how.key
        plan = Handover(
            kind=kind,
            folder=folder,
            medium=self.medium.text().strip(),
            recipient=self.to.key or "other",
            recipient_name=self.name.text().strip(),
            zip=how in (AES_ZIP, PORTAL),
            encrypted=how == AES_ZIP,
            unencrypted_reason=self.reason.text().strip() if how == IN_CLEAR else "",
            seal_number=self.seal.text().strip(),
            purpose=self.purpose.text().strip(),
            allowed_by=self.allowed.text().strip(),
        )
        proofs: tuple[Proof, ...] = (self.first.typed,)
        if self.second.isVisibleTo(self) and not self.second.is_empty:
            proofs = (*proofs, self.second.typed)
        self.make_requested.emit(plan, proofs)
