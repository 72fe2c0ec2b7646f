"""The labelled messages: what is read, how likeness is reckoned, and how the comparison counts."""

import importlib
from math import log

import pytest


@pytest.fixture
def example():
    return importlib.import_module("fire2017_needs_offers")


@pytest.fixture
def messages(example, data):
    return example.read(data("community_fire2017"))


def test_there_are_26_labelled_needs_with_five_offers_each_among_718_of_897_messages(
    messages,
):
    assert [len(offers) for offers in messages.labels.values()] == [5] * 26
    assert (len(messages.offers), len(messages.text)) == (718, 897)
    assert {offer for offers in messages.labels.values() for offer in offers} <= set(
        messages.offers
    )
    assert set(messages.labels) | set(messages.offers) <= set(messages.text)


def test_words_leave_out_addresses_user_names_and_the_repeat_mark(example):
    assert example.words(
        "RT @user: #Nepal needs Water &amp; tents http://t.co/x1Y"
    ) == [
        "nepal",
        "needs",
        "water",
        "tents",
    ]


def test_likeness_is_the_cosine_with_rare_words_counting_more(example):
    found = example.vectors(
        example.Messages(
            {"a": "water tents", "b": "water blood", "c": "water", "d": "tents"}, [], {}
        )
    )
    # Document frequencies: water 3 of 4, tents 2 of 4, blood 1 of 4.
    water, tents, blood = log(4 / 3), log(4 / 2), log(4 / 1)
    length_a, length_b = (water**2 + tents**2) ** 0.5, (water**2 + blood**2) ** 0.5
    assert example.likeness(found["a"], found["b"]) == round(
        1000 * water * water / (length_a * length_b)
    )
    assert example.likeness(found["c"], found["d"]) == 0


def test_a_pair_shares_a_word_and_no_message_is_its_own_offer(example):
    messages = example.Messages(
        {"n": "blood needed", "o": "blood offered", "p": "tents"},
        ["n", "o", "p"],
        {"n": ["o"]},
    )
    assert [(left, right) for left, right, _ in example.pairs(messages)] == [(1, 0)]


def test_the_pairs_come_in_one_order_each_once_with_whole_positive_weights(
    example, messages
):
    found = example.pairs(messages)
    ends = [(left, right) for left, right, _ in found]
    assert ends == sorted(set(ends))
    assert all(
        isinstance(weight, int) and 0 < weight <= example.SCALE for *_, weight in found
    )


def test_the_ceiling_counts_an_offer_at_most_as_often_as_its_limit(example):
    assert example.upper_bound({str(need): ["busy"] for need in range(7)}) == 5


def test_of_130_labelled_pairs_two_lie_beyond_the_limit(example, messages):
    # One offer is labelled for 7 needs, no other for more than 5.
    assert example.upper_bound(messages.labels) == 128


def test_the_comparison_counts_labelled_pairs_against_both_sides(example):
    messages = example.Messages(
        {}, [str(number) for number in range(100)], {"n": ["1", "2", "3", "4"]}
    )
    text = example.compared({("n", "1"), ("n", "9")}, messages)
    assert (
        "1 of 2 chosen pairs are labelled: precision 50.0%, recall 25.0% of 4 labels"
        in text
    )
    assert "precision 5.0% expected" in text
