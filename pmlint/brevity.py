"""As much of a text as a message has room for."""


def shortened(text: str, most: int) -> str:
    """The text in at most so many characters; the last of them tells that something is left out."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
