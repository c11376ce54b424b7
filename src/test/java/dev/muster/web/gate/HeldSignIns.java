package dev.muster.web.gate;

import dev.muster.fleet.access.PageSignIn;
import dev.muster.fleet.access.PageSignIns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Sign-ins of a test, in memory.
final class HeldSignIns implements PageSignIns {
    private final List<PageSignIn> held = new ArrayList<>();

    @Override
    public List<PageSignIn> all(Instant now) {
        held.removeIf(signIn -> !signIn.until().isAfter(now));
        return List.copyOf(held);
    }

    @Override
    public void add(PageSignIn signIn) {
        held.add(signIn);
    }

    @Override
    public void remove(String digest) {
        held.removeIf(signIn -> signIn.digest().equals(digest));
    }

    @Override
    public void removeAll() {
        held.clear();
    }
}
