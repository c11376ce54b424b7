package dev.muster.link;

import dev.muster.link.LinkFailure.Misconfigured;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.config.hosts.HostConfigEntry;

/// Asks what `~/.ssh/config` says about an alias: OpenSSH's own client where it is installed, since
/// only it knows `Include`, `Match` and the system's defaults; else the plain parts of the file.
final class SshConfigSource {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LinkSettings settings;
    private final Optional<Path> client;

    SshConfigSource(LinkSettings settings) {
        this.settings = settings;
        this.client = settings.sshClient();
    }

    /// @param user given to `Match user`, when `hosts.yaml` names one
    SshConfig ask(String alias, Optional<String> user, OptionalInt port)
            throws LinkException, InterruptedException {
        try {
            return client.isPresent()
                    ? fromClient(client.get(), alias, user, port)
                    : fromFile(alias, user, port);
        } catch (IOException e) {
            throw new LinkException(
                    new Misconfigured("reading " + config() + ": " + Texts.cause(e)), e);
        }
    }

    private Path config() {
        return settings.ssh().resolve("config");
    }

    private SshConfig fromClient(Path ssh, String alias, Optional<String> user, OptionalInt port)
            throws IOException, LinkException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ssh.toString(), "-G"));
        // OpenSSH takes the home from the password file, whatever HOME says.
        if (!settings.ssh().equals(Path.of(System.getProperty("user.home"), ".ssh"))) {
            command.add("-F");
            command.add(Files.exists(config()) ? config().toString() : "none");
        }
        user.ifPresent(name -> command.addAll(List.of("-l", name)));
        port.ifPresent(number -> command.addAll(List.of("-p", "" + number)));
        command.addAll(List.of("--", alias));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(settings.env());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Process process = builder.start();
        try {
            CompletableFuture<String> out = read(process.getInputStream());
            CompletableFuture<String> err = read(process.getErrorStream());
            String answer = out.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            String said = err.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (process.waitFor() != 0) {
                throw new LinkException(
                        new Misconfigured(
                                "`ssh -G " + alias + "` refuses: " + Texts.excerpt(said)));
            }
            return SshConfig.parse(answer);
        } catch (TimeoutException | ExecutionException e) {
            throw new LinkException(
                    new Misconfigured(
                            "`ssh -G "
                                    + alias
                                    + "` gave no answer within "
                                    + Texts.seconds(PATIENCE)
                                    + ": look at the `Match exec` lines of "
                                    + config()),
                    e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static CompletableFuture<String> read(InputStream in) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.startVirtualThread(
                () -> {
                    try (in) {
                        text.complete(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        text.completeExceptionally(e);
                    }
                });
        return text;
    }

    /// Without OpenSSH's client: `Host` blocks only.
    private SshConfig fromFile(String alias, Optional<String> user, OptionalInt port)
            throws IOException, LinkException {
        Map<String, List<String>> options = new LinkedHashMap<>();
        if (Files.exists(config())) {
            refuseWhatNeedsTheClient();
            HostConfigEntry entry =
                    HostConfigEntry.toHostConfigEntryResolver(
                                    HostConfigEntry.readHostConfigEntries(config()))
                            .resolveEffectiveHost(alias, 0, null, "", "", null);
            if (entry != null) {
                entry.getProperties()
                        .forEach((k, v) -> options.put(k.toLowerCase(Locale.ROOT), List.of(v)));
                options.put("identityfile", List.copyOf(entry.getIdentities()));
            }
        }
        user.ifPresent(name -> options.put("user", List.of(name)));
        port.ifPresent(number -> options.put("port", List.of("" + number)));
        options.putIfAbsent("user", List.of(System.getProperty("user.name")));
        options.putIfAbsent("hostname", List.of(alias));
        if (options.getOrDefault("identityfile", List.of()).isEmpty()) {
            options.put(
                    "identityfile",
                    List.of("~/.ssh/id_ed25519", "~/.ssh/id_ecdsa", "~/.ssh/id_rsa"));
        }
        options.putIfAbsent("userknownhostsfile", List.of("~/.ssh/known_hosts"));
        options.putIfAbsent("globalknownhostsfile", List.of("/etc/ssh/ssh_known_hosts"));
        return new SshConfig(options);
    }

    private void refuseWhatNeedsTheClient() throws IOException, LinkException {
        for (String line : Files.readAllLines(config(), StandardCharsets.UTF_8)) {
            String word = line.strip().split("[ \t=]+", 2)[0].toLowerCase(Locale.ROOT);
            if (word.equals("include") || word.equals("match")) {
                throw new LinkException(
                        new Misconfigured(
                                config()
                                        + " uses `"
                                        + line.strip()
                                        + "`, which only OpenSSH's own client can resolve: install"
                                        + " it here (the package is mostly called openssh-client),"
                                        + " or write address, user and identity into hosts.yaml and"
                                        + " remove that line"));
            }
        }
    }
}
