package dev.muster.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.muster.agent.Word;
import dev.muster.shell.HexText;
import dev.muster.shell.HostLibrary;
import dev.muster.shell.HostScript;
import dev.muster.shell.PosixQuote;
import dev.muster.shell.PrintfB;
import dev.muster.shell.Script;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Everything that a host needs to launch one run of a session. Kept by the service until the host
/// has it; the same order may be sent again and again.
///
/// @param spec what was asked
/// @param run from 1
/// @param files of the session's folder there, by name
/// @param prompt byte for byte, as UTF-8
public record LaunchOrder(
        SessionSpec spec, int run, SequencedMap<String, String> files, String prompt) {

    /// What the host answered.
    public sealed interface Answer {
        /// It runs, or has run: this run was launched once.
        record Launched() implements Answer {}

        /// It was removed meanwhile: nothing was started.
        record Gone() implements Answer {}

        /// Another session has its name.
        record Taken(String other) implements Answer {}

        /// Not launched, and nothing of it is there.
        record Fault(String why, @Nullable String output) implements Answer {}

        /// The script did not finish: it must be asked again.
        record Unclear(String why) implements Answer {}
    }

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .registerModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    /// @param command the agent's command line
    /// @param trust Muster may answer the agent's question whether to trust the repo
    /// @param env of the session: the host's, the account's, the agent's and the request's, merged
    /// @param setup the repo's setup command, or null
    /// @param include gitignore patterns of files to copy besides the repo's own list
    public static LaunchOrder of(
            SessionSpec spec,
            int run,
            List<Word> command,
            boolean trust,
            Map<String, String> env,
            @Nullable String setup,
            List<String> include,
            String prompt) {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        files.put("plan", plan(spec));
        files.put("env", env(env));
        files.put("command." + run, command(spec.agentType(), trust, command));
        if (setup != null) {
            files.put("setup", setup);
        }
        if (!include.isEmpty()) {
            files.put("include", String.join("\n", include) + "\n");
        }
        return new LaunchOrder(spec, run, files, prompt);
    }

    /// The same, with a first prompt that is typed once the agent is ready, and is in no command
    /// line.
    ///
    /// @param guard what is typed before it
    public LaunchOrder typedLater(String guard) {
        SequencedMap<String, String> more = new LinkedHashMap<>(files);
        more.put("later", guard);
        return new LaunchOrder(spec, run, more, prompt);
    }

    public Script script() {
        byte[] bytes = prompt.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        StringBuilder lines = new StringBuilder();
        files.forEach(
                (name, text) ->
                        lines.append(name).append('\n').append(PrintfB.line(text)).append('\n'));
        lines.append("asked\n").append(PrintfB.line(json() + "\n")).append("\nend\n");
        input.writeBytes(lines.toString().getBytes(StandardCharsets.US_ASCII));
        input.writeBytes(bytes);
        return HostScript.named(
                        "launch",
                        HostLibrary.version(),
                        spec.id().value(),
                        spec.name(),
                        Integer.toString(run),
                        Integer.toString(bytes.length))
                .withInput(input.toByteArray());
    }

    public static Answer parse(int exit, String out, String err) {
        String[] words = out.strip().split(" ", 3);
        return switch (words[0]) {
            case "launched" -> new Answer.Launched();
            case "gone" -> new Answer.Gone();
            case "taken" -> new Answer.Taken(words.length > 1 ? words[1] : "");
            case "fault" -> fault(words);
            default ->
                    new Answer.Unclear(
                            "launch ended with status "
                                    + exit
                                    + (err.isBlank() ? "" : ": " + err.strip()));
        };
    }

    private static Answer fault(String[] words) {
        return switch (words.length > 1 ? words[1] : "") {
            case "disk" ->
                    new Answer.Fault("the host's disk is full or its home is read-only", null);
            case "tmux" ->
                    new Answer.Fault(
                            "tmux could not open a session there",
                            words.length > 2 ? HexText.of(words[2]) : null);
            // The state folder or the library went away since the connection began.
            default -> new Answer.Unclear("the host's state folder is not as it was left");
        };
    }

    private static String plan(SessionSpec spec) {
        String worktree = spec.worktree();
        return "REPO="
                + Word.path(spec.repoPath()).shell()
                + "\nWORKTREE="
                + (worktree == null ? "''" : Word.path(worktree).shell())
                + "\nBRANCH="
                + word(spec.branch())
                + "\nBRANCH_MODE="
                + (spec.branchMade() ? "new" : "any")
                + "\nBASE="
                + word(spec.base())
                + "\nMODE="
                + (worktree == null ? "checkout" : "worktree")
                + "\n";
    }

    private static String env(Map<String, String> env) {
        StringBuilder out = new StringBuilder();
        env.forEach(
                (name, value) ->
                        out.append("export ")
                                .append(name)
                                .append('=')
                                .append(Word.path(value).shell())
                                .append('\n'));
        return out.toString();
    }

    private static String command(String type, boolean trust, List<Word> words) {
        StringBuilder out = new StringBuilder("AGENT=").append(word(type)).append('\n');
        out.append("TRUST=").append(trust ? "yes" : "no").append("\nset --");
        words.forEach(word -> out.append(' ').append(word.shell()));
        return out.append('\n').toString();
    }

    private static String word(@Nullable String text) {
        return PosixQuote.word(text == null ? "" : text);
    }

    private String json() {
        try {
            return JSON.writeValueAsString(spec);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a session's spec is plain data", e);
        }
    }
}
