package dev.muster.cli;

import dev.muster.api.Board;
import dev.muster.api.HostRow;
import dev.muster.api.Outcome;
import dev.muster.api.PromptRequest;
import dev.muster.api.SessionRow;
import dev.muster.api.StartRequest;
import dev.muster.api.Ulid;
import dev.muster.cli.client.ProblemException;
import dev.muster.cli.client.ServiceClient;
import dev.muster.cli.terminal.Keys;
import dev.muster.cli.terminal.OwnTerminal;
import dev.muster.cli.text.Console;
import dev.muster.demo.Demo;
import dev.muster.demo.DemoHost;
import dev.muster.demo.DemoTask;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// The demo as a person sees it: hosts come up, sessions start, work, ask and end, on one board.
final class DemoShow {
    /// How long hosts may take to come online, once the service answers.
    private static final Duration HOSTS_PATIENCE = Duration.ofSeconds(40);
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    /// How long a question waits for a person before the demo answers it.
    private static final Duration ANSWER_AFTER = Duration.ofSeconds(3);

    private static final Duration SETTLE = Duration.ofSeconds(2);

    private static final long TICK_MILLIS = 250;

    private final Console console;
    private final Demo demo;
    private final DemoNews news = new DemoNews();
    private final Instant begun = Instant.now();
    private final Map<String, Instant> asked = new HashMap<>();
    private final Set<String> mine = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private final BooleanSupplier ending;

    /// @param ending whether a signal has come that ends the demo
    DemoShow(Console console, Demo demo, BooleanSupplier ending) {
        this.console = console;
        this.demo = demo;
        this.ending = ending;
    }

    /// Runs until every session has ended and, on a terminal, the person has seen enough.
    ///
    /// @return the demo's own sessions as they ended
    List<SessionRow> run(Context context, List<DemoHost> hosts) throws Exception {
        ServiceClient service = context.service();
        BoardFeed feed = BoardFeed.of(service, List.of());
        boolean person =
                context.surroundings().inTerminal() && context.surroundings().outTerminal();
        if (!person) {
            DemoScreen screen = new DemoScreen.Plain(console);
            return play(service, feed, screen, Optional.empty());
        }
        try (OwnTerminal terminal = OwnTerminal.open()) {
            terminal.quieten();
            DemoScreen screen = new DemoScreen.Live(console, news, demo, hosts, terminal);
            if (!demo.agent().ends()) {
                terminal.raw();
                return play(service, feed, screen, Optional.of(keys(context)));
            }
            List<SessionRow> sessions = play(service, feed, screen, Optional.empty());
            if (sessions.stream().allMatch(DemoShow::finished)) {
                terminal.raw();
                look(feed, screen, keys(context));
            }
            return sessions;
        }
    }

    private static Keys keys(Context context) {
        return Keys.from(context.surroundings().in());
    }

    /// @param keys where a person ends it
    private List<SessionRow> play(
            ServiceClient service, BoardFeed feed, DemoScreen screen, Optional<Keys> keys)
            throws Exception {
        awaitHosts(feed, screen);
        for (DemoTask task : DemoTask.ALL) {
            StartRequest request = task.request(demo.agent());
            mine.add(request.id());
            SessionRow row =
                    Retry.onLoss(() -> service.post("sessions", request, SessionRow.class));
            screen.told(news.own(elapsed(), "starts", row.name() + " on " + row.host()));
        }
        Instant over = Instant.MAX;
        while (true) {
            List<SessionRow> sessions = own(next(feed, screen, false));
            boolean ended =
                    seen.size() == mine.size()
                            && sessions.stream().allMatch(row -> row.lifecycle().equals("ended"));
            over = !ended ? Instant.MAX : over.equals(Instant.MAX) ? Instant.now() : over;
            boolean late = elapsed().compareTo(PATIENCE) > 0;
            if (keys.isPresent() ? left(keys.get()) : late || settled(over)) {
                feed.board().ifPresent(screen::last);
                return sessions;
            }
            if (demo.agent().ends()) {
                answer(service, screen, sessions);
            }
        }
    }

    /// The service counts what a session changed after it has ended.
    private static boolean settled(Instant over) {
        return Instant.now().minus(SETTLE).isAfter(over);
    }

    private static boolean left(Keys keys) throws InterruptedException {
        return keys.leftWithin(Duration.ZERO);
    }

    private static boolean finished(SessionRow row) {
        return row.state().equals("finished");
    }

    private void awaitHosts(BoardFeed feed, DemoScreen screen) throws Exception {
        Instant end = Instant.now().plus(HOSTS_PATIENCE);
        while (true) {
            List<HostRow> hosts = next(feed, screen, false).map(Board::hosts).orElse(List.of());
            List<HostRow> missing =
                    hosts.stream().filter(host -> !host.state().equals("online")).toList();
            if (!hosts.isEmpty() && missing.isEmpty()) {
                return;
            }
            if (Instant.now().isAfter(end)) {
                throw new IOException(
                        "These hosts did not come online: "
                                + missing.stream()
                                        .map(
                                                h ->
                                                        h.name()
                                                                + " ("
                                                                + h.state()
                                                                + ", "
                                                                + h.detail()
                                                                + ")")
                                        .toList());
            }
        }
    }

    private Optional<Board> next(BoardFeed feed, DemoScreen screen, boolean over) throws Exception {
        feed.await(TICK_MILLIS);
        if (ending.getAsBoolean()) {
            throw new InterruptedException();
        }
        Optional<Board> board = feed.board();
        board.ifPresent(
                now -> {
                    news.of(now, elapsed()).forEach(screen::told);
                    screen.show(now, elapsed(), over);
                });
        return board;
    }

    /// The demo's own sessions; one that a person has removed is no longer among them.
    private List<SessionRow> own(Optional<Board> board) {
        List<SessionRow> own =
                board.stream()
                        .flatMap(now -> now.sessions().stream())
                        .filter(row -> mine.contains(row.id()))
                        .toList();
        own.forEach(row -> seen.add(row.id()));
        return own;
    }

    private void answer(ServiceClient service, DemoScreen screen, List<SessionRow> sessions)
            throws IOException {
        for (SessionRow row : sessions) {
            if (!row.state().equals("needs-input")) {
                asked.remove(row.id());
                continue;
            }
            Instant since = asked.computeIfAbsent(row.id(), _ -> Instant.now());
            if (!since.equals(Instant.MAX) && since.plus(ANSWER_AFTER).isBefore(Instant.now())) {
                asked.put(row.id(), Instant.MAX);
                screen.told(news.own(elapsed(), "answers", yes(service, row)));
            }
        }
    }

    private static String yes(ServiceClient service, SessionRow row) throws IOException {
        try {
            service.post(
                    Paths.session(row.id(), "/prompts"),
                    new PromptRequest(Ulid.next(), "yes", false, false),
                    Outcome.class);
            return "yes, to " + row.name();
        } catch (ProblemException e) {
            // A person was faster, say.
            return "nothing to " + row.name() + ": " + e.getMessage();
        }
    }

    /// The board goes on, with what the person starts in it, until Ctrl-C.
    private void look(BoardFeed feed, DemoScreen screen, Keys keys) throws Exception {
        while (!left(keys)) {
            next(feed, screen, true);
        }
    }

    private Duration elapsed() {
        return Duration.between(begun, Instant.now());
    }
}
