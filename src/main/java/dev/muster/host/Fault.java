package dev.muster.host;

/// Something wrong in a `hosts.yaml`.
///
/// @param severity errors refuse the file, warnings don't
/// @param file as the user named it
/// @param line from 1
/// @param column from 1, in characters
/// @param problem what was found
/// @param fix what was meant, or what to do
public record Fault(
        Severity severity, String file, int line, int column, String problem, String fix) {
    public enum Severity {
        ERROR,
        WARNING
    }

    /// `hosts.yaml:3:5: unknown key `jmp`; did you mean `jump`?`
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + problem + "; " + fix;
    }
}
