"""The engine process hangs, crashes, is killed and forgotten: every text but the guilty one is translated."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.patience import PATIENCE_S
from tests.shell.translation.faulty import HEAVY, PLUGIN, STILLBORN
from tests.skips import NO_NAMESPACES
from translation.core.hops import Hop, Kind
from translation.engine import EngineDown, Failure
from translation.host import FELL, LATE, Configuration, EngineHost, is_innocent

ES_CA = Hop("faulty", "es", "ca", "faulty 1", Kind.NEURAL)
ES_FR = Hop("faulty", "es", "fr", "faulty 1", Kind.NEURAL)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[EngineHost]:
    host = EngineHost(Configuration(tmp_path, (PLUGIN,), deadline_s=1.5))
    yield host
    host.close()


def is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def wait_until_gone(pid: int) -> bool:
    end = time.monotonic() + PATIENCE_S
    while is_alive(pid) and time.monotonic() < end:
        time.sleep(0.02)
    return not is_alive(pid)


def test_a_batch_is_answered_in_order(host: EngineHost) -> None:
    assert host.translate(ES_CA, ["uno", "dos"]) == ["UNO ca", "DOS ca"]


def test_what_is_offered_is_known_without_loading_an_engine_here(host: EngineHost) -> None:
    assert {hop.pair for hop in host.hops()} == {("es", "ca"), ("es", "fr"), ("ca", "it")}
    assert host.look_again() == host.hops()


def test_a_text_that_hangs_is_marked_and_the_others_go_on(host: EngineHost) -> None:
    assert host.translate(ES_CA, ["uno", "hang", "dos"]) == ["UNO ca", Failure("hung"), "DOS ca"]
    assert host.restarts == 2
    assert host.translate(ES_CA, ["tres"]) == ["TRES ca"]


def test_a_single_text_that_hangs_is_given_up_after_one_deadline(host: EngineHost) -> None:
    assert host.translate(ES_CA, ["hang"]) == [Failure("hung")]
    assert host.restarts == 0


def test_a_text_that_crashes_the_process_is_marked_and_the_others_go_on(host: EngineHost) -> None:
    assert host.translate(ES_CA, ["uno", "crash", "dos"]) == ["UNO ca", Failure("crashed"), "DOS ca"]


def test_a_neighbour_in_the_other_lane_is_not_blamed_for_a_crash(host: EngineHost) -> None:
    answers: list[object] = []
    neighbour = threading.Thread(target=lambda: answers.extend(host.translate(ES_FR, ["slow", "uno"])))
    host.hops()
    neighbour.start()
    time.sleep(0.1)
    assert host.translate(ES_CA, ["crash"]) == [Failure("crashed")]
    neighbour.join()
    assert answers == ["SLOW fr", "UNO fr"]


def heavy_host(folder: Path, loads: str, *, loading_s: float) -> EngineHost:
    (folder / "loads").write_text(loads)
    return EngineHost(Configuration(folder, (HEAVY,), deadline_s=1.0, loading_s=loading_s))


def test_an_engine_may_take_longer_over_loading_than_over_an_answer(tmp_path: Path) -> None:
    host = heavy_host(tmp_path, "1.5", loading_s=PATIENCE_S)
    assert host.translate(ES_CA, ["uno", "dos"]) == ["UNO ca", "DOS ca"]
    assert host.translate(ES_CA, ["hang"]) == [Failure("hung")]
    assert host.restarts == 0
    host.close()


@pytest.mark.parametrize(("loads", "reason"), [("hang", LATE), ("crash " * 7, FELL), ("refuse", "cannot be loaded")])
def test_texts_are_told_when_their_engine_did_not_load_and_it_is_not_their_fault(
    tmp_path: Path, loads: str, reason: str
) -> None:
    host = heavy_host(tmp_path, loads, loading_s=2.5)
    assert host.translate(ES_CA, ["uno", "dos"]) == [Failure(reason)] * 2
    assert is_innocent(reason) == (reason != "cannot be loaded")
    assert host.translate(ES_CA, ["uno"]) == ["UNO ca"]
    host.close()


def test_a_refused_text_is_tried_once_more_and_then_marked(host: EngineHost) -> None:
    assert host.translate(ES_CA, ["uno", "refuse"]) == ["UNO ca", Failure("refused")]
    assert host.restarts == 0


def test_killed_between_two_questions_nobody_notices(host: EngineHost) -> None:
    host.translate(ES_CA, ["uno"])
    for _ in range(3):
        os.kill(host.pid or 0, signal.SIGKILL)
        assert host.translate(ES_CA, ["dos"]) == ["DOS ca"]


def test_a_process_that_stands_still_is_replaced_after_one_deadline_and_the_texts_go_to_the_next(
    host: EngineHost,
) -> None:
    host.translate(ES_CA, ["uno"])
    frozen = host.pid or 0
    os.kill(frozen, signal.SIGSTOP)
    started = time.monotonic()
    assert host.translate(ES_CA, ["dos", "tres"]) == ["DOS ca", "TRES ca"]
    assert time.monotonic() - started < host.configuration.loading_s / 2
    assert (host.restarts, wait_until_gone(frozen)) == (1, True)


def test_a_process_that_never_gets_ready_is_given_a_pause(tmp_path: Path) -> None:
    host = EngineHost(Configuration(tmp_path, (STILLBORN,)))
    for _ in range(4):
        with pytest.raises(EngineDown):
            host.hops()
    assert host.restarts < 2
    host.close()


def test_sigterm_ends_the_process_at_once(host: EngineHost) -> None:
    host.hops()
    pid = host.pid or 0
    os.kill(pid, signal.SIGTERM)
    assert wait_until_gone(pid)


def test_a_closed_host_leaves_no_process(host: EngineHost) -> None:
    host.hops()
    pid = host.pid or 0
    host.close()
    assert wait_until_gone(pid)
    with pytest.raises(EngineDown):
        host.translate(ES_CA, ["uno"])


def test_the_process_dies_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    program = f"""
import time
from pathlib import Path
from translation.host import Configuration, EngineHost
host = EngineHost(Configuration(Path({str(tmp_path)!r}), ({PLUGIN!r},)))
host.hops()
print(host.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        assert is_alive(pid)
        parent.kill()
        parent.wait()
        assert wait_until_gone(pid)


def test_the_process_has_no_network_no_secret_and_a_session_of_its_own(host: EngineHost) -> None:
    os.environ["SECRET_OF_THE_PARENT"] = "1"
    try:
        host.hops()
    finally:
        del os.environ["SECRET_OF_THE_PARENT"]
    pid = host.pid or 0
    assert b"SECRET_OF_THE_PARENT" not in Path(f"/proc/{pid}/environ").read_bytes()
    assert os.getsid(pid) == pid
    assert os.getpriority(os.PRIO_PROCESS, pid) >= 5


def may_leave_network() -> bool:
    program = "from translation.isolation import leave_network; print(leave_network())"
    return b"none" in subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout


@pytest.mark.skipif(not may_leave_network(), reason=NO_NAMESPACES)
def test_where_the_kernel_allows_it_the_process_has_no_interface_but_itself(host: EngineHost) -> None:
    host.hops()
    interfaces = Path(f"/proc/{host.pid}/net/dev").read_text().splitlines()[2:]
    assert [line.split(":")[0].strip() for line in interfaces] in ([], ["lo"])
    assert Path(f"/proc/{host.pid}/ns/net").readlink() != Path("/proc/self/ns/net").readlink()


def test_an_operator_is_told_where_the_process_keeps_a_network(
    host: EngineHost, caplog: pytest.LogCaptureFixture
) -> None:
    host.hops()
    assert ("engine process keeps a network" in caplog.text) is not may_leave_network()


def test_an_engine_that_cannot_be_made_is_not_offered_and_no_error(tmp_path: Path) -> None:
    host = EngineHost(Configuration(tmp_path, ("argos", "apertium", "no.such.module:Engine", "nothing")))
    assert "argos" not in {hop.engine for hop in host.hops()}
    host.close()


def test_python_in_the_process_cannot_reach_anybody() -> None:
    program = """
import socket
from translation.isolation import leave_network
print(leave_network() in ("none", "refused"))
try:
    socket.create_connection(("127.0.0.1", 9), timeout=1)
except PermissionError:
    print("refused")
"""
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["True", "refused"]
