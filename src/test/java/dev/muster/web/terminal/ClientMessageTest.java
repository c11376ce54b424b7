package dev.muster.web.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.link.TerminalSize;
import org.junit.jupiter.api.Test;

class ClientMessageTest {
    @Test
    void readsSizesAndWhatIsShown() {
        assertThat(read("{\"resize\":{\"columns\":123,\"rows\":45}}"))
                .isEqualTo(new ClientMessage.Resize(new TerminalSize(123, 45, "xterm")));
        assertThat(read("{\"taken\":5000000000}"))
                .isEqualTo(new ClientMessage.Taken(5_000_000_000L));
    }

    @Test
    void passesOverAllElse() {
        for (String text :
                new String[] {
                    "",
                    "no json",
                    "[]",
                    "{\"taken\":\"1\"}",
                    "{\"taken\":1.5}",
                    "{\"resize\":{\"columns\":0,\"rows\":-1}}",
                    "{\"later\":true}"
                }) {
            assertThat(read(text)).as(text).isEqualTo(new ClientMessage.Unknown());
        }
    }

    private static ClientMessage read(String text) {
        return ClientMessage.read(text, "xterm", new ObjectMapper());
    }
}
