"""The stop, as people meet it: one key over everything, two buttons, and the page that says what to do."""

from dsl_desk.ui.halt.keys import KeyWatch, clear_the_screen
from dsl_desk.ui.halt.screen import HaltScreen
from dsl_desk.ui.halt.values import HaltState, Stopped
from dsl_desk.ui.halt.words import StopWords

__all__ = ["HaltScreen", "HaltState", "KeyWatch", "StopWords", "Stopped", "clear_the_screen"]
