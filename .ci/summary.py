"""The closing line of .ci/run, and its verdict: `summary.py FOLDER [STEP_THAT_FAILED …]`."""

import sys
import xml.etree.ElementTree as xml
from pathlib import Path

REPORTS = ("tests.xml", "drills.xml")


def main(folder: Path, failed_steps: list[str]) -> int:
    cases = [case for name in REPORTS for case in read(folder / name)]
    failed = [
        case for case in cases if case.find("failure") is not None or case.find("error") is not None
    ]
    skipped = [case for case in cases if case.find("skipped") is not None]
    unseen = [case for case in skipped if is_browser_test(case)]
    browser = [case for case in cases if is_browser_test(case)]
    if failed_steps:
        print(f"Failed steps: {', '.join(failed_steps)}")
    if unseen:
        print(f"{len(unseen)} browser tests were skipped: CI has to see them.")
    passed = len(cases) - len(failed) - len(skipped)
    # A step that failed without a failed case (style, types, a crash) counts as one.
    more = len(failed_steps) if not failed else 0
    wrong = len(failed) + len(unseen) + more
    print(f"{len(browser)} browser tests, {len(skipped)} skipped in all")
    print(f"{passed} passed, {wrong} failed")
    return 1 if wrong or failed_steps else 0


def read(report: Path) -> list[xml.Element]:
    return list(xml.parse(report).iter("testcase")) if report.exists() else []


def is_browser_test(case: xml.Element) -> bool:
    return case.get("classname", "").startswith("tests.browser.")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
