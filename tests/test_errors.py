from __future__ import annotations

import inspect
import re

from baoguan import errors


def all_errors() -> list[type[errors.BaoguanError]]:
    return [
        error
        for _, error in inspect.getmembers(errors, inspect.isclass)
        if issubclass(error, errors.BaoguanError)
    ]


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    tree = re.sub("[│├└─]", " ", errors.__doc__ or "")
    drawn = dict(re.findall(r"^ +(\w+)(?: +(\d+))?", tree, re.MULTILINE))
    for error in all_errors():
        assert error.__name__ in drawn
        if drawn[error.__name__]:
            assert int(drawn[error.__name__]) == error.exit_code


def test_every_error_that_reaches_a_user_tells_what_to_do() -> None:
    leaves = [error for error in all_errors() if not error.__subclasses__()]
    assert all(error.advice for error in leaves)
    codes = [error.code for error in leaves]
    assert len(codes) == len(set(codes))
