"""The kinds of long work: apps register theirs in a module `jobs.py`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import autodiscover_modules

from hrconf.accounts.models import User
from hrconf.jobs.models import Job

# Of work that looks itself whether its orderer may have it.
ANY_OFFICE = "office"
Progress = Callable[[int, int], None]  # done, of how many
Run = Callable[[Job, Progress], None]


@dataclass(frozen=True)
class Kind:
    """A kind of long work: what it is called, who may order it, what does it."""

    name: str
    permission: str
    run: Run
    restarts: bool = True


_kinds: dict[str, Kind] = {}


def job_kind(name: str, *, permission: str, restarts: bool = True) -> Callable[[Run], Run]:
    """Register a function `run(job, progress)` as the work of a kind.

    It may save `job.result`, `job.result_name` and `job.report`, and calls
    `progress(done, total)` now and then. Only work that may be started twice
    `restarts` after its worker died.
    """

    def register(run: Run) -> Run:
        if name in _kinds:
            raise ImproperlyConfigured(f"There are two job kinds called {name}.")
        _kinds[name] = Kind(name, permission, run, restarts)
        return run

    return register


def get_kind(name: str) -> Kind:
    """The kind of a name; KeyError if no app registered it."""
    return _kinds[name]


def has_kind(name: str) -> bool:
    return name in _kinds


def may_order(user: User, name: str) -> bool:
    """Whether a person may order work of a kind, and read what came of it."""
    if not has_kind(name):
        return False
    permission = _kinds[name].permission
    return user.is_office if permission == ANY_OFFICE else user.has_perm(permission)


def discover() -> None:
    autodiscover_modules("jobs")
