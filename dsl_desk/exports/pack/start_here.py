"""START-HERE.txt: what a pack is, what it is not, and how anybody checks it with ordinary commands."""

from dsl_desk.domain.words import PackKind
from dsl_desk.exports.pack.contents import PackContents

SEAL_COMMAND = (
    "openssl cms -verify -binary -inform DER -in proof/tagmanifest.p7s -content bag/tagmanifest-sha256.txt "
    "-CAfile bag/school-root.pem -no-CApath -no-CAstore"
)

_KINDS = {
    PackKind.SIGNED_OFF: "Two senior members of staff reviewed this case and both signed the review form.",
    PackKind.AS_IT_STANDS: "UNSIGNED REVIEW. The record as it stood when it was handed over; no two people have\n"
    "signed it off.",
    PackKind.STOPPED: "The school stopped looking, because there might be pictures nobody there may look at.\n"
    "This pack holds words, times and devices. It holds no content of any device or page.",
}


def start_here(contents: PackContents) -> bytes:
    """The sheet for whoever opens the pack; it carries no fingerprint, which must come another way."""
    rehearsal = "REHEARSAL. Made up for practice; nobody in it is real.\n\n" if contents.rehearsal else ""
    text = f"""{rehearsal}START HERE
==========

Evidence pack {contents.number} of case {contents.case}, format dsl-desk/pack/1.

Read first:   bag/data/officer-summary.pdf   (two pages)
Then open:    bag/data/index.html            (works offline; lists everything)

WHAT THIS IS
Records a school's safeguarding lead kept with the program DSL Desk, with the papers made from
them and, where they could be handed over, the original bytes of each exhibit.
{_KINDS[contents.kind]}

WHAT THIS IS NOT
It is not a forensic copy of any device. It is what staff wrote and what a screen showed them.
The times in it are those of the school's laptop. The seal shows that nothing was changed since
it was sealed, and by whom; it does not show that what was written is true or complete.
Nothing in this folder is a program. If anything asks to be run, do not run it.

CHECKING IT WITH ORDINARY COMMANDS
Open a terminal in the folder that holds this file (with the folders bag and proof beside it).

1. Every file is as it was (no line may say FAILED):

cd bag && sha256sum --check --strict tagmanifest-sha256.txt && sha256sum --check --strict manifest-sha256.txt; cd ..

2. The list of files is as it was sealed (it must say: CMS Verification successful):

{SEAL_COMMAND}

3. The seal leads to this school's own root certificate (prints its fingerprint):

openssl x509 -in bag/school-root.pem -noout -fingerprint -sha256

On a Mac, write "shasum -a 256 --check" in place of "sha256sum --check --strict".

ON A WINDOWS PC WITHOUT THESE TOOLS
One file's SHA-256, to compare with its line in bag\\manifest-sha256.txt or bag\\tagmanifest-sha256.txt:

certutil -hashfile bag\\manifest-sha256.txt SHA256

The seal itself: "dsl-desk verify" of the same program, or openssl on another computer.

THE FINGERPRINT: ASK THE SCHOOL
Command 3 prints the fingerprint of the certificate that came with this pack. By itself it proves
nothing: whoever makes a false pack can put a false certificate in it. So ring the school on a
number you find elsewhere - the school's own website, the local authority, a directory, never a
number or an address from this pack - and ask the Headteacher or the safeguarding lead:
  1. to read you the fingerprint of the school root from the sheet in the school's safe;
  2. whether any certificate was withdrawn since this pack was sealed, and when.
If the fingerprint differs in a single place, do not rely on the seal; keep the pack and say so.
"""
    return text.encode("utf-8")
