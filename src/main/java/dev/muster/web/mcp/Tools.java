package dev.muster.web.mcp;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/// Every tool that there is, in the order in which an agent needs them.
@Singleton
public class Tools {
    private final LookTools look;
    private final WaitTool wait;
    private final WorkTools work;
    private final ActTools act;
    private final AnswerTools answer;

    Tools(LookTools look, WaitTool wait, WorkTools work, ActTools act, AnswerTools answer) {
        this.look = look;
        this.wait = wait;
        this.work = work;
        this.act = act;
        this.answer = answer;
    }

    List<ToolSpec> all() {
        return Stream.of(look.all(), List.of(wait.spec()), work.all(), act.all(), answer.all())
                .flatMap(List::stream)
                .toList();
    }
}
