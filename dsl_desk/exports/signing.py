"""Signatures as ordinary tools read them: detached CMS and signed PDF forms (format sections 5 and 6).

The door to `cms` and `signed_form`, which import their libraries only when something is signed or checked.
"""

from dsl_desk.exports.cms import OtherContentFault, SignatureFault, SignedBy, cms_detached, verify_cms
from dsl_desk.exports.signed_form import SignatureBox, sign_form, verify_signed_form, with_signature_fields
from dsl_desk.signatures import Signer

__all__ = [
    "OtherContentFault",
    "SignatureBox",
    "SignatureFault",
    "SignedBy",
    "Signer",
    "cms_detached",
    "sign_form",
    "verify_cms",
    "verify_signed_form",
    "with_signature_fields",
]
