package org.spikemeter.runtime.live.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:8080", "LocalHost:1", "127.0.0.1", "127.0.0.1:65535",
        "192.168.1.7:8080", "[::1]", "[::1]:8080", "[fe80::1]:8080", "bench-pc:8080", "Bench-PC"})
    void shouldAnswerForAddressesAndTheNameGiven(final String host) {
        assertTrue(new Origins("bench-pc").isHost(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":8080", "evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.",
        "localhost.evil.example:8080", "evil.example@127.0.0.1", "[evil]", "127.0.0.1:", "127.0.0.1:123456"})
    void shouldNotAnswerForOtherNames(final String host) {
        assertFalse(new Origins("bench-pc").isHost(host));
        assertFalse(new Origins(null).isHost(host));
    }

    @Test
    void shouldKnowNoOtherNameWhenNoneIsGiven() {
        assertFalse(new Origins(null).isHost("bench-pc"));
        assertFalse(new Origins(null).isHost(null));
        assertTrue(new Origins(null).isHost("localhost:80"));
    }

    @Test
    void shouldObeyThePageItselfAndProgramsOnly() {
        assertTrue(Origins.isOrigin(null, "127.0.0.1:8080"));
        assertTrue(Origins.isOrigin("http://127.0.0.1:8080", "127.0.0.1:8080"));
        assertFalse(Origins.isOrigin("http://127.0.0.1:9090", "127.0.0.1:8080"));
        assertFalse(Origins.isOrigin("http://evil.example", "127.0.0.1:8080"));
        assertFalse(Origins.isOrigin("null", "127.0.0.1:8080"));
    }
}
