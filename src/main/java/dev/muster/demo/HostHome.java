package dev.muster.demo;

import dev.muster.shell.PosixQuote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Makes a host's HOME: rc files, the demo's agent, and the repo with its history.
final class HostHome {
    private final Path home;
    private final Map<String, String> env;

    /// @param env what runs on the host finds this in its environment
    HostHome(Path home, Map<String, String> env) {
        this.home = home;
        this.env = env;
    }

    /// @param path the repo, below the home; its last part says which
    void make(String path) throws IOException, InterruptedException {
        Files.createDirectories(home.resolve("bin"));
        // A login shell's PATH is what the system's own rc files make of it; git and tmux may lie
        // elsewhere, where the person who runs the demo has them.
        String profile =
                "export PATH=\"$HOME/bin:\""
                        + PosixQuote.word(env.getOrDefault("PATH", ""))
                        + "\nPS1='"
                        + home.getFileName()
                        + ":\\W$ '\n";
        Files.writeString(home.resolve(".profile"), profile);
        Files.writeString(home.resolve(".bashrc"), profile);
        Files.writeString(
                home.resolve(".gitconfig"),
                "[user]\n\tname = Demo\n\temail = demo@demo.invalid\n"
                        + "[init]\n\tdefaultBranch = main\n[commit]\n\tgpgSign = false\n");
        install("demo-agent", DemoFolder.resource("agent.sh"));
        run(DemoFolder.resource("home.sh"), home.resolve(path));
    }

    /// Puts a program into the host's `~/bin`.
    void install(String name, String script) throws IOException {
        DemoFolder.write(home.resolve("bin").resolve(name), script, "rwx------");
    }

    private void run(String script, Path repo) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(List.of("/bin/sh", "-c", script, "sh", repo.toString()))
                        .directory(home.toFile())
                        .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(env);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(
                    "The repo "
                            + repo
                            + " could not be made: its script ended with status "
                            + status
                            + (said.isBlank() ? "" : " and said:\n" + said.strip()));
        }
    }
}
