package dev.muster.web.mcp;

import dev.muster.fleet.Fleet;
import dev.muster.fleet.Memory;
import dev.muster.fleet.Refused;
import dev.muster.fleet.Refused.Kind;
import dev.muster.fleet.access.TokenScope;
import dev.muster.web.gate.Caller;
import dev.muster.web.gate.CurrentCaller;
import io.quarkiverse.mcp.server.FilterContext;
import io.quarkiverse.mcp.server.McpMethod;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.ToolFilter;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolManager.ToolAnnotations;
import io.quarkiverse.mcp.server.ToolManager.ToolInfo;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkiverse.mcp.server.TransportHint;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Offers the tools over MCP, streamable HTTP, to those whose token allows them.
@Singleton
public class ToolServer implements ToolFilter {
    private static final Logger LOG = Logger.getLogger(ToolServer.class);

    private final Map<String, ToolSpec> tools = new LinkedHashMap<>();
    private final CurrentCaller caller;
    private final Fleet fleet;

    ToolServer(Tools tools, CurrentCaller caller, Fleet fleet) {
        tools.all().forEach(tool -> this.tools.put(tool.name(), tool));
        this.caller = caller;
        this.fleet = fleet;
    }

    void register(@Observes StartupEvent event, ToolManager manager) {
        for (ToolSpec tool : tools.values()) {
            manager.newTool(tool.name())
                    .setTitle(tool.title())
                    .setDescription(tool.about())
                    .setInputSchema(Param.schema(tool.params()))
                    .setAnnotations(
                            new ToolAnnotations(
                                    tool.title(),
                                    tool.effect() == ToolSpec.Effect.LOOKS,
                                    tool.effect() == ToolSpec.Effect.ENDS,
                                    false,
                                    true))
                    // None of them sends anything before its answer.
                    .addHint(TransportHint.STREAMABLE_HTTP_SKIP_SSE_INIT)
                    .setHandler(call -> answer(tool, call.args()), true)
                    .register();
        }
    }

    /// What a token does not allow, its holder does not see; one that calls it all the same is told
    /// why not.
    @Override
    public boolean test(ToolInfo info, FilterContext context) {
        ToolSpec tool = tools.get(info.name());
        return tool != null
                && (context.method() != McpMethod.TOOLS_LIST || isOffered(tool, caller.get()));
    }

    private boolean isOffered(ToolSpec tool, Caller asking) {
        return asking.may(tool.needs())
                && (tool.needs() != TokenScope.APPROVE || fleet.hosts().tokens().approve());
    }

    private ToolResponse answer(ToolSpec tool, Map<String, Object> args) {
        try {
            if (!isOffered(tool, caller.get())) {
                throw Refused.of(
                        Kind.NOT_ALLOWED,
                        "your token does not allow the tool `" + tool.name() + "`",
                        "ask the person who gave it to you for one with the scope `"
                                + tool.needs().word()
                                + "`");
            }
            return ToolResponse.success(tool.work().run(Arguments.of(args, tool.params())).text());
        } catch (Refused e) {
            return failure(Answer.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failure(Answer.of("Broken off: the service ends."));
        } catch (Memory.MemoryException e) {
            LOG.error("the database failed", e);
            return failure(
                    Answer.of(
                            "Not done: "
                                    + e.getMessage()
                                    + ". A person has to see that the disk of the service's data"
                                    + " folder has room and can be written."));
        } catch (RuntimeException e) {
            String id = UUID.randomUUID().toString();
            LOG.errorf(e, "unforeseen in the tool %s, shown to the client as %s", tool.name(), id);
            return failure(
                    Answer.of(
                            "Muster itself failed; its log tells a person more under " + id + "."));
        }
    }

    private static ToolResponse failure(Answer answer) {
        return new ToolResponse(true, List.of(new TextContent(answer.text())));
    }
}
