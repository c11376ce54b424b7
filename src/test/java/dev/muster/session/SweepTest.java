package dev.muster.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SweepTest {
    private static final String ID = "01KAAAAAAAAAAAAAAAAAAAAAAA";
    private static final String OTHER = "01KBBBBBBBBBBBBBBBBBBBBBBB";

    @Test
    void neverFindsASessionThatWasRemoved() throws Exception {
        Sweep sweep =
                Sweep.parse(
                        "server up\n" + session(ID) + session(OTHER) + ("gone " + ID + "\ndone\n"));

        assertThat(sweep.found())
                .extracting(found -> found.spec().id().value())
                .containsOnly(OTHER);
        assertThat(sweep.halfGone()).extracting(spec -> spec.id().value()).containsOnly(ID);
    }

    @Test
    void saysHowLongTheJournalWas() {
        assertThat(Sweep.parse("journal gabc 1234\ndone\n").journal())
                .isEqualTo(new Sweep.JournalEnd("gabc", 1234));
        assertThat(Sweep.parse("journal gabc x\ndone\n").journal()).isNull();
    }

    @Test
    void isNotCompleteWhenItBrokeOff() throws Exception {
        assertThat(Sweep.parse("server up\n" + session(ID)).complete()).isFalse();
    }

    private static String session(String id) throws Exception {
        SessionSpec spec =
                TestSpec.of(new SessionId(id), Instant.EPOCH)
                        .owner("testservice")
                        .name("name-" + id.charAt(3))
                        .branchNotMade()
                        .command()
                        .build();
        String json =
                new ObjectMapper().registerModule(new JavaTimeModule()).writeValueAsString(spec);
        return "session " + id + " 1 - -\njson " + json + "\n";
    }
}
