package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The scripts in the real shells.
class CompletionsIT {
    @TempDir Path home;

    private Path script(String shell) throws Exception {
        String script = new CliRun(home, ExitCodesTest.free()).run("completion", shell).out();
        return Files.writeString(home.resolve("muster." + shell), script);
    }

    private String run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", home.toString());
        Process shell = builder.start();
        String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(out).isZero();
        return out.strip();
    }

    /// With `muster` as a function that answers with names.
    private String bash(String... words) throws Exception {
        String line =
                "muster() { echo alpha; echo alto; echo dev-1:api; }; . '"
                        + script("bash")
                        + "'; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _muster;"
                        + " echo \"${COMPREPLY[*]}\"";
        List<String> command = new ArrayList<>(List.of("bash", "--norc", "-c", line, "bash"));
        command.addAll(List.of(words));
        return run(command.toArray(String[]::new));
    }

    @Test
    void completesCommandsOptionsAndNamesInBash() throws Exception {
        assertThat(bash("muster", "sta")).isEqualTo("start status");
        assertThat(bash("muster", "--server", "http://x", "pe")).isEqualTo("peek");
        assertThat(bash("muster", "attach", "al")).isEqualTo("alpha alto");
        assertThat(bash("muster", "attach", "--read")).isEqualTo("--read-only");
        assertThat(bash("muster", "start", "--template", "al")).isEqualTo("alpha alto");
    }

    @Test
    void zshTakesItsScript() throws Exception {
        run("zsh", "-f", "-n", script("zsh").toString());
        assertThat(
                        run(
                                "zsh",
                                "-f",
                                "-c",
                                "autoload -U compinit; compinit -u -d '"
                                        + home.resolve("dump")
                                        + "'; source '"
                                        + script("zsh")
                                        + "'; echo $_comps[muster]"))
                .isEqualTo("_muster");
    }

    @Test
    void completesCommandsOptionsAndNamesInFish() throws Exception {
        String start =
                "function muster; echo alpha; echo beta; end; source '" + script("fish") + "'; ";

        assertThat(run("fish", "-N", "-c", start + "complete -C 'muster stat'"))
                .startsWith("status\t");
        assertThat(run("fish", "-N", "-c", start + "complete -C 'muster attach al'"))
                .isEqualTo("alpha");
        assertThat(run("fish", "-N", "-c", start + "complete -C 'muster attach --read'"))
                .startsWith("--read-only\t");
        assertThat(run("fish", "-N", "-c", start + "complete -C 'muster start --template al'"))
                .startsWith("alpha\t");
    }
}
