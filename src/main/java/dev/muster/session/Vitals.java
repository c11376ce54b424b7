package dev.muster.session;

import java.util.Optional;

/// How a host does, as `vitals.sh` says there: in its greeting, and with each sign of life of the
/// watcher, so that nobody has to ask.
///
/// @param space where the state folder is, if the host could tell
/// @param load if the host could tell
public record Vitals(Optional<Space> space, Optional<Load> load) {
    public static final Vitals UNKNOWN = new Vitals(Optional.empty(), Optional.empty());

    /// Out of `SIZE FREE LOAD CPUS`. Each half that is not as it should be is unknown.
    public static Vitals parse(String text) {
        String[] words = text.strip().split(" ");
        return words.length == 4
                ? new Vitals(
                        Space.parse(words[0] + " " + words[1]),
                        Load.parse(words[2] + " " + words[3]))
                : UNKNOWN;
    }

    public static Vitals of(Space space) {
        return new Vitals(Optional.of(space), Optional.empty());
    }

    /// What is known after a newer answer: one that did not come through changes nothing.
    public Vitals then(Vitals newer) {
        return new Vitals(newer.space.or(() -> space), newer.load.or(() -> load));
    }
}
