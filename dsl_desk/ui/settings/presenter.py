"""The settings: from the list of what can be set to each page and back."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from dsl_desk.services.devices import Device, DevicesSeen
from dsl_desk.services.post_care import PostsSeen
from dsl_desk.services.school_days import SchoolDaysSeen
from dsl_desk.services.settings import ContactsSeen, SchoolSeen
from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.settings.access_page import AccessPresenter
from dsl_desk.ui.settings.acting_page import ActingPresenter
from dsl_desk.ui.settings.codes_presenter import CodesPresenter
from dsl_desk.ui.settings.days_page import DaysPage
from dsl_desk.ui.settings.device_pages import DevicePage, DevicesPage
from dsl_desk.ui.settings.disposal_pages import DisposalPresenter
from dsl_desk.ui.settings.index_page import Attention, SettingsPanel
from dsl_desk.ui.settings.laptop_presenter import LaptopPresenter
from dsl_desk.ui.settings.papers_presenter import ReadyPapersPresenter
from dsl_desk.ui.settings.people_presenter import PeoplePresenter
from dsl_desk.ui.settings.policy_presenter import PolicyPresenter
from dsl_desk.ui.settings.readers_presenter import ReadersPresenter
from dsl_desk.ui.settings.school_pages import ContactsPage, PostsPage, SchoolPage
from dsl_desk.ui.settings.shelf import Laptop, SettingsServices, Shelf


class SettingsPresenter(QObject):
    """Everything that can be set."""

    def __init__(
        self, window: MainWindow, pool: JobPool, services: Callable[[], SettingsServices], laptop: Laptop
    ) -> None:
        super().__init__(window)
        self._window, self.shelf = window, Shelf(window, pool, services)
        self.people = PeoplePresenter(self.shelf, self.open)
        self.codes = CodesPresenter(self.shelf, self.open)
        self.policy = PolicyPresenter(self.shelf, self.open)
        self.laptop = LaptopPresenter(self.shelf, self.open, laptop)
        self.papers = ReadyPapersPresenter(self.shelf, self.open)
        self.acting = ActingPresenter(self.shelf, self.open)
        self.access = AccessPresenter(self.shelf, self.open)
        self.readers = ReadersPresenter(self.shelf, self.open)
        self.disposal = DisposalPresenter(self.shelf, self.open)
        self._back = self.tr("Settings")
        window.locked.connect(self.shelf.forget)

    def start_anew(self) -> None:
        """Somebody else is signed in."""
        self.shelf.start_anew()
        self.disposal.start_anew()
        self.policy.drop()

    def open(self, row: str = "", told: str = "") -> None:
        """The list of what can be set; `told` says what was just kept."""
        self.shelf.ask(_attention, lambda found: self._show_index(found, row, told))

    def _show_index(self, found: tuple[Attention, ...], row: str, told: str) -> None:
        page = SettingsPanel(found, self._window)
        page.row_requested.connect(self.open_part)
        self.shelf.show(page, lambda: None, row=row)
        if told:
            page.show_notice(told)

    def open_part(self, part: str) -> None:
        """One thing to set, by its name."""
        parts: dict[str, Callable[[], None]] = {
            "school": self._open_school,
            "contacts": self._open_contacts,
            "posts": self._open_posts,
            "days": self._open_days,
            "acting": self.acting.open,
            "policy": self.policy.open,
            "devices": self._open_devices,
            "papers": self.papers.open,
            "people": self.people.open,
            "passphrase": self.people.open_passphrase,
            "codes": self.codes.open,
            "look": self.laptop.open_look,
            "keys": self.laptop.open_keys,
            "about": self.laptop.open_about,
            "log": self.laptop.open_log,
            "access": self.access.open,
            "readers": self.readers.open,
            "disposal": self.disposal.open,
        }
        parts.get(part, self.open)()

    # -- the school

    def _open_school(self) -> None:
        self.shelf.ask(lambda services: services.settings.school(), self._show_school)

    def _show_school(self, seen: SchoolSeen) -> None:
        page = SchoolPage(seen, self._back, self._window)

        def done(problems: dict[str, str]) -> None:
            if page.refuse(problems):
                self._window.set_desk(page.values["school"].strip())
                self.open("school", self.tr("Saved. Papers say so from now on; what stood before stays on record."))

        page.told.connect(lambda values: self.shelf.keep(page, lambda services: _keep_school(services, values), done))
        self.shelf.show(page, lambda: self.open("school"))

    def _open_contacts(self) -> None:
        self.shelf.ask(lambda services: services.settings.contacts(), self._show_contacts)

    def _show_contacts(self, seen: ContactsSeen) -> None:
        page = ContactsPage(seen, self._back, self._window)

        def done(problems: dict[str, str]) -> None:
            if page.refuse(problems):
                self.shelf.card_changed.emit()
                self.open("contacts", self.tr("Saved. Print the halt card anew, under Papers to lie ready."))

        page.told.connect(
            lambda numbers, notes, checked: self.shelf.keep(
                page, lambda services: _keep_contacts(services, numbers, notes, checked), done
            )
        )
        self.shelf.show(page, lambda: self.open("contacts"))

    def _open_posts(self) -> None:
        self.shelf.ask(lambda services: services.posts.see(), self._show_posts)

    def _show_posts(self, seen: PostsSeen) -> None:
        page = PostsPage(seen, self._back, self._window)

        def done(problems: dict[str, str]) -> None:
            if page.refuse(problems):
                self.open("posts", self.tr("Saved. It holds for every case from now on."))

        page.told.connect(
            lambda posts: self.shelf.keep(page, lambda services: _keep_posts(services, posts, page), done)
        )
        self.shelf.show(page, lambda: self.open("posts"))

    def _open_days(self, told: str = "") -> None:
        self.shelf.ask(lambda services: services.school_days.see(), lambda seen: self._show_days(seen, told))

    def _show_days(self, seen: SchoolDaysSeen, told: str) -> None:
        page = DaysPage(seen, self._back, self._window)

        def done(problems: dict[str, str]) -> None:
            if page.refuse(problems):
                self._open_days(self.tr("Saved. Below stands what the desk understood."))

        page.told.connect(lambda values: self.shelf.keep(page, lambda services: _keep_days(services, values), done))
        self.shelf.show(page, lambda: self.open("days"))
        if told:
            page.show_notice(told)

    # -- devices

    def _open_devices(self, row: str = "", told: str = "") -> None:
        self.shelf.ask(lambda services: services.devices.see(), lambda seen: self._show_devices(seen, row, told))

    def _show_devices(self, seen: DevicesSeen, row: str, told: str) -> None:
        page = DevicesPage(seen, self._back, self._window)
        known = {one.id: one for one in seen.devices}
        page.add_requested.connect(lambda: self._show_device(None, may_change=True))
        page.row_requested.connect(lambda key: self._show_device(known[key], may_change=seen.may_change))
        self.shelf.show(page, lambda: self.open("devices"), row=row)
        if told:
            page.show_notice(told)

    def _show_device(self, device: Device | None, *, may_change: bool) -> None:
        page = DevicePage(device, self.tr("Devices"), may_change=may_change, parent=self._window)
        row = device.id if device else ""

        def done(problems: dict[str, str]) -> None:
            if page.refuse(problems):
                self._open_devices(row, self.tr("Saved. It is on the list."))

        def retired(_: object) -> None:
            self._open_devices(row, self.tr("Retired. It stays on the list with the reason."))

        page.told.connect(lambda told: self.shelf.keep(page, lambda services: _keep_device(services, told), done))
        page.retired.connect(
            lambda which, reason: self.shelf.keep(
                page, lambda services: services.devices.retire(which, reason), retired
            )
        )
        self.shelf.show(page, lambda: self._open_devices(row))


def _attention(services: SettingsServices) -> tuple[Attention, ...]:
    """What somebody should look at, in a few words at its line."""
    found = []
    contacts = services.settings.contacts().contacts
    empty = sum(not (one.number or one.web) for one in contacts)
    due = sum(one.due for one in contacts)
    if empty:
        found.append(Attention(key="contacts", words=f"{empty} missing"))
    elif due:
        found.append(Attention(key="contacts", words=f"{due} to check"))
    codes = services.account_care.codes()
    if not codes.typed_back:
        found.append(Attention(key="codes", words="Not typed back yet"))
    elif not codes.handed_out:
        found.append(Attention(key="codes", words="Not handed out yet"))
    if services.account_care.people().letting_in < 2:
        found.append(Attention(key="people", words="A second person is missing"))
    if services.policy_care.see() is None:
        found.append(Attention(key="policy", words="Not chosen yet"))
    if not services.school_days.see().values["term_dates"]:
        found.append(Attention(key="days", words="Missing"))
    readers = services.readers.left()
    if readers:
        found.append(Attention(key="readers", words="To look at"))
    return tuple(found)


def _keep_school(services: SettingsServices, values: dict[str, str]) -> dict[str, str]:
    problems = services.settings.school_problems(values)
    if not problems:
        services.settings.keep_school(values)
    return problems


def _keep_contacts(
    services: SettingsServices, numbers: dict[str, str], notes: dict[str, str], checked: frozenset[str]
) -> dict[str, str]:
    problems = services.settings.contact_problems(numbers, notes)
    if not problems:
        services.settings.keep_contacts(numbers, notes, checked)
    return problems


def _keep_posts(services: SettingsServices, posts: PostsSeen, page: PostsPage) -> dict[str, str]:
    problems = services.posts.problems(posts)
    if not problems:
        services.posts.keep(posts, page.me)
    return problems


def _keep_days(services: SettingsServices, values: dict[str, str]) -> dict[str, str]:
    problems = services.school_days.problems(values)
    if not problems:
        services.school_days.keep(values)
    return problems


def _keep_device(services: SettingsServices, device: Device) -> dict[str, str]:
    problems = services.devices.problems(device)
    if not problems:
        services.devices.keep(device)
    return problems
