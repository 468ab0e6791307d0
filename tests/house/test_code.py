"""How the code is written: names, lengths, clocks, sources, honest handling of errors."""

from __future__ import annotations

import ast
import re

from house.source_code import TOP_ROOMS, Function, Module, checking_modules, package_modules

MODULES_THAT_SAY_NOTHING = {
    "common",
    "helper",
    "helpers",
    "lib",
    "manager",
    "managers",
    "misc",
    "util",
    "utils",
}
VERBS_THAT_SAY_NOTHING = re.compile(r"_*(?:process|handle|do)_")
# what html.parser and Django call the methods that they call
NAMES_OF_OTHERS = {"handle_data", "handle_endtag", "handle_starttag", "process_exception", "process_view"}
CLOCKS = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time", "time.localtime"}
MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 40
# "# long: why", above a function or at the head of a file
WHY_LONG = re.compile(r"#\s*long:\s*\S+")
SOURCED_ROOMS = {"law", "guidelines", "panel"}


def below_the_top() -> list[Module]:
    return [module for module in package_modules() if module.room not in TOP_ROOMS]


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def lines_of(function: Function) -> int:
    """Return how many lines a function takes without its docstring."""
    end = function.end_lineno or function.lineno
    first = function.body[0]
    documented = ast.get_docstring(function, clean=False) is not None
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if documented else 0
    return end - function.lineno + 1 - docstring


def test_no_module_has_a_name_that_says_nothing() -> None:
    found = [
        module.name
        for module in (*package_modules(), *checking_modules())
        if {module.path.stem, *module.path.parent.parts} & MODULES_THAT_SAY_NOTHING
    ]
    assert not found


def test_no_function_has_a_verb_that_says_nothing() -> None:
    found = [
        f"{module.name}:{function.lineno} {function.name}"
        for module in package_modules()
        for function in module.functions()
        if VERBS_THAT_SAY_NOTHING.match(function.name) and function.name not in NAMES_OF_OTHERS
    ]
    assert not found


def test_no_clock_below_the_command_line_and_the_desk() -> None:
    found = [
        f"{module.name}:{node.lineno}"
        for module in below_the_top()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and ".".join(dotted(node).split(".")[-2:]) in CLOCKS
    ]
    assert not found


def test_no_import_inside_a_function() -> None:
    found = [
        f"{module.name}:{node.lineno}"
        for module in package_modules()
        for function in module.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not found


def test_no_error_is_caught_without_its_name_below_the_top() -> None:
    found = [
        f"{module.name}:{node.lineno}"
        for module in below_the_top()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or dotted(node.type) in {"Exception", "BaseException"})
    ]
    assert not found


def test_a_long_file_says_why() -> None:
    found = [
        f"{module.name}: {len(module.lines)} lines"
        for module in package_modules()
        if len(module.lines) > MOST_LINES_OF_A_FILE and not WHY_LONG.search("\n".join(module.lines[:15]))
    ]
    assert not found


def test_a_long_function_says_why() -> None:
    found = [
        f"{module.name}:{function.lineno} {function.name}: {lines_of(function)} lines"
        for module in package_modules()
        for function in module.functions()
        if lines_of(function) > MOST_LINES_OF_A_FUNCTION
        and not WHY_LONG.search("\n".join(module.lines[max(0, function.lineno - 4) : function.lineno]))
    ]
    assert not found


def test_rules_criteria_and_assignments_name_their_source() -> None:
    """A public function names its source, or its module does once for all of them."""
    found = [
        f"{module.name}:{node.lineno} {node.name}"
        for module in package_modules()
        if module.room in SOURCED_ROOMS
        for node in module.tree.body
        if isinstance(node, Function)
        and not node.name.startswith("_")
        and "Source:" not in (ast.get_docstring(node) or "")
        and "Source:" not in (ast.get_docstring(module.tree) or "")
    ]
    assert not found


def test_no_test_is_skipped_but_for_want_of_real_letters() -> None:
    """A doctest always runs, and only the fixture ``shared`` leaves a test out."""
    skips = re.compile(r"doctest:\s*\+" + "SKIP|pytest[.](?:mark[.])?(?:skip|xfail|importor)")
    found = [
        f"{module.name}:{number}"
        for module in (*package_modules(), *checking_modules())
        if module.path.name != "conftest.py"
        for number, line in enumerate(module.lines, 1)
        if skips.search(line)
    ]
    assert not found
