package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.text.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InPlaceTest {
    private final StringWriter written = new StringWriter();
    private InPlace place;

    @BeforeEach
    void onATerminal() {
        PrintWriter out = new PrintWriter(written);
        place = new InPlace(new Console(out, out, true, true, false, 80));
    }

    @Test
    void drawsOverALineThatWasBegun() {
        written.write("connecting …");

        place.draw(List.of("one", "two"), 24);

        assertThat(written.toString())
                .isEqualTo("connecting …\rone\u001b[K\r\ntwo\u001b[K\r\n\u001b[J");
    }

    @Test
    void goesUpOverWhatItDrewBefore() {
        place.draw(List.of("one", "two"), 24);
        written.getBuffer().setLength(0);

        place.draw(List.of("three"), 24);

        assertThat(written.toString()).isEqualTo("\u001b[2A\rthree\u001b[K\r\n\u001b[J");
    }

    @Test
    void leavesOutTheMiddleOfWhatDoesNotFit() {
        place.draw(List.of("1", "2", "3", "4", "5"), 4);

        assertThat(written.toString().lines().map(line -> line.replace("\u001b[K", "")))
                .containsExactly("", "1", "2", "… 2 more lines", "5", "\u001b[J");
    }
}
