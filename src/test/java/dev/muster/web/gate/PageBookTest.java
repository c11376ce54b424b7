package dev.muster.web.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PageBookTest {
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final HeldSignIns kept = new HeldSignIns();
    private final PageBook book = new PageBook(kept, ticking());

    @Test
    void tradesACodeOnce() {
        String code = book.code();
        String secret = book.trade(code).orElseThrow();

        assertThat(book.holds(secret)).isTrue();
        assertThat(book.trade(code)).isEmpty();
        assertThat(book.holds(code)).isFalse();
        assertThat(book.trade("")).isEmpty();
    }

    @Test
    void takesNoCodeThatIsTooOld() {
        String code = book.code();
        pass(PageBook.CODE);
        assertThat(book.trade(code)).isEmpty();
    }

    @Test
    void keepsTheNewestOfTooManyCodes() {
        String first = book.code();
        for (int i = 0; i < 16; i++) {
            pass(Duration.ofSeconds(1));
            book.code();
        }
        assertThat(book.trade(first)).isEmpty();
        assertThat(book.trade(book.code())).isPresent();
    }

    @Test
    void remembersWhoIsSignedInAcrossARestartButNotForEver() {
        String secret = book.trade(book.code()).orElseThrow();

        PageBook restarted = new PageBook(kept, ticking());
        restarted.load();
        assertThat(restarted.holds(secret)).isTrue();
        assertThat(kept.all(now.get())).noneMatch(one -> one.digest().contains(secret));

        pass(Duration.ofDays(15));
        assertThat(restarted.holds(secret)).isFalse();
    }

    @Test
    void signsOneTabOutOrAllOfThem() {
        String one = book.trade(book.code()).orElseThrow();
        String two = book.trade(book.code()).orElseThrow();

        book.signOut(one);
        assertThat(book.holds(one)).isFalse();
        assertThat(book.holds(two)).isTrue();

        String waiting = book.code();
        book.signOutEverywhere();
        assertThat(book.holds(two)).isFalse();
        assertThat(book.trade(waiting)).isEmpty();
        assertThat(kept.all(now.get())).isEmpty();
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private Clock ticking() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }
}
