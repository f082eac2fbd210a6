"""A drawing as a picture: SVG to PNG, with the letters that ship with the typesetter, the same on every machine."""

from __future__ import annotations

INCH = 192  # dots, two for each unit of a drawing
_PAGE = """\
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg")
"""


def png(svg: str) -> bytes:
    r"""An SVG as PNG, two dots to the unit.

    Examples
    --------
    >>> png('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>')[:4]
    b'\x89PNG'
    """
    import typst

    made = typst.compile(_PAGE.encode(), format="png", ppi=INCH, sys_inputs={"svg": svg}, ignore_system_fonts=True)
    return bytes(made)
