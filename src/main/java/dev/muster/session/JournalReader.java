package dev.muster.session;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Cuts a journal's bytes into records, however they arrive. Knows at every moment up to which
/// offset all has been handed out.
public final class JournalReader {
    /// A record is far smaller; what is longer is noise that must not fill the memory.
    private static final int LONGEST = 1 << 20;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long lineStart;
    private long position;
    private boolean overlong;

    /// @param offset of the first byte that will come
    public JournalReader(long offset) {
        this.lineStart = offset;
        this.position = offset;
    }

    /// Takes the next bytes; answers the records that they complete, in order.
    ///
    /// @param now for records that carry no time of their own
    public List<JournalRecord> take(byte[] bytes, int length, Instant now) {
        List<JournalRecord> records = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            position++;
            if (bytes[i] != '\n') {
                append(bytes[i]);
                continue;
            }
            if (line.size() > 0) {
                records.add(record(now));
            }
            line.reset();
            overlong = false;
            lineStart = position;
        }
        return records;
    }

    /// Where reading would have to go on to miss nothing.
    public long offset() {
        return lineStart;
    }

    private void append(byte b) {
        if (line.size() < LONGEST) {
            line.write(b);
        } else {
            overlong = true;
        }
    }

    private JournalRecord record(Instant now) {
        JournalRecord.Content content =
                overlong
                        ? new JournalRecord.Content.Gap((int) (position - lineStart))
                        : JournalParser.parse(line.toByteArray(), now);
        return new JournalRecord(lineStart, position, content);
    }
}
