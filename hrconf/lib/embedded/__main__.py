"""The command line; the package's docstring says what it does."""

import argparse
import sys
from pathlib import Path

from hrconf.lib import embedded

from .servers import at_the_door, down, remove, run, up
from .state import EmbeddedError, State, say
from .valkey import valkey_answers


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m hrconf.lib.embedded",
        description=embedded.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("deed", choices=["run", "up", "down", "remove", "status", "env"])
    parser.add_argument("--state", type=Path, default=Path("var/dev"))
    own, command = split_command(arguments)
    chosen = parser.parse_args(own)
    try:
        return act(chosen.deed, chosen.state, command)
    except EmbeddedError as refusal:
        say(str(refusal))
        return 1
    except KeyboardInterrupt:
        return 130


def split_command(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Our own arguments, and the command after the two dashes."""
    if "--" not in arguments:
        return arguments, []
    dashes = arguments.index("--")
    return arguments[:dashes], arguments[dashes + 1 :]


def act(deed: str, folder: Path, command: list[str]) -> int:
    if deed == "run":
        return run(folder, command)
    state = State(folder)
    with at_the_door(state):
        if deed == "up":
            up(state, is_kept=True)
        elif deed == "down":
            down(state)
        elif deed == "remove":
            remove(state)
        else:
            tell(state, as_exports=deed == "env")
    return 0


def tell(state: State, *, as_exports: bool) -> None:
    services = state.load()
    if as_exports:
        print(f"export DATABASE_URL={services.database_url} REDIS_URL={services.redis_url}")
    else:
        print("up" if valkey_answers(services) else "down")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
