"""The matters on file, by kind: what each is, and its official outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.render.texts import texts
from assent.web.pages.setting import environment
from assent.web.pages.share import share

if TYPE_CHECKING:
    from assent.api import Library
    from assent.web.address import Address


def matters_page(ask: Address, library: Library) -> str:
    """The matters on file.

    Raises
    ------
    QueryError
        No matter is of the kind asked for.
    """
    said = texts(library.place)
    chosen = ask.option("kind")
    found = library.list_matters(chosen)
    kinds = list(dict.fromkeys(row.kind for row in library.list_matters().matters))
    groups = [
        (said.kind(kind), [(row, ask.__class__("matter", row.id).url()) for row in found.matters if row.kind == kind])
        for kind in kinds
        if not chosen or kind == chosen
    ]
    context = {
        "kind": "matters",
        "chosen": chosen,
        "groups": groups,
        "filters": [
            ("All", ask.changed(kind="").url(), not chosen),
            *((said.kind(kind).many, ask.changed(kind=kind).url(), kind == chosen) for kind in kinds),
        ],
        "share": share(
            ask,
            title="The matters on file",
            method="list_matters",
            command=found.reproduce,
            versions=found.versions,
            dated=False,
        ),
        "versions": found.versions,
    }
    return environment.get_template("matters.html").render(context)
