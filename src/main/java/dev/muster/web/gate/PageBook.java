package dev.muster.web.gate;

import dev.muster.fleet.access.AccessToken;
import dev.muster.fleet.access.PageSignIn;
import dev.muster.fleet.access.PageSignIns;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Who is signed in to the page. A code, made for whoever holds the service's own token, works once
/// and for a short while; what it is traded for is a secret that the tab sends with each request.
/// No cookie: a browser sends those to every port of a machine, and agents start servers there.
public final class PageBook {
    /// How long a code waits for the browser to open.
    public static final Duration CODE = Duration.ofMinutes(2);

    private static final Duration SIGNED_IN = Duration.ofDays(14);
    private static final int MOST_CODES = 16;
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PageSignIns kept;
    private final Clock clock;

    /// Until when each code is good.
    private final Map<String, Instant> codes = new HashMap<>();

    /// Until when each secret is good, by its digest.
    private final Map<String, Instant> good = new ConcurrentHashMap<>();

    public PageBook(PageSignIns kept, Clock clock) {
        this.kept = kept;
        this.clock = clock;
    }

    /// Reads who was signed in before the service was started.
    public void load() {
        kept.all(clock.instant()).forEach(signIn -> good.put(signIn.digest(), signIn.until()));
    }

    /// A code that works once, for [#CODE]. Of many that nobody uses, the newest are good.
    public synchronized String code() {
        Instant now = clock.instant();
        codes.values().removeIf(until -> !until.isAfter(now));
        if (codes.size() >= MOST_CODES) {
            codes.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .ifPresent(oldest -> codes.remove(oldest.getKey()));
        }
        String code = random();
        codes.put(AccessToken.digest(code), now.plus(CODE));
        return code;
    }

    /// Trades a code for a secret.
    ///
    /// @return empty when the code was used, is too old or never was one
    public synchronized Optional<String> trade(String code) {
        Instant now = clock.instant();
        Instant until = codes.remove(AccessToken.digest(code));
        if (until == null || !until.isAfter(now)) {
            return Optional.empty();
        }
        String secret = random();
        PageSignIn signIn =
                new PageSignIn(
                        AccessToken.digest(secret),
                        now.plus(SIGNED_IN).truncatedTo(ChronoUnit.MILLIS));
        kept.add(signIn);
        good.put(signIn.digest(), signIn.until());
        return Optional.of(secret);
    }

    /// Whether a tab that shows this is signed in. Looked up by digest, so that the time it takes
    /// tells nothing of a secret.
    public boolean holds(String secret) {
        Instant until = good.get(AccessToken.digest(secret));
        return until != null && until.isAfter(clock.instant());
    }

    /// This tab's secret opens nothing from now on.
    public synchronized void signOut(String secret) {
        kept.remove(AccessToken.digest(secret));
        good.remove(AccessToken.digest(secret));
    }

    /// Every browser has to sign in again, and no code is good.
    public synchronized void signOutEverywhere() {
        codes.clear();
        kept.removeAll();
        good.clear();
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "PageBook[" + good.size() + " signed in]";
    }
}
