"""The seal of one pack: keys that can sign one tag manifest, of one number, once."""

from collections.abc import Sequence

from dsl_desk.domain.words import CaseRef
from dsl_desk.signatures import Signer


class Sealing:
    """Leave to seal one pack, given before it is written (a passphrase is never asked for afterwards).

    It signs only a tag manifest that lists a bag-info.txt of this case and number,
    and only once; then it holds no keys any more.
    """

    def __init__(self, *, case: CaseRef, number: int, signers: Sequence[Signer]) -> None:
        self.case, self.number = case, number
        self._signers = tuple(signers)

    @property
    def certificates(self) -> tuple[bytes, ...]:
        """DER of the sealers' certificates, in the order they were given."""
        raise NotImplementedError

    def seal(self, tag_manifest: bytes, bag_info: bytes) -> bytes:
        """The detached CMS over this tag manifest; raises ProcedureError for any other pack or a second time."""
        raise NotImplementedError
