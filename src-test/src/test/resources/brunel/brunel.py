"""What BalancedNetworkTest is held against: Brunel, J. Comput. Neurosci. 8 (2000), model A, by other means.

    python3 brunel.py theory      rates, irregularity, oscillations of the paper's mean-field theory
    python3 brunel.py sources     irregularity of a neuron whose sources are Poisson, or as irregular as itself
    python3 brunel.py step 0.05   rate of g = 6, eta = 4 in a plain simulation with steps of 0.05 ms

Needs NumPy and SciPy; the last takes minutes. What they gave is in docs/sparse.md.
"""

import sys

import numpy as np
from scipy.integrate import quad
from scipy.optimize import brentq, root
from scipy.special import erfcx

TAU, REFRACTORY, DELAY = 20e-3, 2e-3, 1.5e-3  # seconds
THRESHOLD, RESET, J = 20.0, 10.0, 0.1  # millivolts
EXCITATORY, INHIBITORY = 1000, 250  # synapses a neuron
THRESHOLD_RATE = THRESHOLD / (J * EXCITATORY * TAU)
REGIMES = [("SI fast", 6.0, 4.0), ("AI", 5.0, 2.0), ("SI slow", 4.5, 0.9)]


def input_of(rate, g, eta):
    """Mean and standard deviation of the input of a neuron, all neurons firing as Poisson processes of a rate."""
    external = EXCITATORY * eta * THRESHOLD_RATE
    mean = J * TAU * (external + EXCITATORY * rate - g * INHIBITORY * rate)
    variance = J * J * TAU * (external + EXCITATORY * rate + g * g * INHIBITORY * rate)
    return mean, np.sqrt(variance)


def response(mean, deviation):
    """Rate of a leaky integrate-and-fire neuron with white noise; exp(u^2) (1 + erf(u)) = erfcx(-u)."""
    low, high = (RESET - mean) / deviation, (THRESHOLD - mean) / deviation
    return 1.0 / (REFRACTORY + TAU * np.sqrt(np.pi) * quad(lambda u: erfcx(-u), low, high)[0])


def stationary_rate(g, eta):
    return brentq(lambda rate: response(*input_of(rate, g, eta)) - rate, 1e-3, 450.0)


def irregularity(rate, mean, deviation):
    """Coefficient of variation of intervals; exp(y^2) (1 + erf(y))^2 = erfcx(-y)^2 exp(-y^2)."""
    low, high = (RESET - mean) / deviation, (THRESHOLD - mean) / deviation
    inner = lambda x: quad(lambda y: np.exp(x * x - y * y) * erfcx(-y) ** 2, min(x, 0.0) - 12.0, x, limit=200)[0]
    return np.sqrt(2.0 * np.pi) * rate * TAU * np.sqrt(quad(inner, low, high)[0])


def susceptibility(growth, mean, deviation, points=4000):
    """d rate / d mean and d rate / d variance at a complex growth rate: the Fokker-Planck equation, linear, from the
    threshold down (threshold integration, Richardson 2007)."""
    step = (THRESHOLD - RESET) / round((THRESHOLD - RESET) * points / (6.0 * deviation + THRESHOLD - mean))
    reset = round((THRESHOLD - RESET) / step)  # points below the threshold
    potential = THRESHOLD - step * np.arange(points + 1)
    slope = 2.0 / deviation**2 * (mean - (potential[:-1] - step / 2.0))
    decay = np.exp(-slope * step)
    weight = np.where(np.abs(slope * step) > 1e-9, (1.0 - decay) / slope, step) * 2.0 / deviation**2

    density = np.zeros(points + 1)
    for k in range(points):
        density[k + 1] = density[k] * decay[k] + weight[k] * TAU * (k < reset)
    density /= REFRACTORY + density.sum() * step
    gradient = np.gradient(density, -step)

    def flux_below(rate, of_mean, of_variance):
        source = of_mean * density - of_variance / 2.0 * gradient
        flux, p = complex(rate), 0j
        for k in range(points):
            below = p * decay[k] + weight[k] * (TAU * flux - (source[k] + source[k + 1]) / 2.0)
            flux += step * growth * (p + below) / 2.0
            if k + 1 == reset:
                flux -= rate * np.exp(-growth * REFRACTORY)
            p = below
        return flux

    of_rate = flux_below(1.0, 0.0, 0.0)
    return -flux_below(0.0, 1.0, 0.0) / of_rate, -flux_below(0.0, 0.0, 1.0) / of_rate


