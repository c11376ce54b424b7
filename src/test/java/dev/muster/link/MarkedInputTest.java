package dev.muster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MarkedInputTest {
    @Property(tries = 200)
    void findsTheMarkerHoweverTheBytesAreCut(
            @ForAll byte[] payload, @ForAll @IntRange(min = 1, max = 9) int step)
            throws IOException {
        byte[] head = "noise m\nmu\nmumumark\n".getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[head.length + payload.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(payload, 0, all, head.length, payload.length);
        MarkedInput in = new MarkedInput(inSteps(all, step), "mumark");
        assertThat(in.readAllBytes()).isEqualTo(payload);
        assertThat(in.noise()).isEqualTo("noise m\nmu\nmu");
        assertThat(in.started()).isTrue();
    }

    @Test
    void keepsWhatCameWhenNoMarkerDoes() throws IOException {
        MarkedInput in = new MarkedInput(bytes("This account is not available"), "mark");
        assertThat(in.readAllBytes()).isEmpty();
        assertThat(in.started()).isFalse();
        assertThat(in.noise()).isEqualTo("This account is not available");
    }

    @Test
    void refusesNoiseWithoutEnd() {
        MarkedInput in = new MarkedInput(bytes("x".repeat(100_000)), "mark");
        assertThatThrownBy(in::readAllBytes)
                .isInstanceOf(MarkedInput.NoiseLimitException.class)
                .hasMessageContaining("64 KiB")
                .hasMessageContaining("xxx");
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream inSteps(byte[] all, int step) {
        return new ByteArrayInputStream(all) {
            @Override
            public synchronized int read(byte[] b, int off, int len) {
                return super.read(b, off, Math.min(step, len));
            }
        };
    }
}
