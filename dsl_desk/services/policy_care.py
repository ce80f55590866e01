"""The school's policy profile: read by everybody, worded anew by a checked edit, each change a new version.

A profile is never changed in place. An edit is tried on a copy, read as strictly as any profile, and only then
written as the next version with the passphrase of the person who wants it; cases keep the version they began under.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dsl_desk.domain.desk_entries import ProfileChanged
from dsl_desk.domain.errors import InputError, ProcedureError, ProfileError
from dsl_desk.domain.policy import Profile, read_profile
from dsl_desk.domain.policy_checks import BANNED_WORDS
from dsl_desk.domain.text import clean_name, clean_text
from dsl_desk.services.begin import PolicyChoice, policies
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_things import local_day
from dsl_desk.services.profile_file import put, read_parts, written
from dsl_desk.services.profile_texts import TextPart, TextSection, sections_of, texts_of
from dsl_desk.services.settings import SettingsService
from dsl_desk.services.unlock import Typed

LONGEST_TEXT: Final = 2_000
TOGETHER: Final = ""
"""Under this name stands what is wrong only where several changes come together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionSeen:
    """One version of the profile: since when, and who put it in force."""

    name: str
    version: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySeen:
    """The profile in force, laid out for people."""

    title: str
    version: int
    since: str
    sections: tuple[TextSection, ...]
    versions: tuple[VersionSeen, ...]
    may_change: bool
    next_version: int = 1

    def section(self, key: str) -> TextSection | None:
        """One section by its key."""
        return next((one for one in self.sections if one.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSeen:
    """One text: as it is, and as it would be."""

    address: str
    where: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """A policy that can be laid beside another: one in force here now or before, or one that ships."""

    key: str
    title: str
    profile: Profile


class PolicyCareService:
    """Shows the profile and words it anew."""

    def __init__(self, book: CaseBook, settings: SettingsService) -> None:
        self._book, self._settings = book, settings

    def see(self) -> PolicySeen | None:
        """The profile in force; None before one is chosen."""
        profile = self._book.school().profile
        if profile is None:
            return None
        versions = self._versions()
        return PolicySeen(
            title=profile.title,
            version=profile.version,
            since=versions[0].words if versions else "",
            sections=sections_of(profile),
            versions=versions,
            may_change=self._settings.may_change(),
            next_version=self._next(profile.id),
        )

    def _versions(self) -> tuple[VersionSeen, ...]:
        """Every version that was ever in force, the newest first."""
        names, found = self._book.school().names, list[VersionSeen]()
        for record in self._book.desk.records(self._book.desk.desk_strand):
            payload = record.payload
            if payload is not None and isinstance(payload.data, ProfileChanged):
                who = ", ".join(names.get(account, "") for account in payload.by)
                found.append(
                    VersionSeen(
                        name=payload.data.profile,
                        version=payload.data.version,
                        words=f"In force since {local_day(payload.at_local)}, by {who}",
                    )
                )
        return tuple(reversed(found))

    def comparable(self) -> tuple[Comparable, ...]:
        """Every policy that can be laid beside another: the one in force, those before it, those that ship."""
        found = list[Comparable]()
        for record in reversed(self._book.desk.records(self._book.desk.desk_strand)):
            if record.payload is not None and isinstance(record.payload.data, ProfileChanged):
                profile = read_profile(record.payload.data.text, record.payload.data.profile)
                words = "in force now" if not found else "in force before"
                title = f"{profile.title}, version {profile.version}: {words}"
                found.append(Comparable(key=f"here:{len(found)}", title=title, profile=profile))
        shipped = ((one.file_name, read_profile(one.text, one.file_name)) for one in policies())
        found += [Comparable(key=name, title=f"{one.title}: as it ships", profile=one) for name, one in shipped]
        return tuple(found)

    def _next(self, name: str) -> int:
        return max((one.version for one in self._versions() if one.name == name), default=0) + 1

    def changes(self, wanted: Mapping[str, str]) -> tuple[ChangeSeen, ...]:
        """What would be worded anew: before and after, in the profile's order; what is as it was is left out."""
        profile = self._book.school().procedure
        return tuple(
            ChangeSeen(address=part.address, where=f"{section.title}: {item.title} ({part.label})", before=part.value,
                       after=_clean(part, wanted[part.address]))
            for section in sections_of(profile)
            for item in section.items
            for part in item.parts
            if part.address in wanted and _clean(part, wanted[part.address]) != part.value
        )  # fmt: skip

    def problems(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """What is wrong with an edit, by the address of the text: each is tried alone, then all together."""
        texts = texts_of(self._book.school().procedure)
        found: dict[str, str] = {}
        for address, value in wanted.items():
            if address not in texts:
                raise InputError("The profile has no such text. Nothing was changed.")
            fault = _own_fault(texts[address], value) or self._fault({address: value}, texts)
            if fault:
                found[address] = fault
        if not found and wanted and (fault := self._fault(wanted, texts)):
            found[TOGETHER] = fault
        return found

    def _fault(self, wanted: Mapping[str, str], texts: Mapping[str, TextPart]) -> str:
        """What the profile's own reader says of it, with the key; nothing where it is sound."""
        try:
            self._read(self._worded(wanted, texts))
        except ProfileError as error:
            return _plain_fault(str(error), self._book.school().procedure.id)
        return ""

    def _read(self, text: str) -> Profile:
        return read_profile(text, self._book.school().procedure.id)

    def _text(self) -> str:
        """The profile in force as it was written."""
        for record in reversed(self._book.desk.records(self._book.desk.desk_strand)):
            if record.payload is not None and isinstance(record.payload.data, ProfileChanged):
                return record.payload.data.text
        raise ProcedureError("No policy profile is chosen yet. Choose one first.")

    def _worded(self, wanted: Mapping[str, str], texts: Mapping[str, TextPart]) -> str:
        """The profile with these texts, as its next version."""
        parts: dict[str, Any] = read_parts(self._text())
        for address, value in wanted.items():
            part = texts[address]
            clean = _clean(part, value)
            put(parts, address, clean.split("\n") if part.is_list else clean)
        parts["version"] = self._next(str(parts["id"]))
        if any(address.startswith("triage.") for address in wanted):
            worded = str(parts["triage"]["version"]).partition("+")[0]
            parts["triage"]["version"] = f"{worded}+{parts['version']}"
        return written(parts)

    def put_in_force(self, wanted: Mapping[str, str], me: Typed) -> int:
        """Write the edit as the next version; gives its number.

        Raises InputError with the first fault, ProcedureError, WrongPassphraseError; then the old one stays in force.
        """
        for words in self.problems(wanted).values():
            raise InputError(words)
        if not self.changes(wanted):
            raise InputError("Nothing is worded anew. The profile stays as it is.")
        self._settings.asked()
        self._settings.myself(me)
        return self._write(self._worded(wanted, texts_of(self._book.school().procedure)))

    def choose(self, choice: PolicyChoice, me: Typed) -> int:
        """Follow another policy from now on, or the shipped words of this one; gives its version."""
        self._settings.asked()
        self._settings.myself(me)
        parts = read_parts(choice.text)
        known = self._next(str(parts.get("id", "")))
        if known == 1:
            return self._write(choice.text)
        parts["version"] = known
        return self._write(written(parts))

    def _write(self, text: str) -> int:
        self._book.switch.ask_laptop()
        profile, desk = read_profile(text, "policy"), self._book.desk
        told = ProfileChanged(profile=profile.id, version=profile.version, text=text)
        desk.write(desk.desk_strand, told, at=self._book.now())
        return profile.version


def _clean(part: TextPart, value: str) -> str:
    """A text as it is kept: without blanks around it; a list without empty lines; one line where it is one."""
    if part.is_list:
        return "\n".join(line.strip() for line in value.splitlines() if line.strip())
    return " ".join(value.split()) if not part.long else value.strip()


def _own_fault(part: TextPart, value: str) -> str:
    """What is wrong with a text by itself, whatever the rest of the profile says."""
    clean = _clean(part, value)
    if not clean:
        return "" if part.optional else f"{part.address}: write something; this text cannot be empty"
    if len(clean) > LONGEST_TEXT:
        return f"{part.address}: too long, at most {LONGEST_TEXT:,} characters"
    try:
        if part.long:
            clean_text(clean)
        else:
            clean_name(clean)
    except InputError as error:
        return f"{part.address}: {error}"
    banned = next((words for words in BANNED_WORDS if words in clean.lower()), "")
    return f"{part.address}: the desk never says “{banned}”" if banned else ""


def _plain_fault(words: str, name: str) -> str:
    return words.removeprefix(f"{name}: ").removesuffix(" The profile was not loaded.").rstrip(".")
