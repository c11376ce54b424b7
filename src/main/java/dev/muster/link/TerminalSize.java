package dev.muster.link;

/// @param columns 1 to 9999
/// @param rows 1 to 9999
/// @param term the value of `TERM`
public record TerminalSize(int columns, int rows, String term) {
    public TerminalSize {
        if (columns < 1 || columns > 9999 || rows < 1 || rows > 9999) {
            throw new IllegalArgumentException("terminal size " + columns + "x" + rows);
        }
        if (!term.matches("[A-Za-z0-9._+-]{1,64}")) {
            throw new IllegalArgumentException("TERM " + term);
        }
    }
}
