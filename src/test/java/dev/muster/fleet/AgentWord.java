package dev.muster.fleet;

/// What a line of a generated journal says, in the test's own words, and how an agent's host writes
/// it down. Tools and commands have numbers.
sealed interface AgentWord {
    /// As in the journal, with `ID` for the session's id and `RUN` for the run.
    String line();

    /// A conversation begins, or goes on after a compaction.
    record Began(String conversation, boolean anew) implements AgentWord {
        @Override
        public String line() {
            return hook(
                    "SessionStart",
                    "\"source\":\"%s\",\"session_id\":\"%s\""
                            .formatted(anew ? "clear" : "compact", conversation));
        }
    }

    record Prompted(int number) implements AgentWord {
        @Override
        public String line() {
            return hook("UserPromptSubmit", "\"prompt\":\"do ä %d\"".formatted(number));
        }
    }

    /// @param sub a subagent uses it
    record ToolBegan(int number, boolean sub) implements AgentWord {
        @Override
        public String line() {
            return hook(
                    "PreToolUse",
                    "\"tool_name\":\"Bash\",\"tool_use_id\":\"%s\",\"tool_input\":{\"command\":\"%s\"}%s"
                            .formatted(call(number, sub), command(number), by(sub)));
        }
    }

    record ToolEnded(int number, boolean sub) implements AgentWord {
        @Override
        public String line() {
            return hook(
                    "PostToolUse",
                    "\"tool_name\":\"Bash\",\"tool_use_id\":\"%s\"%s"
                            .formatted(call(number, sub), by(sub)));
        }
    }

    record SubagentEnded() implements AgentWord {
        @Override
        public String line() {
            return hook("SubagentStop", "\"agent_id\":\"sub\"");
        }
    }

    /// @param number of the command that it asks for, or of the question
    /// @param id of 16 hexadecimal digits
    record Asked(String id, int number, boolean sub, boolean question) implements AgentWord {
        @Override
        public String line() {
            String input =
                    question
                            ? "{\"questions\":[{\"question\":\"%s\"}]}".formatted(command(number))
                            : "{\"command\":\"%s\"}".formatted(command(number));
            return said(
                    "ask",
                    "\"id\":\"%s\",\"d\":{\"tool_name\":\"%s\",\"tool_input\":%s%s}"
                            .formatted(id, question ? "AskUserQuestion" : "Bash", input, by(sub)));
        }
    }

    record Settled(String id) implements AgentWord {
        @Override
        public String line() {
            return said("settled", "\"id\":\"%s\",\"how\":\"allowed\",\"x\":\"\"".formatted(id));
        }
    }

    record Compacting(boolean now) implements AgentWord {
        @Override
        public String line() {
            return hook(now ? "PreCompact" : "PostCompact", "\"trigger\":\"manual\"");
        }
    }

    record TurnEnded(int number) implements AgentWord {
        @Override
        public String line() {
            return hook("Stop", "\"last_assistant_message\":\"said %d\"".formatted(number));
        }
    }

    record TurnFailed(String error) implements AgentWord {
        @Override
        public String line() {
            return hook("StopFailure", "\"error\":\"%s\"".formatted(error));
        }
    }

    record Ended() implements AgentWord {
        @Override
        public String line() {
            return hook("SessionEnd", "\"reason\":\"clear\"");
        }
    }

    /// @param waitingFor empty where it does not wait
    record Stands(String status, String waitingFor) implements AgentWord {
        @Override
        public String line() {
            String more = waitingFor.isEmpty() ? "" : ",\"waitingFor\":\"" + waitingFor + "\"";
            return said("registry", "\"d\":{\"status\":\"%s\"%s}".formatted(status, more));
        }
    }

    record Gated() implements AgentWord {
        @Override
        public String line() {
            return said("gate", "\"d\":{\"gates\":\"trust\"}");
        }
    }

    record Spent(int cents) implements AgentWord {
        @Override
        public String line() {
            return said("status", "\"d\":{\"cost.total_cost_usd\":%s}".formatted(cents / 100.0));
        }
    }

    record Billed(int sent, int got) implements AgentWord {
        @Override
        public String line() {
            return said("tokens", "\"d\":{\"input\":%d,\"output\":%d}".formatted(sent, got));
        }
    }

    record Started() implements AgentWord {
        @Override
        public String line() {
            return "{\"s\":\"ID\",\"k\":\"start\",\"run\":RUN,\"pid\":7,\"t\":1000}";
        }
    }

    record Exited() implements AgentWord {
        @Override
        public String line() {
            return "{\"s\":\"ID\",\"k\":\"exit\",\"run\":RUN,\"rc\":0,\"t\":1000}";
        }
    }

    /// What a writer leaves behind that was killed in the middle.
    record Torn() implements AgentWord {
        @Override
        public String line() {
            return "{\"s\":\"ID\",\"k\":\"agent\",\"a\":\"claude\",\"src\":\"hook\",\"d\":{\"ho";
        }
    }

    static String call(int number, boolean sub) {
        return (sub ? "sub-" : "") + "call" + number;
    }

    static String command(int number) {
        return "command " + number;
    }

    private static String by(boolean sub) {
        return sub ? ",\"agent_id\":\"sub\"" : "";
    }

    private static String hook(String event, String fields) {
        return said("hook", "\"d\":{\"hook_event_name\":\"" + event + "\"," + fields + "}");
    }

    private static String said(String source, String rest) {
        return "{\"s\":\"ID\",\"k\":\"agent\",\"a\":\"claude\",\"run\":RUN,\"t\":1000,\"src\":\""
                + source
                + "\","
                + rest
                + "}";
    }
}
