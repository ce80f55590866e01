"""The timings run and say what they must; how long anything took is never judged here."""

from __future__ import annotations

import json

import pytest

from tests.bench.harness import Bench, interleaved
from tests.bench.material import Words, queries, small_files
from tests.bench.run import WORKS, main

ALWAYS = {"work", "peer", "ours_s", "peer_s", "ratio", "aim"}


@pytest.mark.parametrize("work", WORKS)
def test_a_tiny_run_writes_rows_of_the_agreed_shape(work, tmp_path, capsys, heavy):
    if work == "window" and not heavy(0, 1):
        pytest.skip("it opens half a dozen real windows: DSL_DESK_HEAVY=1 runs it")
    out = tmp_path / "rows.json"

    ended = main(["--small", "--rounds", "1", "--works", work, "--room", str(tmp_path), "--out", str(out)])

    rows = json.loads(out.read_text(encoding="utf-8"))
    assert ended == 0, capsys.readouterr().out
    assert rows
    for row in rows:
        assert set(row) >= ALWAYS
        assert row["ratio"] > 0
        assert row["ours_s"] > 0
    assert [path for path in tmp_path.iterdir() if path != out] == []


def test_ours_and_peers_run_in_turn_each_in_an_empty_folder(tmp_path):
    order = []

    def act(name):
        def run(folder):
            order.append(name)
            assert not list(folder.iterdir())
            (folder / "left.txt").write_text("left")
            return float(len(order))

        return run

    times = interleaved(tmp_path, [act("ours"), act("peer")], 3)

    assert order == ["ours", "peer", "peer", "ours", "ours", "peer"]
    assert times == [[1.0, 4.0, 5.0], [2.0, 3.0, 6.0]]
    assert not list(tmp_path.iterdir())


def test_the_ratio_is_of_medians_and_above_one_where_ours_is_faster(tmp_path):
    bench = Bench(room=tmp_path, say=lambda _line: None)

    bench.add("work", "peer", "1x", [1.0, 2.0, 9.0], [3.0, 4.0, 5.0], 1.5)

    assert bench.rows[0].as_json() | {"met": bench.rows[0].met} == {
        "work": "work", "peer": "peer", "size": "1x", "ours_s": 2.0, "peer_s": 4.0, "ratio": 2.0, "aim": 1.5,
        "ours_all": (1.0, 2.0, 9.0), "peer_all": (3.0, 4.0, 5.0), "met": True,
    }  # fmt: skip


def test_made_up_material_is_the_same_on_every_run(tmp_path):
    assert Words("a").text(30) == Words("a").text(30) != Words("b").text(30)
    one, other = small_files(tmp_path / "one", 3), small_files(tmp_path / "other", 3)
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]
    assert len({len(words.split()) for words in queries()}) == 2