def oscillation(g, eta, mean, deviation):
    """Growth (1/s) and frequency (Hz) of a small oscillation: what a change of all rates comes back as, a delay
    later, is the change itself."""

    def mismatch(guess):
        growth = complex(guess[0], 2.0 * np.pi * guess[1])
        to_mean, to_variance = susceptibility(growth, mean, deviation)
        back = J * TAU * (EXCITATORY - g * INHIBITORY) * to_mean
        back += J * J * TAU * (EXCITATORY + g * g * INHIBITORY) * to_variance
        loop = np.exp(-growth * DELAY) * back - 1.0
        return [loop.real, loop.imag]

    solution = root(mismatch, [0.0, 100.0], options={"eps": 1e-4})
    assert solution.success, solution
    return solution.x[0], abs(solution.x[1])


def theory():
    for name, g, eta in REGIMES:
        rate = stationary_rate(g, eta)
        mean, deviation = input_of(rate, g, eta)
        growth, frequency = oscillation(g, eta, mean, deviation)
        print(f"{name}: {rate:.2f} Hz, irregularity {irregularity(rate, mean, deviation):.2f}, "
              f"oscillation {frequency:.1f} Hz growing by {growth:.1f} a second")


def neurons(random, count, milliseconds, step, recurrent, eta, settled):
    """Steps neurons with Poisson input; recurrent(step, fired) is what they get from others. Yields who fired."""
    potential, wait = np.full(count, RESET), np.zeros(count, int)
    decay = np.exp(-step * 1e-3 / TAU)
    external = EXCITATORY * eta * THRESHOLD_RATE * step * 1e-3
    fired = np.zeros(0, int)
    for now in range(round((settled + milliseconds) / step)):
        arriving = J * random.poisson(external, count) + recurrent(now, fired)
        ready = wait == 0
        wait[~ready] -= 1
        potential[ready] = potential[ready] * decay + arriving[ready]
        fired = np.flatnonzero(ready & (potential >= THRESHOLD - 1e-9))
        potential[fired] = RESET
        wait[fired] = round(REFRACTORY * 1e3 / step)
        if now * step >= settled:
            yield now, fired


def sources(count=200, g=5.0, eta=2.0):
    """Each neuron has sources of its own, renewal processes with gamma intervals, at the rate of the theory."""
    rate = stationary_rate(g, eta)
    for of_sources in (1.0, 0.4):
        random = np.random.default_rng(1)
        shape = 1.0 / of_sources**2
        draw = lambda size: random.gamma(shape, 1.0 / (rate * shape), size)
        groups = [(random.uniform(0.0, 1.0 / rate, (count, size)), weight)
                  for size, weight in ((EXCITATORY, J), (INHIBITORY, -g * J))]

        def recurrent(now, fired):
            total = np.zeros(count)
            for upcoming, weight in groups:
                neuron, source = np.nonzero(upcoming < (now + 1) * 1e-4)
                total += weight * np.bincount(neuron, minlength=count)
                upcoming[neuron, source] += draw(len(neuron))
            return total

        times = [[] for _ in range(count)]
        for now, fired in neurons(random, count, 1500.0, 0.1, recurrent, eta, 200.0):
            for neuron in fired:
                times[neuron].append(now)
        intervals = [np.diff(each) for each in times]
        print(f"irregularity of sources {of_sources}: of the neuron "
              f"{np.mean([each.std(ddof=1) / each.mean() for each in intervals if len(each) > 2]):.2f}")


def network(step, g=6.0, eta=4.0, seeds=6, milliseconds=500.0):
    groups = ((0, 10_000, EXCITATORY, J), (10_000, 12_500, INHIBITORY, -g * J))
    count = 12_500
    for seed in range(seeds):
        random = np.random.default_rng(seed)
        targets = [[] for _ in range(count)]
        for target in range(count):
            for first, last, size, _ in groups:
                others = np.setdiff1d(np.arange(first, last), [target], assume_unique=True)
                for source in random.choice(others, size, replace=False):
                    targets[source].append(target)
        targets = [np.array(each) for each in targets]
        weight = np.where(np.arange(count) < 10_000, J, -g * J)
        delay = round(DELAY * 1e3 / step)
        ring = np.zeros((delay, count))

        def recurrent(now, fired):
            # fired is of the step before: due a delay after that
            for source in fired:
                ring[(now - 1) % delay][targets[source]] += weight[source]
            due = ring[now % delay].copy()
            ring[now % delay] = 0.0
            return due

        spikes = sum(np.count_nonzero(fired < 10_000)
                     for _, fired in neurons(random, count, milliseconds, step, recurrent, eta, 100.0))
        print(f"step {step} ms, seed {seed}: {spikes / (10_000 * milliseconds * 1e-3):.2f} Hz", flush=True)


if __name__ == "__main__":
    {"theory": theory, "sources": sources, "step": lambda: network(float(sys.argv[2]))}[sys.argv[1]]()
