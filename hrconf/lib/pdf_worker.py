"""Draws one PDF: an order as JSON comes in, the bytes go out. Run by pdf.py only."""

import json
import resource
import sys

import typst


def main() -> None:
    order = json.load(sys.stdin.buffer)
    memory = order["megabytes"] * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pdf = typst.compile(
        order["template"],
        root=order["root"],
        font_paths=order["fonts"],
        ignore_system_fonts=True,
        sys_inputs={"data": order["data"]},
        package_path=order["root"],
        package_cache_path=order["root"],
    )
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
