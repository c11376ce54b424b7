package dev.muster.git;

import dev.muster.git.WorktreeDiff.FileChange;
import dev.muster.shell.HexText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the sections that `m_whole_diff` prints: each with its length, names ending with NUL, so
/// that no file's name or content can be taken for something else. The formats inside are those of
/// git-diff(1), `--raw -z` followed by `--numstat -z`.
final class DiffParser {
    private final byte[] out;
    private int at;

    DiffParser(byte[] out) {
        this.out = out;
    }

    WorktreeDiff parse(int limit) {
        String base = word("from");
        word("head");
        List<String> records = names(section("files"));
        Set<String> untracked = new HashSet<>(names(section("untracked")));
        Set<String> uncommitted = new HashSet<>(names(section("uncommitted")));
        byte[] patch = section("patch");
        boolean truncated = limit > 0 && patch.length > limit;
        List<FileChange> files = files(records, untracked, uncommitted);
        return new WorktreeDiff(base, files, patch(patch, truncated ? limit : -1), truncated);
    }

    /// Cut at a line's end, so that no character is torn.
    private static String patch(byte[] bytes, int limit) {
        int end = bytes.length;
        if (limit >= 0) {
            end = limit;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private String word(String name) {
        String line = line();
        if (!line.startsWith(name + " ")) {
            throw new IllegalArgumentException("expected " + name + ", got: " + line);
        }
        return line.substring(name.length() + 1);
    }

    private byte[] section(String name) {
        int length = Integer.parseInt(word(name));
        if (length < 0 || length > out.length - at) {
            throw new IllegalArgumentException("the section " + name + " is not whole");
        }
        byte[] bytes = Arrays.copyOfRange(out, at, at + length);
        at += length;
        return bytes;
    }

    private String line() {
        int end = at;
        while (end < out.length && out[end] != '\n') {
            end++;
        }
        if (end == out.length) {
            throw new IllegalArgumentException("the answer ends too early");
        }
        String line = new String(out, at, end - at, StandardCharsets.UTF_8);
        at = end + 1;
        return line;
    }

    private static List<String> names(byte[] bytes) {
        var names = new ArrayList<String>();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                names.add(HexText.decode(Arrays.copyOfRange(bytes, from, i)));
                from = i + 1;
            }
        }
        return names;
    }

    private record Lines(int added, int removed) {}

    private record Raw(char status, String oldPath, String path) {}

    private static List<FileChange> files(
            List<String> records, Set<String> untracked, Set<String> uncommitted) {
        var raws = new ArrayList<Raw>();
        Map<String, Lines> lines = new HashMap<>();
        int i = 0;
        while (i < records.size() && records.get(i).startsWith(":")) {
            char status = records.get(i).substring(records.get(i).lastIndexOf(' ') + 1).charAt(0);
            boolean moved = status == 'R' || status == 'C';
            raws.add(new Raw(status, records.get(i + 1), records.get(i + (moved ? 2 : 1))));
            i += moved ? 3 : 2;
        }
        while (i < records.size()) {
            String[] fields = records.get(i).split("\t", 3);
            boolean moved = fields[2].isEmpty();
            String path = moved ? records.get(i + 2) : fields[2];
            lines.put(path, new Lines(count(fields[0]), count(fields[1])));
            i += moved ? 3 : 1;
        }
        var files = new ArrayList<FileChange>();
        Set<String> named = new HashSet<>();
        for (Raw raw : raws) {
            Lines counted = lines.getOrDefault(raw.path(), new Lines(0, 0));
            boolean isNew = untracked.contains(raw.path());
            boolean open =
                    isNew
                            || uncommitted.contains(raw.path())
                            || uncommitted.contains(raw.oldPath());
            named.add(raw.path());
            files.add(
                    new FileChange(
                            raw.path(),
                            raw.oldPath(),
                            isNew && raw.status() == 'A' ? '?' : raw.status(),
                            counted.added(),
                            counted.removed(),
                            !open));
        }
        // Repos inside, and all of them where they are too many to be read.
        untracked.stream()
                .filter(path -> !named.contains(path))
                .sorted()
                .forEach(path -> files.add(new FileChange(path, path, '?', -1, -1, false)));
        return files;
    }

    private static int count(String number) {
        return number.equals("-") ? -1 : Integer.parseInt(number);
    }
}
