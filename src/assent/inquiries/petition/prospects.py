"""Prospects: the parts of what is told of a petition: chances, needs, where a count stands, what came before."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Chances(Struct, frozen=True):
    """How a petition may end.

    Attributes
    ----------
    by_sample, full_count, fails
        It qualifies by the sample alone, every signature is counted, it fails by the sample; together one.
    after_full_count
        The chance that it qualifies once it has come to a full count; ``None`` where it cannot come to one.
    qualifies
        The chance that it qualifies, one way or the other.
    """

    by_sample: float
    full_count: float
    fails: float
    after_full_count: float | None
    qualifies: float


class Outlook(Struct, frozen=True):
    """What may become of signatures that are filed.

    Attributes
    ----------
    certified, sd
        Mean and standard deviation of the total certified, signatures.
    sampling_sd
        The part of it that is the luck of the sample.
    normal
        The same chances by a normal law, to be compared with.
    """

    raw: int
    chances: Chances
    certified: float
    sd: float
    sampling_sd: float
    normal: Chances


class BreakEven(Struct, frozen=True):
    """The share of valid signatures, copies counted, at which something turns."""

    what: str
    validity: float


class Point(Struct, frozen=True):
    """What would come of one share of valid signatures, if it were known."""

    validity: float
    chances: Chances


class Filing(Struct, frozen=True):
    """What would come of a number of signatures, by a normal law."""

    raw: int
    chances: Chances


class CountyShare(Struct, frozen=True):
    """What one county has to check.

    Attributes
    ----------
    raw
        Signatures filed there; by its people, where no file says it.
    sample
        How many of them the law has checked; all of them where it is as many.
    weight
        The signatures that one in the sample stands for.
    sampling_sd
        The luck of this county's sample, signatures.
    """

    county: str
    raw: int
    sample: int
    weight: float
    sampling_sd: float


class Needed(Struct, frozen=True):
    """How many signatures reach a chance.

    Attributes
    ----------
    raw, chance
        Signatures that qualify one way or the other with at least the target, and their chance.
    raw_by_sample, chance_by_sample
        The same without a full count; ``None`` where no number does.
    closed_form
        Requirement over (share after duplicates less the deviate of the target times its standard deviation); ``None``
        where that is not above zero.
    """

    target: float
    raw: int
    chance: float
    raw_by_sample: int | None
    chance_by_sample: float | None
    closed_form: int | None


class Reserve(Struct, frozen=True):
    """Signatures by the closed form, for a share of valid ones known to within the same standard deviation."""

    validity: float
    raw: int | None


class Certified(Struct, frozen=True):
    """A certificate, with the figures on the way to it; ``sd`` is the error of the sample, signatures."""

    county: str
    raw: int
    sample: int
    valid: int
    duplicates: int
    percent: float
    uncorrected: int
    value: float
    weight: float
    estimated_duplicates: int
    certified: int
    sd: float


class Differing(Struct, frozen=True):
    """How counties differ in the share certified: its mean, the error of that mean, the spread beyond sampling."""

    mean: float
    error: float
    between: float
    counties: int
    standing: str


class Progress(Struct, frozen=True):
    """Where a count stands.

    Attributes
    ----------
    on
        The day, for a count on file.
    certified
        Signatures certified by the counties that have reported.
    out
        Counties still out, with the signatures filed there; ``raw_out`` together.
    needed_for_count, needed_to_qualify
        The share of the signatures still out that has to be certified; ``None`` when nothing is out.
    total, sd
        Mean and standard deviation of the total that will be certified.
    """

    on: date | None
    counties_in: int
    counties_out: int
    raw: int
    raw_out: int
    certified: int
    out: dict[str, int]
    needed_for_count: float | None
    needed_to_qualify: float | None
    differing: Differing | None
    chances: Chances
    total: float
    sd: float
    reports: tuple[Certified, ...]


class Past(Struct, frozen=True):
    """A stage of a real petition, and what the law on file makes of it.

    Attributes
    ----------
    by_rule
        What follows from the number certified; empty where it is not known.
    projected
        What the law's formula makes of the sample, where the sample is on file.
    agrees
        Whether that is how it ended; ``None`` where it cannot be told.
    """

    id: str
    title: str
    kind: str
    stage: str
    on: str
    required: int | None
    raw: int | None
    certified: int | None
    percent: float | None
    projected: int | None
    outcome: str
    by_rule: str
    agrees: bool | None
    note: str
    source: str
