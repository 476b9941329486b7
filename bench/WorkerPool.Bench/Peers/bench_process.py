"""What the kernel knows of a process."""

import os
import threading


def resident(process_id="self"):
    """Bytes."""
    with open(f"/proc/{process_id}/status") as status:
        return next(1024 * int(line.split()[1]) for line in status if line.startswith("VmRSS:"))


def processor_seconds(process_id="self"):
    """User and system."""
    with open(f"/proc/{process_id}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class MemoryPeaks:
    """The most memory that this process has resident while it is watched."""

    def __enter__(self):
        self._values = [resident()]
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()

    def _watch(self):
        while not self._over.wait(0.05):
            self._values.append(resident())

    @property
    def most(self):
        return max(self._values)

    @property
    def growth(self):
        """The most in the last third of the time over the most in the second."""
        third = max(1, len(self._values) // 3)
        return max(self._values[-third:]) / max(self._values[third : 2 * third] or self._values)
