package dev.muster.bench;

import static dev.muster.bench.BenchService.millisSince;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.fleet.TestTmux;
import dev.muster.testing.TestSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What `make bench` runs. Budgets stand beside the figures; missing one fails nothing, since a
/// figure depends on the machine and on what else it does.
@Tag("bench")
class MusterBench {
    private static final int ROUNDS = 7;
    private static final int FEW_HOSTS = 16;
    private static final int MANY_HOSTS = 64;
    private static final int SESSIONS_EACH = 4;
    private static final int FILES = 1500;

    private final Report report = new Report();
    private final List<BenchHost> hosts = new ArrayList<>();
    private final Map<String, Fifo> agents = new LinkedHashMap<>();

    @Test
    void measures() throws Exception {
        TestSshd.assumeInstalled();
        Machine.describe(report);
        // Short: a socket's path is limited to about 100 bytes.
        Path dir = Files.createTempDirectory("mb");
        try (BenchHost single = BenchHost.start(dir, "one", FILES, null);
                BenchService one = new BenchService(dir.resolve("service-1"));
                BenchService many = new BenchService(dir.resolve("service-64"))) {
            HookBench.measure(report, dir);
            one.hosts(List.of(single));
            serviceStart(one);
            one.awaitOnline(1);
            hosts.add(single);
            startSessions(one, List.of(single));
            hosts.clear();
            startsOfSessions(one, single, dir);
            new Keystrokes(report, one, single).measure(dir);

            addHosts(dir, FEW_HOSTS, single);
            many.hosts(hosts);
            many.start();
            many.awaitOnline(FEW_HOSTS);
            startSessions(many, hosts);
            events(many);
            new PageTimes(report, many).measure(sessionsOf(hosts), hosts.get(1), dir);

            addHosts(dir, MANY_HOSTS, single);
            many.hosts(hosts);
            many.awaitOnline(MANY_HOSTS);
            startSessions(many, hosts.subList(FEW_HOSTS, MANY_HOSTS));
            statuses(many, one, dir);
            memory(many);
            restarts(many);
        } finally {
            report.note("load after: " + Machine.load());
            System.out.println(report);
            cleanUp(dir);
        }
    }

    private void addHosts(Path dir, int upTo, BenchHost keys) throws Exception {
        List<Callable<BenchHost>> starting = new ArrayList<>();
        for (int i = hosts.size() + 1; i <= upTo; i++) {
            String name = String.format("h%02d", i);
            starting.add(() -> BenchHost.start(dir, name, 3, keys));
        }
        hosts.addAll(atOnce(8, starting));
    }

    /// Sessions whose agents report whatever they read from a pipe.
    private void startSessions(BenchService service, List<BenchHost> on) throws Exception {
        List<Callable<String>> starting = new ArrayList<>();
        for (BenchHost host : on) {
            for (int i = 1; i <= SESSIONS_EACH; i++) {
                String name = host.name() + "-" + i;
                Fifo fifo = Fifo.make(host.home().path().resolve(name + ".fifo"));
                agents.put(name, fifo);
                String script =
                        "exec 3<>'"
                                + fifo.path()
                                + "'; while read -r said <&3; do \"$MUSTER_EVENT\" working \"$said\";"
                                + " done";
                starting.add(
                        () -> {
                            service.ask(host.name(), name, script);
                            return name;
                        });
            }
        }
        atOnce(8, starting);
        awaitWorking(service);
    }

    private static void awaitWorking(BenchService service) {
        Awaitility.await("every agent runs")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(
                        () -> {
                            for (JsonNode row :
                                    service.get("board?fields=name,state").path("sessions")) {
                                // Those that floods ran in have been stopped.
                                if (!Set.of("working", "stopped")
                                        .contains(row.path("state").asText())) {
                                    throw new AssertionError(row.toString());
                                }
                            }
                        });
    }

    private void serviceStart(BenchService service) throws Exception {
        report.heading("`muster serve`, from the start of the process to its first answer");
        Samples first = new Samples();
        for (int i = 0; i < ROUNDS; i++) {
            first.add(service.start());
            if (i < ROUNDS - 1) {
                service.stop();
            }
        }
        report.row("one host", first, "ms", "1200 ms", first.median(), 1200);
    }

