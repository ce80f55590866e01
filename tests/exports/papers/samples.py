"""Made-up contents of every paper, plainly invented, for the tests beside this file."""

from dsl_desk.exports.papers import Paper
from dsl_desk.exports.papers.chronology import Chronology, ChronologyLine
from dsl_desk.exports.papers.companion_note import CompanionNote
from dsl_desk.exports.papers.completeness import Completeness, CompletenessLine
from dsl_desk.exports.papers.disposal_certificate import DisposalCertificate, DisposedItem
from dsl_desk.exports.papers.exhibit_labels import ExhibitLabel, ExhibitLabels
from dsl_desk.exports.papers.frame import Fact, Noted, PageFrame
from dsl_desk.exports.papers.halt_card import HaltCard
from dsl_desk.exports.papers.handover_receipt import HandoverReceipt
from dsl_desk.exports.papers.laptop_taken import LaptopTaken
from dsl_desk.exports.papers.officer_summary import (
    AccountLine,
    ContactLine,
    DeviceLine,
    OfficerSummary,
    PersonLine,
    TimeLine,
    VanishingLine,
)
from dsl_desk.exports.papers.recovery_envelopes import RecoveryEnvelope, RecoveryEnvelopes
from dsl_desk.exports.papers.referral_sheet import ReferralSheet
from dsl_desk.exports.papers.review_record import (
    ActionLine,
    AttachmentLine,
    JudgementLine,
    ReviewerLine,
    ReviewRecord,
    SightingLine,
)
from dsl_desk.exports.papers.root_fingerprint import RootFingerprint
from dsl_desk.exports.papers.transport_cover import TransportCover
from dsl_desk.exports.summary import (
    Confirmation,
    GovernorSummary,
    PublishedCell,
    PublishedFact,
    PublishedRow,
    PublishedTable,
    Withheld,
)
from tests.exports.papers.register_samples import register_papers

HEAD = "3f9c02d4a1b85e6677889900aabbccddeeff00112233445566778899aabbccdd"
TAG = "a1" * 32


def frame(
    *, banner: str = "", rehearsal: bool = False, school: str = "Northfield Example School", at_entry: int | None = 41
) -> PageFrame:
    return PageFrame(
        school=school,
        reference="MI-2026-K7Q4",
        head=HEAD,
        at_entry=at_entry,
        printed_at="24 November 2026, 14:02 +00:00",
        printed_by="Pat Example",
        banner=banner,
        rehearsal=rehearsal,
    )


def review_record(
    lines: int = 4, *, purpose: str = "", judged: bool = True, odd: str = "", after_signing: tuple[str, ...] = ()
) -> ReviewRecord:
    judgements = (
        JudgementLine(
            reviewer="Sam Sample",
            judgement="Substance",
            reasons="Four posts name or clearly mean two pupils, and the replies amount to bullying.",
            at="18 November 2026, 11:10",
        ),
        JudgementLine(
            reviewer="Pat Example",
            judgement="Cannot tell",
            reasons="The account uses the badge, but who runs it cannot be told from what was seen.",
            at="18 November 2026, 11:25",
        ),
    )
    return ReviewRecord(
        date="18 November 2026",
        started="10:05",
        ended="10:52",
        place="Room 14, main building" + odd,
        reason="A pupil told her form tutor that an account using the school badge posts remarks about pupils." + odd,
        purpose=purpose or "Find out who runs the account and which posts name pupils. Stop at once if not sure.",
        reviewers=(
            ReviewerLine(name="Sam Sample" + odd, position="Deputy DSL"),
            ReviewerLine(name="Pat Example", position="DSL"),
        ),
        device="Staff tablet 04, Examplia T10",
        device_serial="EX-0004-7781",
        device_state="DSL's office, switched off, locked away before. Not used by pupils. The same throughout.",
        access="Guest network, filter group “review”, given by the IT provider; ended 18 November 2026, 12:00.",
        declaration="“I know of nothing that should go to others first. I will stop at once if I am not sure.” Both.",
        lines=tuple(
            SightingLine(
                number=n,
                time=f"10:{10 + n}",
                address=f"https://social.example.invalid/northfield-confessions/post/{n * 1234567}" + odd,
                concern="A post naming a pupil by nickname and form, with replies that mock how she speaks." + odd,
                exhibit=f"PE/{n}" if n % 2 else "",
            )
            for n in range(1, lines + 1)
        ),
        skipped=(("8 Supplied material", "Nobody brought any."),),
        judgements=judgements if judged else (),
        conclusion="There is substance: online bullying of two pupils. Who runs the account cannot be told.",
        actions=(
            ActionLine(action="Report the account to the platform", who="Sam Sample", by_when="18 November 2026"),
            ActionLine(action="Speak with both pupils and their parents", who="Pat Example", by_when="19 November"),
        ),
        attachments=(AttachmentLine(mark="PE/1", sha256="01" * 32), AttachmentLine(mark="PE/3", sha256="0f" * 32)),
        statement="We were both there for the review, and this record with all its pages is a true account of it.",
        kept_at="Safe in the DSL's office, blue folder" + odd,
        after_signing=after_signing,
    )


