package dev.muster.session;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.muster.agent.AgentEvent;
import dev.muster.agent.AgentEvent.Stance;
import dev.muster.agent.Reading;
import dev.muster.agent.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a session's agent does, as it says itself: the fold of its own words in one run. Pure.
///
/// An agent speaks through two sources. Its hooks tell what happened at once, and are silent about
/// some things (an Esc, a prompt that comes out of the queue, a dialog answered by hand). Its
/// standing ([AgentEvent.Standing]) is right at every moment, but comes a little later. So hooks
/// lead into work and into requests; where the agent has a standing, that alone leads out again.
///
/// @param gate the dialog at startup that it stands before
/// @param ready it has begun a conversation
/// @param conversation the agent's own id of it
/// @param busy it is in a turn
/// @param stance its newest standing; null when it has none
/// @param waitingFor what it waits for by its standing
/// @param untold its standing said that it waits before any request was known: the next one is what
///     it shows
/// @param explained the request whose dialog was on its screen is over by another word: its next
///     standing of being busy tells of that, and not of the next one
/// @param compacting it shortens its conversation
/// @param tools that are at work, oldest first
/// @param open requests that wait, oldest first
/// @param lastMessage its last words
/// @param failure why its last turn broke off
/// @param limited its last turn broke off at a quota's end
/// @param retrying why its turn can't go on just now, while it tries to; `limited` then says
///     whether that is a quota
/// @param background tasks that go on while it is idle
/// @param reading what it has used
public record Activity(
        AgentEvent.@Nullable Gated gate,
        boolean ready,
        @Nullable String conversation,
        @Nullable String model,
        boolean busy,
        @Nullable Stance stance,
        @Nullable String waitingFor,
        boolean untold,
        boolean explained,
        boolean compacting,
        List<Tool> tools,
        List<Open> open,
        @Nullable String lastMessage,
        @Nullable String failure,
        boolean limited,
        @Nullable String retrying,
        int background,
        @Nullable Reading reading) {

    /// Nothing was heard yet.
    public static final Activity NONE =
            new Activity(
                    null, false, null, null, false, null, null, false, false, false, List.of(),
                    List.of(), null, null, false, null, 0, null);

    /// Claude Code's word for a dialog of its own that no request of it stands behind.
    private static final String DIALOG = "dialog open";

    /// Codex's tool that asks in words, in its plan mode: only its screen takes an answer.
    private static final String QUESTION = "request_user_input";

    /// A tool at work.
    public record Tool(
            @Nullable String call,
            String name,
            @Nullable String what,
            @Nullable String digest,
            @Nullable String by) {
        String line() {
            return what == null || what.isEmpty() ? name : name + ": " + what;
        }
    }

    /// A request that was not settled.
    ///
    /// @param call the use of the tool that it asks for, when that is known
    /// @param shown the agent has said since that it waits
    /// @param hidden the agent has said since that it does not wait any more: answered on its own
    ///     screen, unless another request was and this one's turn is still to come
    public record Open(Request request, @Nullable String call, boolean shown, boolean hidden) {
        Open shownNow() {
            return new Open(request, call, true, hidden);
        }

        Open hiddenNow(boolean hide) {
            return new Open(request, call, shown, hide);
        }
    }

    /// A dialog that no hook told of, as a tool's in plan mode: only its own screen takes an
    /// answer.
    ///
    /// @param permission it asks whether it may do something
    /// @param tool that it wants to use; empty where that is not known
    /// @param what it is about
    public record Dialog(boolean permission, String tool, String what) {
        public String line() {
            return what + ", on its own screen";
        }
    }

    public Activity {
        tools = tools == null ? List.of() : List.copyOf(tools);
        open = open == null ? List.of() : List.copyOf(open);
    }

    /// Whether the agent has said anything in this run.
    @JsonIgnore
    public boolean isHeard() {
        return ready || gate != null || stance != null;
    }

    /// What waits for a person now, oldest first.
    public List<Request> requests() {
        return open.stream().filter(o -> !o.hidden()).map(Open::request).toList();
    }

    public Activity apply(AgentEvent event) {
        return switch (event) {
            case AgentEvent.Gated e -> ready ? this : edit(d -> d.gate = e);
            case AgentEvent.Began e -> began(e);
            case AgentEvent.Prompted e ->
                    edit(
                            d -> {
                                d.speaks();
                                d.busy = true;
                                d.failure = null;
                                d.limited = false;
                            });
            case AgentEvent.ToolBegan e ->
                    edit(
                            d -> {
                                d.speaks();
                                d.goesOn();
                                d.busy = true;
                                d.tools.removeIf(
                                        tool -> e.call() != null && e.call().equals(tool.call()));
                                d.tools.add(
                                        new Tool(e.call(), e.tool(), e.what(), e.digest(), e.by()));
                            });
            case AgentEvent.ToolEnded e -> edit(d -> d.ended(e));
            case AgentEvent.SubagentEnded e ->
                    edit(
                            d -> {
                                d.tools.removeIf(tool -> e.by().equals(tool.by()));
                                d.over(o -> e.by().equals(o.request().by()));
                            });
            case AgentEvent.Asked e -> edit(d -> d.asked(e.request()));
            case AgentEvent.Settled e ->
                    edit(d -> d.over(o -> o.request().id().equals(e.request())));
            case AgentEvent.Compacting e ->
                    edit(
                            d -> {
                                d.compacting = e.now();
                                // By hand it is a turn of its own.
                                d.busy |= e.now();
                            });
            case AgentEvent.TurnEnded e ->
                    edit(
                            d -> {
                                d.endTurn(e.subagents());
                                d.lastMessage = e.lastMessage();
                                d.failure = null;
                                d.background = e.background();
                            });
            case AgentEvent.TurnFailed e ->
                    edit(
                            d -> {
                                d.endTurn(0);
                                d.lastMessage = e.message() == null ? d.lastMessage : e.message();
                                d.failure = e.error();
                                d.limited = e.error().equals(AgentEvent.TurnFailed.RATE_LIMIT);
                            });
            case AgentEvent.Standing e -> edit(d -> d.stands(e));
            case AgentEvent.Retrying e -> edit(d -> d.retries(e));
            case AgentEvent.Used e -> edit(d -> d.reading = e.reading().over(d.reading));
            case AgentEvent.CountsFrom e -> this;
            case AgentEvent.Ended e -> edit(Draft::clearWork);
        };
    }

    /// The state that this adds up to.
    public State state() {
        if (!ready && stance == null) {
            return gate == null ? new State.Starting(null) : new State.Blocked(gate.detail());
        }
        Optional<Request> approval = first(Request.Kind.APPROVAL);
        if (approval.isPresent()) {
            return new State.NeedsApproval(line(approval.get()));
        }
        Optional<Request> question = first(Request.Kind.QUESTION);
        if (question.isPresent()) {
            return new State.NeedsInput(question.get().summary());
        }
        if (atItsLimit()) {
            return new State.RateLimited(
                    lastMessage, reading == null ? null : reading.limitedUntil());
        }
        Optional<Dialog> dialog = dialog();
        if (dialog.isPresent()) {
            return dialog.get().permission()
                    ? new State.NeedsApproval(dialog.get().line())
                    : new State.NeedsInput(dialog.get().line());
        }
        if (busy && retrying != null) {
            return limited
                    ? new State.RateLimited(
                            retrying, reading == null ? null : reading.limitedUntil())
                    : new State.Working(retrying);
        }
        if (busy) {
            return new State.Working(
                    compacting
                            ? "compacting its conversation"
                            : tools.isEmpty() ? null : tools.getLast().line());
        }
        if (AgentEvent.TurnFailed.NOT_SIGNED_IN.equals(failure)) {
            return new State.Blocked("it is not signed in: do `/login` in `muster attach`");
        }
        String said =
                failure == null
                        ? lastMessage
                        : "its turn failed ("
                                + failure
                                + ")"
                                + (lastMessage == null ? "" : ": " + lastMessage);
        return new State.Idle(background == 0 ? said : inBackground(said));
    }

    private String inBackground(@Nullable String said) {
        String tasks =
                background == 1
                        ? "a task goes on in the background"
                        : background + " tasks go on in the background";
        return said == null ? tasks : tasks + ": " + said;
    }

    /// At a limit it asks what to do about it; the limit is what counts.
    private boolean atItsLimit() {
        return limited && (!busy || DIALOG.equals(waitingFor));
    }

    /// The dialog that it says it stands before while no request of it is known.
    public Optional<Dialog> dialog() {
        if (stance != Stance.WAITING || !requests().isEmpty() || atItsLimit()) {
            return Optional.empty();
        }
        String what = waitingFor == null ? "a dialog" : waitingFor;
        if (!what.equals("permission prompt")) {
            return Optional.of(new Dialog(false, "", what));
        }
        if (tools.isEmpty()) {
            return Optional.of(new Dialog(true, "", "a permission"));
        }
        Tool tool = tools.getLast();
        return Optional.of(
                tool.name().equals(QUESTION) && tool.what() != null
                        ? new Dialog(false, tool.name(), tool.what())
                        : new Dialog(true, tool.name(), tool.line()));
    }

    /// The beginning of a run that goes on where `before` ended: the conversation is the same.
    Activity continuing(Activity before) {
        return edit(
                d -> {
                    d.conversation = before.conversation;
                    d.model = before.model;
                    d.reading = before.reading;
                });
    }

    /// Its process is gone: nothing waits any more.
    Activity gone() {
        return edit(
                d -> {
                    d.clearWork();
                    d.gate = null;
                    d.ready = false;
                    d.stance = null;
                    d.waitingFor = null;
                    d.untold = false;
                });
    }

    private Optional<Request> first(Request.Kind kind) {
        return requests().stream().filter(r -> r.kind() == kind).findFirst();
    }

    private static String line(Request request) {
        return request.summary().isEmpty()
                ? request.tool()
                : request.tool() + ": " + request.summary();
    }

    private Activity began(AgentEvent.Began e) {
        return edit(
                d -> {
                    d.speaks();
                    d.conversation = e.conversation() == null ? d.conversation : e.conversation();
                    d.model = e.model() == null ? d.model : e.model();
                    d.compacting = false;
                    // Compaction happens within a turn, all else begins without one.
                    if (!e.goesOn()) {
                        d.clearWork();
                        d.lastMessage = null;
                        d.failure = null;
                        d.limited = false;
                        d.background = 0;
                    }
                });
    }

    private Activity edit(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.activity();
    }

    /// An activity while it is changed.
    private static final class Draft {
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

        Draft(Activity from) {
            gate = from.gate;
            ready = from.ready;
            conversation = from.conversation;
            model = from.model;
            busy = from.busy;
            stance = from.stance;
            waitingFor = from.waitingFor;
            untold = from.untold;
            explained = from.explained;
            compacting = from.compacting;
            tools = new ArrayList<>(from.tools);
            open = new ArrayList<>(from.open);
            lastMessage = from.lastMessage;
            failure = from.failure;
            limited = from.limited;
            retrying = from.retrying;
            background = from.background;
            reading = from.reading;
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

        /// A word of a conversation: no dialog of startup stands before it.
        void speaks() {
            ready = true;
            gate = null;
        }

        void clearWork() {
            goesOn();
            busy = false;
            compacting = false;
            tools.clear();
            open.clear();
        }

        void ended(AgentEvent.ToolEnded e) {
            String call = e.call();
            Predicate<Tool> same =
                    call != null
                            ? tool -> call.equals(tool.call())
                            : tool ->
                                    tool.name().equals(e.tool())
                                            && Objects.equals(tool.by(), e.by());
            tools.stream().filter(same).findFirst().ifPresent(tools::remove);
            // It was used, or refused: either way nobody waits for an answer any more.
            if (call != null) {
                over(o -> call.equals(o.call()));
            }
        }

        /// Requests that wait no more.
        void over(Predicate<Open> which) {
            explained |=
                    open.stream()
                            .filter(o -> o.shown() && !o.hidden())
                            .findFirst()
                            .filter(which)
                            .isPresent();
            open.removeIf(which);
        }

        void asked(Request request) {
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
                                                            || request.digest()
                                                                    .equals(tool.digest()))
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

        void retries(AgentEvent.Retrying e) {
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
        void goesOn() {
            if (retrying != null) {
                retrying = null;
                limited = false;
            }
        }

        /// The agent's own turn ended; subagents in the background may go on and ask.
        ///
        /// @param subagents that it still waits for
        void endTurn(int subagents) {
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

        void stands(AgentEvent.Standing e) {
            Stance before = stance;
            stance = e.stance();
            waitingFor = e.stance() == Stance.WAITING ? e.waitingFor() : null;
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
}
