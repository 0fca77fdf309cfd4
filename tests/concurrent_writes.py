"""A host application with several threads that runs jobs in all of them and watches its own state. Run by test_threads.py.

Prints a JSON object: for each job the digests of its results, and what changed in the host's state.
"""

import gc
import hashlib
import json
import locale
import logging
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parent.parent / "samples"
ROUNDS = 3
STATED = {"SOURCE_DATE_EPOCH": "1700000000"}

records: list[str] = []


class Host(logging.Handler):
    """A handler of the host that keeps only the text of messages, because a record may refer to a whole layout."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.name != "feed2doc":  # feed2doc's diagnostics are for hosts that listen to them
            records.append(f"{record.name}: {record.getMessage()}")


LOGGERS = [
    logging.getLogger(name) for name in ("", "feed2doc", "weasyprint", "weasyprint.progress", "fontTools")
]


def state() -> Iterator[tuple[str, Any]]:
    """Yield the state that belongs to the host, by name."""
    yield "stdout", id(sys.stdout)
    yield "stderr", id(sys.stderr)
    yield "warning filters", id(warnings.filters)
    yield "ignored warnings", ("ignore", None, Warning, None, 0) in warnings.filters
    yield "showwarning", id(warnings.showwarning)
    yield "gc", (gc.get_threshold(), gc.isenabled(), gc.get_freeze_count())
    yield "environment", hash(tuple(os.environ.items()))
    yield "folder", os.getcwd()
    yield "locale", locale.setlocale(locale.LC_ALL)
    yield "switch interval", sys.getswitchinterval()
    yield "recursion limit", sys.getrecursionlimit()
    yield "hooks", (id(sys.excepthook), id(threading.excepthook), id(sys.displayhook))
    for logger in LOGGERS:
        # WeasyPrint adds a no-op handler when it is imported.
        handlers = [id(each) for each in logger.handlers if type(each) is not logging.NullHandler]
        yield f"logger {logger.name}", (handlers, logger.level, logger.propagate, logger.disabled)
    yield "logging", (logging.root.manager.disable, logging.getLoggerClass(), logging.raiseExceptions)


changed: list[str] = []
watching = threading.local()
before: dict[str, Any] = {}


def watch(event: str = "", arguments: object = None) -> None:
    """Compare the host's state with its earlier state. An audit hook, called whenever Python imports or opens something."""
    if not before or getattr(watching, "now", False):
        return
    watching.now = True
    try:
        changed.extend(
            f"{name}: {before[name]} -> {value} at {event} {str(arguments)[:80]}"
            for name, value in state()
            if value != before[name] and len(changed) < 20
        )
    finally:
        watching.now = False


def foreign() -> list[str]:
    """Return everything that feed2doc put into the modules and classes of other packages."""
    found = []
    for module in [
        m for name, m in sys.modules.items() if name.split(".")[0] in ("weasyprint", "PIL", "pydyf")
    ]:
        classes = [
            v for v in vars(module).values() if isinstance(v, type) and v.__module__ == module.__name__
        ]
        for space in (vars(module), *map(vars, classes)):
            found += [
                f"{module.__name__}: {name}"
                for name, value in space.items()
                if str(getattr(value, "__module__", "")).startswith("feed2doc")
            ]
    return found


def digest(data: str | bytes) -> str:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()[:16]