def officer_summary(*, times: int = 1, odd: str = "") -> OfficerSummary:
    return OfficerSummary(
        who_to_ring=(
            ContactLine(name="Pat Example" + odd, role="DSL", number="01632 960101", when="08:00–17:00"),
            ContactLine(name="Sam Sample", role="Deputy DSL", number="01632 960102", when="after 17:00"),
        ),
        allegation=Noted(
            text="A person calling himself “coach_k” asked a pupil, 13, for pictures and offered game credit, by "
            "messages on 16 and 17 November. No picture was sent, as far as the pupil says." + odd,
            entry=4,
        ),
        people=(
            PersonLine(
                full_name="Robin Madeup" + odd,
                part="Pupil, 13",
                date_of_birth="2 March 2013",
                address="1 Sample Lane, Northfield",
                parent_contact="Jo Madeup, 01632 960103",
                entry=5,
            ),
            PersonLine(full_name="Not known (“coach_k”)", part="Subject", entry=6),
        )
        * times,
        devices=(
            DeviceLine(
                item="Telephone, Examplia P3, blue",
                serial_or_imei="35-000000-000000-0",
                power="on, in a bag",
                touched_by="Robin; Sam Sample (to the safe)",
                pin_known="Known; in a sealed note",
                entry=9,
            ),
        )
        * times,
        accounts=(
            AccountLine(
                platform="Gamechat (made up)",
                user_name="coach_k",
                whose="subject",
                entry=7,
                profile_address="https://gamechat.example.invalid/u/coach_k?ref=northfield" + odd,
            ),
        )
        * times,
        times=(
            TimeLine(what="First message", utc="2026-11-16 18:40", local="16 November 2026, 18:40", entry=7),
            TimeLine(what="Told Sam Sample", utc="2026-11-18 08:55", local="18 November 2026, 08:55", entry=1),
        )
        * times,
        log_provers=(Noted(text="IT provider: filter log of 16 and 17 November, kept 30 days.", entry=11),) * times,
        said_to_suspect=(Noted(text="Nothing. The account was not written to.", entry=12),) * times,
        vanishing=(
            VanishingLine(
                what="Filter log", when="16 December 2026", preservation="Asked of IT, 18 November, 09:40", entry=11
            ),
            VanishingLine(what="CCTV gate B", when="25 November 2026", preservation="Not asked", entry=13),
        )
        * times,
        not_done=(
            Noted(text="Nobody opened the telephone, and nobody rang the parents before police." + odd, entry=14),
        )
        * times,
        reviewed=True,
    )


def chronology(lines: int = 12, *, odd: str = "") -> Chronology:
    entries = [
        ChronologyLine(
            number=n,
            utc=f"2026-11-18 09:{n % 60:02}:00",
            local=f"18 November 2026, 09:{n % 60:02}",
            who="Sam Sample, Deputy DSL" + odd,
            what="Sighting recorded" if n % 3 else "Call logged",
            text=f"Entry text {n}: a post naming a pupil by nickname, with replies that mock how she speaks." + odd,
        )
        for n in range(1, lines + 1)
    ]
    entries.append(
        ChronologyLine(
            number=lines + 1,
            utc="2026-11-18 11:00:00",
            local="18 November 2026, 11:00",
            who="Pat Example, DSL",
            what="Correction",
            text="The nickname was on the second post, not on the first.",
            corrects=2,
        )
    )
    entries.append(
        ChronologyLine(
            number=lines + 2,
            utc="2026-11-18 11:05:00",
            local="18 November 2026, 11:05",
            who="Pat Example, DSL",
            what="Legal advice recorded",
            withheld="privilege",
        )
    )
    return Chronology(lines=tuple(entries), note="Local time is Europe/London.", reviewed=True)


