package dev.muster.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/// How long a test waits for what it does not say a time for: Awaitility's own ten seconds are less
/// than a crowded machine may stand still. What holds is not waited for any longer by that.
///
/// Named in `META-INF/services`, so that it counts for every test, whoever runs it.
public final class Patience implements LauncherSessionListener {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(LONG);
    }
}
