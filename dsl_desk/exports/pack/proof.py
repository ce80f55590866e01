"""The seal of one pack: keys that can sign one tag manifest, of one number, once."""

from collections.abc import Sequence

from dsl_desk.domain.encoding import sha256_hex
from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.words import CaseRef
from dsl_desk.exports.cms import cms_detached
from dsl_desk.signatures import Signer, certificate_der, certificate_sha256


class Sealing:
    """Leave to seal one pack, given before it is written (a passphrase is never asked for afterwards).

    It signs only a tag manifest that lists a bag-info.txt of this case and number,
    and only once; then it holds no keys any more.
    """

    def __init__(self, *, case: CaseRef, number: int, signers: Sequence[Signer]) -> None:
        self.case, self.number = case, number
        self._signers: tuple[Signer, ...] | None = tuple(signers)
        self.people = tuple((one.name, certificate_sha256(one.certificate)) for one in signers)
        """Name and certificate of each sealer, in the order they were given."""
        self.certificates = tuple(certificate_der(one.certificate) for one in signers)
        """DER of the sealers' certificates, in the same order."""
        if not signers or len({name for _, name in self.people}) != len(self.people):
            raise ProcedureError("A pack is sealed by one person, or by two different ones. Nothing was sealed.")

    def seal(self, tag_manifest: bytes, bag_info: bytes) -> bytes:
        """The detached CMS over this tag manifest; raises ProcedureError for any other pack or a second time."""
        signers, self._signers = self._signers, None
        lines = bag_info.split(b"\n")
        listed = f"{sha256_hex(bag_info)}  bag-info.txt".encode()
        wanted = (f"External-Identifier: {self.case}".encode(), f"Pack-Number: {self.number}".encode())
        if signers is None:
            raise ProcedureError("This leave to seal was used already. Start the pack anew.")
        if listed not in tag_manifest.split(b"\n") or any(lines.count(line) != 1 for line in wanted):
            raise ProcedureError("This leave to seal is for another pack. Nothing was sealed.")
        return cms_detached(tag_manifest, signers)
