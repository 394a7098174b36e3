package org.spikemeter.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.runtime.live.ControlRefusedException;
import org.spikemeter.runtime.live.LiveFailure;
import org.spikemeter.runtime.live.LiveFrame;
import org.spikemeter.runtime.live.server.LiveServer;
import tools.jackson.databind.JsonNode;

/** The live page in a browser, on a run that is made up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LivePageTest {
    private static final String STATE = "document.body.dataset.state";
    private static final String FRAMES = "Number(document.documentElement?.dataset.frames ?? 0)";

    @TempDir
    private static Path folder;

    private Browser browser;
    private SyntheticFeed feed;
    private LiveServer server;

    @BeforeAll
    void startBrowser() throws IOException, InterruptedException {
        final String program = Browser.program().orElse(null);
        Assumptions.assumeTrue(program != null, "no Chromium: " + Browser.PROGRAMS);
        browser = Browser.start(program, folder.resolve("profile"));
    }

    @AfterAll
    void endBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() throws IOException, InterruptedException {
        feed = new SyntheticFeed(97);
        server = LiveServer.start(feed, feed, null, 0);
        browser.complaints().clear();
        browser.open(server.address());
        final JsonNode frames = browser.await(FRAMES, value -> value.asInt() >= 5);
        assertTrue(frames.asInt() >= 5, () -> "frames drawn: " + frames + ", console: " + browser.complaints());
    }

    /** The page goes first: without its server it would complain. */
    @AfterEach
    void close() throws InterruptedException {
        if (server != null) {
            browser.open(URI.create("about:blank"));
            browser.await("location.href", value -> value.asString().equals("about:blank"));
            server.close();
        }
    }

    @Test
    void shouldDrawWhatComesAndKeepSilent() throws InterruptedException {
        assertEquals("running", browser.evaluate(STATE).stringValue());
        assertEquals("emotion-plif on synthetic blob", browser.text("subject"));
        assertTrue(browser.await(FRAMES, value -> value.asInt() >= 40).asInt() >= 40);
        for (final String canvas : List.of("#input", "#layers canvas", "#neurons", "#strip", "#events-curve")) {
            final int colours = browser.evaluate("""
                (() => {
                  const canvas = document.querySelector('%s');
                  const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                  return new Set(new Uint32Array(data.buffer)).size;
                })()""".formatted(canvas)).intValue();
            assertTrue(colours >= 3, () -> canvas + " has " + colours + " colours");
        }
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void shouldShowTheNumbersOfTheRun() throws ControlRefusedException, InterruptedException {
        browser.await("document.getElementById('label').textContent", text -> text.asString().equals("angry"));
        feed.drop();
        feed.pause();
        assertEquals("paused", browser.await(STATE, state -> state.asString().equals("paused")).asString());
        final LiveFrame frame = new LiveFrame(feed.description());
        feed.sample(frame);
        assertEquals(String.format(Locale.ROOT, "%,d", frame.step), browser.text("step"));
        assertEquals(String.format(Locale.ROOT, "%.2f s", frame.timeMicros / 1e6), browser.text("time"));
        assertEquals(String.format(Locale.ROOT, "%,d", frame.processedEvents), browser.text("processed-figure"));
        assertEquals("120", browser.text("waiting-figure"));
        assertEquals("1", browser.text("dropped-figure"));
        assertEquals("angry", browser.text("label"));
        assertEquals(String.format(Locale.ROOT, "%.3f", frame.groupRates[0]), browser.text("rate-0"));
        // the whole pipeline's median, and the network's maximum
        assertEquals(String.format(Locale.ROOT, "%,.0f", frame.latencyMicros[0]), browser.text("latency-0-0"));
        assertEquals(String.format(Locale.ROOT, "%,.0f", frame.latencyMicros[19]), browser.text("latency-3-4"));
        assertTrue(browser.text("window-to").endsWith(String.format(Locale.ROOT, "%,d", frame.step - 1)));
    }

    @Test
    void shouldActOnClicksAndKeys() throws InterruptedException {
        click("pause");
        awaitState("paused");
        assertEquals("Resume", browser.text("pause"));
        final String step = browser.text("step");
        click("single");
        assertEquals(Long.toString(number(step) + 1), browser.await("document.getElementById('step').textContent",
            text -> !text.asString().equals(step)).asString().replace(",", ""));
        browser.evaluate("document.activeElement.blur()");
        browser.press("ArrowRight", "");
        assertEquals(Long.toString(number(step) + 2), browser.await("document.getElementById('step').textContent",
            text -> number(text.asString()) >= number(step) + 2).asString().replace(",", ""));
        browser.press(" ", " ");
        awaitState("running");
        browser.press("+", "+");
        assertEquals("2.00 ×", browser.await("document.getElementById('speed-value').textContent",
            text -> text.asString().startsWith("2")).asString());
        assertEquals(2.0, feed.speed().value());
        browser.press("-", "-");
        assertEquals("1.00 ×", browser.await("document.getElementById('speed-value').textContent",
            text -> text.asString().startsWith("1")).asString());
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void shouldSetSlidersAndPrices() throws InterruptedException {
        moveSlider("threshold", 1);
        browser.evaluate("""
            (() => {
              const prices = document.getElementById('prices');
              prices.value = 'unpriced';
              prices.dispatchEvent(new Event('change', {bubbles: true}));
            })()""");
        assertEquals("–", browser.await("document.getElementById('power-figure').textContent",
            text -> text.asString().equals("–")).asString());
        assertEquals("unpriced", feed.priceModel());
        assertEquals(2.0, feed.thresholdScale().value());
        assertEquals("2.00 times", browser.evaluate("document.getElementById('threshold').ariaValueText").asString());
    }

    @Test
    void shouldShowRefusals() throws InterruptedException {
        assertTrue(browser.evaluate("document.getElementById('sens').disabled").booleanValue());
        assertEquals(SyntheticFeed.NO_SENS, browser.text("sens-refusal"));
        feed.end();
        awaitState("ended");
        moveSlider("threshold", 1);
        assertEquals("Refused: no threshold is needed any more", browser.await(
            "document.getElementById('answer').textContent", text -> !text.asString().isEmpty()).asString());
        // and shows what is true again
        assertEquals("1.00 ×", browser.await("document.getElementById('threshold-value').textContent",
            text -> text.asString().equals("1.00 ×")).asString());
    }

    @Test
    void shouldTellTheEndAndAFailure() throws InterruptedException {
        feed.end();
        awaitState("ended");
        assertTrue(browser.evaluate("document.getElementById('pause').disabled").booleanValue());
        feed.fail(new LiveFailure("network", 1841, "event 12 is <b>not</b> finite"));
        awaitState("failed");
        assertEquals("The run failed at stage network, batch 1841: event 12 is <b>not</b> finite",
            browser.text("notice"));
        assertFalse(browser.evaluate("document.getElementById('notice').hidden").booleanValue());
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void shouldComeBackAfterTheConnectionWasLost() throws IOException, InterruptedException {
        final int port = server.port();
        server.close();
        awaitState("lost");
        // between two tries there is another state for a moment
        final String notice = "No connection to the program. Trying again in ";
        assertTrue(browser.await("document.getElementById('notice').textContent",
            text -> text.asString().startsWith(notice)).asString().startsWith(notice));
        server = LiveServer.start(feed, feed, null, port);
        awaitState("running");
        assertTrue(browser.evaluate("document.getElementById('notice').hidden").booleanValue());
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 390, 699, 700, 1099, 1100, 1440, 2560})
    void shouldFitItsWidth(final int width) throws InterruptedException {
        browser.call("Emulation.setDeviceMetricsOverride",
            "{\"width\":" + width + ",\"height\":844,\"deviceScaleFactor\":1,\"mobile\":false}");
        try {
            final int before = browser.evaluate(FRAMES).intValue();
            browser.await(FRAMES, value -> value.asInt() > before + 2);
            assertTrue(browser.evaluate("document.documentElement.scrollWidth <= innerWidth").booleanValue());
            assertEquals("", browser.evaluate("""
                [...document.querySelectorAll('dt, dd, h2, label, button, p, td, th, canvas')]
                  .filter(e => e.getBoundingClientRect().right > innerWidth - 8 || e.scrollWidth > e.clientWidth + 1)
                  .map(e => e.id || e.textContent).join()""").stringValue());
        } finally {
            browser.call("Emulation.clearDeviceMetricsOverride", "{}");
        }
    }

    private void moveSlider(final String id, final double position) {
        browser.evaluate("""
            (() => {
              const slider = document.getElementById('%s');
              slider.value = %s;
              slider.dispatchEvent(new Event('input', {bubbles: true}));
            })()""".formatted(id, position));
    }

    private void click(final String id) {
        browser.evaluate("document.getElementById('" + id + "').click()");
    }

    private void awaitState(final String wanted) throws InterruptedException {
        assertEquals(wanted, browser.await(STATE, state -> state.asString().equals(wanted)).asString());
    }

    private static long number(final String text) {
        return Long.parseLong(text.replace(",", ""));
    }
}
