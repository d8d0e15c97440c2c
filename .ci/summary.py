"""The closing line of .ci/run, and its verdict: `summary.py FOLDER [STEP_THAT_FAILED …]`."""

import sys
import xml.etree.ElementTree as xml
from pathlib import Path

REPORTS = {"test": "tests.xml", "drills": "drills.xml"}


def main(folder: Path, failed_steps: list[str]) -> int:
    cases = {step: latest(folder, name) for step, name in REPORTS.items()}
    every = [case for found in cases.values() for case in found]
    failed = [case for case in every if is_marked(case, "failure") or is_marked(case, "error")]
    skipped = [case for case in every if is_marked(case, "skipped")]
    browser = [case for case in every if case.get("classname", "").startswith("tests.browser.")]
    unseen = [case for case in browser if case in skipped]
    troubles = [
        f"{step} failed" for step in failed_steps if not any_of(failed, cases.get(step, []))
    ]
    troubles += [f"{step} left no report" for step, found in cases.items() if not found]
    if unseen or not browser:
        troubles.append(
            f"of {len(browser)} browser tests {len(unseen)} were skipped: CI has to see them"
        )
    for trouble in troubles:
        print(f"FAILED {trouble}")
    wrong = len(failed) + len(troubles)
    print(f"{len(every) - len(failed) - len(skipped)} passed, {wrong} failed")
    return 1 if wrong or failed_steps else 0


def latest(folder: Path, name: str) -> list[xml.Element]:
    """The cases of a report; one that was tried once more counts as it went then."""
    again = {key(case): case for case in read(folder / name.replace(".xml", "-again.xml"))}
    return [again.get(key(case), case) for case in read(folder / name)]


def key(case: xml.Element) -> tuple[str | None, str | None]:
    return case.get("classname"), case.get("name")


def read(report: Path) -> list[xml.Element]:
    """Its cases; none where the step broke off before or while it wrote."""
    try:
        return list(xml.parse(report).iter("testcase"))
    except (FileNotFoundError, xml.ParseError):
        return []


def is_marked(case: xml.Element, how: str) -> bool:
    return case.find(how) is not None


def any_of(failed: list[xml.Element], cases: list[xml.Element]) -> bool:
    return any(case in failed for case in cases)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