def jobs() -> dict[str, Callable[[], str]]:
    """Return the jobs by name; each imports what it needs, as in a new process."""
    import feed2doc

    def picture() -> bytes:
        watch("a picture is read")
        return (SAMPLES / "images" / "harbour.jpg").read_bytes()

    def document(name: str) -> tuple[feed2doc.Document, feed2doc.Env]:
        from feed2doc.model import Figure, Image, Paragraph, Section, Text

        env = feed2doc.Env()
        read = feed2doc.read(SAMPLES / name, env=env)
        blocks = (Paragraph((Text("Words."),)), Figure(Image("https://example.com/a.jpg", alt="A harbour")))
        data = picture()
        env.assets.put(
            "https://example.com/a.jpg",
            feed2doc.Picture("image/jpeg", "jpg", digest(data), len(data), picture),
        )
        from msgspec.structs import replace

        return replace(read, sections=(*read.sections, Section(blocks=blocks))), env

    def write(name: str, to: str, **options: Any) -> str:
        book, env = document(name)
        kind = feed2doc.formats()[to].options
        made = feed2doc.write(book, kind(**options) if options else to, env=env)
        assert any("x.png" in each.message for each in env.diagnostics) == ("x.png" in str(options))
        return digest(made) + digest(repr(env.diagnostics))

    def cover(name: str) -> str:
        read, env = document(name)
        book = feed2doc.with_cover(feed2doc.Book.of(read), "text", env)
        assert book.cover is not None
        jpeg = env.assets.get(book.cover.src)
        assert jpeg is not None
        return jpeg.digest[:16] + digest(feed2doc.write(book, "kepub", env=env))

    def pictures() -> str:
        from feed2doc.pictures.resize import fit

        profile = feed2doc.profile()
        data = [file.read_bytes() for file in sorted((SAMPLES / "images").iterdir())]
        fitted = [fit(each, profile, 0.2) for each in data]
        cut_off = [fit(each[: len(each) // 2], profile) for each in data]
        return "".join(digest(each.data if each else b"") for each in (*fitted, *cut_off))

    def read(name: str) -> str:
        return digest(feed2doc.write(document(name)[0], "json"))

    chinese, english, traditional = (
        "01-nytimes-cn-article.txt",
        "08-economist-english.txt",
        "07-cna-traditional.txt",
    )
    broken = "body { background: url(https://example.com/x.png); nonsense: 1 }"
    found: dict[str, Callable[[], str]] = {
        "pdf": partial(write, chinese, "pdf"),
        "pdf english": partial(write, english, "pdf", page="a5"),
        "pdf traditional": partial(write, traditional, "pdf", variant="pdf/a-3a"),
        "pdf with a loss": partial(write, english, "pdf", css=broken, variant="none"),
        "pdf by typst": partial(write, chinese, "pdf", engine="typst"),
        "pdf again": partial(write, chinese, "pdf"),
        "epub": partial(write, chinese, "epub"),
        "kepub": partial(write, english, "kepub"),
        "html": partial(write, traditional, "html"),
        "markdown": partial(write, chinese, "markdown"),
        "text": partial(write, english, "text", width=60),
        "cover": partial(cover, chinese),
        "cover english": partial(cover, english),
        "pictures": pictures,
        "read": partial(read, english),
    }
    try:
        import pypandoc

        pypandoc.get_pandoc_version()
    except (ImportError, OSError):
        found["typst"] = partial(write, chinese, "typst")
    else:
        found["docx"] = partial(write, english, "docx")
    return found


def main(threads: int) -> None:
    """Run the jobs, either all in one thread or in several threads that always run different jobs."""
    os.environ |= STATED
    host = Host()
    for logger in LOGGERS:
        logger.addHandler(host)
        logger.setLevel(logging.WARNING)
    warnings.filterwarnings("ignore", category=ResourceWarning)
    sys.addaudithook(watch)
    todo = jobs()
    names = list(todo)
    before.update(dict(state()))
    results: dict[str, set[str]] = {name: set() for name in names}

    if threads == 1:
        for name in names:
            results[name].add(todo[name]())
    else:
        gate = threading.Barrier(threads)

        def run(number: int) -> None:
            for turn in range(ROUNDS):
                name = names[(number + turn * 3) % len(names)]
                gate.wait()
                try:
                    results[name].add(todo[name]())
                except Exception as error:
                    results[name].add(repr(error))

        running = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()

    watch("the end")
    logged = records.copy()
    records.clear()
    import weasyprint

    weasyprint.HTML(string="<img src=nowhere:>").write_pdf()
    found = {
        "results": {name: sorted(each) for name, each in results.items()},
        "changed": changed,
        "foreign": foreign(),
        "logged": logged,
        "host's own": records,
    }
    before.clear()
    print(json.dumps(found))


if __name__ == "__main__":
    if hasattr(signal, "alarm"):
        signal.alarm(100)
    main(int(sys.argv[1]))
