package dev.muster.link;

import java.time.Duration;

/// How long links wait for things.
///
/// @param connect for one whole connect: resolving, key exchange, signing in, jumps included
/// @param open for a channel to open and the script on it to begin
/// @param heartbeat between two heartbeats
/// @param misses how many heartbeats in a row may stay without a reply; the connection is ended at
///     the next
public record LinkTimings(Duration connect, Duration open, Duration heartbeat, int misses) {
    /// 30 s to connect, 15 s to open a channel, and a dead connection seen after at most 40 s.
    public static final LinkTimings STANDARD =
            new LinkTimings(
                    Duration.ofSeconds(30), Duration.ofSeconds(15), Duration.ofSeconds(10), 3);

    public LinkTimings {
        if (misses < 1 || !heartbeat.isPositive()) {
            throw new IllegalArgumentException("heartbeat " + heartbeat + ", misses " + misses);
        }
    }
}
