"""Printing stays quick enough to wait for."""

import time

from papers.rendering import render
from tests.papers.builders import KY, RU, TEMPLATE, conclusion_paper, paper_text

SECONDS = 3


def test_a_long_conclusion_is_laid_out_while_one_waits():
    paper = conclusion_paper(
        texts=(
            paper_text("ky", body="\n\n".join([KY] * 12)),
            paper_text("ru", body="\n\n".join([RU] * 12)),
        )
    )
    render(TEMPLATE, paper)

    began = time.process_time()
    made = render(TEMPLATE, paper)
    spent = time.process_time() - began

    assert made.pages >= 4
    assert spent < SECONDS
