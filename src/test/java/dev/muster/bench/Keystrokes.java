package dev.muster.bench;

import dev.muster.testing.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// How long a key takes from the keyboard's end to its echo: through the service's WebSocket, and
/// through `ssh -t` to the same tmux session, one after the other, so that whatever load there is
/// meets both.
final class Keystrokes {
    /// Letters that end no escape sequence that tmux sends.
    private static final String KEYS = "wzkvyj";

    private static final int ROUNDS = 9;
    private static final int KEYS_A_ROUND = 40;

    private final Report report;
    private final BenchService service;
    private final BenchHost host;

    Keystrokes(Report report, BenchService service, BenchHost host) {
        this.report = report;
        this.service = service;
        this.host = host;
    }

    /// @param dir for the peer's ssh configuration
    void measure(Path dir) throws Exception {
        report.heading("a key, from being typed to its echo; the same tmux session by both ways");
        if (!"root".equals(System.getProperty("user.name"))) {
            report.absent("keystrokes", "OpenSSH hands terminals over to root alone");
            return;
        }
        String id = run("keys", "stty -echoctl; exec cat >/dev/null");
        try (Typist ssh = Typist.ssh(attach(dir, id));
                Typist muster = Typist.socket(service, terminal("keys"))) {
            paired(ssh, muster, "");
            run("flood", "exec yes 'all work and no play makes jack a dull boy'");
            try (Typist _ = Typist.socket(service, terminal("flood"))) {
                Samples before = memory();
                paired(ssh, muster, ", `yes` in another pane");
                Samples grown = new Samples();
                grown.add(memory().median() - before.median());
                report.row(
                        "memory that the flood has cost the service",
                        grown,
                        "MB",
                        "50 MB",
                        grown.median(),
                        50);
            }
        }
        service.act("sessions/flood/stop");
    }

    private void paired(Typist ssh, Typist muster, String when) throws Exception {
        Samples bySsh = new Samples();
        Samples byMuster = new Samples();
        for (int round = 0; round <= ROUNDS; round++) {
            Samples one = new Samples();
            Samples two = new Samples();
            for (int i = 0; i < KEYS_A_ROUND; i++) {
                char key = KEYS.charAt(i % KEYS.length());
                // In turns, also in who is first.
                if ((i + round) % 2 == 0) {
                    one.add(ssh.echo(key));
                    two.add(muster.echo(key));
                } else {
                    two.add(muster.echo(key));
                    one.add(ssh.echo(key));
                }
            }
            if (round > 0) {
                bySsh.add(one.median());
                byMuster.add(two.median());
            }
            // A new line, so that none is wrapped.
            muster.send(new byte[] {'\r'});
        }
        Samples above = byMuster.minus(bySsh);
        report.row("`ssh -t`" + when, bySsh, "ms");
        report.row("Muster's WebSocket" + when, byMuster, "ms");
        report.row("  above `ssh -t`, paired", above, "ms", "+5 ms", above.median(), 5);
    }

    private Samples memory() throws IOException, InterruptedException {
        Samples samples = new Samples();
        for (int i = 0; i < 5; i++) {
            samples.add(service.resident("VmRSS"));
            Thread.sleep(100);
        }
        return samples;
    }

    private String run(String name, String script) throws Exception {
        service.ask(host.name(), name, script);
        service.awaitState(name, "working");
        return service.get("sessions/" + name).path("id").asText();
    }

    private static String terminal(String name) {
        return "sessions/" + name + "/terminal?columns=80&rows=24&term=xterm-256color";
    }

    private List<String> attach(Path dir, String id) throws IOException {
        Path config = Files.writeString(dir.resolve("keys_config"), host.sshConfig());
        return List.of(
                "ssh",
                "-tt",
                "-F",
                config.toString(),
                host.name(),
                "TERM=xterm-256color exec tmux -u -S '"
                        + socket(host.home())
                        + "' attach-session -t '="
                        + id
                        + "'");
    }

    private static Path socket(TestHome home) throws IOException {
        try (Stream<Path> machines = Files.list(home.path().resolve(".local/state/muster"))) {
            return machines.findFirst().orElseThrow().resolve("tmux.sock");
        }
    }
}
