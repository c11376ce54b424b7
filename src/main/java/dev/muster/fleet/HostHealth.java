package dev.muster.fleet;

import dev.muster.fleet.HostStatus.Problem;
import dev.muster.fleet.doctor.Version;
import dev.muster.fleet.doctor.Words;
import dev.muster.session.HostFacts;
import dev.muster.session.SessionId;
import dev.muster.session.Space;
import dev.muster.session.Vitals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is known of how a host is, without asking it: from its greeting, and from what its standing
/// channels say since. Decides what of it is a problem. Immutable, does no I/O.
///
/// @param facts of the greeting; empty before it
/// @param vitals newer than those of the greeting
/// @param noise what an rc file printed before the greeting
/// @param lost sessions of which an event could not be written there
record HostHealth(Optional<HostFacts> facts, Vitals vitals, String noise, Set<SessionId> lost) {

    static final HostHealth UNKNOWN =
            new HostHealth(Optional.empty(), Vitals.UNKNOWN, "", Set.of());

    HostHealth greeted(HostFacts answer) {
        return new HostHealth(Optional.of(answer), answer.vitals(), noise, lost);
    }

    HostHealth withVitals(Vitals newer) {
        return new HostHealth(facts, vitals.then(newer), noise, lost);
    }

    HostHealth withNoise(String text) {
        return new HostHealth(facts, vitals, text, lost);
    }

    HostHealth withLost(Set<SessionId> ids) {
        return new HostHealth(facts, vitals, noise, Set.copyOf(ids));
    }

    /// What a session there would stumble over, each with what to do.
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        facts.ifPresent(
                answer -> {
                    program("tmux", answer.tmux(), Version.TMUX).ifPresent(problems::add);
                    program("git", answer.git(), Version.GIT).ifPresent(problems::add);
                    Duration ahead = answer.clockAhead();
                    if (Words.isSkewed(ahead)) {
                        problems.add(new Problem("clock", Words.skew(ahead), Words.SET_CLOCK));
                    }
                });
        vitals.space()
                .filter(Space::isLow)
                .ifPresent(
                        room ->
                                problems.add(
                                        new Problem("disk", Words.low(room), Words.MAKE_ROOM)));
        if (!lost.isEmpty()) {
            problems.add(
                    new Problem(
                            "lost-events",
                            "events of "
                                    + lost.size()
                                    + (lost.size() == 1 ? " session" : " sessions")
                                    + " could not be written there",
                            "make room where the state folder is; the sessions themselves go on"));
        }
        if (!noise.isBlank()) {
            problems.add(new Problem("rc-file", Words.printed(noise), Words.PRINT_LESS));
        }
        return List.copyOf(problems);
    }

    private static Optional<Problem> program(String name, String says, Version least) {
        String install = "install " + name + " " + least.text() + " or newer";
        if (says.isEmpty()) {
            return Optional.of(
                    new Problem(
                            name,
                            name + " was not found on the PATH of a plain `ssh` command",
                            install + ", or see `muster doctor`"));
        }
        return Version.in(says)
                .filter(version -> !version.atLeast(least))
                .map(
                        version ->
                                new Problem(
                                        name,
                                        name
                                                + " is "
                                                + version.text()
                                                + ", older than "
                                                + least.text(),
                                        install));
    }

    /// For the table of hosts.
    Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        facts.ifPresent(
                answer -> {
                    versions.put("os", answer.os());
                    versions.put("tmux", answer.tmux());
                    versions.put("git", answer.git());
                    versions.put("shell", answer.shell());
                });
        versions.values().removeIf(String::isEmpty);
        return versions;
    }

    /// Of a script's answer, the line `disk SIZE FREE`.
    static Optional<Space> space(String answer) {
        return answer.lines()
                .filter(line -> line.startsWith("disk "))
                .findFirst()
                .flatMap(line -> Space.parse(line.substring(5)));
    }
}
