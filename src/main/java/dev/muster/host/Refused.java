package dev.muster.host;

/// A text that is not what was asked for.
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String fix;

    /// @param problem what is wrong with it, to be read after the text itself: `has no name`
    /// @param fix what to write instead
    Refused(String problem, String fix) {
        super(problem, null, false, false);
        this.fix = fix;
    }

    String problem() {
        return String.valueOf(getMessage());
    }

    String fix() {
        return fix;
    }
}
