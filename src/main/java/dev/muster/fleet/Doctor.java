package dev.muster.fleet;

import dev.muster.fleet.Refused.Kind;
import dev.muster.fleet.doctor.Examination;
import dev.muster.fleet.doctor.Examination.AskedAgent;
import dev.muster.fleet.doctor.LinkView;
import dev.muster.fleet.doctor.Probe;
import dev.muster.fleet.doctor.Questions;
import dev.muster.host.Host;
import dev.muster.host.Repo;
import dev.muster.link.Link;
import dev.muster.link.LinkException;
import dev.muster.link.Links;
import dev.muster.link.RunResult;
import dev.muster.shell.Script;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Asks one host for all that a session needs there. Each question stands alone: one that hangs or
/// fails leaves the others' answers, and the whole is there within 20 seconds.
public final class Doctor {
    /// For each question; the shell and agents that a host's script starts are given less.
    private static final Duration ANSWER = Duration.ofSeconds(17);

    /// Of the six scripts that may run at once: what goes on meanwhile is not held up.
    private static final int AT_ONCE = 4;

    private final Fleet fleet;
    private final Links links;

    public Doctor(Fleet fleet, Links links) {
        this.fleet = fleet;
        this.links = links;
    }

    /// Asks now, also of a host that can't be reached: then most stays unknown.
    ///
    /// @throws Refused when there is no such host in hosts.yaml
    public Examination examine(String name) throws Refused, InterruptedException {
        HostKeeper keeper = fleet.keeper(name).orElse(null);
        if (keeper == null) {
            throw Refused.of(
                    Kind.NOT_FOUND,
                    "no host `" + name + "` in hosts.yaml",
                    "hosts: " + String.join(", ", fleet.hosts().hosts().keySet()));
        }
        Host host = keeper.host();
        List<AskedAgent> agents =
                Questions.agents(host).stream()
                        .map(spec -> new AskedAgent(spec, fleet.hosts().env(host, spec)))
                        .toList();
        long deadline = System.nanoTime() + ANSWER.toNanos();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            Semaphore turns = new Semaphore(AT_ONCE);
            Future<List<String>> ignored = threads.submit(() -> links.unsupported(host));
            Future<String> target = threads.submit(() -> links.target(host));
            Future<Probe> machine = ask(threads, turns, keeper, Questions.machine());
            Future<Probe> login = ask(threads, turns, keeper, Questions.login(agents));
            Map<String, Future<Probe>> repos = new LinkedHashMap<>();
            for (Repo repo : host.repos().values()) {
                repos.put(repo.name(), ask(threads, turns, keeper, Questions.repo(repo)));
            }
            Probe aboutMachine = await(machine, deadline);
            Probe aboutLogin = await(login, deadline);
            Map<String, Probe> aboutRepos = new LinkedHashMap<>();
            for (Map.Entry<String, Future<Probe>> repo : repos.entrySet()) {
                aboutRepos.put(repo.getKey(), await(repo.getValue(), deadline));
            }
            HostStatus status = status(keeper);
            LinkView link =
                    new LinkView(
                            orElse(target, deadline, status.target()),
                            status.online(),
                            status.state().word(),
                            keeper.failure(),
                            Optional.ofNullable(status.latency()),
                            keeper.key(),
                            orElse(ignored, deadline, List.of()));
            return new Examination(
                    host,
                    agents,
                    link,
                    aboutMachine,
                    aboutLogin,
                    aboutRepos,
                    fleet.clock().instant());
        } finally {
            // Not closed: that would wait for a question that hangs.
            threads.shutdownNow();
        }
    }

    private HostStatus status(HostKeeper keeper) {
        return fleet.board()
                .now()
                .host(keeper.host().name())
                .map(FleetBoard.Entry::status)
                .orElseThrow(() -> new IllegalStateException(keeper.host().name() + " is gone"));
    }

    private static Future<Probe> ask(
            ExecutorService threads, Semaphore turns, HostKeeper keeper, Script script) {
        Callable<Probe> question =
                () -> {
                    Link link;
                    try {
                        link = keeper.link();
                    } catch (LinkException e) {
                        return new Probe.Silent(e.failure().detail());
                    }
                    turns.acquire();
                    try {
                        RunResult result = link.run(script, ANSWER);
                        return new Probe.Answer(result.outText(), result.noise());
                    } catch (LinkException e) {
                        return new Probe.Silent(e.failure().detail());
                    } finally {
                        turns.release();
                    }
                };
        return threads.submit(question);
    }

    private static Probe await(Future<Probe> asked, long deadline) throws InterruptedException {
        try {
            return asked.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Probe.Silent("no answer within " + ANSWER.toSeconds() + " s");
        } catch (ExecutionException e) {
            return new Probe.Silent("Muster itself failed: " + e.getCause());
        }
    }

    /// What only `~/.ssh/config` knows; where that can't be resolved, the link's failure says it.
    private static <T> T orElse(Future<T> asked, long deadline, T otherwise)
            throws InterruptedException {
        try {
            @Nullable T known =
                    asked.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return known == null ? otherwise : known;
        } catch (TimeoutException | ExecutionException e) {
            return otherwise;
        }
    }
}
