"""A real window on the set-up desk, opened at its registers."""

import pytest

from tests.desks import set_up_once, stage
from tests.ui.opened import Hands, remember

__all__ = ["registers", "set_up_once", "stage"]


@pytest.fixture
def registers(qapp, theme, stage):
    """Somebody signed in, with the registers in sight: `registers("dsl")`."""
    opened: list[Hands] = []

    def open_them(name="dsl"):
        stage.lock()
        remember(stage.around, stage.desk_folder)
        hands = Hands(qapp, stage.around)
        opened.append(hands)
        hands.on("Unlock the desk")
        unlock(hands, stage, name)
        hands.on("What is waiting for me")
        hands.press("Registers")
        hands.on("Registers")
        return hands

    yield open_them
    for hands in opened:
        hands.close()


def unlock(hands, stage, name):
    secret = stage.cast.secret(name)
    hands.unlock(secret.sign_in_name, secret.passphrase)
