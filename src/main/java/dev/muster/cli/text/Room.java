package dev.muster.cli.text;

/// Room on a disk, in at most four columns, as `df -h` writes it: `412M`, `9.5G`, `297G`, `1.2T`.
public final class Room {
    private static final String UNITS = "KMGTPEZ";

    private Room() {}

    /// Rounded down: what is said to be free is there.
    ///
    /// @param kib in KiB, not negative
    public static String brief(long kib) {
        long whole = kib;
        long rest = 0;
        int unit = 0;
        while (whole >= 1000) {
            rest = whole % 1024;
            whole /= 1024;
            unit++;
        }
        String tenths = unit > 0 && whole < 10 ? "." + rest * 10 / 1024 : "";
        return whole + tenths + UNITS.charAt(unit);
    }
}
