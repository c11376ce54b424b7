package dev.muster.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.agent.AgentEvent;
import dev.muster.agent.ByHand;
import dev.muster.host.Host;
import dev.muster.session.Adopted;
import dev.muster.session.Session;
import dev.muster.session.SessionId;
import dev.muster.session.SessionSpec;
import dev.muster.session.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The sessions that people started by hand on one host: the fold of what `strays.sh` says. No I/O.
final class Strays {
    /// How long one that has ended is shown, so that it can still be adopted.
    private static final Duration ENDED = Duration.ofMinutes(10);

    /// How long one is shown whose process is gone without a word, as after a reboot.
    private static final Duration GONE = Duration.ofDays(1);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Host host;
    private final String home;
    private final List<String> folders;
    private final Map<Key, Entry> entries = new LinkedHashMap<>();

    /// @param folder its number in the list that `strays.sh` was given, from 1
    private record Key(int folder, long pid) {}

    /// @param alive its process lives
    /// @param since when it began to be alive or not
    /// @param left its registry has let go of it, which it does when it ends as it should
    private record Entry(ByHand says, boolean alive, boolean left, Instant since) {}

    /// @param home the home on the host
    /// @param folders as `strays.sh` was given them
    Strays(Host host, String home, List<String> folders) {
        this.host = host;
        this.home = home;
        this.folders = List.copyOf(folders);
    }

    /// Takes a line; hosts are not trusted, what is not understood says nothing.
    ///
    /// @return the folder of the session that it is about, if it says something new of one
    Optional<String> take(String line, Instant now) {
        String[] words = line.split(" ", 6);
        try {
            if (words[0].equals("R") && words.length == 6) {
                return entry(words, now);
            }
            if (words[0].equals("G") && words.length == 3) {
                Key key = new Key(Integer.parseInt(words[1]), Long.parseLong(words[2]));
                entries.computeIfPresent(key, (k, old) -> new Entry(old.says(), false, true, now));
            }
        } catch (NumberFormatException | JsonProcessingException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private Optional<String> entry(String[] words, Instant now) throws JsonProcessingException {
        Key key = new Key(Integer.parseInt(words[1]), Long.parseLong(words[2]));
        Optional<ByHand> read = ByHand.read(JSON.readTree(words[5]));
        if (key.folder() < 1 || key.folder() > folders.size() || read.isEmpty()) {
            return Optional.empty();
        }
        ByHand says = read.get();
        // Another process may have got the number since.
        boolean other =
                says.began() != null
                        && says.began().matches("[0-9]+")
                        && words[4].matches("[0-9]+")
                        && !says.began().equals(words[4]);
        boolean alive = words[3].equals("1") && !other;
        Entry old = entries.get(key);
        Instant since =
                old != null && old.alive() == alive
                        ? old.since()
                        : old == null ? says.since() : now;
        entries.put(key, new Entry(says, alive, false, since));
        return Optional.of(says.folder());
    }

    /// All of them as they are now.
    ///
    /// @param places of their folders, as far as they are known
    List<Session> sessions(Map<String, CheckoutPlace> places, Instant now) {
        entries.values().removeIf(e -> !e.alive() && isOver(e, now));
        Set<String> names = new HashSet<>();
        List<Session> sessions = new ArrayList<>();
        entries.forEach(
                (key, entry) -> {
                    CheckoutPlace place =
                            places.getOrDefault(entry.says().folder(), CheckoutPlace.NOWHERE);
                    sessions.add(session(key, entry, place, names, now));
                });
        return sessions;
    }

    private static boolean isOver(Entry entry, Instant now) {
        return entry.since().plus(entry.left() ? ENDED : GONE).isBefore(now);
    }

    private Session session(
            Key key, Entry entry, CheckoutPlace place, Set<String> names, Instant now) {
        ByHand says = entry.says();
        String folder = folders.get(key.folder() - 1);
        String name = name(says);
        if (!names.add(name)) {
            name = name + "-" + key.pid();
            names.add(name);
        }
        SessionSpec spec =
                new SessionSpec(
                        SessionId.derived(
                                says.startedAt(), host.name() + "\n" + folder + "\n" + key.pid()),
                        SessionSpec.NOBODY,
                        name,
                        host.name(),
                        place.repoName(host, home, says.folder()),
                        says.folder(),
                        place.top(),
                        place.branch(),
                        false,
                        null,
                        "claude",
                        "claude",
                        null,
                        null,
                        Map.of(),
                        List.of(),
                        null,
                        List.of(),
                        says.startedAt(),
                        null,
                        new Adopted(
                                says.conversation(),
                                folder.equals(AgentFolders.DEFAULT) ? null : folder));
        State end =
                entry.left()
                        ? new State.Finished("ended by hand")
                        : new State.Crashed("its process is gone without a word");
        Instant since =
                entry.alive() && says.since().isAfter(entry.since()) ? says.since() : entry.since();
        return Session.byHand(
                spec, key.pid(), entry.alive() ? stands(says.standing()) : null, end, since, now);
    }

    private static AgentEvent.Standing stands(AgentEvent.@Nullable Standing says) {
        // Older versions do not say: it runs, and that is all that is known.
        return says == null ? new AgentEvent.Standing(AgentEvent.Stance.BUSY, null) : says;
    }

    private static String name(ByHand says) {
        String folder = says.folder();
        String called =
                says.name() == null ? folder.substring(folder.lastIndexOf('/') + 1) : says.name();
        String name =
                called.replaceAll("[^A-Za-z0-9._-]+", "-")
                        .replaceAll("^[^A-Za-z0-9]+", "")
                        .replace("..", ".");
        String cut = name.substring(0, Math.min(name.length(), 40)).replaceAll("[.-]+$", "");
        return cut.isEmpty() ? "claude" : cut;
    }
}
