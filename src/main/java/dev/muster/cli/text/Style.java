package dev.muster.cli.text;

/// The few ways in which Muster writes: eight-colour ANSI, so that the user's own palette decides.
public enum Style {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    CYAN("36"),
    ALERT("1;33");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /// The text in this style, or the text alone where there is no colour.
    public String paint(String text, boolean colour) {
        return colour && !code.isEmpty() && !text.isEmpty()
                ? "\u001b[" + code + "m" + text + "\u001b[0m"
                : text;
    }
}
