package dev.muster.web.gate;

import dev.muster.web.gate.RequestCheck.Asked;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;
import java.util.regex.Pattern;

/// The files of the page, which anybody may read, and what a browser is told about them.
final class PageFiles {
    private static final Set<String> TOP =
            Set.of("/", "/index.html", "/icon.svg", "/icon-waiting.svg");

    /// Their names change with their content.
    private static final Pattern ASSET = Pattern.compile("/assets/[\\w.-]+");

    /// Everything from this service alone, and no script but its files. The terminal sets its
    /// colours by styles of its own making, hence `unsafe-inline` for styles.
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
                    + " img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src"
                    + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private PageFiles() {}

    static boolean isOne(Asked asked) {
        return (asked.method().equals("GET") || asked.method().equals("HEAD"))
                && !asked.upgrade()
                && (TOP.contains(asked.path()) || ASSET.matcher(asked.path()).matches());
    }

    static void secure(HttpServerResponse response, String path) {
        response.putHeader("Content-Security-Policy", POLICY)
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader(
                        "Cache-Control",
                        ASSET.matcher(path).matches()
                                ? "private, max-age=31536000, immutable"
                                : "no-cache");
    }
}
