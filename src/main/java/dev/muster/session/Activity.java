package dev.muster.session;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.muster.agent.AgentEvent;
import dev.muster.agent.AgentEvent.Stance;
import dev.muster.agent.Reading;
import dev.muster.agent.Request;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a session's agent does, as it says itself: the fold of its own words in one run. Pure.
/// [ActivityDraft] has what each word changes, this what they add up to.
///
/// @param gate the dialog at startup that it stands before
/// @param ready it has begun a conversation
/// @param conversation the agent's own id of it
/// @param busy it is in a turn
/// @param stance its newest standing; null when it has none
/// @param waitingFor what it waits for by its standing, or waited for last in this turn
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

    /// Whether that request was not settled, though it may be hidden.
    public boolean isOpen(String request) {
        return open.stream().anyMatch(o -> o.request().id().equals(request));
    }

    /// What it is after one more of the agent's words.
    public Activity apply(AgentEvent event) {
        return edit(draft -> draft.apply(event));
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
        boolean asksWhatToDo = stance == Stance.WAITING && DIALOG.equals(waitingFor);
        return limited && (!busy || asksWhatToDo);
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
        return edit(draft -> draft.continues(before));
    }

    /// Its process is gone: nothing waits any more.
    Activity gone() {
        return edit(ActivityDraft::isGone);
    }

    private Optional<Request> first(Request.Kind kind) {
        return requests().stream().filter(r -> r.kind() == kind).findFirst();
    }

    private static String line(Request request) {
        return request.summary().isEmpty()
                ? request.tool()
                : request.tool() + ": " + request.summary();
    }

    private Activity edit(Consumer<ActivityDraft> change) {
        ActivityDraft draft = new ActivityDraft(this);
        change.accept(draft);
        return draft.activity();
    }
}
