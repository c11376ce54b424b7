package dev.muster.web;

import java.nio.file.Path;

/// Why a service did not start, in words of people.
final class StartProblem {
    private StartProblem() {}

    static String sentence(Throwable failure, Path database) {
        Throwable root = failure;
        for (Throwable t = failure; t != null; t = t.getCause()) {
            root = t;
            // Flyway is the store's: nothing else here knows its classes.
            if (t.getClass().getSimpleName().equals("FlywayValidateException")) {
                return "its database "
                        + database
                        + " was made by another version of Muster, whose tables differ: move it"
                        + " away, and every session is found again from its host; only the history"
                        + " stays behind";
            }
        }
        return "the service did not start: "
                + (root.getMessage() == null ? root.toString() : root.getMessage());
    }
}
