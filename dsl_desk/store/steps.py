"""A place where work may be watched, or cut off, between two durable steps.

Everything that must survive a loss of power calls `steps(name)` after each thing
that has reached the disk. The program passes `no_steps`; the tests pass a hook
that ends the process there, and then look at what is left.
"""

from collections.abc import Callable

Steps = Callable[[str], None]
"""Called with a plain name after something became durable."""


def no_steps(_name: str) -> None:
    """Watch nothing: what the program itself passes."""
