"""A hit as other tools get it."""

from knowledge.hit import Hit

HIT = Hit("bread", "Bread", None, "Dough", "c1", "Rest it.", 10, 18, 0.75, stages={"cosine": 0.5})


def test_a_hit_has_the_fields_others_rely_on() -> None:
    assert HIT.as_dict() == {
        "article_id": "bread", "url": None, "title": "Bread", "section": "Dough", "chunk_id": "c1",
        "text": "Rest it.", "start": 10, "end": 18, "score": 0.75,
    }  # fmt: skip


def test_each_stage_is_shown_on_request() -> None:
    assert HIT.as_dict(explain=True)["stages"] == {"cosine": 0.5}
