package dev.muster.notify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignatureTest {
    /// The example of the specification (standard-webhooks, spec/standard-webhooks.md and the test
    /// vectors of its libraries).
    @Test
    void signsAsTheSpecificationsExample() {
        assertThat(
                        Signature.of(
                                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                1614265330,
                                "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void takesATextThatIsNoBase64AsItIs() {
        String plain = Signature.of("open sesame", "id", 1, "{}");

        assertThat(plain).startsWith("v1,").hasSize(3 + 44);
        assertThat(Signature.of("whsec_!", "id", 1, "{}")).hasSize(3 + 44);
        assertThat(Signature.of("open sesame", "id", 2, "{}")).isNotEqualTo(plain);
        assertThat(Signature.of("open sesame", "other", 1, "{}")).isNotEqualTo(plain);
        assertThat(Signature.of("open sesame", "id", 1, "{ }")).isNotEqualTo(plain);
    }
}
