"""The package has the structure described in docs/architecture.md."""

import ast
import functools
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import feed2doc

PACKAGE = Path(feed2doc.__file__).parent
DOCS = Path(__file__).parent.parent / "docs"
MOST_ROOT_MODULES = 14
FOLDERS = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}


@functools.cache
def modules() -> dict[str, ast.Module]:
    """Return the parsed modules of the package, by dotted name."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = ast.parse(path.read_text("utf-8"))
    return found


def names_of(node: ast.AST) -> set[str]:
    """Return the names that this code uses, also with the module before them."""
    found = set()
    for each in ast.walk(node):
        if isinstance(each, ast.Name):
            found.add(each.id)
        elif isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name):
            found.add(f"{each.value.id}.{each.attr}")
    return found


def imported(node: ast.AST) -> Iterator[str]:
    """Yield the modules of the package that this code imports at any level, except imports only for type checkers."""
    if isinstance(node, ast.If) and names_of(node.test) & {"TYPE_CHECKING", "typing.TYPE_CHECKING"}:
        return
    if isinstance(node, ast.Import):
        yield from (each.name for each in node.names if each.name in modules())
    if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "feed2doc":
        for each in node.names:
            name = f"{node.module}.{each.name}"
            yield name if name in modules() else str(node.module)
    for child in ast.iter_child_nodes(node):
        if isinstance(
            child, ast.stmt | ast.excepthandler | ast.match_case
        ):  # no other code has statements in it
            yield from imported(child)


@functools.cache
def imports() -> dict[str, set[str]]:
    """Return the modules that each module imports, by name."""
    return {name: set(imported(tree)) - {name} for name, tree in modules().items()}


def folder_of(module: str) -> str:
    """Return the top-level folder of a module, or "" for a module at the root."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in FOLDERS else ""


def test_no_import_cycle() -> None:
    assert len(list(TopologicalSorter(imports()).static_order())) == len(modules())  # raises CycleError


def test_private_modules_are_imported_only_inside_their_package() -> None:
    """A module or package with an underscore is imported only in its parent package and the packages inside it."""
    for name, others in imports().items():
        for other in others:
            parts = other.split(".")
            for at, part in enumerate(parts):
                owner = ".".join(parts[:at])
                assert not part.startswith("_") or f"{name}.".startswith(f"{owner}."), (
                    f"{name} imports {other}"
                )


def test_folders_import_what_the_architecture_says() -> None:
    text = (DOCS / "architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ?(.*?) ?\|$", text, re.M)
    allowed = {folder: set(re.findall(r"`(\w+)`", others)) for folder, others in rows}
    assert set(allowed) == FOLDERS
    base = {"model", "_text", "_locale", "_files"}  # anything above them may import them
    for folder in FOLDERS - base:
        allowed[folder] |= base
    allowed["_cli"] = FOLDERS
    found = {(folder_of(name), folder_of(other)) for name, others in imports().items() for other in others}
    assert len(found) > 40
    above = {(a, b) for a, b in found if a and b and a != b and b not in allowed[a]}
    assert above == set()


def test_root_modules_are_few_and_none_imports_the_command_line() -> None:
    root = {name for name in modules() if not folder_of(name)}
    assert len(root) <= MOST_ROOT_MODULES
    assert not {
        name
        for name in root - {"feed2doc.__main__"}
        for other in imports()[name]
        if folder_of(other) == "_cli"
    }


def test_no_module_of_the_root_shares_the_name_of_a_public_function() -> None:
    """`import feed2doc.check` would replace the function with the module."""
    functions = {name for name in feed2doc.__all__ if name.islower() and callable(getattr(feed2doc, name))}
    assert functions
    planned = {
        "sync",
        "edition",
        "learn",
        "stories",
        "align",
        "pair",
        "check",
        "explain",
        "figures",
        "formats",
    }
    assert not {name.split(".")[1] for name in modules() if "." in name} & (functions | planned)


def test_only_the_command_line_prints() -> None:
    for name, tree in modules().items():
        if folder_of(name) == "_cli":
            continue
        used = names_of(tree) & {"print", "sys.stdout", "sys.stderr"}
        assert not used, f"{name}: {used}"
