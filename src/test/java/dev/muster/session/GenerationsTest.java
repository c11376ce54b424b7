package dev.muster.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class GenerationsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T17:00:00Z");

    @Property
    void namesALaterGenerationLaterWhateverTheClock(
            @ForAll
                    @CharRange(from = 'a', to = 'z')
                    @CharRange(from = '0', to = '9')
                    @StringLength(min = 1, max = 31)
                    String older,
            @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long clock) {
        String next = Generations.after(older, Instant.ofEpochMilli(clock));
        assertThat(next).isGreaterThan(older);
        assertThat(Generations.isName(next)).as(next).isTrue();
    }

    @Test
    void countsOnWhenTheClockWasSetBack() {
        String first = Generations.name(NOW);
        String second = Generations.after(first, NOW.minusSeconds(3600));
        assertThat(second).isGreaterThan(first).hasSameSizeAs(first);
    }

    @Test
    void readsWhichGenerationsThereAre() {
        Generations found = Generations.parse("journal g2 5\njournal g1 30\ngen g2\n");
        assertThat(found.current()).isEqualTo("g2");
        assertThat(found.others()).containsOnlyKeys("g1").containsEntry("g1", 30L);
    }

    @Test
    void takesNoNameThatIsAPath() {
        Generations found = Generations.parse("journal ../x 5\ngen ../../etc/passwd\n");
        assertThat(found.current()).isEmpty();
        assertThat(found.sizes()).isEmpty();
        assertThat(Generations.pruned("pruned ../x\npruned g1\n")).containsExactly("g1");
    }

    @Test
    void takesNoNextGenerationThatIsNone() {
        assertThat(JournalParser.parse("{\"next\":\"../x\"}".getBytes(), NOW))
                .isInstanceOf(JournalRecord.Content.Gap.class);
        assertThat(JournalParser.parse("{\"next\":\"g1\"}".getBytes(), NOW))
                .isEqualTo(new JournalRecord.Content.Next("g1"));
    }
}
