"""What every test shares: a search that finds the same cases each time and is not judged by the clock."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("assent", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("assent")
