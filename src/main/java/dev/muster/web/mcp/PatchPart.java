package dev.muster.web.mcp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A part of a patch.
///
/// @param next where the rest begins, or -1 when this is the end
record PatchPart(String text, int next) {
    /// Only a file's head begins so: lines of its content begin with a space, `+`, `-` or `\`.
    private static final Pattern FILE = Pattern.compile("^diff --git ", Pattern.MULTILINE);

    /// The parts of the patch for files at or below a path.
    static String of(String patch, String path) {
        StringBuilder kept = new StringBuilder();
        Matcher file = FILE.matcher(patch);
        int begin = file.find() ? file.start() : -1;
        while (begin >= 0) {
            int end = file.find() ? file.start() : patch.length();
            String section = patch.substring(begin, end);
            if (names(section.substring(0, head(section)), path)) {
                kept.append(section);
            }
            begin = end < patch.length() ? end : -1;
        }
        return kept.toString();
    }

    private static int head(String section) {
        int end = section.indexOf('\n');
        return end < 0 ? section.length() : end;
    }

    /// git quotes a name with unusual characters as a whole: `"b/…"`.
    private static boolean names(String head, String path) {
        String name = " b/" + path;
        String quoted = " \"b/" + path;
        return head.endsWith(name)
                || head.endsWith(quoted + "\"")
                || head.contains(name + "/")
                || head.contains(quoted + "/");
    }

    /// What fits into an answer, whole lines where it can be.
    static PatchPart from(String patch, int offset, int room) {
        int begin = Math.min(offset, patch.length());
        if (patch.length() - begin <= room) {
            return new PatchPart(patch.substring(begin), -1);
        }
        int line = patch.lastIndexOf('\n', begin + room - 1) + 1;
        int end = line > begin ? line : Answer.whole(patch, begin + room);
        return new PatchPart(patch.substring(begin, end), end);
    }
}
