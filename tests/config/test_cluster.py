"""The launcher of the embedded server: who uses it keeps it, and what dies badly leaves nothing in the way."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time

import psycopg2
import pytest

from config.launch import locks, processes, socket_folder
from config.launch.cluster import PROJECT, Cluster
from config.launch.trouble import Trouble


@pytest.fixture
def cluster(tmp_path):
    """In a folder as people name theirs."""
    cluster = Cluster(tmp_path / "Менин папкам" / "база", durable=False)
    yield cluster
    cluster.release(wait=True)
    processes.stop_postgres(cluster.data)


def ask(cluster, statement, user=None):
    """The rows of a statement, over a connection of its own."""
    connection = psycopg2.connect(cluster.url(), **({"user": user} if user else {}))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def wait_until(happened, seconds=15):
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def postmaster(cluster):
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def test_cluster_keeps_rows_over_a_stop(cluster):
    ask(cluster, "CREATE TABLE note AS SELECT 'ыйык' AS words")
    cluster.release(wait=True)
    assert processes.working_in(cluster.data) == []
    assert ask(cluster, "SELECT words FROM note") == [("ыйык",)]


def test_cluster_stops_when_its_last_user_has_gone_and_not_before(cluster):
    other = Cluster(cluster.home, durable=False)
    cluster.ensure_running()
    other.ensure_running()
    cluster.release(wait=True)
    assert ask(other, "SELECT 1") == [(1,)]
    other.release(wait=True)
    assert processes.working_in(cluster.data) == []


def test_cluster_stops_when_its_user_is_killed(cluster):
    script = (
        "import sys, time; from pathlib import Path; from config.launch.cluster import Cluster; "
        "Cluster(Path(sys.argv[1]), durable=False).ensure_running(); print('up', flush=True); time.sleep(60)"
    )
    user = subprocess.Popen(
        [sys.executable, "-c", script, cluster.home], cwd=PROJECT, stdout=subprocess.PIPE
    )
    assert user.stdout.readline() == b"up\n"
    user.kill()
    user.wait()
    user.stdout.close()
    wait_until(lambda: not processes.working_in(cluster.data))
    wait_until(lambda: not cluster.socket_record.exists())


def test_cluster_comes_back_with_every_row_when_its_server_is_killed(cluster):
    cluster.durable = True
    ask(cluster, "CREATE TABLE note AS SELECT 1 AS number")
    os.kill(postmaster(cluster), signal.SIGKILL)
    wait_until(lambda: not locks.is_held(cluster.keeper_lock))
    assert ask(cluster, "SELECT number FROM note") == [(1,)]


def test_cluster_comes_back_when_the_number_of_its_killed_server_is_somebody_elses(cluster):
    cluster.ensure_running()
    pid_file = cluster.data / "postmaster.pid"
    left_behind = pid_file.read_text().splitlines()
    cluster.release(wait=True)
    pid_file.write_text("\n".join([str(os.getppid()), *left_behind[1:]]) + "\n")
    assert ask(cluster, "SELECT 1") == [(1,)]


def test_copy_of_a_running_cluster_does_not_answer_for_the_original(cluster, tmp_path):
    ask(cluster, "CREATE TABLE original AS SELECT 1 AS number")
    folder = socket_folder.recorded(cluster.socket_record)
    copy = Cluster(tmp_path / "көчүрмө", durable=False)
    shutil.copytree(cluster.home, copy.home)
    try:
        ask(copy, "DROP TABLE IF EXISTS original")
        assert socket_folder.recorded(copy.socket_record) != folder
    finally:
        copy.release(wait=True)
    assert ask(cluster, "SELECT number FROM original") == [(1,)]


def test_socket_lies_in_a_folder_shut_to_others_and_goes_with_the_server(cluster):
    folder = cluster.ensure_running()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert len(os.fsencode(folder / ".s.PGSQL.5432")) <= 107
    assert socket_folder.is_embedded(str(folder))
    cluster.release(wait=True)
    assert not folder.exists()


def test_server_listens_on_no_network(cluster):
    assert ask(cluster, "SHOW listen_addresses", user="postgres") == [("",)]


def test_log_keeps_nothing_of_what_was_typed(cluster):
    ask(cluster, "CREATE TABLE person (pin text UNIQUE, born date)")
    ask(cluster, "INSERT INTO person VALUES ('Айгүл-21505', NULL)")
    for wrong in (
        "INSERT INTO person VALUES ('Айгүл-21505', NULL)",
        "INSERT INTO person VALUES (NULL, 'Айгүл-21505')",
        "SELECT Айгүл-21505 FROM person",
    ):
        with pytest.raises(psycopg2.Error):
            ask(cluster, wrong)
    cluster.release(wait=True)
    log = cluster.log.read_text()
    assert ("ready to accept connections" in log, "Айгүл" in log, "21505" in log) == (
        True,
        False,
        False,
    )


def test_trouble_says_in_one_line_that_another_version_made_the_data(cluster):
    cluster.ensure_running()
    cluster.release(wait=True)
    durable = Cluster(cluster.home)
    (cluster.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(Trouble) as trouble:
        durable.ensure_running()
    durable.release(wait=True)
    assert "was made by PostgreSQL 12" in str(trouble.value)
    assert "\n" not in str(trouble.value)
    assert processes.working_in(cluster.data) == []


def test_test_cluster_that_is_broken_is_made_anew(cluster):
    cluster.ensure_running()
    cluster.release(wait=True)
    (cluster.data / "global" / "pg_control").unlink()
    assert ask(cluster, "SELECT 1") == [(1,)]
