"""How long a search may go on: until the seconds are over, or somebody says stop."""

from time import perf_counter


class Clock:
    """Counts from when it is made."""

    def __init__(self, seconds: float, whole: "Clock | None" = None) -> None:
        """Start; a part of a ``whole`` ends with it at the latest."""
        self.end = perf_counter() + seconds
        self.stopped = False
        self.whole = whole

    def part(self, share: float) -> "Clock":
        """A share of the time that is left, as a clock."""
        return Clock(self.left() * share, self)

    def stop(self) -> None:
        """No more: the best plan until now is given."""
        self.stopped = True

    def left(self) -> float:
        """Seconds that are left."""
        if self.stopped or (self.whole and self.whole.over()):
            return 0.0
        return max(0.0, self.end - perf_counter())

    def over(self) -> bool:
        """Whether none are left."""
        return self.left() <= 0