def exhibit_labels(count: int = 5, *, odd: str = "") -> ExhibitLabels:
    return ExhibitLabels(
        labels=tuple(
            ExhibitLabel(
                mark=f"PE/{n}",
                description="Screenshot of a made-up page, the profile “northfield-confessions”, 4 posts shown." + odd,
                produced_by="Pat Example" + odd,
                role="DSL",
                at="18 November 2026, 10:14 +00:00",
                sha256=f"{n:02x}" * 32,
                seal_number=f"N 0047{n}",
            )
            for n in range(1, count + 1)
        )
    )


def governor_summary(*, rehearsal: bool = False) -> GovernorSummary:
    def cell(value: int | None) -> PublishedCell:
        return PublishedCell(value=value, withheld=Withheld.PROTECTS_PEOPLE if value is None else None)

    rows = {
        "Bullying online": (12, 9, 7, 28),
        "Unsuitable content": (14, None, None, 23),
        "Contact by strangers": (6, None, None, 13),
        "Misuse of school accounts": (11, 8, 6, 25),
        "All": (43, 22, 24, 89),
    }
    groups = ("Years 7–9", "Years 10–11", "Years 12–13", "Total")
    classes = {"Content": (23, 20), "Contact": (13, 9), "Conduct": (53, 41), "Commerce": (None, None)}
    return GovernorSummary(
        school="Northfield Example School",
        site="Main site",
        period_label="Autumn term 2026",
        period_from="2026-09-01",
        period_to="2026-12-18",
        threshold=5,
        small_school=False,
        body="Full governing body",
        tables=(
            PublishedTable(
                id="category",
                title="Cases by concern and year group",
                columns=groups,
                rows=tuple(PublishedRow(label=k, cells=tuple(map(cell, v)), total=k == "All") for k, v in rows.items()),
            ),
            PublishedTable(
                id="risk-class",
                title="Cases by risk class",
                columns=("This period", "Period before"),
                rows=tuple(PublishedRow(label=k, cells=tuple(map(cell, v))) for k, v in classes.items()),
                previous_period=True,
            ),
        ),
        filtering_and_monitoring=(
            PublishedFact(label="Checks done", value="6 of 6"),
            PublishedFact(label="Last review", value="October 2026; next due October 2027"),
        ),
        other_facts=(PublishedFact(label="Staff training", value="Delivered to all teaching staff"),),
        themes=("Unkind group chats", "Games that ask for money"),
        lessons=("Teach reporting routes again in Year 7",),
        confirmed=(
            Confirmation(role="DSL", at_utc="2026-12-18T10:00:00.000000Z", acted_as="prepared"),
            Confirmation(role="Headteacher", at_utc="2026-12-18T11:00:00.000000Z", acted_as="released"),
        ),
        rehearsal=rehearsal,
    )


