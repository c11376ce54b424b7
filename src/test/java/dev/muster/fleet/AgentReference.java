package dev.muster.fleet;

import dev.muster.fleet.AgentWord.Asked;
import dev.muster.fleet.AgentWord.Began;
import dev.muster.fleet.AgentWord.Compacting;
import dev.muster.fleet.AgentWord.Ended;
import dev.muster.fleet.AgentWord.Exited;
import dev.muster.fleet.AgentWord.Gated;
import dev.muster.fleet.AgentWord.Prompted;
import dev.muster.fleet.AgentWord.Settled;
import dev.muster.fleet.AgentWord.Stands;
import dev.muster.fleet.AgentWord.SubagentEnded;
import dev.muster.fleet.AgentWord.ToolBegan;
import dev.muster.fleet.AgentWord.ToolEnded;
import dev.muster.fleet.AgentWord.TurnEnded;
import dev.muster.fleet.AgentWord.TurnFailed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How a run stands by the rules of Claude Code's words, told a second time and another way than
/// `Activity` does: nothing is carried along. Each answer is looked for in all that was said, by
/// when it was said last and what came after it.
final class AgentReference {
    private final List<AgentWord> words;

    /// Requests that are not on the screen any more, by where they were asked: it shows one dialog
    /// at a time, so that one which was shown was answered when it goes on working.
    private final Set<Integer> hidden = new HashSet<>();

    /// Those of subagents that went with the turn, since they had been answered on the screen.
    ///
    /// By where they were asked: the word that they went with.
    private final Map<Integer, Integer> gone = new HashMap<>();

    private final Map<Integer, String> calls = new HashMap<>();

    /// @param words of one run, in order
    AgentReference(List<AgentWord> words) {
        int exit = words.indexOf(new Exited());
        this.words = exit < 0 ? words : words.subList(0, exit + 1);
        watchTheScreen();
    }

    boolean ended() {
        return !words.isEmpty() && words.getLast() instanceof Exited;
    }

    @Nullable String conversation() {
        int began = last(Began.class::isInstance, words.size());
        return began < 0 ? null : ((Began) words.get(began)).conversation();
    }

    /// Ids of what waits, oldest first.
    List<String> requests() {
        return ended()
                ? List.of()
                : open(words.size()).stream()
                        .filter(i -> !hidden.contains(i))
                        .map(i -> ((Asked) words.get(i)).id())
                        .toList();
    }

    /// The board's word and, where the rules give one, what stands behind it.
    String state() {
        int end = words.size();
        if (ended()) {
            return "finished";
        }
        String stance = stance(end);
        if (!has(this::speaks) && stance.isEmpty()) {
            return has(Gated.class::isInstance) ? "blocked" : "starting";
        }
        List<Asked> waiting =
                open(end).stream()
                        .filter(i -> !hidden.contains(i))
                        .map(i -> (Asked) words.get(i))
                        .toList();
        for (boolean question : new boolean[] {false, true}) {
            for (Asked asked : waiting) {
                if (asked.question() == question) {
                    return question
                            ? "needs-input " + AgentWord.command(asked.number())
                            : "needs-approval Bash: " + AgentWord.command(asked.number());
                }
            }
        }
        String dialog =
                stance.equals("waiting")
                        ? ((Stands) words.get(lastStanding(end))).waitingFor()
                        : "";
        if (limited() && (!busy() || dialog.equals("dialog open"))) {
            return "rate-limited";
        }
        List<String> tools = tools(end).stream().map(this::command).toList();
        if (!dialog.isEmpty()) {
            return dialog.equals("permission prompt")
                    ? "needs-approval "
                            + (tools.isEmpty() ? "a permission" : tools.getLast())
                            + ", on its own screen"
                    : "needs-input " + dialog + ", on its own screen";
        }
        if (busy()) {
            return compacting()
                    ? "working compacting its conversation"
                    : tools.isEmpty() ? "working" : "working " + tools.getLast();
        }
        String failure = failure();
        String said = lastMessage();
        if (failure.equals("authentication_failed")) {
            return "blocked";
        }
        if (failure.isEmpty()) {
            return said.isEmpty() ? "idle" : "idle " + said;
        }
        return "idle its turn failed (" + failure + ")" + (said.isEmpty() ? "" : ": " + said);
    }

