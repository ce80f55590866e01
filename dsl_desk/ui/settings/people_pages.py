"""Who may sign in: the list, one account, and letting somebody in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.domain.words import Role
from dsl_desk.services.account_values import AccountSeen, AccountState, KnownPerson, PeopleSeen
from dsl_desk.services.begin import NewAccount
from dsl_desk.services.posts import POSTS
from dsl_desk.ui.settings.page import SettingsForm, SettingsPlace, facts_of
from dsl_desk.ui.tokens import Role as Colour
from dsl_desk.ui.tokens import Space
from dsl_desk.ui.widgets import Button, Choice, Field, Kind, LineEdit, Notice, NoticeKind

LET_IN = (Role.HEADTEACHER, Role.DSL, Role.DEPUTY, Role.OSL, Role.SENIOR, Role.CHAIR, Role.DPO)
SOMEBODY_ELSE = "else"


class PeoplePage(SettingsPlace):
    """Everybody who can or could sign in.

    Signals: `let_in_requested`.
    """

    help_topic = "accounts"
    let_in_requested = Signal()

    def __init__(self, seen: PeopleSeen, back: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("People and accounts"),
            hint=self.tr("Two people let somebody in, and two end an account. Governors get paper, never a login."),
            back=back,
            parent=parent,
        )
        self.say_who_may_change(seen.may_change)
        if seen.letting_in < 2:
            words = self.tr("Only {n} of you may let others in: two recovery codes are needed as well.")
            self.add(Notice(words.format(n=seen.letting_in), kind=NoticeKind.WARN), space=Space.S)
        now = [one for one in seen.accounts if one.state is not AccountState.WITHDRAWN]
        for one in now:
            self._account(one)
        ended = [one for one in seen.accounts if one.state is AccountState.WITHDRAWN]
        if ended:
            self.add_heading(self.tr("Ended"))
        for one in ended:
            self._account(one)
        if seen.without:
            self.add_heading(self.tr("With a post, without an account"))
            self.add_words(", ".join(f"{one.name} ({one.post})" for one in seen.without))
        if seen.may_change:
            self.set_primary(self.tr("&Let somebody in"), icon="plus", keys=False)
            self.primary_requested.connect(self.let_in_requested)

    def _account(self, one: AccountSeen) -> None:
        ended = one.state is AccountState.WITHDRAWN
        said = [one.post]
        if one.mine:
            said.append(self.tr("you"))
        if one.lets_in and not ended:
            said.append(self.tr("may let others in"))
        if one.reduced and not ended:
            said.append(self.tr("without this laptop’s key store"))
        icon, role = ("circle-slash", Colour.TEXT2) if ended else ("circle-check", Colour.OK)
        self.add_row(one.account, icon, one.name, " · ".join(said), one.state.value, role=role)


class AccountPage(SettingsPlace):
    """One account: what happened to it, and what two people can do about it.

    Signals: `end_requested`, `replace_requested`.
    """

    help_topic = "accounts"
    end_requested = Signal()
    replace_requested = Signal()

    def __init__(self, one: AccountSeen, back: str, *, may_change: bool, parent: QWidget | None = None) -> None:
        super().__init__(one.name, back=back, parent=parent)
        self.set_subtitle(one.post)
        facts = [(self.tr("State"), one.state.value)]
        facts += [(self.tr("What happened") if words is one.told[0] else "", words) for words in one.told]
        facts.append((self.tr("Fingerprint of the key"), " ".join(_fours(one.fingerprint))))
        if one.reduced:
            facts.append((self.tr("Protection"), self.tr("Passphrase alone, without this laptop’s key store")))
        self.add(facts_of(facts), space=0)
        if one.state is AccountState.WITHDRAWN or not may_change:
            return
        self.add_heading(self.tr("A new passphrase"))
        self.add_words(
            self.tr(
                "Forgotten, or somebody may know it: new keys are made and the old ones open nothing more. The person "
                "types the new passphrase here."
            )
        )
        self.replace = Button(self.tr("&New keys and passphrase…"), Kind.SECONDARY)
        self.replace.clicked.connect(self.replace_requested)
        self.add(self.replace, space=Space.M)
        self.add_heading(self.tr("End the account"))
        self.add_words(self.tr("Somebody left, or must not come in any more. It holds at once; what they wrote stays."))
        self.end = Button(self.tr("&End this account…"), Kind.SECONDARY)
        self.end.clicked.connect(self.end_requested)
        self.add(self.end, space=Space.M)


def _fours(text: str) -> list[str]:
    return [text[at : at + 4] for at in range(0, len(text), 4)]


class LetInPage(SettingsForm):
    """Who is let in: somebody with a post, or somebody else.

    Signals: `told(account)`.
    """

    help_topic = "accounts"
    told = Signal(object)

    def __init__(self, known: tuple[KnownPerson, ...], back: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Let somebody in"),
            hint=self.tr("They choose their own passphrase on the next page. Two of you confirm it."),
            back=back,
            parent=parent,
        )
        self._known = {str(at): one for at, one in enumerate(known) if one.role in LET_IN}
        self.who: Choice | None = None
        if self._known:
            listed = [(key, f"{one.name}, {one.post}") for key, one in self._known.items()]
            self.who = Choice(self.tr("Who is it?"), [*listed, (SOMEBODY_ELSE, self.tr("Somebody else"))])
            self.add_field("who", self.who)
            self.who.chosen.connect(self._on_who)
        self.name = Field(self.tr("Their &name"), LineEdit(), width=460, hint=self.tr("First and last name in full."))
        self.role = Choice(self.tr("Their post"), [(role.value, POSTS[role]) for role in LET_IN])
        self.add_field("name", self.name)
        self.add_field("role", self.role)
        self.set_primary(self.tr("&Continue"))
        self.primary_requested.connect(self._on_primary)
        if self.who is not None:
            self._show_else(False)

    def _on_who(self, key: str) -> None:
        self._show_else(key == SOMEBODY_ELSE)

    def _show_else(self, shown: bool) -> None:
        self.name.setVisible(shown)
        self.role.setVisible(shown)

    @property
    def typed(self) -> NewAccount:
        """Whom it names."""
        known = self._known.get((self.who.key if self.who else None) or "")
        if known is not None:
            return NewAccount(name=known.name, role=known.role)
        return NewAccount(name=self.name.text(), role=Role(self.role.key) if self.role.key else None)

    def _on_primary(self) -> None:
        if self.who is not None and self.who.key is None:
            self.show_field_problems({"who": self.tr("Choose who is let in")})
        elif self.show_field_problems(self.typed.who_problems()):
            self.told.emit(self.typed)
