"""Time stamps as openssl makes them: read strictly, trusted only with a root the reader gives."""

from __future__ import annotations

import random  # noqa: TID251 - a seeded choice of what to damage; nothing secret comes of it
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dsl_desk.domain.words import PackKind
from dsl_desk.exports.cms import OtherContentFault, SignatureFault
from dsl_desk.exports.pack.bag import finish
from dsl_desk.exports.pack.verifier import verify_pack
from dsl_desk.exports.time_stamps import verify_time_stamp
from tests.exports.pack.kit import BOOK, case

CONTENT = b"the list of digests\n"
CONFIG = """[tsa]
default_tsa=t
[t]
serial={0}/serial
signer_cert={0}/tsa.crt
signer_key={0}/tsa.key
certs={0}/ca.crt
signer_digest=sha256
default_policy=1.2.3.4.1
digests=sha256,sha384
accuracy=secs:1
ordering=yes
tsa_name=yes
ess_cert_id_chain=no
"""


def openssl(*command: str | Path) -> None:
    subprocess.run(["openssl", *map(str, command)], check=True, capture_output=True)


@pytest.fixture(scope="module", params=["ec", "rsa"])
def authority(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    at = tmp_path_factory.mktemp("tsa")
    kind = ("ec", "-pkeyopt", "ec_paramgen_curve:P-256") if request.param == "ec" else ("rsa:2048",)
    made = ("-keyout", at / "ca.key", "-out", at / "ca.crt", "-days", "9999", "-subj", "/CN=Test TSA root")
    openssl("req", "-x509", "-newkey", *kind, "-nodes", *made)
    openssl(
        "req", "-newkey", *kind, "-nodes", "-keyout", at / "tsa.key", "-out", at / "tsa.csr", "-subj", "/CN=Test TSA"
    )
    (at / "ext").write_text("extendedKeyUsage=critical,timeStamping\nkeyUsage=digitalSignature\n")
    openssl("x509", "-req", "-in", at / "tsa.csr", "-CA", at / "ca.crt", "-CAkey", at / "ca.key", "-CAcreateserial",
            "-days", "9000", "-extfile", at / "ext", "-out", at / "tsa.crt")  # fmt: skip
    (at / "config").write_text(CONFIG.format(at))
    (at / "serial").write_text("01\n")
    return at


def stamp(authority: Path, content: bytes, *, chain: bool = True, digest: str = "-sha256") -> bytes:
    (authority / "content").write_bytes(content)
    more = ["-cert"] if chain else []
    openssl("ts", "-query", "-data", authority / "content", digest, *more, "-out", authority / "query")
    openssl(
        "ts", "-reply", "-config", authority / "config", "-queryfile", authority / "query", "-out", authority / "reply"
    )
    return (authority / "reply").read_bytes()


def root_of(authority: Path) -> bytes:
    return x509.load_pem_x509_certificate((authority / "ca.crt").read_bytes()).public_bytes(Encoding.DER)


@pytest.mark.parametrize("digest", ["-sha256", "-sha384"])
def test_a_stamp_holds_and_is_trusted_only_with_its_root(authority: Path, digest: str) -> None:
    reply = stamp(authority, CONTENT, digest=digest)
    found = verify_time_stamp(reply, CONTENT, [])
    assert (found.authority, found.trusted) == ("Test TSA", False)
    assert verify_time_stamp(reply, CONTENT, [root_of(authority)]).trusted


def test_a_stamp_over_other_content_is_told_apart(authority: Path) -> None:
    with pytest.raises(OtherContentFault):
        verify_time_stamp(stamp(authority, CONTENT), b"other", [])


def test_a_stamp_without_its_certificate_cannot_be_checked(authority: Path) -> None:
    with pytest.raises(SignatureFault):
        verify_time_stamp(stamp(authority, CONTENT, chain=False), CONTENT, [])


@pytest.mark.parametrize("raw", [b"", b"\x30\x03\x02\x01\x00", b"\x30\x80", bytes(2 << 20)])
def test_what_is_no_stamp_is_refused_in_words(raw: bytes) -> None:
    with pytest.raises(SignatureFault):
        verify_time_stamp(raw, CONTENT, [])


def test_no_changed_byte_passes(authority: Path, heavy: Callable[[int, int], int]) -> None:
    reply = stamp(authority, CONTENT)
    chance = random.Random(9)
    for at in sorted(chance.sample(range(len(reply)), heavy(150, len(reply)))):
        changed = reply[:at] + bytes([reply[at] ^ 1 << chance.randrange(8)]) + reply[at + 1 :]
        with pytest.raises(SignatureFault):
            verify_time_stamp(changed, CONTENT, [])


def test_a_pack_with_a_stamp_says_whose_and_names_it_where_it_does_not_fit(authority: Path, tmp_path: Path) -> None:
    pack = finish(case(PackKind.AS_IT_STANDS).write(tmp_path, "C"))
    path = pack / "proof/tagmanifest.tsr"
    path.write_bytes(stamp(authority, (pack / "bag/tagmanifest-sha256.txt").read_bytes()))
    verdict = verify_pack(pack, book=BOOK)
    assert verdict.good, verdict.failures
    assert "Time stamp of Test TSA" in "\n".join(verdict.lines())
    trusted = verify_pack(pack, book=BOOK, time_stamp_roots=[root_of(authority)]).time_stamp
    assert trusted is not None
    assert trusted.trusted
    path.write_bytes(stamp(authority, CONTENT))
    assert {failure.path for failure in verify_pack(pack, book=BOOK).failures} == {"proof/tagmanifest.tsr"}
    shutil.rmtree(pack)
