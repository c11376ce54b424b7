package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.UsageReport;
import dev.muster.api.UsageReport.Row;
import dev.muster.cli.text.Columns;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageTableTest {
    private static final UsageReport REPORT =
            new UsageReport(
                    "2026-11-14",
                    "account",
                    List.of(
                            new Row("max", 12, 31.4159, 4_512_345, 98_765, 1520, 33),
                            new Row("", 1, 0.004, 900, 10, 0, 0)),
                    new Row("total", 13, 31.4199, 4_513_245, 98_775, 1520, 33));

    private static String draw(UsageReport report, int width) {
        return String.join("\n", new UsageTable(width, false).draw(report));
    }

    @Test
    void showsRowsAndTheirTotal() {
        assertThat(draw(REPORT, 80))
                .isEqualTo(
                        """
                        ACCOUNT  SESSIONS    COST    IN    OUT      LINES
                        max            12  $31.42  4.5M  98.8k  +1520 -33
                        unknown         1   $0.00   900     10      +0 -0
                        total          13  $31.42  4.5M  98.8k  +1520 -33"""
                                .stripIndent());
    }

    @Test
    void isNeverWiderThanTheScreen() {
        for (int width = 10; width < 90; width++) {
            for (String line : draw(REPORT, width).split("\n")) {
                assertThat(Columns.width(line)).isLessThanOrEqualTo(width);
            }
        }
    }

    @Test
    void saysSoWhenNothingWasUsed() {
        UsageReport none =
                new UsageReport("2026-11-14", "day", List.of(), new Row("total", 0, 0, 0, 0, 0, 0));

        assertThat(draw(none, 80)).isEqualTo("Nothing was used since 2026-11-14");
    }

    @Test
    void writesLargeNumbersBriefly() {
        assertThat(UsageTable.brief(9_999)).isEqualTo("9999");
        assertThat(UsageTable.brief(10_000)).isEqualTo("10.0k");
        assertThat(UsageTable.brief(999_960)).isEqualTo("1.0M");
        assertThat(UsageTable.brief(7_300_000_000L)).isEqualTo("7.3G");
    }
}
