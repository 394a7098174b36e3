package org.spikemeter.engine.neuron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.RandomInputs;

class NeuronModelTest {
    private static final double[] TAUS = {
        1.0, 1.1, 1.5, 2.0, 3.0, 4.0, 5.7, 10.0, 64.0, 1e6, 0x1p100, 0x1p126, 0x1p127, Float.MAX_VALUE
    };
    private static final float[] WS = {-200.0f, -100.0f, -20.0f, -1.3862944f, -0.1f, 0.0f, 0.7f, 5.0f, 100.0f};
    private static final float[] RESETS = {-0.1f, 0.3f, 1e-40f, -2.0f};

    /** An equation of the numerics contract, written out. */
    @FunctionalInterface
    interface Equation {
        float h(float v, float x);
    }

    record Form(NeuronModel model, Equation equation) {
        @Override
        public String toString() {
            return model.toString();
        }
    }

    private static Lif lif(final double tau, final boolean decayInput, final Reset reset) {
        return new Lif(tau, decayInput, 1.0f, reset, Firing.AT_THRESHOLD);
    }

    private static Plif plif(final float w, final boolean decayInput, final Reset reset) {
        return new Plif(w, decayInput, 1.0f, reset, Firing.AT_THRESHOLD);
    }

    static List<Form> forms() {
        final List<Form> forms = new ArrayList<>();
        for (final Reset reset : List.of(Reset.soft(), Reset.hard(0.0f), Reset.hard(-0.0f), Reset.hard(-0.5f))) {
            forms.add(new Form(new If(1.0f, reset, Firing.AT_THRESHOLD), (v, x) -> v + x));
        }
        for (final double tau : TAUS) {
            addLif(forms, tau);
        }
        for (final float w : WS) {
            addPlif(forms, w);
        }
        return forms;
    }

    private static void addLif(final List<Form> forms, final double tau) {
        final float divisor = (float) tau;
        final float retain = (float) (1.0 - 1.0 / tau);
        for (final Reset reset : List.of(Reset.soft(), Reset.hard(0.0f), Reset.hard(-0.0f))) {
            forms.add(new Form(lif(tau, true, reset), (v, x) -> v + (x - v) / divisor));
            forms.add(new Form(lif(tau, false, reset), (v, x) -> v * retain + x));
        }
        for (final float vReset : RESETS) {
            forms.add(new Form(lif(tau, true, Reset.hard(vReset)), (v, x) -> v + (x - (v - vReset)) / divisor));
            forms.add(new Form(lif(tau, false, Reset.hard(vReset)), (v, x) -> v - (v - vReset) / divisor + x));
        }
    }

