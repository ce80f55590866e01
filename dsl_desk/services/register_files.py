"""The registers of the program, each one file of `resources/registers`."""

from dsl_desk.domain.errors import ProfileError
from dsl_desk.domain.register_checks import read_kind
from dsl_desk.domain.register_kinds import RegisterKind
from dsl_desk.paths import resources


def shipped_kinds() -> tuple[RegisterKind, ...]:
    """Every register of the program in order; raises ProfileError naming file, key and fault."""
    found: dict[str, RegisterKind] = {}
    for place in sorted((resources() / "registers").glob("*.toml")):
        kind = read_kind(place.read_text(encoding="utf-8"), place.name)
        if kind.id in found:
            raise ProfileError(
                f"{place.name}: id: there are two registers named {kind.id}. The register was not loaded."
            )
        found[kind.id] = kind
    return tuple(sorted(found.values(), key=lambda kind: (kind.order, kind.id)))
