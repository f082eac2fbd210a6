"""Headers that keep a page to itself: nothing runs, is loaded or framed but what comes from here."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from re import DOTALL, findall

_OWN = "script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'"
_NEVER = "base-uri 'none'; form-action 'self'"
_POWERS = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get",
    "screen-wake-lock", "usb", "xr-spatial-tracking",
)  # fmt: skip

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": ", ".join(f"{power}=()" for power in _POWERS),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PAGE = {
    **ALWAYS,
    "Content-Security-Policy": f"default-src 'none'; {_OWN}; {_NEVER}; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}
EMBED = {
    **ALWAYS,
    "Content-Security-Policy": f"default-src 'none'; {_OWN}; {_NEVER}; frame-ancestors *",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
DATA = {
    **ALWAYS,
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}
PICTURE = {**DATA, "Cross-Origin-Resource-Policy": "cross-origin"}  # to be shown on a page of one's own


def drawing(svg: str) -> dict[str, str]:
    """The headers of an SVG: the styles inside it are allowed by their digests, and nothing else is.

    Examples
    --------
    >>> "sha256-" in drawing("<svg><style>text{fill:red}</style></svg>")["Content-Security-Policy"]
    True
    """
    styles = findall(r"<style[^>]*>(.*?)</style>", svg, DOTALL)
    digests = sorted({b64encode(sha256(style.encode()).digest()).decode() for style in styles})
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    policy = PICTURE["Content-Security-Policy"]
    return {**PICTURE, "Content-Security-Policy": f"{policy}; style-src {allowed}" if allowed else policy}


def fresh(*, settled: bool) -> str:
    """How long a body may be used unasked: some minutes where days are fixed, not at all where today counts.

    Examples
    --------
    >>> fresh(settled=False)
    'public, max-age=0, must-revalidate'
    """
    return f"public, max-age={SETTLED}" if settled else "public, max-age=0, must-revalidate"


SETTLED = 300
FOREVER = "public, max-age=31536000, immutable"
NEVER = "no-store"
