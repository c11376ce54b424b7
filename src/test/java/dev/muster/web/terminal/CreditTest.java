package dev.muster.web.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class CreditTest {
    private final AtomicBoolean anyway = new AtomicBoolean();

    @Test
    void holdsBackWhatTheClientHasNotShownYet() throws Exception {
        Credit credit = new Credit(100);
        credit.spend(60, anyway::get);
        credit.spend(60, anyway::get);

        CompletableFuture<Void> third = spend(credit);
        waits(third);
        credit.taken(19);
        waits(third);
        credit.taken(21);

        third.join();
    }

    @Test
    void givesNoCreditForWhatWasNotSent() throws Exception {
        Credit credit = new Credit(100);
        credit.spend(100, anyway::get);
        credit.taken(Long.MAX_VALUE);
        credit.spend(100, anyway::get);

        CompletableFuture<Void> more = spend(credit);
        waits(more);
        credit.taken(-5);
        waits(more);
        credit.end();

        more.join();
    }

    @Test
    void goesOnWhereTheClientCantTell() throws Exception {
        Credit credit = new Credit(100);
        credit.spend(100, anyway::get);
        CompletableFuture<Void> more = spend(credit);
        waits(more);

        anyway.set(true);

        more.join();
    }

    @Test
    void neverWaitsForAClientThatTellsNothing() throws Exception {
        Credit credit = new Credit(0);
        for (int i = 0; i < 100; i++) {
            credit.spend(1 << 20, anyway::get);
        }
        assertThat(anyway).isFalse();
    }

    private Thread spender = Thread.currentThread();

    private CompletableFuture<Void> spend(Credit credit) {
        CompletableFuture<Void> spent = new CompletableFuture<>();
        spender =
                Thread.ofPlatform()
                        .daemon()
                        .start(
                                () -> {
                                    try {
                                        credit.spend(10, anyway::get);
                                        spent.complete(null);
                                    } catch (InterruptedException e) {
                                        spent.completeExceptionally(e);
                                    }
                                });
        return spent;
    }

    private void waits(CompletableFuture<Void> spent) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> spender.getState() == Thread.State.TIMED_WAITING);
        assertThat(spent).isNotDone();
    }
}
