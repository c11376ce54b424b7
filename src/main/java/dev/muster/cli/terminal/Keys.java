package dev.muster.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is typed, handed on byte for byte while a session listens. While none does, Ctrl-C and
/// Ctrl-D say that the user wants to leave, and all else is dropped: keys that were meant for a
/// screen that is not there must not reach it later.
public final class Keys {
    private static final byte CTRL_C = 3;
    private static final byte CTRL_D = 4;

    private final CountDownLatch leave = new CountDownLatch(1);
    private volatile @Nullable Consumer<byte[]> listener;

    /// Reads on a daemon thread of its own: a read from a terminal can't be interrupted.
    public static Keys from(InputStream in) {
        Keys keys = new Keys();
        Thread.ofPlatform().daemon().name("keys").start(() -> keys.read(in));
        return keys;
    }

    /// @param listener gets the keys from now on; null: nobody does
    void to(@Nullable Consumer<byte[]> listener) {
        this.listener = listener;
    }

    /// Waits, and answers early with true when the user wants to leave.
    public boolean leftWithin(Duration time) throws InterruptedException {
        return leave.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void read(InputStream in) {
        byte[] buffer = new byte[4096];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                take(Arrays.copyOf(buffer, n));
            }
        } catch (IOException e) {
            // A terminal that is gone ends like one that was closed.
        }
        leave.countDown();
    }

    private void take(byte[] typed) {
        Consumer<byte[]> now = listener;
        if (now != null) {
            now.accept(typed);
            return;
        }
        for (byte key : typed) {
            if (key == CTRL_C || key == CTRL_D) {
                leave.countDown();
            }
        }
    }
}
