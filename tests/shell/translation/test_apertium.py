"""Apertium passes the conformance suite where it is installed; its format and its pipelines are safe anywhere."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.patience import PATIENCE_S
from tests.shell.translation.conformance import NO_APERTIUM, Case, EngineConformance
from translation.apertium import MODES, ApertiumEngine
from translation.apertium_programs import Pipeline, mode_commands
from translation.apertium_stream import decode, encode
from translation.core.hops import Hop
from translation.core.protection import OPEN, protect
from translation.engine import EngineError, Failure, Workshop

needs_apertium = pytest.mark.skipif(not (MODES / "spa-cat.mode").is_file(), reason=NO_APERTIUM)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[ApertiumEngine]:
    engine = ApertiumEngine(Workshop(tmp_path))
    yield engine
    engine.close()


def hop_of(engine: ApertiumEngine, mode: str) -> Hop:
    return next(hop for hop in engine.hops() if hop.folder == mode)


@needs_apertium
class TestApertium(EngineConformance):
    @pytest.fixture
    def case(self, engine: ApertiumEngine) -> Case:
        known = {"La escuela está cerrada.": "escola", "¿Quién paga los autobuses?": "autobusos", "No.": "No"}
        return Case(engine, hop_of(engine, "spa-cat"), known)


@needs_apertium
def test_names_keep_their_place_in_the_sentence(engine: ApertiumEngine) -> None:
    text = protect("La propuesta de Mar es buena.", ["Mar"])
    assert engine.translate(hop_of(engine, "spa-cat"), [text]) == ["La proposta de \ue000Mar\ue001 és bona."]


@needs_apertium
def test_opening_question_marks_stay_in_spanish(engine: ApertiumEngine) -> None:
    (answer,) = engine.translate(hop_of(engine, "spa-cat"), ["¿Vienes?"])
    assert "¿" not in str(answer)


def running(engine: ApertiumEngine, mode: str = "spa-cat") -> Pipeline:
    found = engine._shelf.find(engine.name, mode)
    assert isinstance(found, Pipeline)
    return found


@needs_apertium
def test_killed_and_frozen_programs_cost_one_answer_at_most(engine: ApertiumEngine) -> None:
    hop = hop_of(engine, "spa-cat")
    engine.translate(hop, ["casa"])
    processes = running(engine)._processes
    os.kill(processes[3].pid, signal.SIGKILL)
    processes[3].wait()
    assert engine.translate(hop, ["La casa es grande."]) == ["La casa és gran."]


@needs_apertium
def test_a_frozen_program_is_given_up_at_the_deadline_and_replaced() -> None:
    pipeline = Pipeline(mode_commands(MODES, "spa-cat"))
    pipeline.ask(encode("casa"), timeout=PATIENCE_S)
    os.kill(pipeline._processes[2].pid, signal.SIGSTOP)
    with pytest.raises(EngineError, match="no answer in time"):
        pipeline.ask(encode("casa"), timeout=0.2)
    assert "escola" in decode(pipeline.ask(encode("La escuela"), timeout=PATIENCE_S))
    pipeline.close()


@needs_apertium
def test_programs_that_load_slowly_have_their_own_deadline(
    engine: ApertiumEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    hop = hop_of(engine, "spa-cat")
    monkeypatch.setattr("translation.apertium.LOADING_S", 0.001)
    with pytest.raises(EngineError, match="not loaded in time"):
        engine.translate(hop, [])
    assert hop in engine.hops()
    monkeypatch.setattr("translation.apertium.LOADING_S", 20.0)
    engine.translate(hop, [])
    pipeline = running(engine)
    pipeline._processes[3].kill()
    pipeline._processes[3].wait()
    assert not pipeline.is_running
    engine.translate(hop, [])
    assert pipeline.is_running


@needs_apertium
def test_only_as_many_pipelines_run_as_memory_allows(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path, memory=1)
    engine = ApertiumEngine(workshop)
    for mode in ("spa-cat", "es-pt", "spa-cat"):
        assert not isinstance(engine.translate(hop_of(engine, mode), ["casa"])[0], Failure)
    assert workshop.shelf.names == [("apertium", "spa-cat")]
    engine.close()
    assert workshop.shelf.names == []


def test_where_it_is_not_installed_nothing_is_offered(tmp_path: Path) -> None:
    assert ApertiumEngine(Workshop(tmp_path), modes=tmp_path).hops() == ()


def test_a_mode_that_answers_nothing_is_found_broken_and_not_offered_again(tmp_path: Path) -> None:
    (tmp_path / "spa-cat.mode").write_text("lt-proc /nonexistent/spa-cat.automorf.bin")
    engine = ApertiumEngine(Workshop(tmp_path), modes=tmp_path)
    with pytest.raises(EngineError, match="self-test"):
        engine.translate(hop_of(engine, "spa-cat"), ["casa"])
    assert engine.hops() == ()


@pytest.mark.parametrize("line", ["rm -rf /", "lt-proc a.bin | sh -c id", "", "lt-proc a | | lt-proc b"])
def test_a_mode_may_name_only_programs_of_apertium(tmp_path: Path, line: str) -> None:
    (tmp_path / "spa-cat.mode").write_text(line)
    with pytest.raises(EngineError, match="not allowed"):
        mode_commands(tmp_path, "spa-cat")


@pytest.mark.parametrize("mode", ["../spa-cat", "spa", "spa-cat.mode", "", "a-b;c"])
def test_a_mode_name_is_no_path(tmp_path: Path, mode: str) -> None:
    with pytest.raises(EngineError, match="bad mode name"):
        mode_commands(tmp_path, mode)


def test_the_old_transfer_form_is_rewritten(tmp_path: Path) -> None:
    (tmp_path / "es-pt.mode").write_text("apertium-transfer a.t1x a.t1x.bin a.autobil.bin | lt-proc $1 a.autogen.bin")
    assert mode_commands(tmp_path, "es-pt") == (
        ("lt-proc", "-z", "-b", "a.autobil.bin"),
        ("apertium-transfer", "-z", "-b", "a.t1x", "a.t1x.bin"),
        ("lt-proc", "-z", "-g", "a.autogen.bin"),
    )


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Co")), max_size=80))
def test_text_that_no_program_touches_comes_back(text: str) -> None:
    """Blanks are Apertium's own business; every other sign survives escaping."""
    assert decode(encode(text)).split() == text.split() or "." in text or any(sign in text for sign in "*#@")


@given(st.text(max_size=80))
def test_no_text_can_write_apertiums_own_signs(text: str) -> None:
    bare = encode(protect(text.replace(OPEN, "")))
    outside = bare.replace("\\\\", "")
    assert not [at for at, sign in enumerate(outside) if sign in "^$/<>{}@" and outside[at - 1] != "\\"]
