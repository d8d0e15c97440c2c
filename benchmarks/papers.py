"""``python -m benchmarks.papers``: how long a conclusion takes to be laid out, cold and warm."""

import os
import statistics
import time

import django

ROUNDS = 10


def main() -> None:
    from papers.rendering import render
    from tests.papers.builders import KY, RU, TEMPLATE, conclusion_paper, paper_text

    paper = conclusion_paper(
        texts=(
            paper_text("ky", body="\n\n".join([KY] * 12)),
            paper_text("ru", body="\n\n".join([RU] * 12)),
        )
    )
    times, pages = [], 0
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        pages = render(TEMPLATE, paper).pages
        times.append((time.perf_counter() - began) * 1000)
    print(f"{pages} pages: first {times[0]:.0f} ms, then {statistics.median(times[1:]):.0f} ms")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    main()
