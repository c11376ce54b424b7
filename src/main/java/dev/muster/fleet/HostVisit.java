package dev.muster.fleet;

import dev.muster.host.Host;
import dev.muster.link.Link;
import dev.muster.link.LinkException;
import dev.muster.link.LinkFailure;
import dev.muster.link.RunResult;
import dev.muster.session.HostFacts;
import dev.muster.session.JournalReader;
import dev.muster.session.JournalRecord;
import dev.muster.session.LaunchOrder;
import dev.muster.session.Session;
import dev.muster.session.SessionEvent;
import dev.muster.session.SessionId;
import dev.muster.session.SessionSpec;
import dev.muster.session.Space;
import dev.muster.session.State;
import dev.muster.session.Sweep;
import dev.muster.shell.HostScript;
import dev.muster.tmux.HubNews;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One connection to a host, from the first script to its end: learns what is there, catches up
/// with the journal, delivers what was asked meanwhile, then listens.
final class HostVisit {
    private static final Logger LOG = Logger.getLogger(HostVisit.class);
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final Duration HUB_AGAIN = Duration.ofSeconds(1);
    private static final Duration HUB_AGAIN_MOST = Duration.ofSeconds(16);

    /// Between two looks whether a host that could not write can do so again.
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /// A run that ended writes its last record before its pane dies; the two arrive by different
    /// channels. After this long the pane's word is followed up by looking.
    private static final Duration LAST_WORD = Duration.ofMillis(300);

    /// How long what was written before a look may take to arrive here.
    private static final Duration READ_SOON = Duration.ofSeconds(2);

    private final Host host;
    private final Link link;
    private final HostLedger ledger;
    private final Memory memory;
    private final String service;
    private final Clock clock;
    private final Consumer<Instant> heard;
    private final Consumer<UnaryOperator<HostHealth>> health;
    private final AtomicBoolean mending = new AtomicBoolean();
    private final CompletableFuture<LinkFailure> over = new CompletableFuture<>();
    private final ChangesCount changes;
    private final ReadPosition position = new ReadPosition();
    private volatile Map<String, HubNews.Pane> panes = Map.of();

    HostVisit(
            Host host,
            Link link,
            HostLedger ledger,
            Memory memory,
            String service,
            Clock clock,
            Consumer<Instant> heard,
            Consumer<UnaryOperator<HostHealth>> health) {
        this.host = host;
        this.link = link;
        this.ledger = ledger;
        this.memory = memory;
        this.service = service;
        this.clock = clock;
        this.heard = heard;
        this.health = health;
        this.changes = new ChangesCount(link, ledger, clock);
        link.closed().thenAccept(over::complete);
    }

    /// Asks who is there. Nothing of the board changes.
    HostFacts.Answer hello() throws LinkException, InterruptedException {
        RunResult result = link.run(HostFacts.script(newGeneration()), SOON);
        heard.accept(clock.instant());
        health.accept(h -> h.withNoise(result.noise()));
        return HostFacts.parse(result.outText(), clock.instant());
    }

    /// Brings the ledger up to what the host says now.
    void catchUp(HostFacts facts) throws LinkException, InterruptedException {
        Set<SessionId> expected = expected();
        Sweep sweep = sweep();
        for (SessionSpec removed : sweep.halfGone()) {
            link.run(HostScript.named("bury", removed.id().value(), removed.name()), SOON);
        }
        Map<String, Long> cursors = memory.cursors(host.name());
        Map<String, Long> ends = new LinkedHashMap<>(facts.journals());
        Sweep.JournalEnd newest = sweep.journal();
        if (newest != null) {
            ends.merge(newest.generation(), newest.size(), Math::max);
        }
        for (Map.Entry<String, Long> journal : ends.entrySet()) {
            long from = cursors.getOrDefault(journal.getKey(), 0L);
            readUpTo(journal.getKey(), from, journal.getValue());
        }
        apply(sweep, expected);
    }

    /// Delivers what was asked while the host was away, or what a kill of the service cut short.
    void deliverAll() throws LinkException, InterruptedException {
        for (LaunchOrder order : memory.orders(host.name())) {
            deliver(order);
        }
    }

