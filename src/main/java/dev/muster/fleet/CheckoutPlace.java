package dev.muster.fleet;

import dev.muster.host.Host;
import dev.muster.host.Repo;
import dev.muster.shell.HexText;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a folder of a host is, as `where.sh` answers.
///
/// @param top the checkout that it is in, a worktree perhaps; null outside of git
/// @param repo the repo's own folder
/// @param branch null when none is checked out
record CheckoutPlace(@Nullable String top, @Nullable String repo, @Nullable String branch) {
    static final CheckoutPlace NOWHERE = new CheckoutPlace(null, null, null);

    static CheckoutPlace parse(String text) {
        Map<String, String> found = new HashMap<>();
        for (String line : text.split("\n")) {
            String[] words = line.split(" ");
            if (words.length == 2) {
                try {
                    found.put(words[0], HexText.of(words[1]));
                } catch (IllegalArgumentException e) {
                    // Not ours: a host may say anything.
                }
            }
        }
        return new CheckoutPlace(found.get("top"), found.get("repo"), found.get("branch"));
    }

    /// The repo's name in `hosts.yaml`, else that of its folder, else of this one.
    ///
    /// @param home the home on the host
    String repoName(Host host, String home, String folder) {
        for (Repo known : host.repos().values()) {
            String path =
                    known.path().startsWith("~/") ? home + known.path().substring(1) : known.path();
            if (path.equals(repo) || path.equals(top)) {
                return known.name();
            }
        }
        String path = repo == null ? folder : repo;
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