    /// With 64 hosts and 256 sessions remembered.
    private void restarts(BenchService service) throws Exception {
        Samples again = new Samples();
        for (int i = 0; i < 7; i++) {
            service.stop();
            again.add(service.start());
        }
        report.heading("`muster serve` again, with 64 hosts and 256 sessions to remember");
        report.row("first answer", again, "ms", "1200 ms", again.median(), 1200);
    }

    private void startsOfSessions(BenchService service, BenchHost host, Path dir) throws Exception {
        report.heading("start: from the request to the agent's first act, repo of 1,500 files");
        Samples byHand = new Samples();
        Samples request = new Samples();
        Samples command = new Samples();
        try (ByHand hand = ByHand.open(dir, host);
                Fifo up = Fifo.make(dir.resolve("up"))) {
            String script = "echo up >'" + up.path() + "'; exec sleep 1000";
            for (int i = 0; i <= ROUNDS; i++) {
                int round = i;
                long from = System.nanoTime();
                hand.start("hand-" + i, script);
                up.hear();
                double took = millisSince(from);
                hand.done();

                from = System.nanoTime();
                Future<?> asked = inBackground(() -> service.ask("one", "asked-" + round, script));
                up.hear();
                double tookRequest = millisSince(from);
                asked.get();

                ProcessBuilder start =
                        service.command("start", "one:api", "-n", "typed-" + i, script);
                start.redirectErrorStream(true).redirectOutput(dir.resolve("out").toFile());
                from = System.nanoTime();
                Process typed = start.start();
                up.hear();
                double tookCommand = millisSince(from);
                typed.waitFor();
                if (i > 0) {
                    // The first round has warmed all of them up.
                    byHand.add(took);
                    request.add(tookRequest);
                    command.add(tookCommand);
                }
            }
        }
        Samples above = request.minus(byHand);
        report.row("by hand: ssh (warm ControlMaster), worktree, tmux", byHand, "ms");
        report.row("Muster, from the request to the service", request, "ms");
        report.row("  above by hand, paired", above, "ms", "+60 ms", above.median(), 60);
        report.row("Muster, from the start of `muster start`", command, "ms");
        report.row("  above by hand, paired", command.minus(byHand), "ms");
    }

    private void events(BenchService service) throws Exception {
        report.heading(
                "an event on a host, from the agent's own call to `status`; 16 hosts, 64 sessions");
        Samples single = new Samples();
        List<String> names = agents.keySet().stream().filter(name -> name.startsWith("h")).toList();
        for (int round = 0; round < 7; round++) {
            for (String name : names) {
                single.add(eventOf(service, name, "r" + round));
            }
        }
        Samples together = new Samples();
        for (int round = 0; round < 7; round++) {
            String said = "t" + round;
            List<Callable<Double>> sixteen =
                    hosts.stream()
                            .map(host -> host.name() + "-1")
                            .map(name -> (Callable<Double>) () -> eventOf(service, name, said))
                            .toList();
            atOnce(FEW_HOSTS, sixteen).forEach(together::add);
        }
        report.row("one at a time", single, "ms", "p95 250 ms", single.p95(), 250);
        report.row("16 at once, one on each host", together, "ms");
        quiet();
    }

    private Map<String, Fifo> sessionsOf(List<BenchHost> on) {
        Map<String, Fifo> found = new LinkedHashMap<>(agents);
        found.keySet()
                .removeIf(
                        name -> on.stream().noneMatch(host -> name.startsWith(host.name() + "-")));
        return found;
    }

    private double eventOf(BenchService service, String name, String said) throws Exception {
        String path = "board?fields=detail&what=" + name;
        long from = System.nanoTime();
        agents.get(name).say(said);
        while (!service.get(path).path("sessions").path(0).path("detail").asText().equals(said)) {
            if (millisSince(from) > 20_000) {
                throw new IOException(name + " never showed " + said);
            }
            LockSupport.parkNanos(2_000_000);
        }
        return millisSince(from);
    }

    /// No polling: while nothing happens, nothing is run on any host.
    private void quiet() throws Exception {
        // What follows upon the last events (changes are counted) is no polling yet.
        long before;
        do {
            before = commands();
            Thread.sleep(Duration.ofSeconds(3));
        } while (commands() != before);
        Thread.sleep(Duration.ofSeconds(10));
        report.absent(
                "commands sent to 16 hosts in 10 s without events",
                (commands() - before) + " (no polling: budget 0)");
    }

