"""PostgreSQL and Valkey from wheels, for the demo and the tests of one machine.

    python -m hrconf.lib.embedded run --state var/test -- pytest
    python -m hrconf.lib.embedded up|down|remove|status|env --state var/dev

`run` starts both servers under the state folder (or takes those that run there),
passes their addresses on as DATABASE_URL and REDIS_URL, runs the command, and
stops them when nobody else uses the folder. Where the caller has set either
variable, that server is used instead. Production sets both.
"""
