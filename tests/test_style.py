"""The bar for the code, measured: lengths, docstrings, words that say nothing, hidden imports."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
PACKAGE = TOP / "secretariat"
MODULES = sorted(PACKAGE.rglob("*.py"))
OWN_WORDS = frozenset(
    (
        "utils",
        "helpers",
        "common",
        "manager",
        "processor",
        "handler",
        "service",
        "data",
        "info",
        "do",
    )
)
LONGEST_FUNCTION, LONGEST_FUNCTION_P90 = 50, 25
LONGEST_MODULE = 400
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def named(module: Path) -> str:
    return str(module.relative_to(TOP))


def migrations(module: Path) -> bool:
    return "versions" in module.parts


def functions() -> Iterator[tuple[str, Function]]:
    for module in MODULES:
        for node in ast.walk(tree(module)):
            if isinstance(node, Function):
                yield f"{named(module)}:{node.lineno} {node.name}", node


def length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_function_is_longer_than_a_screen() -> None:
    long = [where for where, node in functions() if length(node) > LONGEST_FUNCTION]
    assert [where for where in long if "/migrations/versions/" not in where] == []


def test_nine_functions_in_ten_are_short() -> None:
    lengths = sorted(length(node) for _, node in functions())
    assert lengths[int(len(lengths) * 0.9)] <= LONGEST_FUNCTION_P90


def test_no_module_is_too_long_to_hold_in_mind() -> None:
    long = {named(one): len(one.read_text(encoding="utf-8").splitlines()) for one in MODULES}
    assert {one: lines for one, lines in long.items() if lines > LONGEST_MODULE} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [one for one in MODULES if not ast.get_docstring(tree(one)) and not migrations(one)]
    assert [named(one) for one in silent] == []


def test_nothing_is_imported_inside_a_function() -> None:
    hidden = [
        where
        for where, node in functions()
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_names_are_the_secretariats_words_and_never_a_programmers_filler() -> None:
    fillers = []
    for module in MODULES:
        names = [module.stem]
        names += [
            node.name
            for node in ast.walk(tree(module))
            if isinstance(node, Function | ast.ClassDef) and not overrides(node.name)
        ]
        fillers += [f"{named(module)} {name}" for name in names if words(name) & OWN_WORDS]
    assert fillers == []


def test_an_error_is_named_for_its_fault() -> None:
    classes = [
        node for one in MODULES for node in ast.walk(tree(one)) if isinstance(node, ast.ClassDef)
    ]
    suffixed = [one.name for one in classes if one.name.endswith(("Error", "Exception"))]
    assert suffixed == ["SecretariatError"]


def test_no_field_has_too_many_parameters_to_say_in_one_breath() -> None:
    crowded = [where for where, node in functions() if len(parameters(node)) > 10]
    assert crowded == []


def test_everything_is_typed() -> None:
    untyped = [
        where
        for where, node in functions()
        if node.returns is None or any(one.annotation is None for one in parameters(node))
    ]
    assert untyped == []


def parameters(node: Function) -> list[ast.arg]:
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return [one for one in every if one.arg not in ("self", "cls")]


def overrides(name: str) -> bool:
    """Say whether a library prescribes the name."""
    return name.startswith("__") or name in ("do_GET", "do_HEAD", "do_POST")


def words(name: str) -> frozenset[str]:
    """Return the words of a name, in snake case or in camel case."""
    return frozenset(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().strip("_").split("_"))
