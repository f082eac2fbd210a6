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
JOINED = "+"
KEPT = {**ALWAYS, "Cache-Control": FOREVER}
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
        self.answers = {self._path(name): Answer(body, MEDIA[Path(name).suffix], KEPT) for name, body in files.items()}
        self._files = files

    def _path(self, name: str) -> str:
        return f"/static/{self.version}/{name}"

    def url(self, name: str) -> str:
        """The URL of a file, or of several as one: their names joined by ``+``.

        Raises
        ------
        UnknownName
            There is none of that name.

        Examples
        --------
        >>> Static().url("assent.css+counting.css").rpartition("/")[2]
        'assent.css+counting.css'
        """
        for part in name.split(JOINED):
            if part not in self._files:
                raise UnknownName("static file", part, self._files)
        path = self._path(name)
        if path not in self.answers and (joined := self._joined(name)):
            self.answers[path] = joined
        return path

    def _joined(self, name: str) -> Answer | None:
        """Several files of a kind, one after the other."""
        parts = name.split(JOINED)
        if not 1 < len(set(parts)) == len(parts) or len({Path(part).suffix for part in parts}) > 1:
            return None
        if not all(part in self._files for part in parts):
            return None
        body = b"\n".join(self._files[part] for part in parts)
        return Answer(body, MEDIA[Path(parts[0]).suffix], KEPT)

    def get(self, path: str) -> Answer | None:
        """The file at a path, if there is one; a browser that asks for its own icon gets it."""
        if path == "/favicon.ico":
            path = self._path("favicon.ico" if "favicon.ico" in self._files else "favicon.svg")
        start = self._path("")
        return self.answers.get(path) or (self._joined(path.removeprefix(start)) if path.startswith(start) else None)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix in MEDIA)
