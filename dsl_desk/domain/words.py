"""The trade's vocabulary as types, so that one word means one thing everywhere."""

import enum
import re
from typing import NewType

DeskId = NewType("DeskId", str)
StrandId = NewType("StrandId", str)
AccountId = NewType("AccountId", str)
SessionId = NewType("SessionId", str)
BlobId = NewType("BlobId", str)
DeviceId = NewType("DeviceId", str)
PersonId = NewType("PersonId", str)
CaseRef = NewType("CaseRef", str)
Digest = NewType("Digest", str)
Mark = NewType("Mark", str)

ROOT_ACCOUNT = AccountId("root")
"""The school root as second signer, opened by two recovery codes."""

IDENTIFIER = re.compile(r"[0-9a-f]{32}")
CASE_REF = re.compile(r"MI-[0-9]{4}-[23456789ABCDEFGHJKMNPQRSTVWXYZ]{4}")
CASE_REF_SYMBOLS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
MARK = re.compile(r"[A-Z]{2,4}[2-9]?/[1-9][0-9]*")


class Role(enum.Enum):
    """What an account holder is in the school; conflict rules test the person, never the role."""

    DSL = "dsl"
    DEPUTY = "deputy"
    OSL = "osl"
    HEADTEACHER = "headteacher"
    SENIOR = "senior"
    CHAIR = "chair"
    DPO = "dpo"


class Duty(enum.Enum):
    """Further things an account may do."""

    ISSUER = "issuer"


class Answer(enum.Enum):
    """The three answers of triage, equal in size, none preset."""

    YES = "yes"
    NO = "no"
    NOT_SURE = "not_sure"


class Grade(enum.Enum):
    """How far a case is stopped (flows section 1), in rising order."""

    OPEN = "open"
    POLICE_FIRST = "police_first"
    STOP_IMAGES = "stop_images"

    @property
    def rank(self) -> int:
        """0 for open; the higher the more is closed."""
        return list(Grade).index(self)


class SubjectKind(enum.Enum):
    """Whom a concern is about (flows sections 2 and 5)."""

    PUPIL = "pupil"
    STAFF = "staff"
    HEADTEACHER = "headteacher"
    DSL = "dsl"
    CHAIR = "chair"
    DESK_USER = "desk_user"
    OTHER_ADULT = "other_adult"
    NOT_KNOWN = "not_known"


class PackKind(enum.Enum):
    """The three kinds of evidence pack (format section 6)."""

    SIGNED_OFF = "signed-off"
    AS_IT_STANDS = "as-it-stands"
    STOPPED = "stopped"


class StrandKind(enum.Enum):
    """What a strand of the journal tells of."""

    DESK = "desk"
    CASE = "case"
    REGISTER = "register"


class BlobClass(enum.Enum):
    """What a sealed file holds."""

    EXHIBIT = "exhibit"
    PAPER = "paper"
    SCAN = "scan"
    IMPORT = "import"
    RECEIPT = "receipt"
