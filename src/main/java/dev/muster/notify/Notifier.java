package dev.muster.notify;

import dev.muster.fleet.BoardKeeper;
import dev.muster.fleet.Memory;
import dev.muster.fleet.Memory.MemoryException;
import dev.muster.host.Hosts;
import dev.muster.host.Notices.Target;
import dev.muster.host.Notices.Way;
import dev.muster.session.SessionId;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Watches the board on a thread of its own, and writes letters to whom the hosts file names.
/// Without `notify` in the hosts file it does nothing.
public final class Notifier implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Notifier.class);

    /// A burst of changes is one.
    private static final Duration SETTLE = Duration.ofMillis(250);

    /// Windows pass and hosts stay gone without any news of the board.
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /// Longer than any window is: what was told before is of nothing that there is now.
    private static final Duration REMEMBERED = Duration.ofDays(90);

    private static final Duration ENDING = Duration.ofSeconds(5);

    private final BoardKeeper board;
    private final Supplier<Hosts> hosts;
    private final String owner;
    private final Memory memory;
    private final Outbox outbox;
    private final Function<Way, Sender> senders;
    private final Clock clock;
    private final Semaphore news = new Semaphore(0);
    private final Map<String, Courier> couriers = new LinkedHashMap<>();
    private final Map<String, Map<String, Mark>> marks = new HashMap<>();
    private final Map<String, Instant> seen = new HashMap<>();
    private @Nullable List<Target> served;
    private @Nullable Runnable unlisten;
    private @Nullable Thread thread;

    Notifier(
            BoardKeeper board,
            Supplier<Hosts> hosts,
            String owner,
            Memory memory,
            Outbox outbox,
            Function<Way, Sender> senders,
            Clock clock) {
        this.board = board;
        this.hosts = hosts;
        this.owner = owner;
        this.memory = memory;
        this.outbox = outbox;
        this.senders = senders;
        this.clock = clock;
    }

    /// One that sends to the real world.
    ///
    /// @param owner the service's id, which its sessions carry
    /// @param env variables of the service, where secrets may lie
    public static Notifier of(
            BoardKeeper board,
            Supplier<Hosts> hosts,
            String owner,
            Memory memory,
            Outbox outbox,
            Function<String, Optional<String>> env,
            Clock clock) {
        // Made when first needed: most services tell nobody.
        Supplier<HttpClient> http = new Once<>(Notifier::client);
        Secrets secrets = new Secrets(env);
        String os = System.getProperty("os.name", "");
        return new Notifier(
                board,
                hosts,
                owner,
                memory,
                outbox,
                way ->
                        switch (way) {
                            case Way.Desktop desktop ->
                                    new DesktopSender(n -> DesktopSender.command(n, os, env));
                            case Way.Webhook hook -> sender(hook, http.get(), secrets, clock);
                            case Way.Slack slack -> sender(slack, http.get(), secrets, clock);
                            case Way.Ntfy ntfy -> sender(ntfy, http.get(), secrets, clock);
                        },
                clock);
    }

    private static Sender sender(Way way, HttpClient http, Secrets secrets, Clock clock) {
        return new HttpSender(way, http, secrets, clock, HttpSender.ANSWER);
    }

    static HttpClient client() {
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                // Else each first POST over plain HTTP asks to be upgraded, which some refuse.
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /// Begins to watch. The board must hold what is remembered.
    public void start() {
        unlisten = board.listen(news::release);
        thread = Thread.ofVirtual().name("notifier").start(this::run);
        news.release();
    }

    private void run() {
        try {
            Duration wait = LONGEST;
            while (true) {
                if (news.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                    TimeUnit.NANOSECONDS.sleep(SETTLE.toNanos());
                    news.drainPermits();
                }
                wait = safely();
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    /// What fails once is tried again: nothing is marked as told that was not written down.
    private Duration safely() {
        try {
            return look();
        } catch (MemoryException e) {
            LOG.warnf("nobody is told for now: %s", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the board could not be looked at for what to tell", e);
        }
        return LONGEST;
    }

    /// Looks at the board once.
    ///
    /// @return how long at most until the next look
    Duration look() {
        Hosts now = hosts.get();
        List<Target> targets = now.notices().targets();
        serve(targets);
        if (targets.isEmpty()) {
            return LONGEST;
        }
        Instant at = clock.instant();
        Sight sight = Sight.of(board.now(), now, owner, at, clock.getZone());
        Set<String> names = sight.notices().stream().map(Notice::name).collect(Collectors.toSet());
        seen.keySet().retainAll(names);
        names.forEach(name -> seen.putIfAbsent(name, at));
        Instant next = at.plus(LONGEST);
        for (Target target : targets) {
            Map<String, Mark> told = marks.computeIfAbsent(target.name(), t -> new HashMap<>());
            Verdict verdict = Verdict.of(target, sight, told, seen, at);
            write(target, verdict, told, at);
            Instant look = verdict.look();
            next = look != null && look.isBefore(next) ? look : next;
        }
        return Duration.between(at, next);
    }

    private void write(Target target, Verdict verdict, Map<String, Mark> told, Instant at) {
        if (verdict.marks().isEmpty() && verdict.over().isEmpty()) {
            return;
        }
        outbox.tell(target.name(), verdict.tell(), verdict.marks(), verdict.over(), at);
        verdict.over().forEach(told::remove);
        verdict.marks().forEach(mark -> told.put(mark.name(), mark));
        Courier courier = couriers.get(target.name());
        if (courier != null && !verdict.tell().isEmpty()) {
            courier.ring();
        }
    }

    /// One courier for each target, another one when it has changed.
    private void serve(List<Target> targets) {
        if (targets.equals(served)) {
            return;
        }
        Set<String> names = targets.stream().map(Target::name).collect(Collectors.toSet());
        outbox.keepOnly(names, clock.instant().minus(REMEMBERED));
        if (served == null) {
            for (Mark mark : outbox.marks()) {
                marks.computeIfAbsent(mark.target(), t -> new HashMap<>()).put(mark.name(), mark);
            }
        }
        couriers.values()
                .removeIf(
                        courier -> {
                            boolean gone = !targets.contains(courier.target());
                            if (gone) {
                                courier.close();
                            }
                            return gone;
                        });
        for (Target target : targets) {
            couriers.computeIfAbsent(
                    target.name(),
                    name ->
                            new Courier(
                                            target,
                                            outbox,
                                            senders.apply(target.way()),
                                            this::undelivered,
                                            clock)
                                    .started());
        }
        served = targets;
    }

    private void undelivered(String target, Notice notice, String why) {
        Notice.Session session = notice.about().session();
        memory.audit(
                new Memory.Audit(
                        clock.instant(),
                        "muster",
                        "notify",
                        notice.about().host(),
                        session == null ? null : new SessionId(session.id()),
                        target + " was not told: " + notice.title() + ": " + why));
    }

    /// Ends, and waits for what is just being written down, but not for ever.
    @Override
    public void close() {
        Optional.ofNullable(unlisten).ifPresent(Runnable::run);
        try {
            Thread looking = thread;
            if (looking != null) {
                looking.interrupt();
                looking.join(ENDING);
            }
            couriers.values().forEach(Courier::close);
            for (Courier courier : couriers.values()) {
                courier.awaitEnd(ENDING);
            }
        } catch (InterruptedException e) {
            couriers.values().forEach(Courier::close);
            Thread.currentThread().interrupt();
        }
    }
}
