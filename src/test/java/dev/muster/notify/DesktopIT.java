package dev.muster.notify;

import static dev.muster.notify.DesktopSenderTest.titled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.notify.Desktop.Shown;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The real `notify-send`, on a desktop of the tests' own.
class DesktopIT {
    @TempDir Path folder;

    @BeforeAll
    static void needsPrograms() throws Exception {
        for (String program : new String[] {"notify-send", "dbus-daemon"}) {
            assumeTrue(
                    new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() == 0,
                    program + " is not installed");
        }
    }

    private static DesktopSender sender(Desktop desktop) {
        return new DesktopSender(
                notice ->
                        DesktopSender.command(
                                        notice,
                                        "Linux",
                                        name ->
                                                Optional.of(":0")
                                                        .filter(v -> name.equals("DISPLAY")))
                                .map(desktop::command));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders on dev-1 asks for approval",
                "<b>bold</b> & <img src=x> &amp; \"quoted\" 'too'",
                "C:\\temp\\new \\x41 \\101 \\",
                "--icon=/etc/passwd",
                "-u critical",
                "$(touch pwned) `touch pwned` ; touch pwned",
                "100% %s %n ünïcödé 🤖 日本",
            })
    void showsATitleAsItIs(String title) throws Exception {
        try (Desktop desktop = new Desktop(folder).withServer()) {
            assertThat(sender(desktop).send(titled(title))).isEqualTo(new Outcome.Sent());

            Shown shown = desktop.next();
            assertThat(shown.app()).isEqualTo("Muster");
            assertThat(shown.summary()).isEqualTo("Muster");
            // A desktop reads the body as markup.
            assertThat(shown.body().replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
                    .isEqualTo(title);
            assertThat(shown.body()).doesNotContain("<", ">");
            assertThat(desktop.waiting()).isZero();
        }
        assertThat(folder.resolve("pwned")).doesNotExist();
    }

    @Test
    void saysThatItFailedWhereNobodyShowsAnything() throws Exception {
        try (Desktop desktop = new Desktop(folder)) {
            assertThat(sender(desktop).send(titled("asks"))).isInstanceOf(Outcome.Failed.class);
        }
    }
}
