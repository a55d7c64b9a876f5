"""`doubts` lists what a person should look at, and nothing else."""

import json

SURE = "Nine villagers were killed in Northvale, Valley Watch said."
UNSURE = "Fire killed 14 skalds in Northvale."


def _ingest(crosscount, tmp_path, *texts):
    for number, text in enumerate(texts):
        path = tmp_path / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        assert crosscount("ingest", path, "--publisher", "watch", "--published", "2024-12-02").exit_code == 0


def test_only_what_is_not_sure_is_listed_with_its_sentence_and_reason(crosscount, tmp_path):
    """A number of a noun nobody knows stands there with its quote; a plain figure does not."""
    _ingest(crosscount, tmp_path, SURE, UNSURE)
    told = crosscount("doubts").stdout
    assert UNSURE in told
    assert "unit? Unknown noun" in told
    assert "Nine" not in told


def test_the_threshold_is_the_askers(crosscount, tmp_path):
    """Asked for everything, everything is listed, the least sure first."""
    _ingest(crosscount, tmp_path, SURE, UNSURE)
    told = json.loads(crosscount("doubts", "--below", "1", "--json").stdout)
    assert [row["quote"] for row in told] == [UNSURE, SURE]
    assert told[0]["doubts"] == [{"doubt": "unknown_noun", "column": "unit", "candidates": []}]
    assert crosscount("doubts", "--below", "0").stdout == "No figure needs a look.\n"
