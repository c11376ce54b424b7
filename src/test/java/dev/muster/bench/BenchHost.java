package dev.muster.bench;

import dev.muster.testing.TestHome;
import dev.muster.testing.TestSshd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One host: an OpenSSH server of its own, a HOME of its own, and in it a repo `~/api`.
record BenchHost(String name, TestSshd sshd, TestHome home) implements AutoCloseable {

    /// @param files how many files its repo has
    /// @param keys a host whose keys it takes; null: makes its own
    static BenchHost start(Path dir, String name, int files, @Nullable BenchHost keys)
            throws IOException, InterruptedException {
        TestHome home = TestHome.in(dir, name);
        TestSshd.Builder builder =
                TestSshd.in(dir.resolve("sshd")).home(home).option("MaxStartups 100");
        TestSshd sshd = (keys == null ? builder : builder.keysOf(keys.sshd)).start();
        BenchHost host = new BenchHost(name, sshd, home);
        host.makeRepo(files);
        return host;
    }

    private void makeRepo(int files) throws IOException, InterruptedException {
        for (int i = 0; i < files; i++) {
            home.file(
                    "api/src/p" + i / 50 + "/File" + i + ".txt",
                    ("line of " + i + "\n").repeat(40));
        }
        git("init", "-q", "-b", "main");
        git("add", ".");
        git("-c", "user.name=b", "-c", "user.email=b@example.com", "commit", "-qm", "first");
    }

    private void git(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", repo().toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("HOME", home.path().toString());
        run(builder);
    }

    Path repo() {
        return home.path().resolve("api");
    }

    /// As `hosts.yaml` has it.
    String yaml() throws IOException {
        return sshd.entry(name) + "    repos: { api: { path: ~/api } }\n";
    }

    /// As `~/.ssh/config` has it.
    String sshConfig() throws IOException {
        return """
        Host %s
          HostName 127.0.0.1
          Port %d
          IdentityFile %s
          IdentitiesOnly yes
          UserKnownHostsFile %s
        """
                .formatted(
                        name,
                        sshd.port(),
                        sshd.clientKey(),
                        sshd.reach().knownHosts().orElseThrow());
    }

    static void run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(builder.command() + " failed");
        }
    }

    @Override
    public void close() throws InterruptedException {
        sshd.close();
    }
}
