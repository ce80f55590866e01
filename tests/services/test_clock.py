"""The one real clock: UTC, the school's zone, this start of the laptop."""

from datetime import UTC, timedelta

from dsl_desk.clock import SystemClock, boot_id


def test_a_moment_tells_the_same_instant_in_both_zones_and_never_steps_by_itself():
    clock = SystemClock()
    first, second = clock.now(), clock.now()

    assert first.utc == first.local.astimezone(UTC)  # times of two zones are never equal in October's repeated hour
    assert first.zone == "Europe/London"
    assert second.utc - first.utc < timedelta(seconds=60)
    assert second.stepped_since(first) is None


def test_two_clocks_of_one_start_name_the_same_boot():
    assert SystemClock().now().boot == boot_id()
    assert len(boot_id()) == 32


def test_where_the_system_names_no_start_each_program_start_counts_as_one(monkeypatch):
    monkeypatch.setattr("dsl_desk.clock._boot_name", lambda: "")
    assert boot_id() != boot_id()