    private void watchTheScreen() {
        Set<Integer> shown = new HashSet<>();
        for (int k = 0; k < words.size(); k++) {
            if (words.get(k) instanceof Asked && isWhatWasShown(k)) {
                shown.add(k);
            }
            if (!(words.get(k) instanceof Stands stands)) {
                continue;
            }
            List<Integer> open = open(k);
            switch (stands.status()) {
                case "busy" -> onScreen(shown, k).filter(open::contains).ifPresent(hidden::add);
                case "waiting" -> {
                    if (!open.isEmpty() && hidden.containsAll(open)) {
                        hidden.remove(open.getLast());
                    }
                    shown.addAll(open);
                }
                default -> {
                    int with = k;
                    open.stream().filter(hidden::contains).forEach(i -> gone.put(i, with));
                }
            }
        }
    }

    /// The dialog that was the first to be on the screen since the standing before word `k`: the
    /// oldest of those that were not known to be over then. It may be over now.
    private Optional<Integer> onScreen(Set<Integer> shown, int k) {
        int before = lastStanding(k);
        List<Integer> then = open(before + 1);
        return shown.stream()
                .filter(i -> !hidden.contains(i) && (i > before || then.contains(i)))
                .filter(i -> within(i + 1, k).noneMatch(j -> beginsAnew(words.get(j))))
                .sorted()
                .findFirst();
    }

    /// Whether the screen was said to wait when nothing was asked yet, and this was asked next.
    private boolean isWhatWasShown(int request) {
        int standing = lastStanding(request);
        return stance(request).equals("waiting")
                && open(standing).isEmpty()
                && within(standing + 1, request).noneMatch(j -> words.get(j) instanceof Asked);
    }

    /// Where what waits before word `k` was asked.
    private List<Integer> open(int k) {
        return IntStream.range(0, k)
                .filter(i -> words.get(i) instanceof Asked)
                .filter(i -> gone.getOrDefault(i, k) >= k)
                .filter(i -> within(i + 1, k).noneMatch(j -> retires(words.get(j), i)))
                .boxed()
                .toList();
    }

    private boolean retires(AgentWord later, int request) {
        Asked asked = (Asked) words.get(request);
        return switch (later) {
            case Settled settled -> settled.id().equals(asked.id());
            case ToolEnded ended -> call(ended).equals(callOf(request));
            case SubagentEnded ended -> asked.sub();
            case TurnEnded ended -> !asked.sub();
            case TurnFailed failed -> !asked.sub();
            case Stands stands -> stands.status().equals("idle") && !asked.sub();
            default -> beginsAnew(later);
        };
    }

    /// The use of a tool that a request is about, empty for none.
    private String callOf(int request) {
        String known = calls.get(request);
        if (known == null) {
            known = findCallOf(request);
            calls.put(request, known);
        }
        return known;
    }

    /// The oldest of its command that is at work then and that no older request is about.
    private String findCallOf(int request) {
        Asked asked = (Asked) words.get(request);
        if (asked.question()) {
            return "";
        }
        List<String> taken = open(request).stream().map(this::callOf).toList();
        return tools(request).stream()
                .map(i -> (ToolBegan) words.get(i))
                .filter(t -> t.number() == asked.number() && t.sub() == asked.sub())
                .map(t -> AgentWord.call(t.number(), t.sub()))
                .filter(call -> !taken.contains(call))
                .findFirst()
                .orElse("");
    }

    /// Where the tools began that are at work before word `k`.
    private List<Integer> tools(int k) {
        return IntStream.range(0, k)
                .filter(i -> words.get(i) instanceof ToolBegan)
                .filter(i -> within(i + 1, k).noneMatch(j -> ends(words.get(j), i)))
                .boxed()
                .toList();
    }

