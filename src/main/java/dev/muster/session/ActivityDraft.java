package dev.muster.session;

import dev.muster.agent.AgentEvent;
import dev.muster.agent.AgentEvent.Stance;
import dev.muster.agent.Reading;
import dev.muster.agent.Request;
import dev.muster.session.Activity.Open;
import dev.muster.session.Activity.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An [Activity] while it is changed: what each of the agent's words does to it.
///
/// An agent speaks through two sources. Its hooks tell what happened at once, and are silent about
/// some things (an Esc, a prompt that comes out of the queue, a dialog answered by hand). Its
/// standing ([AgentEvent.Standing]) is right at every moment, but comes a little later. So hooks
/// lead into work and into requests; where the agent has a standing, that alone leads out again.
final class ActivityDraft {
    private AgentEvent.@Nullable Gated gate;
    private boolean ready;
    private @Nullable String conversation;
    private @Nullable String model;
    private boolean busy;
    private @Nullable Stance stance;
    private @Nullable String waitingFor;
    private boolean untold;
    private boolean explained;
    private boolean compacting;
    private final List<Tool> tools;
    private final List<Open> open;
    private @Nullable String lastMessage;
    private @Nullable String failure;
    private boolean limited;
    private @Nullable String retrying;
    private int background;
    private @Nullable Reading reading;

    ActivityDraft(Activity from) {
        gate = from.gate();
        ready = from.ready();
        conversation = from.conversation();
        model = from.model();
        busy = from.busy();
        stance = from.stance();
        waitingFor = from.waitingFor();
        untold = from.untold();
        explained = from.explained();
        compacting = from.compacting();
        tools = new ArrayList<>(from.tools());
        open = new ArrayList<>(from.open());
        lastMessage = from.lastMessage();
        failure = from.failure();
        limited = from.limited();
        retrying = from.retrying();
        background = from.background();
        reading = from.reading();
    }

    Activity activity() {
        return new Activity(
                gate,
                ready,
                conversation,
                model,
                busy,
                stance,
                waitingFor,
                untold,
                explained,
                compacting,
                tools,
                open,
                lastMessage,
                failure,
                limited,
                retrying,
                background,
                reading);
    }

    void apply(AgentEvent event) {
        switch (event) {
            case AgentEvent.Gated e -> gate = ready ? gate : e;
            case AgentEvent.Began e -> began(e);
            case AgentEvent.Prompted e -> {
                speaks();
                busy = true;
                failure = null;
                limited = false;
            }
            case AgentEvent.ToolBegan e -> {
                speaks();
                goesOn();
                busy = true;
                tools.removeIf(tool -> e.call() != null && e.call().equals(tool.call()));
                tools.add(new Tool(e.call(), e.tool(), e.what(), e.digest(), e.by()));
            }
            case AgentEvent.ToolEnded e -> ended(e);
            case AgentEvent.SubagentEnded e -> {
                tools.removeIf(tool -> e.by().equals(tool.by()));
                over(o -> e.by().equals(o.request().by()));
            }
            case AgentEvent.Asked e -> asked(e.request());
            case AgentEvent.Settled e -> over(o -> o.request().id().equals(e.request()));
            case AgentEvent.Compacting e -> {
                compacting = e.now();
                // By hand it is a turn of its own.
                busy |= e.now();
            }
            case AgentEvent.TurnEnded e -> {
                endTurn(e.subagents());
                lastMessage = e.lastMessage();
                failure = null;
                background = e.background();
            }
            case AgentEvent.TurnFailed e -> {
                endTurn(0);
                lastMessage = e.message() == null ? lastMessage : e.message();
                failure = e.error();
                limited = e.error().equals(AgentEvent.TurnFailed.RATE_LIMIT);
            }
            case AgentEvent.Standing e -> stands(e);
            case AgentEvent.Retrying e -> retries(e);
            case AgentEvent.Used e -> reading = e.reading().over(reading);
            case AgentEvent.CountsFrom _ -> {}
            case AgentEvent.Ended _ -> clearWork();
        }
    }

    void continues(Activity before) {
        conversation = before.conversation();
        model = before.model();
        reading = before.reading();
    }

    void isGone() {
        clearWork();
        gate = null;
        ready = false;
        stance = null;
        waitingFor = null;
        untold = false;
    }

    private void began(AgentEvent.Began e) {
        speaks();
        conversation = e.conversation() == null ? conversation : e.conversation();
        model = e.model() == null ? model : e.model();
        compacting = false;
        // Compaction happens within a turn, all else begins without one.
        if (!e.goesOn()) {
            clearWork();
            lastMessage = null;
            failure = null;
            limited = false;
            background = 0;
        }
    }

