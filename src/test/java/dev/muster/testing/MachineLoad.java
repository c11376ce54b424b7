package dev.muster.testing;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// How crowded this machine is while a test measures how long something takes. The load that the
/// machine itself tells is that of the last minute: other tests may have begun since.
public final class MachineLoad {
    private static final Path COUNTS = Path.of("/proc/loadavg");
    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getOperatingSystemMXBean();

    /// Threads that run or wait to run, over the last second or so.
    private volatile double queue;

    /// Takes a look.
    ///
    /// @param since the last one, about
    public void look(Duration since) throws IOException {
        if (Files.exists(COUNTS)) {
            double share = Math.min(1, since.toMillis() / 1000.0);
            queue += (waiting() - queue) * share;
        }
    }

    /// How many threads run or wait to run on this machine now, but for this one (Linux only).
    private static double waiting() throws IOException {
        String counts = Files.readString(COUNTS).split(" ")[3];
        return Double.parseDouble(counts.substring(0, counts.indexOf('/'))) - 1;
    }

    /// What may take so long on a machine that has time may take up to eight times as long where
    /// the processors have a queue, now or lately.
    public Duration allows(Duration time) {
        double most = Math.max(queue, MACHINE.getSystemLoadAverage());
        double times = Math.clamp(most / MACHINE.getAvailableProcessors(), 1, 8);
        return Duration.ofNanos((long) (time.toNanos() * times));
    }
}
