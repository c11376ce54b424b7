package dev.muster.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Options that take `KEY=VALUE`, each with a key of its own.
final class Pairs {
    private Pairs() {}

    /// In the order in which they were given; of two with one key the last counts.
    static Map<String, String> of(String option, List<String> given) throws CliException {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : given) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new CliException(
                        ExitCode.USAGE, option + " takes KEY=VALUE, not `" + pair + "`", null);
            }
            pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return pairs;
    }
}
