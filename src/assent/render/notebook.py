"""Results in a notebook: they show themselves as pages, not as fields."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from assent.render.pages import RESULTS

if TYPE_CHECKING:
    from collections.abc import Callable


def register(text: Callable[[Any], str], html: Callable[[Any], str]) -> bool:
    """Teach a running IPython to show results.

    Parameters
    ----------
    text, html
        What turns a result into plain text and into HTML.

    Returns
    -------
    bool
        Whether IPython is running; without it nothing is done.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None:
        return False
    for module, name in RESULTS:
        formatters = shell.display_formatter.formatters
        formatters["text/html"].for_type_by_name(module, name, html)
        formatters["text/plain"].for_type_by_name(module, name, lambda result, out, _: out.text(text(result)))
    return True
