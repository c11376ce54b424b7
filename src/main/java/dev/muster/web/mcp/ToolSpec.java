package dev.muster.web.mcp;

import dev.muster.fleet.Refused;
import dev.muster.fleet.access.TokenScope;
import java.util.List;

/// One tool.
///
/// @param title for people
/// @param about for the agent: what it does, when to use it, what comes back
/// @param effect what it changes
/// @param needs the scope of token that it takes
record ToolSpec(
        String name,
        String title,
        String about,
        Effect effect,
        TokenScope needs,
        List<Param> params,
        Work work) {

    /// What a client may tell its user before it calls.
    enum Effect {
        /// Nothing changes.
        LOOKS,
        /// Something is added or told; nothing is ended.
        ADDS,
        /// An agent ends, or a worktree goes.
        ENDS
    }

    interface Work {
        Answer run(Arguments given) throws Refused, InterruptedException;
    }

    ToolSpec {
        params = List.copyOf(params);
    }

    static ToolSpec look(String name, String title, String about, List<Param> params, Work work) {
        return new ToolSpec(name, title, about, Effect.LOOKS, TokenScope.READ, params, work);
    }

    static ToolSpec act(
            String name, String title, String about, Effect effect, List<Param> params, Work work) {
        return new ToolSpec(name, title, about, effect, TokenScope.ACT, params, work);
    }
}
