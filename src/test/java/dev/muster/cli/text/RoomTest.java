package dev.muster.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoomTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0K",
        "999, 999K",
        "1000, 0.9M",
        "421888, 412M",
        "1022976, 999M",
        "1024000, 0.9G",
        "10485759, 9.9G",
        "10485760, 10G",
        "1181116006, 1.0T",
        "1342177280, 1.2T",
        "9223372036854775807, 7.9Z"
    })
    void isAtMostFourColumnsWideAndNeverMoreThanThereIs(long kib, String said) {
        assertThat(Room.brief(kib)).isEqualTo(said).hasSizeLessThanOrEqualTo(4);
    }
}
