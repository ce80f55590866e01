"""To others: referred or not, what they answered; one person may always refer (flows section 6)."""

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_words import Agency
from dsl_desk.domain.follow_up_entries import ReferralDeclined, ReferralMade, ReplyReceived
from dsl_desk.domain.policy import Profile
from dsl_desk.domain.referral import usual_authors
from dsl_desk.domain.words import StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.posts import post_words


def usual_author_words(profile: Profile | None) -> str:
    """Who normally refers to the LADO and who to everybody else (provision P-054), in the school's words for posts."""

    def who(agency: Agency) -> str:
        return " or ".join(post_words(role.value, profile) for role in usual_authors(agency))

    lado, others = who(Agency.LADO), who(Agency.POLICE)
    return f"Normally: {lado} to the LADO; {others} to everybody else. Write who really makes it."


class ReferralService:
    """Referrals, decisions not to refer, and replies."""

    def __init__(self, book: CaseBook) -> None:
        self._book = book

    def refer(self, strand: StrandId, referral: ReferralMade) -> Case:
        """The matter goes to an agency."""
        return self._book.record(strand, lambda case, me: case.refer(me, referral))

    def decline(self, strand: StrandId, declined: ReferralDeclined) -> Case:
        """Decided not to refer, with the reasons."""
        return self._book.record(strand, lambda case, me: case.decline_referral(me, declined))

    def reply(self, strand: StrandId, reply: ReplyReceived) -> Case:
        """What an agency answered."""
        return self._book.record(strand, lambda case, me: case.reply_received(me, reply))
