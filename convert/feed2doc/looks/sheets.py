"""The style sheets of a look for screens."""

from __future__ import annotations

import functools
from pathlib import Path

from feed2doc._templating import render
from feed2doc.looks.faces import SCREEN_LANGUAGES, css, faces, han_faces
from feed2doc.looks.tokens import Look


def style_sheet(
    name: str,
    template_dirs: tuple[Path, ...],
    look: Look,
    languages: tuple[str, ...] = SCREEN_LANGUAGES,
    **options: str | bool,
) -> str:
    """Return the style sheet of template `name`. Those of shipped templates are kept, because each takes 3 ms.

    The first of the languages is that of the page, or "" for any.
    """
    written = _rendered if template_dirs else _kept
    return written(name, template_dirs, look, languages, tuple(options.items()))


def _rendered(
    name: str,
    template_dirs: tuple[Path, ...],
    look: Look,
    languages: tuple[str, ...],
    options: tuple[tuple[str, str | bool], ...],
) -> str:
    return render(
        name,
        template_dirs,
        look=look,
        faces=faces(look, languages),
        code=css((*look.fonts.code, "monospace")),
        han=han_faces(),
        rtl=True,
        **dict(options),
    )


_kept = functools.lru_cache(64)(_rendered)