    private static void addPlif(final List<Form> forms, final float w) {
        final float k = (float) (1.0 / (1.0 + Math.exp(-(double) w)));
        for (final Reset reset : List.of(Reset.soft(), Reset.hard(0.0f), Reset.hard(-0.0f))) {
            forms.add(new Form(plif(w, true, reset), (v, x) -> v + (x - v) * k));
            forms.add(new Form(plif(w, false, reset), (v, x) -> v * (1.0f - k) + x));
        }
        for (final float vReset : RESETS) {
            forms.add(new Form(plif(w, true, Reset.hard(vReset)), (v, x) -> v + (x - (v - vReset)) * k));
            forms.add(new Form(plif(w, false, Reset.hard(vReset)), (v, x) -> v - (v - vReset) * k + x));
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void shouldChargeAsTheContractSaysBitForBit(final Form form) {
        final Random random = new Random(7);
        final Charge charge = form.model().charge();
        for (int i = 0; i < 5_000; i++) {
            final float v = RandomInputs.anyFloat(random);
            final float x = RandomInputs.anyFloat(random);
            final int expected = Float.floatToIntBits(form.equation().h(v, x));
            assertEquals(expected, Float.floatToIntBits(charge.apply(v, x)), () -> "v " + v + " x " + x);
            assertEquals(expected, Float.floatToIntBits(form.model().charge(v, x)), () -> "v " + v + " x " + x);
        }
    }

    @Test
    void shouldMultiplyByTheInverseOfPowersOfTwoAlone() {
        final Random random = new Random(3);
        for (int exponent = 0; exponent <= 127; exponent++) {
            final float tau = Math.scalb(1.0f, exponent);
            final Charge charge = lif(tau, true, Reset.soft()).charge();
            assertFalse(charge.divide(), "tau " + tau);
            for (int i = 0; i < 2_000; i++) {
                final float x = RandomInputs.anyFloat(random);
                assertEquals(Float.floatToRawIntBits(0.0f + x / tau), Float.floatToRawIntBits(charge.apply(0.0f, x)),
                    () -> x + " / " + tau);
            }
        }
        for (final float tau : new float[] {1.5f, 3.0f, Math.nextUp(2.0f), Math.nextDown(4.0f), Float.MAX_VALUE}) {
            assertTrue(lif(tau, true, Reset.soft()).charge().divide(), "tau " + tau);
        }
    }

    @Test
    void shouldRoundTheLeakOnceFromTausOwnFloat64() {
        // 1.1 is no float32: 1 - 1/tau of the rounded tau is another float32
        final float retain = 0.09090909f;
        assertEquals(retain, lif(1.1, false, Reset.soft()).charge().retain());
        assertEquals(retain, lif(1.1, false, Reset.soft()).charge(1.0f, 0.0f));
        assertFalse(retain == (float) (1.0 - 1.0 / 1.1f));
    }

    @Test
    void shouldTakeSigmoidOfW() {
        assertEquals(0.5f, plif(0.0f, true, Reset.soft()).k());
        assertEquals(0.73105858f, plif(1.0f, true, Reset.soft()).k());
        assertEquals(0.26894142f, plif(-1.0f, true, Reset.soft()).k());
        assertEquals(0.2f, plif((float) -Math.log(4.0), true, Reset.soft()).k(), 1e-8f);
        assertEquals(1.0f, plif(Float.MAX_VALUE, true, Reset.soft()).k());
        assertEquals(0.0f, plif(-Float.MAX_VALUE, true, Reset.soft()).k());
    }

    /** Where the potential goes under a constant input, found by going there. */
    @ParameterizedTest
    @MethodSource("forms")
    void shouldKnowWhereAConstantInputLeads(final Form form) {
        final Charge charge = form.model().charge();
        final double rate = charge.divide() ? 1.0 / charge.rate() : charge.rate();
        for (final float x : new float[] {-1.5f, -0.25f, 0.0f, 0.5f, 2.0f}) {
            final double fixed = charge.fixedPoint(x);
            if (charge.form() == Charge.Form.INTEGRATE) {
                assertEquals(x == 0.0f ? 0.0 : x * Double.POSITIVE_INFINITY, fixed);
            } else if (rate > 0.1) {
                float v = form.model().reset().restingPotential();
                for (int i = 0; i < 500; i++) {
                    v = form.equation().h(v, x);
                }
                assertEquals(v, fixed, 1e-5 * Math.max(1.0, Math.abs(v)), "x " + x);
            }
        }
    }

    @Test
    void shouldStayAtRestWithoutInputWhenNothingLeaks() {
        assertEquals(-0.5, plif(-200.0f, false, Reset.hard(-0.5f)).charge().fixedPoint(0.0));
        assertEquals(0.0, plif(-200.0f, false, Reset.soft()).charge().fixedPoint(0.0));
        assertEquals(Double.POSITIVE_INFINITY, plif(-200.0f, false, Reset.soft()).charge().fixedPoint(0.1));
    }

    @ParameterizedTest
    @ValueSource(floats = {1.0f, 0.4f, 0.0f, -0.5f, 1e-40f})
    void shouldFireAtOrAboveThreshold(final float threshold) {
        final If at = new If(threshold, Reset.soft(), Firing.AT_THRESHOLD);
        final If above = new If(threshold, Reset.soft(), Firing.ABOVE_THRESHOLD);
        assertTrue(at.fires(threshold));
        assertFalse(above.fires(threshold));
        assertTrue(at.fires(Math.nextUp(threshold)));
        assertTrue(above.fires(Math.nextUp(threshold)));
        assertFalse(at.fires(Math.nextDown(threshold)));
        assertFalse(above.fires(Math.nextDown(threshold)));
        assertEquals(threshold == 0.0f, at.fires(-0.0f) && !above.fires(-0.0f) && !at.fires(-Float.MIN_VALUE));
    }

    @Test
    void shouldResetSoftlyOrHard() {
        final If soft = new If(0.4f, Reset.soft(), Firing.AT_THRESHOLD);
        assertEquals(1.3f - 0.4f, soft.afterSpike(1.3f));
        assertEquals(0.0f, soft.reset().restingPotential());
        final If hard = new If(0.4f, Reset.hard(-0.1f), Firing.AT_THRESHOLD);
        assertEquals(-0.1f, hard.afterSpike(1.3f));
        assertEquals(-0.1f, hard.reset().restingPotential());
    }

    @Test
    void shouldCountTheOperationsOfOneUpdate() {
        assertOperations(0, 1, new If(1.0f, Reset.hard(-0.1f), Firing.AT_THRESHOLD));
        assertOperations(1, 2, lif(2.0, true, Reset.soft()));
        assertOperations(1, 3, lif(3.0, true, Reset.hard(-0.1f)));
        assertOperations(1, 1, lif(3.0, false, Reset.hard(0.0f)));
        assertOperations(1, 3, plif(0.0f, false, Reset.hard(-0.1f)));
    }

    private static void assertOperations(final int multiplies, final int adds, final NeuronModel model) {
        assertEquals(multiplies, model.charge().multiplies());
        assertEquals(adds, model.charge().adds());
    }

    private static void refuses(final String message, final Executable made) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, made).getMessage());
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void shouldNameParameterThatIsNotFinite(final float bad) {
        final Reset soft = Reset.soft();
        final Firing firing = Firing.AT_THRESHOLD;
        refuses("v_threshold is " + bad + ": expected a finite number", () -> new If(bad, soft, firing));
        refuses("v_threshold is " + bad + ": expected a finite number", () -> new Lif(2, true, bad, soft, firing));
        refuses("v_threshold is " + bad + ": expected a finite number", () -> new Plif(0, true, bad, soft, firing));
        refuses("tau is " + bad + ": expected a finite number", () -> lif(bad, true, soft));
        refuses("w is " + bad + ": expected a finite number", () -> plif(bad, true, soft));
        refuses("v_reset is " + bad + ": expected a finite number", () -> Reset.hard(bad));
    }

    @Test
    void shouldRefuseTauBelowOneStep() {
        refuses("tau is 0.5: expected at least 1 (steps)", () -> lif(0.5, true, Reset.soft()));
        refuses("tau is -2.0: expected at least 1 (steps)", () -> lif(-2, true, Reset.soft()));
        refuses("tau is Infinity: expected a finite number", () -> lif(1e39, true, Reset.soft()));
    }
}
