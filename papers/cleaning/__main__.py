"""``python -m papers.cleaning``: a file on standard input; on standard output a line of JSON, then what may be shown.

The line says ``{"refused": code, "found": what}`` or ``{"kind": name, "shown": bytes, "thumbnail": bytes}`` (lengths).
"""

import json
import resource
import sys
import warnings

MEMORY, SECONDS = 1024**3, 30


def limit_this_process() -> None:
    """Little memory, little time, and no file is written: set before anything of the upload is read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    limit_this_process()
    warnings.simplefilter("ignore")
    from .inspection import clean
    from .kinds import Refused

    out = sys.stdout.buffer
    try:
        cleaned = clean(sys.stdin.buffer.read())
    except Refused as refusal:
        out.write(json.dumps({"refused": refusal.code, "found": refusal.found}).encode() + b"\n")
        return
    except (MemoryError, RecursionError):
        out.write(json.dumps({"refused": "too_large_inside", "found": ""}).encode() + b"\n")
        return
    said = {
        "kind": cleaned.kind.name,
        "shown": len(cleaned.shown),
        "thumbnail": len(cleaned.thumbnail),
    }
    out.write(json.dumps(said).encode() + b"\n" + cleaned.shown + cleaned.thumbnail)


if __name__ == "__main__":
    main()