    /// Tells the host to launch a run. Repeating it launches nothing twice.
    void deliver(LaunchOrder order) throws LinkException, InterruptedException {
        RunResult result = link.run(order.script(), SOON);
        SessionId id = order.spec().id();
        switch (LaunchOrder.parse(result.exit(), result.outText(), result.errText())) {
            // The order stays until the run has said a word: should tmux end before its pane has
            // begun, it is delivered again.
            case LaunchOrder.Answer.Launched a -> LOG.debugf("%s: %s is launched", host.name(), id);
            case LaunchOrder.Answer.Gone a -> ledger.removed(id);
            case LaunchOrder.Answer.Taken a ->
                    notLaunched(
                            order,
                            "the name " + order.spec().name() + " is taken on " + host.name(),
                            null);
            case LaunchOrder.Answer.Fault a -> notLaunched(order, a.why(), a.output());
            case LaunchOrder.Answer.Unclear a -> {
                // The connection begins anew, which installs what is missing; the order stays.
                LOG.warnf("%s: launch of %s is not clear: %s", host.name(), id, a.why());
                over.complete(new LinkFailure.Offline(a.why()));
            }
        }
    }

    private void notLaunched(LaunchOrder order, String why, @Nullable String output) {
        ledger.note(
                order.spec().id(),
                new SessionEvent.NotLaunched(clock.instant(), order.run(), why, output));
    }

    /// Begins to listen.
    void listen(HostFacts facts) {
        String generation = facts.generation();
        start("journal", () -> followJournal(generation));
        start("tmux", this::followTmux);
        start("changes", () -> changes.keepCounting(over::isDone));
    }

    /// Waits until the connection ends, and says why it did.
    LinkFailure stay() {
        return over.join();
    }

    Link link() {
        return link;
    }

    /// Ends the visit: whoever stays in it returns.
    void end(LinkFailure why) {
        over.complete(why);
    }

    private interface Listening {
        void run() throws LinkException, IOException, InterruptedException;
    }

    private void start(String what, Listening listening) {
        Thread.ofVirtual()
                .name(host.name() + "-" + what)
                .start(
                        () -> {
                            try {
                                listening.run();
                            } catch (LinkException e) {
                                over.complete(e.failure());
                            } catch (IOException e) {
                                over.complete(
                                        new LinkFailure.Offline(
                                                "the "
                                                        + what
                                                        + " channel broke: "
                                                        + e.getMessage()));
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            } catch (RuntimeException e) {
                                logOwnFault(host.name(), e);
                                over.complete(ownFault(e));
                            }
                        });
    }

    /// What to show of a fault that is Muster's and not the host's. Nothing was forgotten by it:
    /// what was read is read again from where the database stands.
    static LinkFailure ownFault(RuntimeException e) {
        return e instanceof Memory.MemoryException
                ? new LinkFailure.Offline(
                        "not listened to, because "
                                + e.getMessage()
                                + "; its sessions go on, and what they did is read once Muster can"
                                + " write again")
                : new LinkFailure.Offline("Muster itself failed: " + e);
    }

    /// A database that is full says so with each try: one line is enough.
    static void logOwnFault(String host, RuntimeException e) {
        if (e instanceof Memory.MemoryException) {
            LOG.errorf("%s: %s", host, e.getMessage());
        } else {
            LOG.errorf(e, "%s: Muster itself failed", host);
        }
    }

    private void followJournal(String first)
            throws LinkException, IOException, InterruptedException {
        String generation = first;
        while (!over.isDone()) {
            long offset = memory.cursors(host.name()).getOrDefault(generation, 0L);
            String reading = generation;
            try (JournalWatch watch =
                    JournalWatch.open(link, service, generation, offset, clock, heard)) {
                over.thenRun(watch::close);
                position.at(generation, offset);
                start("journal-control", () -> watch.followControl(this::room));
                start("journal-ping", () -> keepPinging(watch));
                watch.follow(offset, (from, to, records) -> take(reading, from, to, records));
                if (over.isDone()) {
                    return;
                }
                String ending = watch.ending().orElse("it ended");
                if (!JournalWatch.isBroken(ending)) {
                    throw new IOException(ending);
                }
                LOG.warnf("%s: the journal is not what it was: %s", host.name(), ending);
            }
            generation = anew(generation);
        }
    }

    /// Reads on in a new generation. What stood unread in the old one is lost, and said to be.
    private String anew(String broken) throws LinkException, IOException, InterruptedException {
        RunResult result = link.run(HostScript.named("anew", broken, newGeneration()), SOON);
        String next =
                result.outText()
                        .lines()
                        .filter(line -> line.matches("gen [a-z0-9]{1,32}"))
                        .map(line -> line.substring(4))
                        .findFirst()
                        .orElseThrow(() -> new IOException("no new journal: " + result.errText()));
        for (Session session : List.copyOf(ledger.sessions())) {
            if (!session.ended() && session.state().lifecycle() != State.Lifecycle.QUEUED) {
                ledger.note(
                        session.id(),
                        new SessionEvent.Noted(
                                clock.instant(),
                                "gap",
                                "the journal of "
                                        + host.name()
                                        + " was deleted or cut short: events may be missing",
                                null));
            }
        }
        look();
        return next;
    }

