"""The files that pages load: read once, named by a digest of them all, kept by browsers for good."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from assent.errors import UnknownName
from assent.web.cache import Answer
from assent.web.headers import ALWAYS, FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "static"
MEDIA = {
    ".css": "text/css; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}


class Static:
    """The files of a folder, each under a URL that changes when any of them does.

    Parameters
    ----------
    folder
        Where they stand; files of an unknown kind are left out.

    Examples
    --------
    >>> Static(FOLDER / "none").url("page.css")
    Traceback (most recent call last):
        ...
    assent.errors.UnknownName: 'page.css' is no static file.
      do:    There are none.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(folder)}
        digest = sha256()
        for name, body in files.items():
            digest.update(b"%s\0%d\0" % (name.encode(), len(body)))
            digest.update(body)
        self.version = digest.hexdigest()[:12]
        kept = {**ALWAYS, "Cache-Control": FOREVER}
        self.answers = {self._path(name): Answer(body, MEDIA[Path(name).suffix], kept) for name, body in files.items()}
        self._names = frozenset(files)

    def _path(self, name: str) -> str:
        return f"/static/{self.version}/{name}"

    def url(self, name: str) -> str:
        """The URL of a file.

        Raises
        ------
        UnknownName
            There is none of that name.
        """
        if name not in self._names:
            raise UnknownName("static file", name, self._names)
        return self._path(name)

    def get(self, path: str) -> Answer | None:
        """The file at a path, if there is one; a browser that asks for its own icon gets it."""
        if path == "/favicon.ico":
            path = self._path("favicon.ico" if "favicon.ico" in self._names else "favicon.svg")
        return self.answers.get(path)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix in MEDIA)
