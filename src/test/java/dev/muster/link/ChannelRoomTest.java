package dev.muster.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ChannelRoomTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final ChannelRoom room = new ChannelRoom();

    @Test
    void waitsForAPlaceOnceTheLimitIsKnown() throws Exception {
        take();
        take();
        room.enter(LONG);
        room.refused();
        CountDownLatch entered = new CountDownLatch(1);
        Thread.startVirtualThread(
                () -> {
                    try {
                        room.enter(LONG);
                        entered.countDown();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
        assertThat(entered.await(200, TimeUnit.MILLISECONDS)).isFalse();
        room.leave();
        assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void asksAgainAfterAWhile() throws Exception {
        take();
        room.enter(LONG);
        room.refused();
        room.enter(Duration.ofMillis(20));
        room.taken();
        room.leave();
        // Two were allowed after all: the second needs no wait.
        room.enter(LONG);
    }

    private void take() throws InterruptedException {
        room.enter(LONG);
        room.taken();
    }
}
