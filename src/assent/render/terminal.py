"""A page on a terminal: the same lines in colours that hold on a light and on a dark ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.render.text import encodable, lines

if TYPE_CHECKING:
    from rich.console import Console

    from assent.render.page import Page

WIDEST = 110
STYLES = {
    "": "",
    "pass": "green",
    "fail": "red",
    "open": "magenta",
    "strong": "bold",
    "quiet": "dim",
    "code": "bright_blue",
    "heading": "bold underline",
}


def show(page: Page, console: Console) -> None:
    """Print a page.

    Parameters
    ----------
    page
        What to print.
    console
        Where; its width is used up to a readable length of line.
    """
    from rich.text import Text

    for line in lines(page, min(console.width, WIDEST)):
        text = Text(no_wrap=True, overflow="ignore")
        for span in line:
            text.append(encodable(span.text, console.encoding), style=STYLES[span.role])
        console.print(text, soft_wrap=True, highlight=False)
