package dev.muster.web.terminal;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.fleet.Refused;
import dev.muster.fleet.Refused.Kind;
import dev.muster.fleet.SessionTerminals;
import dev.muster.link.TerminalSize;
import dev.muster.session.AttachCommand.Mode;
import dev.muster.web.SessionRefs;
import dev.muster.web.gate.CurrentCaller;
import dev.muster.web.gate.RequestCheck;
import dev.muster.web.gate.TokenConnections;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// `sessions/{ref}/terminal`, when asked for as a WebSocket. It stands on Vert.x's own, since only
/// that can be told to read no further while the host does not take what was typed.
@ApplicationScoped
public class TerminalRoute {
    private static final String PATH = "/api/v1/sessions/:ref/terminal";

    /// Two threads each: enough for one person's many windows.
    private static final int MOST = 64;

    private static final int MOST_HISTORY = 50_000;
    private static final int MOST_WINDOW = 16 << 20;

    private final SessionTerminals terminals;
    private final SessionRefs refs;
    private final ObjectMapper json;
    private final Vertx vertx;
    private final RequestCheck check;
    private final TokenConnections connections;
    private final Set<TerminalPump> open = ConcurrentHashMap.newKeySet();

    TerminalRoute(
            SessionTerminals terminals,
            SessionRefs refs,
            ObjectMapper json,
            Vertx vertx,
            RequestCheck check,
            TokenConnections connections) {
        this.check = check;
        this.connections = connections;
        this.terminals = terminals;
        this.refs = refs;
        this.json = json;
        this.vertx = vertx;
    }

    void route(@Observes Router router) {
        router.get(PATH).order(-1).handler(this::upgrade);
    }

    private void upgrade(RoutingContext context) {
        if (!"websocket".equalsIgnoreCase(context.request().getHeader("Upgrade"))) {
            context.next();
            return;
        }
        Wish wish = new Wish(context.pathParam("ref"), context.queryParams());
        HttpConnection connection = context.request().connection();
        boolean known = CurrentCaller.of(context).isPresent();
        context.request()
                .toWebSocket()
                .onSuccess(
                        socket -> {
                            if (known) {
                                begin(socket, wish);
                            } else {
                                FirstMessage.await(
                                        socket,
                                        vertx,
                                        json,
                                        check,
                                        secret -> {
                                            connections.addPage(secret, connection);
                                            begin(socket, wish);
                                        });
                            }
                        });
    }

    /// What the client asked for, as it wrote it.
    private record Wish(String ref, MultiMap query) {
        Mode mode() throws Refused {
            String kind = query.contains("kind") ? query.get("kind") : "agent";
            return switch (kind) {
                case "agent" ->
                        readOnly()
                                ? Mode.READ_ONLY
                                : "true".equals(query.get("join")) ? Mode.JOIN : Mode.READ_WRITE;
                case "shell" -> Mode.SHELL;
                default ->
                        throw Refused.of(
                                Kind.USAGE,
                                "`kind` is `agent` or `shell`, not `" + kind + "`",
                                null);
            };
        }

        boolean readOnly() {
            return "true".equals(query.get("readOnly"));
        }

        /// Lines that have scrolled away, which come first.
        int history() throws Refused {
            return within("history", 0, MOST_HISTORY);
        }

        /// Read before anything is opened: what makes no sense is no limit, and is refused then.
        Credit credit() {
            try {
                return new Credit(within("window", 0, MOST_WINDOW));
            } catch (Refused e) {
                return new Credit(0);
            }
        }

        private int within(String name, int least, int most) throws Refused {
            try {
                int number = number(query.get(name), 0);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
            throw Refused.of(
                    Kind.USAGE,
                    "`" + name + "` is a number up to " + most + ", not: " + query.get(name),
                    null);
        }

        TerminalSize size() throws Refused {
            try {
                return new TerminalSize(
                        number(query.get("columns"), 80),
                        number(query.get("rows"), 24),
                        query.contains("term") ? query.get("term") : "xterm-256color");
            } catch (IllegalArgumentException e) {
                throw Refused.of(
                        Kind.USAGE,
                        "no such terminal: " + e.getMessage(),
                        "`columns` and `rows` are 1 to 9999, `term` is a terminal's name");
            }
        }

        private static int number(@Nullable String text, int otherwise) {
            return text == null ? otherwise : Integer.parseInt(text);
        }
    }

    private void begin(ServerWebSocket socket, Wish wish) {
        // On the connection's own thread: nothing was read yet, and nothing will be until the pump
        // asks for it.
        TerminalPump pump = new TerminalPump(socket, vertx, json, wish.readOnly(), wish.credit());
        open.add(pump);
        pump.start(
                () -> {
                    if (open.size() > MOST) {
                        throw Refused.of(
                                Kind.CONFLICT,
                                MOST + " terminals are open already",
                                "close some of them");
                    }
                    TerminalSize size = wish.size();
                    Mode mode = wish.mode();
                    wish.within("window", 0, MOST_WINDOW);
                    return new TerminalPump.Opened(
                            terminals.terminal(
                                    refs.one(wish.ref()).id(), mode, wish.history(), size),
                            size);
                },
                () -> open.remove(pump));
    }

    /// How many terminals are open now.
    public int size() {
        return open.size();
    }
}