    private boolean ends(AgentWord later, int tool) {
        ToolBegan began = (ToolBegan) words.get(tool);
        return switch (later) {
            case ToolBegan again -> again.equals(began);
            case ToolEnded ended -> call(ended).equals(AgentWord.call(began.number(), began.sub()));
            case SubagentEnded ended -> began.sub();
            case TurnEnded ended -> !began.sub();
            case TurnFailed failed -> !began.sub();
            case Stands stands -> stands.status().equals("idle") && !began.sub();
            default -> beginsAnew(later);
        };
    }

    private boolean busy() {
        for (int k = words.size() - 1; k >= 0; k--) {
            AgentWord word = words.get(k);
            if (word instanceof Stands stands) {
                return !stands.status().equals("idle");
            }
            if (word instanceof Prompted
                    || word instanceof ToolBegan
                    || word instanceof Asked
                    || word.equals(new Compacting(true))) {
                return true;
            }
            boolean over = word instanceof TurnEnded || word instanceof TurnFailed;
            if (beginsAnew(word) || (over && !stance(k).equals("busy"))) {
                return false;
            }
        }
        return false;
    }

    private boolean limited() {
        int failed = last(new TurnFailed("rate_limit")::equals, words.size());
        return failed >= 0
                && within(failed + 1, words.size())
                        .noneMatch(
                                j ->
                                        words.get(j) instanceof Prompted
                                                || words.get(j) instanceof TurnFailed
                                                || isBeginning(words.get(j))
                                                || (words.get(j).equals(new Stands("busy", ""))
                                                        && stance(j).equals("idle")));
    }

    private boolean compacting() {
        int begun = last(new Compacting(true)::equals, words.size());
        return begun >= 0
                && within(begun + 1, words.size())
                        .mapToObj(words::get)
                        .noneMatch(
                                w ->
                                        w instanceof Compacting
                                                || w instanceof Began
                                                || w instanceof Ended
                                                || w instanceof TurnEnded
                                                || w instanceof TurnFailed
                                                || w.equals(new Stands("idle", "")));
    }

    private String failure() {
        int at =
                last(
                        w ->
                                w instanceof TurnFailed
                                        || w instanceof TurnEnded
                                        || w instanceof Prompted
                                        || isBeginning(w),
                        words.size());
        return at >= 0 && words.get(at) instanceof TurnFailed failed ? failed.error() : "";
    }

    private String lastMessage() {
        int at = last(w -> w instanceof TurnEnded || isBeginning(w), words.size());
        return at >= 0 && words.get(at) instanceof TurnEnded ended ? "said " + ended.number() : "";
    }

    private boolean speaks(AgentWord word) {
        return word instanceof Began
                || word instanceof Prompted
                || word instanceof ToolBegan
                || word instanceof Asked
                || word instanceof TurnEnded
                || word instanceof TurnFailed;
    }

    private static boolean isBeginning(AgentWord word) {
        return word instanceof Began began && began.anew();
    }

    private static boolean beginsAnew(AgentWord word) {
        return isBeginning(word) || word instanceof Ended;
    }

    private String command(int tool) {
        return "Bash: " + AgentWord.command(((ToolBegan) words.get(tool)).number());
    }

    private static String call(ToolEnded ended) {
        return AgentWord.call(ended.number(), ended.sub());
    }

    /// Its standing before word `k`; empty when it has none.
    private String stance(int k) {
        int at = lastStanding(k);
        return at < 0 ? "" : ((Stands) words.get(at)).status();
    }

    private int lastStanding(int k) {
        return last(Stands.class::isInstance, k);
    }

    private boolean has(Predicate<AgentWord> what) {
        return words.stream().anyMatch(what);
    }

    private int last(Predicate<AgentWord> what, int before) {
        return IntStream.iterate(before - 1, k -> k >= 0, k -> k - 1)
                .filter(k -> what.test(words.get(k)))
                .findFirst()
                .orElse(-1);
    }

    private static IntStream within(int from, int to) {
        return IntStream.range(from, to);
    }
}
