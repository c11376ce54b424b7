package dev.muster.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The demo's agent and its repos alone, under the shells that a host's `/bin/sh` may be.
class AgentScriptIT {
    @TempDir Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix", "busybox sh", "mksh"})
    void addsADarkMode(String shell) throws Exception {
        Path repo = repo(shell, "web");

        work(shell, repo, DemoTask.ALL.get(0).prompt(), "");

        assertThat(git(repo, "log", "--format=%an: %s", "main~2..main"))
                .isEqualTo(
                        "Demo Agent: Test that the theme is remembered\n"
                                + "Demo Agent: Add a dark mode that is remembered\n");
        assertThat(repo.resolve("src/theme.css")).content().contains("[data-theme=\"dark\"]");
        assertThat(repo.resolve("src/settings.js"))
                .content()
                .contains("  addSwitch(\"Dark mode\", theme);")
                .doesNotContain("nothing to choose yet");
        assertThat(git(repo, "status", "--short")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix", "busybox sh", "mksh"})
    void givesOrdersPagesAndTellsEachStep(String shell) throws Exception {
        Path repo = repo(shell, "api");

        String told = work(shell, repo, DemoTask.ALL.get(1).prompt(), "");

        assertThat(told)
                .startsWith("working Reading api/orders.py")
                .contains("\nidle waits for the checks of its branch\nworking ");
        assertThat(git(repo, "rev-list", "--count", "main")).isEqualTo("6\n");
        assertThat(repo.resolve("api/orders.py")).content().contains("after=0, limit=50");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix", "busybox sh", "mksh"})
    void asksBeforeItAppliesTheMigration(String shell) throws Exception {
        Path repo = repo(shell, "api");

        String told = work(shell, repo, DemoTask.ALL.get(2).prompt(), "yes\n");

        assertThat(told)
                .contains("\nneeds-input Apply 0003_archive_orders to staging? [y/N]\nworking ");
        assertThat(repo.resolve("migrations/applied")).content().endsWith("0003_archive_orders\n");
        assertThat(git(repo, "log", "-1", "--format=%s", "main"))
                .isEqualTo("Apply 0003_archive_orders to staging\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n\n", "\n", ""})
    void appliesNothingWithoutAYes(String answer) throws Exception {
        Path repo = repo("sh", "api");

        work("sh", repo, DemoTask.ALL.get(2).prompt(), answer);

        assertThat(repo.resolve("migrations/applied")).content().doesNotContain("0003");
        assertThat(repo.resolve("migrations/0003_archive_orders.sql")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"An idea", "$(touch gone) `touch gone` 'x' \"y\" \\ %s\n-n second"})
    void notesAnyOtherPromptAsItIs(String prompt) throws Exception {
        Path repo = repo("sh", "web");

        work("sh", repo, prompt, "");

        assertThat(repo.resolve("NOTES.md")).hasContent(prompt + "\n");
        assertThat(repo.resolve("gone")).doesNotExist();
    }

    private Path repo(String shell, String name) throws Exception {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(p -> Files.isExecutable(Path.of(p, shell.split(" ")[0]))),
                shell + " is not installed here");
        Path home = Files.createDirectories(dir.resolve("home"));
        new HostHome(home, env(home)).make(name);
        return home.resolve(name);
    }

    private static Map<String, String> env(Path home) {
        return Map.of("PATH", System.getenv("PATH"), "HOME", home.toString());
    }

    /// @return what it told Muster, a line each
    private String work(String shell, Path repo, String prompt, String answers) throws Exception {
        Path home = repo.getParent();
        Path told = dir.resolve("told");
        Path event = dir.resolve("event");
        DemoFolder.write(event, "#!/bin/sh\nprintf '%s\\n' \"$*\" >>" + told + "\n", "rwx------");
        Path file = Files.writeString(dir.resolve("prompt"), prompt);
        Path script = home.resolve("bin/demo-agent");
        ProcessBuilder builder =
                new ProcessBuilder((shell + " " + script + " " + file).split(" "))
                        .directory(repo.toFile())
                        .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(env(home));
        builder.environment().put("MUSTER_EVENT", event.toString());
        builder.environment().put("DEMO_PACE", "0");
        assertThat(run(builder, answers)).contains("* Done: ");
        return Files.readString(told);
    }

    private String git(Path repo, String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(repo.toFile());
        builder.environment().putAll(env(repo.getParent()));
        return run(builder, "");
    }

    private static String run(ProcessBuilder builder, String input)
            throws IOException, InterruptedException {
        Process process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended without reading: its output says why.
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
