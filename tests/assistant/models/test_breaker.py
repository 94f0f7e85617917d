"""The circuit breaker: opens after some failures, rests, closes by a probe."""

from assistant.models.breaker import FAILURES, LONGEST_REST, REST, Breaker


class Clock:
    """Stands still until told."""

    now = 100.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def opened(clock: Clock, *probes: bool) -> Breaker:
    """A breaker that has just opened, whose probes find this."""
    breaker = Breaker(iter(probes).__next__, clock)
    for _ in range(FAILURES):
        assert breaker.allows()
        breaker.failed()
    return breaker


def test_it_opens_after_failures_in_a_row_and_rests_without_a_probe() -> None:
    assert not opened(Clock()).allows()


def test_a_success_between_failures_keeps_it_closed() -> None:
    breaker = Breaker(lambda: False)
    for _ in range(3 * FAILURES):
        breaker.failed()
        breaker.succeeded()
    assert breaker.allows()


def test_a_probe_that_succeeds_closes_it() -> None:
    clock = Clock()
    breaker = opened(clock, True)
    clock.now += REST
    assert breaker.allows()
    breaker.failed()
    assert breaker.allows()


def test_a_probe_that_fails_lets_it_rest_again() -> None:
    clock = Clock()
    breaker = opened(clock, False, True)
    clock.now += REST
    assert not breaker.allows()
    assert not breaker.allows()
    clock.now += REST
    assert breaker.allows()


def test_a_server_that_asked_for_a_rest_gets_it_whatever_succeeds_meanwhile() -> None:
    clock = Clock()
    breaker = Breaker(lambda: True, clock)
    breaker.rest(60)
    breaker.rest(10)
    breaker.succeeded()
    clock.now += 59
    assert not breaker.allows()
    clock.now += 1
    assert breaker.allows()


def test_no_rest_is_for_ever() -> None:
    clock = Clock()
    breaker = Breaker(lambda: True, clock)
    breaker.rest(1e9)
    clock.now += LONGEST_REST
    assert breaker.allows()
