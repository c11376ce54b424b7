package dev.muster.cli.text;

import java.io.PrintWriter;

/// What commands print to.
///
/// @param out results
/// @param err progress, warnings and errors
/// @param outTerminal a person reads `out` on a terminal
/// @param errTerminal a person reads `err` on a terminal
/// @param colour `out` may hold colours
/// @param width columns of a line of `out`
public record Console(
        PrintWriter out,
        PrintWriter err,
        boolean outTerminal,
        boolean errTerminal,
        boolean colour,
        int width) {

    /// Prints a line of text that is safe already.
    public void line(String text) {
        out.println(text);
    }

    /// Prints a JSON document.
    public void json(String document) {
        out.println(Escape.json(document));
    }

    /// Tells a person something beside the result.
    public void tell(String text) {
        err.println(text);
        err.flush();
    }

    public String paint(Style style, String text) {
        return style.paint(text, colour);
    }
}
