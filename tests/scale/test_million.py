from tests.scale.million import apart

MOST_MB = 150


def test_memory_is_bounded_and_answers_are_those_that_were_written(tmp_path):
    put = apart("write", tmp_path / "small", 701, block=100)
    assert put["memory"] < MOST_MB
    told = apart("answer", tmp_path / "small", 701)
    assert told["memory"] < MOST_MB
    assert told["answers"] > 0
