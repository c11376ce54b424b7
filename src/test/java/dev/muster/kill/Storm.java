package dev.muster.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.Ulid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/// Random starts, stops and removals against a service that is killed in the middle of them, as
/// many people with many commands would send them: what was not answered is asked again.
final class Storm {
    private static final List<String> PROMPTS = List.of("long", "short", "talk", "dirty", "long");

    private final Killed service;
    private final Random random;

    /// What each start asked for, by id.
    final Map<String, Map<String, Object>> asked = new HashMap<>();

    /// Starts that were answered: these must never be lost.
    final Set<String> promised = new LinkedHashSet<>();

    /// Stops that were asked for, answered or not.
    final Set<String> stopped = new LinkedHashSet<>();

    /// Removals that were answered as done.
    final Set<String> removed = new LinkedHashSet<>();

    /// Removals that were asked for, answered or not.
    final Set<String> removing = new LinkedHashSet<>();

    private final List<Request> unanswered = new ArrayList<>();

    private sealed interface Request {
        record Start(String id) implements Request {}

        record Stop(String id) implements Request {}

        record Remove(String id) implements Request {}
    }

    Storm(Killed service, Random random) {
        this.service = service;
        this.random = random;
    }

    /// Sends a few requests at once, and kills the service at a random moment of them.
    void killInTheMiddle() throws Exception {
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                Request request = next();
                sent.add(CompletableFuture.runAsync(() -> send(request), threads));
            }
            Thread.sleep(random.nextInt(300));
            service.kill();
        }
        sent.forEach(CompletableFuture::join);
    }

    /// Kills the service at a random moment of its start and its catching up.
    void killWhileItStarts() throws Exception {
        service.launch();
        Thread.sleep(random.nextInt(2500));
        service.kill();
    }

    /// Asks again for what was not answered, as commands do. A person may also have given up.
    void repeat() throws Exception {
        List<Request> again = List.copyOf(unanswered);
        unanswered.clear();
        for (Request request : again) {
            if (random.nextInt(4) > 0) {
                send(request);
            }
        }
    }

    private Request next() {
        List<String> there = promised.stream().filter(id -> !removed.contains(id)).toList();
        int what = there.size() < 4 ? 0 : random.nextInt(10);
        if (what < 5) {
            String id = Ulid.next();
            asked.put(id, start(id));
            return new Request.Start(id);
        }
        String id = there.get(random.nextInt(there.size()));
        return what < 7 ? new Request.Stop(id) : new Request.Remove(id);
    }

    private Map<String, Object> start(String id) {
        String prompt = PROMPTS.get(random.nextInt(PROMPTS.size()));
        return Map.of(
                "id",
                id,
                "host",
                random.nextBoolean() ? "here" : "there",
                "repo",
                "api",
                "name",
                prompt + "-" + asked.size(),
                "worktree",
                true,
                "prompt",
                prompt);
    }

    private void send(Request request) {
        try {
            Killed.Answer answer =
                    switch (request) {
                        case Request.Start start -> service.post("sessions", asked.get(start.id()));
                        case Request.Stop stop -> {
                            note(stopped, stop.id());
                            yield service.post("sessions/" + stop.id() + "/stop", Map.of());
                        }
                        case Request.Remove remove -> {
                            note(removing, remove.id());
                            yield service.delete("sessions/" + remove.id());
                        }
                    };
            take(request, answer);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized void note(Set<String> set, String id) {
        set.add(id);
    }

    private synchronized void take(Request request, Killed.Answer answer) {
        if (!answer.came()) {
            unanswered.add(request);
            return;
        }
        switch (request) {
            case Request.Start start -> {
                // A host that is being connected again is an answer too: ask later.
                if (answer.done()) {
                    promised.add(start.id());
                } else {
                    assertThat(answer.code()).as("%s", answer).isIn("UNREACHABLE", "NOT_FOUND");
                    unanswered.add(request);
                }
            }
            case Request.Stop stop -> {}
            case Request.Remove remove -> {
                if (answer.done()) {
                    removed.add(remove.id());
                }
            }
        }
    }

    String prompt(String id) {
        return String.valueOf(asked.get(id).get("prompt"));
    }
}
