"""How words are compared when somebody looks for them; the first window needs it, so it imports nothing."""

from typing import Final

_STRAIGHT: Final = str.maketrans("‘’“”", "''\"\"")


def folded(text: str) -> str:
    """Large letters as small ones, a curly apostrophe as a straight one.

    Keyboards give the straight one, papers and word processors the curly one; whoever types one means both.
    """
    return text.casefold().translate(_STRAIGHT)
