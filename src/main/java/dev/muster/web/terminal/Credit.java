package dev.muster.web.terminal;

import java.util.function.BooleanSupplier;

/// How much output may be on its way to a client that tells what it has shown.
///
/// A browser takes a socket's messages as fast as they come and keeps them until they are drawn:
/// without this, a flood would fill its memory, and keystrokes would wait behind all of it.
final class Credit {
    private static final long LOOK_AGAIN_MILLIS = 250;

    private final long window;
    private long sent;
    private long taken;
    private boolean ended;

    /// @param window bytes; 0: the client tells nothing, and its socket alone holds it back
    Credit(long window) {
        this.window = window;
    }

    /// Waits until there is room for some more, and takes it.
    ///
    /// @param anyway true when the client may be unable to tell: what it typed before is not taken
    ///     yet, and its words stand behind that
    synchronized void spend(int bytes, BooleanSupplier anyway) throws InterruptedException {
        while (window > 0 && sent - taken >= window && !ended && !anyway.getAsBoolean()) {
            wait(LOOK_AGAIN_MILLIS);
        }
        sent += bytes;
    }

    /// @param total bytes that the client has shown; a client can't have shown what was not sent
    synchronized void taken(long total) {
        taken = Math.max(taken, Math.min(total, sent));
        notifyAll();
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }
}
