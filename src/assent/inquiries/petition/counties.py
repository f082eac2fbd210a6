"""County files: what somebody typed of each county, as filed or as reported, checked row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from assent.errors import QueryError, UnknownName
from assent.inquiries.counting.votes import typed_rows
from assent.inquiries.petition.assumed import share_of, whole_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction
    from pathlib import Path

    from assent.inquiries.counting.votes import Row
    from assent.models.petition.certificate import Method

COUNTY, RAW, VALIDITY, DUPLICATES = "county", "raw", "validity", "duplicates"
SAMPLE, VALID = "sample", "valid"
MOST = 3 * 10**7  # as many as the models work out; no state has as many voters


class Filed(NamedTuple):
    """What is filed in a county: signatures, and what is believed of them where the file says so."""

    county: str
    raw: int
    validity: Fraction | None
    duplicates: Fraction | None


class Report(NamedTuple):
    """What a county has reported; ``sample``, ``valid`` and ``duplicates`` are ``None`` while it is out."""

    county: str
    raw: int
    sample: int | None
    valid: int | None
    duplicates: int | None
    line: int


def read_filed(file: Path, counties: Mapping[str, int]) -> tuple[Filed, ...]:
    """Signatures by county: ``county, raw[, validity][, duplicates]``.

    Parameters
    ----------
    counties
        The counties there are.

    Raises
    ------
    QueryError
        A row is wrong, with file, line, value and remedy.
    """
    found = []
    for row, county in _rows(file, (COUNTY, RAW), (VALIDITY, DUPLICATES), counties):
        shares = {}
        for column in (VALIDITY, DUPLICATES):
            said = row.cells.get(column, "")
            shares[column] = share_of(said, _at(file, row, column)) if said else None
        raw = whole_of(row.cells[RAW], _at(file, row, RAW), MOST)
        found.append(Filed(county, raw, shares[VALIDITY], shares[DUPLICATES]))
    if not sum(county.raw for county in found):
        raise QueryError("No signature is filed in any county.", where=str(file), remedy="Give some county signatures.")
    return tuple(found)


def read_reports(file: Path, counties: Mapping[str, int], method: Method) -> tuple[Report, ...]:
    """Reports by county: ``county, raw, sample, valid, duplicates``; the last three empty while a county is out.

    A county that checked every signature writes its raw count as the sample.

    Raises
    ------
    QueryError
        A row is wrong, with file, line, value and remedy.
    """
    return tuple(
        _report(file, row, county, method)
        for row, county in _rows(file, (COUNTY, RAW, SAMPLE, VALID, DUPLICATES), (), counties)
    )


def _report(file: Path, row: Row, county: str, method: Method) -> Report:
    raw = whole_of(row.cells[RAW], _at(file, row, RAW), MOST)
    given = [column for column in (SAMPLE, VALID, DUPLICATES) if row.cells[column]]
    if not given:
        return Report(county, raw, None, None, None, row.line)
    for column in (SAMPLE, VALID):
        if column not in given:
            raise QueryError(
                f"{county} has {' and '.join(given)} and no {column}.",
                where=_at(file, row, column),
                remedy="Fill sample, valid and duplicates, or leave all three empty while the county is out.",
            )
    sample, valid = (whole_of(row.cells[column], _at(file, row, column), MOST) for column in (SAMPLE, VALID))
    if not row.cells[DUPLICATES] and sample < raw:
        raise QueryError(
            f"{county} has no number of duplicates.",
            where=_at(file, row, DUPLICATES),
            remedy="Write 0 if none were found in the sample.",
        )
    duplicates = whole_of(row.cells[DUPLICATES] or 0, _at(file, row, DUPLICATES), MOST)
    if sample > raw:
        raise QueryError(
            f"The sample of {sample:,} is larger than the {raw:,} signatures filed in {county}.",
            where=_at(file, row, SAMPLE),
            remedy="Correct the sample or the raw count.",
        )
    least = method.sample(raw)
    if sample < least:
        raise QueryError(
            f"{county} checked {sample:,} of {raw:,} signatures; the law asks for {least:,} at least.",
            where=_at(file, row, SAMPLE),
            remedy="Correct the sample or the raw count, or leave sample, valid and duplicates empty until it is done.",
        )
    if valid + duplicates > sample:
        raise QueryError(
            f"{valid:,} valid signatures and {duplicates:,} duplicates are more than the {sample:,} checked.",
            where=_at(file, row, VALID),
            remedy="Count each signer once as valid; further copies are duplicates.",
        )
    if duplicates > 0 and not valid:
        raise QueryError(
            f"{county} has {duplicates:,} duplicates and nobody who signed validly.",
            where=_at(file, row, DUPLICATES),
            remedy="A duplicate is a further valid signature of somebody counted as valid.",
        )
    return Report(county, raw, sample, valid, duplicates, row.line)


def _rows(
    file: Path, required: tuple[str, ...], more: tuple[str, ...], counties: Mapping[str, int]
) -> list[tuple[Row, str]]:
    """The rows with the county of each; every county once."""
    known = {_folded(name): name for name in counties}
    seen: dict[str, int] = {}
    found = []
    for row in typed_rows(file, required):
        stray = next((column for column in row.cells if column not in (*required, *more)), None)
        if stray is not None:
            raise QueryError(
                f"The column {stray!r} means nothing here.",
                where=str(file),
                remedy=f"Name the columns {', '.join((*required, *more))}.",
            )
        said = row.cells[COUNTY]
        county = known.get(_folded(said))
        if county is None:
            raise UnknownName("county on file", said, counties, where=_at(file, row, COUNTY))
        if county in seen:
            raise QueryError(
                f"{county} is given twice; first on line {seen[county]}.",
                where=_at(file, row, COUNTY),
                remedy="Keep one of the rows.",
            )
        seen[county] = row.line
        found.append((row, county))
    return found


def _folded(name: str) -> str:
    return " ".join(name.casefold().removesuffix(" county").split())


def _at(file: Path, row: Row, column: str) -> str:
    return f"{file}:{row.line}, column {column}"
