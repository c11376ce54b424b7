package dev.muster.web.stream;

/// There is no room for one more event stream.
public final class Crowded extends Exception {
    /// For the API's document.
    public static final String DESCRIPTION = "FAILED: too many event streams are open";

    private static final long serialVersionUID = 1L;

    Crowded(String sentence) {
        super(sentence);
    }
}