    /// A word of a conversation: no dialog of startup stands before it.
    private void speaks() {
        ready = true;
        gate = null;
    }

    private void clearWork() {
        goesOn();
        busy = false;
        compacting = false;
        tools.clear();
        open.clear();
    }

    private void ended(AgentEvent.ToolEnded e) {
        String call = e.call();
        Predicate<Tool> same =
                call != null
                        ? tool -> call.equals(tool.call())
                        : tool -> tool.name().equals(e.tool()) && Objects.equals(tool.by(), e.by());
        tools.stream().filter(same).findFirst().ifPresent(tools::remove);
        // It was used, or refused: either way nobody waits for an answer any more.
        if (call != null) {
            over(o -> call.equals(o.call()));
        }
    }

    /// Requests that wait no more.
    private void over(Predicate<Open> which) {
        explained |=
                open.stream()
                        .filter(o -> o.shown() && !o.hidden())
                        .findFirst()
                        .filter(which)
                        .isPresent();
        open.removeIf(which);
    }

    private void asked(Request request) {
        speaks();
        busy = true;
        if (open.stream().anyMatch(o -> o.request().id().equals(request.id()))) {
            return;
        }
        String call =
                tools.stream()
                        .filter(
                                tool ->
                                        tool.name().equals(request.tool())
                                                && (tool.digest() == null
                                                        || request.digest().equals(tool.digest()))
                                                && Objects.equals(tool.by(), request.by())
                                                && open.stream()
                                                        .noneMatch(
                                                                o ->
                                                                        Objects.equals(
                                                                                o.call(),
                                                                                tool.call())))
                        .map(Tool::call)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        // Its standing may have told of the dialog before the hook did. Else it tells of an
        // older one, which may have been answered since.
        open.add(new Open(request, call, untold, false));
        untold = false;
    }

    private void retries(AgentEvent.Retrying e) {
        speaks();
        busy = true;
        limited = e.error().equals(AgentEvent.TurnFailed.RATE_LIMIT);
        retrying =
                "tries again in "
                        + Math.max(1, e.after().toSeconds())
                        + " s ("
                        + e.error()
                        + ", "
                        + e.attempt()
                        + " of "
                        + e.attempts()
                        + ")";
    }

    /// The turn goes on, or is over: nothing is tried again any more.
    private void goesOn() {
        if (retrying != null) {
            retrying = null;
            limited = false;
        }
    }

    /// The agent's own turn ended; subagents in the background may go on and ask.
    ///
    /// @param subagents that it still waits for
    private void endTurn(int subagents) {
        speaks();
        goesOn();
        compacting = false;
        tools.removeIf(tool -> tool.by() == null);
        over(o -> o.request().by() == null);
        // Where it has a standing, that says when it is idle: a queued prompt may follow.
        if (stance != Stance.BUSY && subagents == 0) {
            busy = false;
        }
    }

    private void stands(AgentEvent.Standing e) {
        Stance before = stance;
        stance = e.stance();
        waitingFor =
                switch (e.stance()) {
                    case IDLE -> null;
                    // A title that was read late: what it has begun to wait for stays told.
                    case BUSY -> waitingFor;
                    case WAITING -> e.waitingFor() == null ? waitingFor : e.waitingFor();
                };
        untold = e.stance() == Stance.WAITING && open.isEmpty();
        switch (e.stance()) {
            case IDLE -> {
                background =
                        AgentEvent.Standing.BACKGROUND.equals(e.waitingFor())
                                ? Math.max(1, background)
                                : 0;
                busy = false;
                compacting = false;
                tools.removeIf(tool -> tool.by() == null);
                open.removeIf(o -> o.request().by() == null || o.hidden());
            }
            case BUSY -> {
                busy = true;
                limited = limited && before != Stance.IDLE;
                // It shows one dialog at a time, the oldest first.
                for (int i = 0; i < open.size() && !explained; i++) {
                    if (open.get(i).shown() && !open.get(i).hidden()) {
                        open.set(i, open.get(i).hiddenNow(true));
                        break;
                    }
                }
            }
            case WAITING -> {
                busy = true;
                // It waits for something: if for none of what is known to wait, then for the
                // one that was taken for answered last.
                if (open.stream().allMatch(Open::hidden) && !open.isEmpty()) {
                    open.set(open.size() - 1, open.getLast().hiddenNow(false));
                }
                open.replaceAll(Open::shownNow);
            }
        }
        explained = false;
    }
}
