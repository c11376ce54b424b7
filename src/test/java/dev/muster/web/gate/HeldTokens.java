package dev.muster.web.gate;

import dev.muster.fleet.access.AccessToken;
import dev.muster.fleet.access.AccessTokens;
import java.util.ArrayList;
import java.util.List;

/// Tokens in memory.
final class HeldTokens implements AccessTokens {
    private final List<AccessToken> tokens = new ArrayList<>();

    @Override
    public List<AccessToken> all() {
        return List.copyOf(tokens);
    }

    @Override
    public boolean add(AccessToken token) {
        return tokens.stream().noneMatch(t -> t.name().equals(token.name())) && tokens.add(token);
    }

    @Override
    public boolean remove(String name) {
        return tokens.removeIf(token -> token.name().equals(name));
    }
}
