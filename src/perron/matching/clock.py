"""How long a search may go on: until the seconds are over, or somebody says stop."""

from time import perf_counter


class Clock:
    """Counts from when it is made."""

    def __init__(self, seconds: float) -> None:
        """Start."""
        self.end = perf_counter() + seconds
        self.stopped = False

    def stop(self) -> None:
        """No more: the best plan until now is given."""
        self.stopped = True

    def left(self) -> float:
        """Seconds that are left."""
        return 0.0 if self.stopped else max(0.0, self.end - perf_counter())

    def over(self) -> bool:
        """Whether none are left."""
        return self.left() <= 0
