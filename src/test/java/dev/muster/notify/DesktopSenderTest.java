package dev.muster.notify;

import static dev.muster.notify.Things.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DesktopSenderTest {
    private static final Notice NOTICE = titled("a<b> & c asks");

    static Notice titled(String title) {
        Notice n = Things.notice("a", NOON);
        return new Notice(
                n.name(),
                List.of(),
                n.event(),
                n.at(),
                n.stands(),
                n.settle(),
                null,
                title,
                "export KEY=secret",
                n.about());
    }

    private static Optional<List<String>> command(String os, Map<String, String> env) {
        return DesktopSender.command(NOTICE, os, name -> Optional.ofNullable(env.get(name)));
    }

    private static Outcome sendBy(String... command) throws InterruptedException {
        return new DesktopSender(n -> Optional.of(List.of(command))).send(NOTICE);
    }

    @Test
    void showsTheTitleOnlyAsTextAndNotAsMarkup() {
        assertThat(command("Linux", Map.of("DISPLAY", ":0")))
                .contains(
                        List.of(
                                "notify-send",
                                "--app-name=Muster",
                                "--",
                                "Muster",
                                "a&lt;b&gt; &amp; c asks"));
        List<String> mac = command("Mac OS X", Map.of()).orElseThrow();
        assertThat(mac.getFirst()).isEqualTo("osascript");
        assertThat(mac.getLast()).isEqualTo("a<b> & c asks");
        assertThat(mac.toString()).doesNotContain("secret");
    }

    @Test
    void knowsWhereThereIsNoDesktop() throws Exception {
        assertThat(command("Linux", Map.of())).isEmpty();
        assertThat(new DesktopSender(n -> Optional.empty()).send(NOTICE))
                .isEqualTo(new Outcome.Refused("there is no desktop where the service runs"));
    }

    @Test
    void tellsWhatBecameOfTheProgram() throws Exception {
        assertThat(sendBy("/bin/sh", "-c", "exit 0")).isEqualTo(new Outcome.Sent());
        assertThat(sendBy("/bin/sh", "-c", "exit 3"))
                .isEqualTo(new Outcome.Failed("/bin/sh ended with exit code 3", null));
        assertThat(sendBy("/no/such/notify-send"))
                .isEqualTo(new Outcome.Refused("/no/such/notify-send is not installed"));
    }
}