    private String newGeneration() {
        return "g" + Long.toString(clock.millis(), 36);
    }

    private void keepPinging(JournalWatch watch) throws InterruptedException {
        if (!watch.awaitBegun()) {
            return;
        }
        while (!over.isDone()) {
            try {
                watch.ping();
            } catch (IOException e) {
                return;
            }
            Thread.sleep(JournalWatch.TICK.dividedBy(2));
        }
    }

    private boolean take(String generation, long from, long to, List<JournalRecord> records) {
        heard.accept(clock.instant());
        try {
            adoptStrangers(records);
        } catch (LinkException e) {
            over.complete(e.failure());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        if (!ledger.read(generation, from, to, records)) {
            return false;
        }
        position.at(generation, to);
        records.forEach(changes::heard);
        return true;
    }

    /// Sessions that the journal speaks of are known before it is read: what it says of one that is
    /// not known counts for nothing, and is not read again.
    private void adoptStrangers(List<JournalRecord> records)
            throws LinkException, InterruptedException {
        boolean strangers =
                records.stream()
                        .flatMap(record -> record.session().stream())
                        .anyMatch(id -> !ledger.known(id));
        if (strangers) {
            sweep();
        }
    }

    /// Where there is no tmux, or none that answers, the host stays as reachable as it is: its row
    /// names the problem, and tmux is tried again, less and less often.
    private void followTmux() throws LinkException, InterruptedException {
        Duration pause = HUB_AGAIN;
        while (!over.isDone()) {
            Instant begun = clock.instant();
            try (TmuxHub hub = TmuxHub.open(link, service)) {
                over.thenRun(hub::close);
                hub.follow(this::hear);
            } catch (IOException e) {
                LOG.debugf("%s: the tmux channel broke: %s", host.name(), e.getMessage());
            }
            if (!over.isDone()) {
                // The server went, or sent us away: look what is left, and launch what had not
                // begun, then listen again.
                look();
                deliverAll();
                boolean lasted = begun.plus(HUB_AGAIN_MOST).isBefore(clock.instant());
                pause = lasted ? HUB_AGAIN : pause;
                Thread.sleep(pause);
                Duration twice = pause.multipliedBy(2);
                pause = twice.compareTo(HUB_AGAIN_MOST) < 0 ? twice : HUB_AGAIN_MOST;
            }
        }
    }

    private void hear(HubNews news) {
        heard.accept(clock.instant());
        switch (news) {
            case HubNews.Panes p -> {
                panes = p.bySession();
                lost(p.bySession());
                start("tmux-last-word", this::followUp);
            }
            case HubNews.Exit e -> LOG.infof("%s: tmux sent %%exit %s", host.name(), e.why());
        }
    }

    private void room(Space space) {
        health.accept(h -> h.withSpace(space));
    }

    /// What could not be written to the journal is kept in mind by tmux, until it can be again.
    private void lost(Map<String, HubNews.Pane> now) {
        Set<SessionId> ids =
                ledger.sessions().stream()
                        .filter(s -> s.state().lifecycle() != State.Lifecycle.QUEUED)
                        .map(Session::id)
                        .filter(id -> now.containsKey(id.value()) && now.get(id.value()).lost())
                        .collect(Collectors.toUnmodifiableSet());
        health.accept(h -> h.withLost(ids));
        if (!ids.isEmpty() && mending.compareAndSet(false, true)) {
            start("lost-events", () -> mend(ids));
        }
    }

    /// Tells the sessions, then waits until the host can write again, and looks how they stand.
    private void mend(Set<SessionId> first) throws LinkException, InterruptedException {
        try {
            Set<SessionId> told = new HashSet<>();
            Set<SessionId> now = first;
            while (!over.isDone() && !now.isEmpty()) {
                now.stream().filter(told::add).forEach(this::noteLost);
                String[] ids = now.stream().map(SessionId::value).toArray(String[]::new);
                RunResult result = link.run(HostScript.named("lost", ids), SOON);
                HostHealth.space(result.outText()).ifPresent(this::room);
                if (result.outText().lines().anyMatch("written"::equals)) {
                    look();
                    health.accept(h -> h.withLost(Set.of()));
                    return;
                }
                Thread.sleep(AGAIN);
                now = now.stream().filter(ledger::known).collect(Collectors.toUnmodifiableSet());
            }
        } finally {
            mending.set(false);
        }
    }

    private void noteLost(SessionId id) {
        ledger.note(
                id,
                new SessionEvent.Noted(
                        clock.instant(),
                        "gap",
                        "an event could not be written on "
                                + host.name()
                                + ", whose disk may be full: it is lost",
                        null));
    }

    /// A pane that is dead or gone while its session is open: wait for the last word, then look.
    private void followUp() throws LinkException, InterruptedException {
        if (unexplained()) {
            Thread.sleep(LAST_WORD);
            if (unexplained()) {
                look();
            }
        }
    }

    private boolean unexplained() {
        Map<String, HubNews.Pane> now = panes;
        for (Session session : ledger.sessions()) {
            HubNews.Pane pane = now.get(session.id().value());
            boolean open =
                    switch (session.state().lifecycle()) {
                        case PREPARING, RUNNING -> true;
                        case QUEUED, ENDED -> false;
                    };
            if (open && (pane == null || pane.dead())) {
                return true;
            }
        }
        return false;
    }

    /// Looks how the sessions stand, and believes it once the journal was read as far as it had
    /// been written by then: what a session said itself tells more than what is left of it.
    private void look() throws LinkException, InterruptedException {
        Set<SessionId> expected = expected();
        Sweep sweep = sweep();
        Sweep.JournalEnd end = sweep.journal();
        if (end != null) {
            position.await(end.generation(), end.size(), READ_SOON);
        }
        apply(sweep, expected);
    }

    /// The sessions that have a folder on the host, if nobody took it away: all but those whose run
    /// has not begun. To be asked before looking: what is launched meanwhile may be
    /// missed by a look that had begun.
    private Set<SessionId> expected() {
        // In this order: an order that is not there any more was carried out.
        List<SessionId> known = ledger.sessions().stream().map(Session::id).toList();
        Set<SessionId> waiting =
                memory.orders(host.name()).stream()
                        .map(order -> order.spec().id())
                        .collect(Collectors.toUnmodifiableSet());
        return known.stream()
                .filter(id -> !waiting.contains(id))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// @throws LinkException when the answer broke off: what is not in it may be there all the same
    private Sweep sweep() throws LinkException, InterruptedException {
        RunResult result = link.run(Sweep.script(), SOON);
        heard.accept(clock.instant());
        Sweep sweep = Sweep.parse(result.outText());
        if (!sweep.complete()) {
            throw new LinkException(
                    new LinkFailure.Offline(
                            "looking for sessions on "
                                    + host.name()
                                    + " broke off with status "
                                    + result.exit()
                                    + ": "
                                    + result.errText().strip()));
        }
        adopt(sweep);
        return sweep;
    }

    private void adopt(Sweep sweep) {
        ledger.adopt(
                sweep.found().stream()
                        .map(Sweep.Found::spec)
                        .map(spec -> Adoption.named(spec, host.name()))
                        .toList());
    }

    private void apply(Sweep sweep, Set<SessionId> expected) {
        Instant now = clock.instant();
        Map<SessionId, SessionEvent> events = new HashMap<>();
        Map<SessionId, Sweep.Found> found = new HashMap<>();
        sweep.found().forEach(one -> found.put(one.spec().id(), one));
        for (Session session : List.copyOf(ledger.sessions())) {
            SessionId id = session.id();
            if (sweep.gone().contains(id)) {
                ledger.removed(id);
                continue;
            }
            if (!found.containsKey(id) && !expected.contains(id)) {
                // Its order had not been delivered yet.
                continue;
            }
            SessionEvent event =
                    found.containsKey(id)
                            ? found.get(id).event(now)
                            : new SessionEvent.Missing(
                                    now, "its folder is not on " + host.name() + " any more");
            if (session.isNews(event)) {
                events.put(id, event);
            }
        }
        ledger.note(events);
    }

    private void readUpTo(String generation, long from, long size)
            throws LinkException, InterruptedException {
        long offset = from;
        while (offset < size) {
            RunResult result =
                    link.run(HostScript.named("read", generation, Long.toString(offset)), SOON);
            JournalReader reader = new JournalReader(offset);
            List<JournalRecord> records =
                    reader.take(result.out(), result.out().length, clock.instant());
            adoptStrangers(records);
            if (reader.offset() == offset
                    || !ledger.read(generation, offset, reader.offset(), records)) {
                // Nothing whole is there (a torn last record), or another reader was faster.
                return;
            }
            offset = reader.offset();
            position.at(generation, offset);
        }
    }
}
