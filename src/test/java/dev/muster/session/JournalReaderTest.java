package dev.muster.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.session.JournalRecord.Content;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class JournalReaderTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ID = "01K00000000000000000000001";
    private static final String JOURNAL =
            "\n{\"s\":\""
                    + ID
                    + "\",\"k\":\"start\",\"run\":1,\"pid\":7,\"t\":1767225600}\n"
                    + "\n{\"s\":\""
                    + ID
                    + "\",\"k\":\"rep"
                    + "\n{\"s\":\""
                    + ID
                    + "\",\"k\":\"report\",\"state\":\"idle\",\"x\":\"c3a4\"}\n"
                    + "\n{\"next\":\"g2\"}\n"
                    + "\n{\"s\":\"../../etc\",\"k\":\"exit\",\"rc\":0}\n"
                    + "\n{\"s\":\""
                    + ID
                    + "\",\"k\":\"exit\",\"run\":1,\"rc\":3}\n";

    @Test
    void readsRecordsAndShowsWhatIsNoneAsAGap() {
        List<JournalRecord> records = read(new JournalReader(100), JOURNAL.length());
        assertThat(records.stream().map(JournalRecord::content))
                .containsExactly(
                        new Content.Of(
                                new SessionId(ID), List.of(new SessionEvent.Started(NOW, 1, 7))),
                        new Content.Gap(42),
                        new Content.Of(
                                new SessionId(ID),
                                List.of(new SessionEvent.Reported(NOW, "idle", "ä"))),
                        new Content.Next("g2"),
                        new Content.Gap(35),
                        new Content.Of(
                                new SessionId(ID), List.of(new SessionEvent.Exited(NOW, 1, 3))));
        assertThat(records.getFirst().offset()).isEqualTo(101);
        assertThat(records.getLast().end()).isEqualTo(100 + JOURNAL.length());
    }

    @Property(tries = 200)
    void givesTheSameRecordsHoweverTheBytesAreCut(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 60) Integer> cuts) {
        byte[] bytes = JOURNAL.getBytes(StandardCharsets.UTF_8);
        List<JournalRecord> whole = read(new JournalReader(0), bytes.length);
        JournalReader reader = new JournalReader(0);
        List<JournalRecord> pieces = new ArrayList<>();
        int at = 0;
        for (int i = 0; at < bytes.length; i++) {
            int length = Math.min(cuts.get(i % cuts.size()), bytes.length - at);
            byte[] piece = java.util.Arrays.copyOfRange(bytes, at, at + length);
            pieces.addAll(reader.take(piece, length, NOW));
            at += length;
            // A reader that begins again at the offset misses nothing and repeats nothing.
            assertThat(reader.offset()).isLessThanOrEqualTo(at);
            if (i % 5 == 4) {
                JournalReader later = new JournalReader(reader.offset());
                int from = (int) reader.offset();
                pieces.addAll(
                        later.take(java.util.Arrays.copyOfRange(bytes, from, at), at - from, NOW));
                reader = later;
            }
        }
        assertThat(pieces).isEqualTo(whole);
    }

    @Test
    void neverKeepsMoreThanAMegabyteOfNoise() {
        JournalReader reader = new JournalReader(0);
        byte[] noise = new byte[1 << 20];
        java.util.Arrays.fill(noise, (byte) 'x');
        for (int i = 0; i < 5; i++) {
            assertThat(reader.take(noise, noise.length, NOW)).isEmpty();
        }
        assertThat(reader.take(new byte[] {'\n'}, 1, NOW))
                .singleElement()
                .extracting(JournalRecord::content)
                .isInstanceOf(Content.Gap.class);
    }

    private static List<JournalRecord> read(JournalReader reader, int length) {
        return reader.take(JOURNAL.getBytes(StandardCharsets.UTF_8), length, NOW);
    }
}
