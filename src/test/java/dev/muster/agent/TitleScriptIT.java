package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The sidecar that reads titles and Codex's record, in the shells that hosts have, on a tmux
/// server of its own.
@Execution(ExecutionMode.CONCURRENT)
class TitleScriptIT {
    private static final String SESSION = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private static final Path LIB = Path.of("src/main/resources/scripts/lib");

    @TempDir Path state;
    private Path run;
    private String pane;

    @BeforeEach
    void hasASession() throws Exception {
        run = Files.createDirectories(state.resolve("sessions/" + SESSION + "/run.1"));
        Path lib = Files.createDirectories(state.resolve("lib/v"));
        for (String name :
                List.of("title.sh", "journal.sh", "json.sh", "used-codex.sh", "used-gemini.sh")) {
            Files.copy(LIB.resolve(name), lib.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(state.resolve("gen"), "g1\n");
        Files.createFile(state.resolve("journal.g1"));
        pane = tmux("new-session", "-d", "-P", "-F", "#{pane_id}", "sleep 300").strip();
        tmux("select-pane", "-t", pane, "-T", "what was there before");
    }

    @AfterEach
    void endsItsServer() throws Exception {
        tmux("kill-server");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh"})
    void tellsEachChangeOnceAndWhatCodexWroteDown(String shell) throws Exception {
        Process agent = new ProcessBuilder("sleep", "300").start();
        Process sidecar = sidecar(shell, "codex", agent.pid());
        Path transcript = run.resolve("codex.jsonl");
        Files.writeString(
                transcript,
                "{\"type\":\"turn_context\"}\n"
                        + line("2001-01-01", "token_count", counters(900, 90, 100, 10))
                        + line("2001-01-01", "task_complete", ",\"error\":{\"message\":\"of old\"}")
                        + line("2999-01-01", "token_count", counters(1000, 100, 100, 10)));
        title("⠋ api");
        awaitSaid("\"stance\":\"busy\"");
        title("⠙ api");
        title("[ ! ] Action Required | api");
        awaitSaid("\"stance\":\"waiting\"");
        title("api");
        awaitSaid("\"stance\":\"idle\"");
        // Only now, as it is read while it works too.
        writeWhole(run.resolve("transcript"), transcript + "\n");
        awaitSaid("\"used\":{\"input\":100,\"output\":10}}");
        Files.writeString(
                transcript,
                line("2999-01-01", "task_complete", ",\"error\":{\"message\":\"m\"}"),
                StandardOpenOption.APPEND);
        awaitSaid("task_complete");
        // From before the process began.
        assertThat(said()).noneMatch(line -> line.contains("of old"));
        agent.destroy();
        assertThat(sidecar.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said())
                .extracting(line -> line.replaceAll(".*\"src\":\"(\\w+)\".*", "$1"))
                .containsExactly("title", "title", "title", "transcript", "transcript");
        assertThat(said()).noneMatch(line -> line.contains("before"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh"})
    void addsUpWhatCodexUsedInEachOfItsFilesToTheEnd(String shell) throws Exception {
        Process agent = new ProcessBuilder("sleep", "300").start();
        Path day = Files.createDirectories(run.resolve("sessions/2026/01/31"));
        Path nextDay = Files.createDirectories(run.resolve("sessions/2026/02/01"));
        Path first = day.resolve("rollout-1-aaaa.jsonl");
        Files.writeString(first, reply(1000, 100, 100, 10) + reply(1100, 110, 100, 10));
        Files.writeString(run.resolve("transcript"), first + "\n");
        Process sidecar = sidecar(shell, "codex", agent.pid());
        title("api");
        awaitSaid("\"used\":{\"input\":200,\"output\":20}}");
        // A subagent of it and a session of somebody else, just before midnight.
        Files.writeString(
                day.resolve("rollout-2-bbbb.jsonl"),
                "{\"type\":\"session_meta\",\"payload\":{\"session_id\":\"aaaa\",\"id\":\"bbbb\"}}\n"
                        + reply(50, 5, 50, 5));
        Files.writeString(
                day.resolve("rollout-3-cccc.jsonl"),
                "{\"type\":\"session_meta\",\"payload\":{\"session_id\":\"cccc\",\"id\":\"cccc\"}}\n"
                        + reply(7, 7, 7, 7));
        writeWhole(state.resolve("day"), "2026/02/01\n");
        Files.writeString(
                nextDay.resolve("rollout-5-eeee.jsonl"),
                "{\"type\":\"session_meta\",\"payload\":{\"session_id\":\"aaaa\",\"id\":\"eeee\"}}\n"
                        + reply(30, 3, 30, 3));
        awaitSaid("\"used\":{\"input\":280,\"output\":28}}");
        // A fork begins where the first one stood. It is told again, and half of a line is none.
        Path fork = day.resolve("rollout-4-dddd.jsonl");
        String half = "{\"timestamp\":\"2999-01-01T00:00:00.000Z\",\"type\":\"eve";
        String again = reply(1200, 120, 100, 10);
        Files.writeString(fork, again + again + half);
        writeWhole(run.resolve("transcript"), fork + "\n");
        awaitSaid("\"used\":{\"input\":380,\"output\":38}}");
        // Its last word before it is killed at its work.
        title("⠋ api");
        awaitSaid("\"stance\":\"busy\"");
        writeWhole(fork, again + again + reply(1300, 130, 100, 10));
        agent.destroyForcibly();
        awaitSaid("\"used\":{\"input\":480,\"output\":48}}");
        assertThat(sidecar.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private static String reply(int in, int out, int lastIn, int lastOut) {
        return line("2999-01-01", "token_count", counters(in, out, lastIn, lastOut));
    }

    private static String counters(int in, int out, int lastIn, int lastOut) {
        return ",\"info\":{\"total_token_usage\":{\"input_tokens\":%d,\"output_tokens\":%d},"
                        .formatted(in, out)
                + "\"last_token_usage\":{\"input_tokens\":%d,\"output_tokens\":%d}}"
                        .formatted(lastIn, lastOut);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh"})
    void believesGeminiOnlyOnceItsHooksWereHeard(String shell) throws Exception {
        Process agent = new ProcessBuilder("sleep", "300").start();
        Process sidecar = sidecar(shell, "gemini", agent.pid(), "heard");
        title("◇  Ready (api)");
        Files.createFile(run.resolve("heard"));
        awaitSaid("\"stance\":\"idle\"");
        title("✦  Working… (api)");
        awaitSaid("\"stance\":\"busy\"");
        title("✋  Action Required (api)");
        awaitSaid("\"stance\":\"waiting\"");
        title("◇  Ready (api)");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> said().size() == 4);
        agent.destroy();
        assertThat(sidecar.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh"})
    void countsEachReplyOfGeminiOnceAndNoneOfARunBefore(String shell) throws Exception {
        Process agent = new ProcessBuilder("sleep", "300").start();
        // A conversation that is resumed goes on in the file that it began in.
        Path chat = run.resolve("session-2026-01-01T10-30-0a1b2c3d.jsonl");
        Path named = run.resolve("session-2026-01-01T10-31-0a1b2c3d.jsonl");
        Files.writeString(named, "{\"sessionId\":\"s\",\"kind\":\"main\"}\n");
        Files.writeString(run.resolve("transcript"), named + "\n");
        Files.createFile(run.resolve("heard"));
        String now = "2999-01-01T00:00:00.000Z";
        Files.writeString(
                chat,
                "{\"sessionId\":\"s\",\"kind\":\"main\"}\n"
                        + reply("a", "2001-01-01T00:00:00.000Z", 1000, 500, "")
                        + reply("b", now, 100, 10, "")
                        + "{\"$set\":{\"lastUpdated\":\"x\"}}\n"
                        // Written again with what its tool answered, and with what a model says.
                        + reply(
                                "b",
                                now,
                                100,
                                10,
                                ",\"toolCalls\":[{\"args\":{\"tokens\":{\"input\":9}}}]")
                        + reply("c", now, 300, 30, ""));
        Process sidecar = sidecar(shell, "gemini", agent.pid(), "heard");
        title("◇  Ready (api)");
        awaitSaid(
                "\"src\":\"used\",\"d\":{\"input\":400,\"output\":42,"
                        + "\"model\":\"pro \\\"x\\\"\"}");
        // After /clear it writes into another file.
        Path fresh = run.resolve("session-2026-01-01T10-31-4e5f6a7b.jsonl");
        Files.writeString(fresh, reply("d", now, 50, 5, ""));
        writeWhole(run.resolve("transcript"), fresh + "\n");
        awaitSaid("{\"input\":450,\"output\":48,");
        agent.destroy();
        assertThat(sidecar.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said()).filteredOn(line -> line.contains("\"used\"")).hasSize(2);
    }

    private static String reply(String id, String at, int in, int out, String more) {
        return "{\"id\":\"%s\",\"timestamp\":\"%s\",\"content\":\"say \\\"tokens\\\"\"%s,"
                        .formatted(id, at, more)
                + "\"tokens\":{\"input\":%d,\"output\":%d,\"cached\":7,\"thoughts\":1,\"tool\":0,"
                        .formatted(in, out)
                + "\"total\":%d},\"model\":\"pro \\\"x\\\"\"}\n".formatted(in + out + 1);
    }

    private static String line(String day, String type, String more) {
        return "{\"timestamp\":\""
                + day
                + "T00:00:00.000Z\",\"ordinal\":1,\"type\":\"event_msg\",\"payload\":{\"type\":\""
                + type
                + "\""
                + more
                + "}}\n";
    }

    private Process sidecar(String shell, String agent, long pid, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(shell.split(" ")));
        assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v " + command.getFirst()).start().waitFor()
                        == 0,
                shell + " is not installed");
        command.addAll(List.of(state.resolve("lib/v/title.sh").toString(), agent));
        command.addAll(List.of(run.toString(), String.valueOf(pid)));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("TMUX_PANE", pane);
        Path asked = state.resolve("asked");
        Path bin = counts("tmux", asked);
        Files.writeString(state.resolve("day"), "2026/01/31\n");
        program(
                bin.resolve("date"),
                "case $1 in +%%Y/%%m/%%d) exec cat '%s' ;; esac\nPATH=${PATH#*:}\nexec date \"$@\"\n"
                        .formatted(state.resolve("day")));
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        Process process = builder.start();
        Awaitility.await("it has seen the title from before when it asks a second time")
                .atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(asked) && Files.size(asked) > 1);
        return process;
    }

    /// A folder for the PATH with a program that leaves a byte in a file at each of its calls.
    private Path counts(String program, Path calls) throws IOException {
        Path bin = Files.createDirectories(state.resolve("bin"));
        program(
                bin.resolve(program),
                "printf . >>'%s'\nPATH=${PATH#*:}\nexec %s \"$@\"\n".formatted(calls, program));
        return bin;
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /// So that nobody sees it half written.
    private void writeWhole(Path file, String text) throws IOException {
        Files.move(
                Files.writeString(state.resolve("new"), text),
                file,
                StandardCopyOption.ATOMIC_MOVE);
    }

    private void title(String text) throws Exception {
        tmux("select-pane", "-t", pane, "-T", text);
    }

    private void awaitSaid(String text) {
        Awaitility.await(text)
                .atMost(Duration.ofSeconds(30))
                .until(() -> said().stream().anyMatch(line -> line.contains(text)));
    }

    private List<String> said() throws IOException {
        try (Stream<String> lines = Files.lines(state.resolve("journal.g1"))) {
            return lines.filter(line -> !line.isEmpty()).toList();
        }
    }

    private String tmux(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tmux", "-u", "-f", "/dev/null"));
        command.addAll(List.of("-S", "tmux.sock"));
        command.addAll(List.of(args));
        Process tmux = new ProcessBuilder(command).directory(state.toFile()).start();
        String says = new String(tmux.getInputStream().readAllBytes());
        assertThat(tmux.waitFor()).as(String.join(" ", command)).isZero();
        return says;
    }
}