    private long commands() throws IOException {
        long commands = 0;
        for (BenchHost host : hosts) {
            commands += host.sshd().commands();
        }
        return commands;
    }

    private void statuses(BenchService many, BenchService one, Path dir) throws Exception {
        Path config = dir.resolve("ssh_config");
        StringBuilder text = new StringBuilder();
        for (BenchHost host : hosts) {
            text.append(host.sshConfig());
        }
        Files.writeString(config, text);
        List<Peer> peers = Peer.all(hosts, config);
        Map<String, Samples> ofPeers = new LinkedHashMap<>();
        Samples ofMany = new Samples();
        Samples ofOne = new Samples();
        Path out = dir.resolve("out");
        for (int i = 0; i <= 2 * ROUNDS; i++) {
            // In turns, so that a load that comes and goes meets both.
            boolean manyFirst = i % 2 == 0;
            double first = Peer.time((manyFirst ? many : one).command("status"), out);
            double second = Peer.time((manyFirst ? one : many).command("status"), out);
            if (i > 0) {
                ofMany.add(manyFirst ? first : second);
                ofOne.add(manyFirst ? second : first);
            }
        }
        for (Peer peer : peers) {
            Samples samples = ofPeers.computeIfAbsent(peer.name(), _ -> new Samples());
            for (int i = 0; peer.command().isPresent() && i < 7; i++) {
                samples.add(Peer.time(new ProcessBuilder(peer.command().get()), out));
            }
        }
        report.heading("`muster status` as a whole process");
        report.row("64 hosts, 256 sessions", ofMany, "ms", "200 ms", ofMany.median(), 200);
        report.row("1 host, " + sessions(one) + " sessions", ofOne, "ms");
        Samples ratio = ofMany.over(ofOne);
        report.row("  64 hosts over 1, paired", ratio, "x", "1.30 x", ratio.median(), 1.3);
        report.heading("beside it: one command (`true`) on the same 64 hosts");
        ofPeers.forEach(
                (name, samples) -> {
                    if (samples.count() == 0) {
                        report.absent(name, "not installed");
                    } else {
                        report.row(name, samples, "ms");
                    }
                });
    }

    private static int sessions(BenchService service) throws Exception {
        return service.get("board?fields=name").path("sessions").size();
    }

    private void memory(BenchService service) throws Exception {
        Samples now = new Samples();
        for (int i = 0; i < 7; i++) {
            now.add(service.resident("VmRSS"));
            Thread.sleep(200);
        }
        Samples most = new Samples();
        most.add(service.resident("VmHWM"));
        report.heading("resident memory of the service, 64 hosts, 256 sessions");
        report.row("now", now, "MB", "300 MB", now.median(), 300);
        report.row("the most it ever was", most, "MB", "300 MB", most.median(), 300);
    }

    private interface Action {
        void run() throws Exception;
    }

    private static Future<?> inBackground(Action action) {
        java.util.concurrent.FutureTask<Void> task =
                new java.util.concurrent.FutureTask<>(
                        () -> {
                            action.run();
                            return null;
                        });
        Thread.startVirtualThread(task);
        return task;
    }

    private static <T> List<T> atOnce(int threads, List<? extends Callable<T>> tasks)
            throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (Future<T> done : pool.invokeAll(tasks)) {
                results.add(done.get());
            }
        }
        return results;
    }

    private void cleanUp(Path dir) throws Exception {
        for (Fifo agent : agents.values()) {
            agent.close();
        }
        for (BenchHost host : hosts) {
            host.close();
        }
        TestTmux.killAll(dir);
        // Sessions whose tmux server was killed still write their last words.
        Awaitility.await("the folder of the benchmark is removed")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> removed(dir));
    }

    private static boolean removed(Path dir) throws IOException, InterruptedException {
        ProcessBuilder remove = new ProcessBuilder("rm", "-rf", dir.toString());
        remove.redirectError(ProcessBuilder.Redirect.DISCARD);
        return remove.start().waitFor() == 0;
    }
}
