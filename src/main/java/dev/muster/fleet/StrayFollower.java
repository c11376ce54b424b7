package dev.muster.fleet;

import dev.muster.link.LinkException;
import dev.muster.link.RunResult;
import dev.muster.link.StandingStream;
import dev.muster.session.HostFacts;
import dev.muster.session.Session;
import dev.muster.shell.HostScript;
import dev.muster.shell.Script;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Listens to what a host's agents say of themselves that people started by hand, and keeps it on
/// the board. A host where that can't be had stays as reachable as it is.
final class StrayFollower {
    private static final Logger LOG = Logger.getLogger(StrayFollower.class);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration AGAIN = Duration.ofSeconds(30);
    private static final Duration PING = Duration.ofSeconds(10);

    /// Seconds between two looks on the host.
    private static final int TICK = 1;

    private static final int MISSES = 40;

    /// A branch changes without the registry: it is asked for again when a session does something.
    private static final Duration PLACE_LASTS = Duration.ofSeconds(5);

    private final VisitContext visit;
    private final BoardKeeper board;
    private final Supplier<List<String>> folders;
    private final String home;
    private final Map<String, CheckoutPlace> places = new HashMap<>();
    private final Map<String, Instant> placed = new HashMap<>();

    /// @param folders in which agents keep their sessions there, as `hosts.yaml` says now
    StrayFollower(
            VisitContext visit,
            BoardKeeper board,
            Supplier<List<String>> folders,
            HostFacts facts) {
        this.visit = visit;
        this.board = board;
        this.folders = folders;
        this.home = facts.home();
    }

    /// Listens until the visit is over.
    void follow() throws InterruptedException {
        while (!visit.threads().isOver()) {
            List<String> now = folders.get();
            try (StandingStream stream = visit.link().open(script(now))) {
                visit.threads().whenOver(stream::close);
                read(stream, now);
            } catch (IOException | LinkException e) {
                LOG.debugf("%s: the watch over its agents broke: %s", visit.name(), e.getMessage());
            }
            if (!visit.threads().isOver() && now.equals(folders.get())) {
                Thread.sleep(AGAIN);
            }
        }
    }

    private static Script script(List<String> folders) {
        List<String> args =
                new ArrayList<>(List.of(Integer.toString(TICK), Integer.toString(MISSES)));
        args.addAll(folders);
        return HostScript.named("strays", args.toArray(String[]::new));
    }

    private void read(StandingStream stream, List<String> given)
            throws IOException, InterruptedException, LinkException {
        Strays strays = new Strays(visit.host(), home, given);
        boolean all = false;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream.out(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                visit.heardNow();
                if (line.equals("H")) {
                    visit.threads().start("strays-ping", () -> ping(stream));
                }
                Instant now = visit.clock().instant();
                String folder = strays.take(line, now).orElse(null);
                if (folder != null) {
                    place(folder, now);
                }
                all |= line.equals("A");
                if (all) {
                    // Before all was said, what is missing may only not have been said yet.
                    show(strays.sessions(Map.copyOf(places), now));
                }
                if (!given.equals(folders.get())) {
                    return;
                }
            }
        }
    }

    private void show(List<Session> found) {
        board.update(b -> b.withByHand(visit.name(), found));
    }

    private void place(String folder, Instant now) throws InterruptedException, LinkException {
        Instant before = placed.get(folder);
        if (before != null && before.plus(PLACE_LASTS).isAfter(now)) {
            return;
        }
        RunResult result = visit.link().run(HostScript.named("where", folder), SOON);
        if (result.ok()) {
            places.put(folder, CheckoutPlace.parse(result.outText()));
            placed.put(folder, now);
        }
    }

    private void ping(StandingStream stream) throws InterruptedException {
        try {
            while (!visit.threads().isOver()) {
                stream.in().write('\n');
                stream.in().flush();
                Thread.sleep(PING);
            }
        } catch (IOException e) {
            LOG.debugf("%s: the watch over its agents has ended", visit.name());
        }
    }
}
