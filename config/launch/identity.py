"""Under whose name the server runs: PostgreSQL refuses to be root.

An ordinary user runs it directly. Root runs it inside a user namespace, where root's own files belong to another number;
where namespaces are shut off (many containers), as an OS user that the files of the cluster are then given to.
"""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from config.launch.trouble import Trouble


@dataclass(frozen=True)
class Identity:
    """What to put before a command of PostgreSQL, and who owns the files of the cluster on disk."""

    prefix: tuple[str, ...]
    uid: int
    gid: int


def choose(home: Path, binaries: Path) -> Identity:
    """The identity for the cluster in `home`. Raises Trouble when this machine offers none."""
    uid, gid = os.geteuid(), os.getegid()
    if uid != 0 and _has_account(uid):
        return Identity((), uid, gid)
    owner = home.stat().st_uid
    if uid == 0 and owner != 0 and _has_account(owner):
        return _as_account(pwd.getpwuid(owner), home, binaries)
    namespace = _namespace_prefix()
    if _works([*namespace, "true"]):
        return Identity(namespace, uid, gid)
    if uid != 0:
        raise Trouble(
            f"The user number {uid} has no account on this machine: run as a user who has one."
        )
    return _as_account(_spare_account(), home, binaries)


def _namespace_prefix() -> tuple[str, ...]:
    """Any account but root and the overflow number will do: initdb only asks that it has a name."""
    account = next(a for a in pwd.getpwall() if a.pw_uid not in (0, 65534))
    return (
        "unshare",
        "--user",
        f"--map-user={account.pw_uid}",
        f"--map-group={account.pw_gid}",
        "--",
    )


def _as_account(account: pwd.struct_passwd, home: Path, binaries: Path) -> Identity:
    drop = ("setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups")
    # A folder such as /root may bar that account's way. Rights outside the project are not ours to change, so the
    # process keeps the one capability that opens the way, also when it asks access(2) whether it may.
    keep = "-all,+dac_override"
    reach = ("--inh-caps", keep, "--ambient-caps", keep, "--securebits", "+no_setuid_fixup")
    may_enter = ("test", "-x", str(binaries / "postgres"), "-a", "-x", str(home.parent))
    for prefix in ((*drop, "--"), (*drop, *reach, "--")):
        if _works([*prefix, *may_enter]):
            return Identity(prefix, account.pw_uid, account.pw_gid)
    raise Trouble(
        "PostgreSQL cannot run as root here: start as an ordinary user, "
        "or put the project where all users may enter."
    )


def _spare_account() -> pwd.struct_passwd:
    names = {account.pw_name: account for account in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _has_account(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def _works(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0
