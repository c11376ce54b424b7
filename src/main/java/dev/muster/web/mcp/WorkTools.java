package dev.muster.web.mcp;

import dev.muster.api.Diff;
import dev.muster.api.LogEntry;
import dev.muster.api.SafeText;
import dev.muster.fleet.Refused;
import dev.muster.web.SessionsResource;
import dev.muster.web.WorkResource;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;

/// Tools that look at one session's work.
@Singleton
public class WorkTools {
    static final Param SESSION =
            Param.text("session", "A session's name, its id, or HOST/NAME where names repeat");

    /// Of the output of one step.
    private static final int OUTPUT = 4_000;

    /// What a diff's list of files leaves for the patch, or takes at most.
    private static final int FILES = Answer.MOST / 4;

    private final SessionsResource sessions;
    private final WorkResource work;

    WorkTools(SessionsResource sessions, WorkResource work) {
        this.sessions = sessions;
        this.work = work;
    }

    List<ToolSpec> all() {
        return List.of(
                ToolSpec.look(
                        "peek",
                        "Look at a session's screen",
                        "The text on a session's terminal now, asked of its host. Shows what a"
                                + " person would see; the state is known better by `status`.",
                        List.of(
                                SESSION,
                                new Param.Number(
                                        "lines",
                                        "How many lines before the visible ones",
                                        0,
                                        5_000,
                                        0)),
                        this::peek),
                ToolSpec.look(
                        "log",
                        "What happened to a session",
                        "A session's history, oldest first: what was asked, steps of preparation"
                                + " with their output, the agent's states and prompts, how it"
                                + " ended. Answers the newest entries, or those after `after`.",
                        List.of(
                                SESSION,
                                new Param.Number(
                                        "after",
                                        "The number of the last entry that you know",
                                        0,
                                        Long.MAX_VALUE,
                                        0),
                                new Param.Number("limit", "How many at most", 1, 500, 50)),
                        this::log),
                ToolSpec.look(
                        "diff",
                        "What a session changed",
                        "Everything that a session changed against the commit it began from:"
                                + " committed, uncommitted and untracked. First the files with"
                                + " lines added and removed, then the unified diff.",
                        List.of(
                                SESSION,
                                new Param.Flag("files_only", "Only the list of files"),
                                Param.maybe("path", "Only this file, or what is below this folder"),
                                new Param.Number(
                                        "offset",
                                        "Where in the diff to go on, as an earlier answer told",
                                        0,
                                        Integer.MAX_VALUE,
                                        0)),
                        this::diff));
    }

    private Answer peek(Arguments given) throws Refused, InterruptedException {
        String text =
                sessions.screen(given.text("session"), Integer.toString(given.count("lines")))
                        .text();
        // The newest lines are the last ones.
        boolean cut = text.length() > Answer.MOST;
        String shown = cut ? text.substring(text.length() - Answer.MOST) : text;
        return Answer.of(
                cut ? "The end of the screen; for less, ask for fewer `lines`." : "The screen now.",
                shown);
    }

    private Answer log(Arguments given) throws Refused {
        long after = given.number("after");
        List<LogEntry> all =
                sessions.log(given.text("session")).stream().filter(e -> e.seq() > after).toList();
        int limit = Math.min(given.count("limit"), all.size());
        // What comes next to what is known, or else the newest.
        List<LogEntry> wanted =
                after > 0 ? all.subList(0, limit) : all.subList(all.size() - limit, all.size());
        Documents.Page page =
                Documents.page(wanted.stream().map(WorkTools::line).toList(), 0, limit);
        if (wanted.isEmpty()) {
            return Answer.of("Nothing more happened.");
        }
        long last = wanted.get(page.next() - 1).seq();
        return Answer.of(
                page.next() + " of " + all.size() + " entries. What follows: after=" + last + ".",
                page.text());
    }

    private static String line(LogEntry entry) {
        String step = entry.step() == null ? "" : " " + entry.step();
        String output = entry.output() == null ? "" : entry.output().stripTrailing();
        return entry.seq()
                + " "
                + entry.at()
                + " "
                + entry.kind()
                + SafeText.line(step)
                + ": "
                + SafeText.line(entry.text())
                + (output.isEmpty() ? "" : "\n" + tail(output).indent(4).stripTrailing());
    }

    /// Of a step that failed, the end tells why.
    private static String tail(String output) {
        return output.length() <= OUTPUT
                ? output
                : "…" + output.substring(output.length() - OUTPUT);
    }

    private Answer diff(Arguments given) throws Refused, InterruptedException {
        boolean filesOnly = given.flag("files_only");
        Diff diff = work.all(given.text("session"), filesOnly);
        String path = given.maybe("path").map(p -> p.replaceAll("/+$", "")).orElse("");
        List<Diff.FileChange> files =
                diff.files().stream()
                        .filter(f -> path.isEmpty() || isBelow(f.path(), path))
                        .toList();
        int offset = given.count("offset");
        String list = files.stream().map(WorkTools::line).collect(Collectors.joining("\n"));
        String shown =
                list.length() > FILES && !filesOnly
                        ? list.substring(0, Answer.whole(list, FILES)) + "\n…"
                        : list;
        String base = SafeText.line(diff.base());
        if (files.isEmpty()) {
            return Answer.of("Nothing there differs from " + base + ".");
        }
        String head =
                files.size()
                        + (files.size() == 1 ? " file differs" : " files differ")
                        + " from "
                        + base
                        + ".";
        if (filesOnly || diff.patch().isEmpty()) {
            return Answer.of(head, list);
        }
        String front = offset > 0 ? "" : shown + "\n\n";
        String patch = path.isEmpty() ? diff.patch() : PatchPart.of(diff.patch(), path);
        PatchPart part = PatchPart.from(patch, offset, Answer.MOST - front.length());
        Answer answer = Answer.of(head, front + part.text());
        if (part.next() >= 0) {
            answer =
                    answer.and(
                            "The diff goes on: offset="
                                    + part.next()
                                    + " of "
                                    + patch.length()
                                    + "; or ask for one `path`. It may change while the agent works.");
        }
        return diff.truncated() && part.next() < 0
                ? answer.and(
                        "The diff itself was cut at 8 MiB: ask for one `path`, or look on the host.")
                : answer;
    }

    private static boolean isBelow(String file, String path) {
        return file.equals(path) || file.startsWith(path + "/");
    }

    private static String line(Diff.FileChange file) {
        String count = file.added() < 0 ? "binary" : "+" + file.added() + " -" + file.removed();
        return file.status()
                + " "
                + count
                + " "
                + SafeText.line(file.path())
                + (file.committed() ? "" : " (not committed)");
    }
}