def other_papers(*, odd: str = "") -> dict[str, Paper]:
    return {
        "completeness": Completeness(
            looked_at=(CompletenessLine(item="Profile page and 4 posts" + odd, entry=9),),
            not_looked_at=(CompletenessLine(item="Private messages", reason="No access, and none sought." + odd),),
            withheld=(CompletenessLine(item="PE/4", reason="Third parties", entry=22),),
            quarantined=(CompletenessLine(item="PE/5", reason="Quarantined at the stop", entry=30),),
            entries_withheld=(CompletenessLine(item="Legal advice", reason="privilege", entry=14),),
            reviewed=True,
        ),
        "referral-sheet": ReferralSheet(
            to="Northfield MASH, 01632 960199",
            reason="Risk of significant harm: an adult asks a child for pictures." + odd,
            people=("Robin Madeup, 13" + odd, "“coach_k”, not known"),
            by="Sam Sample, Deputy DSL",
            hold_back=(("Subject", "wait"), ("Parents", "wait until police have rung back"), ("Press", "wait")),
        ),
        "halt-card": HaltCard(
            numbers=(
                Fact(label="DSL", value="Pat Example, 01632 960101" + odd),
                Fact(label="Headteacher", value="Alex Invented, 01632 960100"),
                Fact(label="Chair of Governors", value="Kim Fictional, 01632 960110"),
                Fact(label="LADO", value="01632 960120"),
                Fact(label="MASH, day and night", value="01632 960199 / 01632 960198"),
            )
        ),
        "root-fingerprint": RootFingerprint(
            fingerprint=HEAD[::-1],
            made_at="1 September 2026, 09:00 +01:00",
            kept_by=("School safe" + odd, "Chair of Governors, minutes of 14 September"),
        ),
        "recovery-envelopes": RecoveryEnvelopes(
            envelopes=tuple(
                RecoveryEnvelope(
                    letter=letter,
                    generation=1,
                    custodian=who + odd,
                    kept_where="Sealed, at home",
                    printed_code=f"{letter}1: 0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV",
                )
                for letter, who in (("A", "Kim Fictional, Chair"), ("B", "School safe"), ("C", "Example Trust"))
            ),
            made_at="1 September 2026",
        ),
        "laptop-taken": LaptopTaken(
            make="Examplia Book 14, asset 0231",
            serial="EXB14-00231" + odd,
            encryption="Whole disk (LUKS), desk AES-256",
            power_state="as found: write below",
            account_ids=("0123456789abcdef" * 2, "fedcba9876543210" * 2),
            last_backup="17 November 2026, on stick no. 2, in the safe",
        ),
        "handover-receipt": HandoverReceipt(
            pack_name="MI-2026-K7Q4-pack-1",
            pack_kind="signed-off",
            pack_number=1,
            tag_manifest_sha256=TAG,
            sealed_by=("Pat Example", "Sam Sample" + odd),
            recipient="Police",
            medium="USB stick, serial EX-USB-77",
            transport="By hand on an encrypted stick in a sealed bag",
            files="41 files, 12.4 MB",
            contents=("Officer summary", "Review record, signed", "2 exhibits"),
            seal_number="N 00481",
            signed_off="Signed off by Sam Sample and Pat Example at 41",
            verdict="Read back from the medium: whole",
            handed_over_by="Pat Example",
        ),
        "disposal-certificate": DisposalCertificate(
            items=(
                DisposedItem(
                    item="Record of strand 0123456789abcdef0123456789abcdef" + odd,
                    rule="Date of birth + 25",
                    due="2 March 2038",
                    method="Key destroyed, files erased",
                ),
            ),
            done_at="3 March 2038, 10:00 +00:00",
            authorised_by="Alex Invented, Headteacher",
            done_by="Pat Example, DSL",
            checks=(("Legal hold", "none"), ("Subject access request open", "none"), ("Open referral", "none")),
            backups_with_keys=("17 February 2038, stick no. 4",),
            entry_digest=TAG,
        ),
        "governor-summary": governor_summary(),
        "companion-note": CompanionNote(
            text="MI-2026-K7Q4 detail held by DSL. Robin spoke with Sam Sample on 18 November about unkind messages. "
            "Parents told 19 November. Another pupil is involved. Weekly check-in with form tutor until Christmas.",
            main_system="the school's main system",
            about="Robin Madeup, 9B" + odd[:40],
        ),
        "transport-cover": TransportCover(
            pack_name="MI-2026-K7Q4-pack-1.zip",
            to="Northfield Police, digital desk" + odd,
            sent_by="Pat Example, DSL",
            way="AES ZIP, uploaded from another machine",
            aes_zip=True,
            tag_manifest_sha256=TAG,
            passphrase_goes="by telephone, to the officer named",
            purpose="So that the police can look into it and protect children" + odd,
            basis="Public task and safeguarding of children. Privacy notice: school office." + odd,
            files="1 file, 12.4 MB",
        ),
    }


def every_paper(*, odd: str = "") -> dict[str, Paper]:
    return {
        "form": review_record(odd=odd),
        "officer-summary": officer_summary(odd=odd),
        "chronology": chronology(odd=odd),
        "exhibit-labels": exhibit_labels(odd=odd),
        **other_papers(odd=odd),
        **register_papers(odd=odd),
    }
