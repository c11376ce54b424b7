package dev.muster.fleet.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a token is good for. Each scope holds those before it.
public enum TokenScope {
    /// To look: boards, logs, screens, diffs.
    READ,
    /// To work with sessions: start, send, interrupt, stop, resume, and remove what is saved
    /// elsewhere.
    ACT,
    /// To answer what agents ask, too.
    APPROVE,
    /// Everything, hosts' keys, secrets, terminals and tokens among it: the service's own token
    /// only.
    OWNER;

    /// The scopes that a person can give a token.
    public static final List<TokenScope> GIVEN = List.of(READ, ACT, APPROVE);

    public boolean covers(TokenScope needed) {
        return compareTo(needed) >= 0;
    }

    /// The word that people and programs write.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @return empty when it is no scope that a token can be given
    public static Optional<TokenScope> given(String word) {
        return GIVEN.stream().filter(scope -> scope.word().equals(word)).findFirst();
    }

    /// Those that can be given, for a sentence.
    public static String words() {
        return String.join(", ", GIVEN.stream().map(TokenScope::word).toList());
    }
}
