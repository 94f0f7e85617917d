"""A verb that stands in two is read as one."""

import pytest

from knowledge.separable import joined

VERBS = {"aanpakken", "uitgeven", "oplossen", "overnemen", "inzetten", "opletten"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("hoe pak ik dat aan", "hoe aanpakken ik dat"),
        ("wie pakt het aan", "wie aanpakken het"),
        ("wat geeft de stad uit", "wat uitgeven de stad"),
        ("neemt een machine het over", "overnemen een machine het"),
        ("waar letten jullie op", "waar opletten jullie"),
        ("is het op te lossen", "is het te oplossen"),
        ("zet je het in bij een bedrijf", "inzetten je het bij een bedrijf"),
        ("wat staat er op de kaart", "wat staat er op de kaart"),  # no verb that is listed
        ("waar gaat het over", "waar gaat het over"),
        ("op te", "op te"),
    ],
)
def test_a_verb_in_two_is_one(written: str, read: str) -> None:
    assert joined(written.split(), VERBS, "nl") == read.split()


def test_other_languages_are_left_alone() -> None:
    assert joined(["pak", "het", "aan"], VERBS, "de") == ["pak", "het", "aan"]
