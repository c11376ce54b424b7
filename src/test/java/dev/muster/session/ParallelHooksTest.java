package dev.muster.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.agent.AgentEvent;
import dev.muster.agent.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Tools at work side by side run their hooks side by side: which one wrote first means nothing.
class ParallelHooksTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

    /// @param reached of each tool's words (begins, asks, is settled, ends) how many were said
    @Property(tries = 300)
    void addUpToTheSameInAnyOrder(
            @ForAll @Size(min = 2, max = 5) List<@IntRange(min = 0, max = 4) Integer> reached,
            @ForAll long one,
            @ForAll long other) {
        assertThat(told(reached, new Random(one))).isEqualTo(told(reached, new Random(other)));
    }

    private record Told(Set<String> tools, Map<String, String> requests, String state) {}

    private static Told told(List<Integer> reached, Random order) {
        Activity activity =
                Activity.NONE
                        .apply(new AgentEvent.Began("c1", "startup", "m"))
                        .apply(new AgentEvent.Prompted("do it", "d"))
                        .apply(new AgentEvent.Standing(AgentEvent.Stance.BUSY, null));
        int[] said = new int[reached.size()];
        while (true) {
            List<Integer> more =
                    IntStream.range(0, said.length)
                            .filter(tool -> said[tool] < reached.get(tool))
                            .boxed()
                            .collect(Collectors.toCollection(ArrayList::new));
            if (more.isEmpty()) {
                break;
            }
            int tool = more.get(order.nextInt(more.size()));
            activity = activity.apply(word(tool, said[tool]++));
        }
        Map<String, String> requests = new HashMap<>();
        activity.open().forEach(open -> requests.put(open.request().id(), open.call()));
        return new Told(
                new HashSet<>(activity.tools().stream().map(Activity.Tool::call).toList()),
                requests,
                activity.state().word());
    }

    private static AgentEvent word(int tool, int step) {
        String call = "t" + tool;
        String input = "command " + tool;
        return switch (step) {
            case 0 -> new AgentEvent.ToolBegan(call, "Bash", input, input, null);
            case 1 ->
                    new AgentEvent.Asked(
                            new Request(
                                    "r" + tool,
                                    Request.Kind.APPROVAL,
                                    "Bash",
                                    input,
                                    JsonNodeFactory.instance.objectNode().put("command", input),
                                    input,
                                    List.of(),
                                    null,
                                    T));
            case 2 -> new AgentEvent.Settled("r" + tool, AgentEvent.Settlement.ALLOWED, "me");
            default -> new AgentEvent.ToolEnded(call, "Bash", null);
        };
    }
}
