/*
 * A limit to hold the layer benchmark against: what a C compiler makes of the same work on this machine.
 *
 * One step of an event-driven 3 x 3 convolution, 32 to 32 channels without padding, fused with the leaky neurons behind
 * it and the writing of their spikes. Each output pixel walks the events under its window in ascending order (source
 * row, then key = x * 32 + channel) with its 32 sums in registers; so sums, and with them spikes, have the same bits as
 * Spikemeter's, as long as no multiply-add is contracted. It counts nothing and loads nothing: its events are sorted
 * beforehand. Vectors are the compiler's, as wide as the machine has them; spikes are compressed by AVX-512 where there
 * is one.
 *
 *   cc -O3 -march=native -ffp-contract=off -shared -fPIC reference.c -o libreference.so   what LayerBenchmark calls
 *   cc -O3 -march=native -ffp-contract=off reference.c -o reference && ./reference 0.2 128   density, side; JSON
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef __AVX512F__
#include <immintrin.h>
#endif

#if defined(__AVX512F__)
enum { LANES = 16 };
#elif defined(__AVX__)
enum { LANES = 8 };
#else
enum { LANES = 4 };
#endif
enum { CHANNELS = 32, KERNEL = 3, PARTS = CHANNELS / LANES };

typedef float floats __attribute__((vector_size(LANES * sizeof(float))));
typedef int ints __attribute__((vector_size(LANES * sizeof(int))));

/* Writes base + lane for each lane where fired is not 0; up to LANES places behind the last may be overwritten. */
static inline int write_spikes(const ints *fired, int base, int *out)
{
#ifdef __AVX512F__
    const __m512i lanes = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    const __m512i set = (__m512i) *fired;
    const __mmask16 mask = _mm512_test_epi32_mask(set, set);
    const __m512i keys = _mm512_maskz_compress_epi32(mask, _mm512_add_epi32(lanes, _mm512_set1_epi32(base)));
    _mm512_storeu_si512(out, keys);
    return __builtin_popcount(mask);
#else
    int count = 0;
    for (int lane = 0; lane < LANES; lane++) {
        out[count] = base + lane;
        count -= (*fired)[lane];
    }
    return count;
#endif
}

/*
 * weights     [ky][kx][in][out], aligned to 64 bytes
 * start, key  events of the side x side grid: those of pixel p are key[start[p]] to key[start[p + 1] - 1]
 * membrane    [(side - 2)^2][32], aligned to 64 bytes, replaced
 * out_start   [(side - 2)^2 + 1], out_key [neurons + 16]: the spikes, arranged as the events
 * Returns the number of spikes.
 */
int reference_step(int side, float rate, float threshold, const float *restrict weights, const int *restrict start,
    const int *restrict key, float *restrict membrane, int *restrict out_start, int *restrict out_key)
{
    const int out_side = side - KERNEL + 1;
    int spikes = 0;
    for (int y = 0; y < out_side; y++) {
        for (int x = 0; x < out_side; x++) {
            floats sum[PARTS] = {{0}};
            for (int ky = 0; ky < KERNEL; ky++) {
                const int pixel = (y + ky) * side + x;
                const float *base = weights + (ky * KERNEL - x) * CHANNELS * CHANNELS;
                for (int event = start[pixel]; event < start[pixel + KERNEL]; event++) {
                    const floats *row = (const floats *) (base + key[event] * CHANNELS);
                    for (int part = 0; part < PARTS; part++) {
                        sum[part] += row[part];
                    }
                }
            }
            floats *v = (floats *) (membrane + (y * out_side + x) * CHANNELS);
            out_start[y * out_side + x] = spikes;
            for (int part = 0; part < PARTS; part++) {
                const floats charged = v[part] + (sum[part] - v[part]) * rate;
                const ints fired = charged >= threshold;
                v[part] = (floats) ((ints) charged & ~fired);
                spikes += write_spikes(&fired, x * CHANNELS + part * LANES, out_key + spikes);
            }
        }
    }
    out_start[out_side * out_side] = spikes;
    return spikes;
}

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *) a, y = *(const double *) b;
    return (x > y) - (x < y);
}

static void *aligned(size_t bytes)
{
    void *memory = NULL;
    if (posix_memalign(&memory, 64, bytes) != 0) {
        exit(1);
    }
    return memset(memory, 0, bytes);
}

int main(int count, char **arguments)
{
    enum { RUNS = 101 };
    const double density = count > 1 ? atof(arguments[1]) : 0.2;
    const int side = count > 2 ? atoi(arguments[2]) : 128;
    if (count > 3 || !(density >= 0 && density <= 1) || side < KERNEL || side > 4096) {
        fprintf(stderr, "usage: %s [density, 0 to 1] [side, 3 to 4096]\n", arguments[0]);
        return 2;
    }
    const int pixels = side * side, out_side = side - KERNEL + 1, out_pixels = out_side * out_side;
    const int taps = KERNEL * KERNEL * CHANNELS;
    float *weights = aligned(sizeof(float) * taps * CHANNELS);
    float *membrane = aligned(sizeof(float) * out_pixels * CHANNELS);
    int *start = aligned(sizeof(int) * (pixels + 1));
    int *key = aligned(sizeof(int) * pixels * CHANNELS);
    int *out_start = aligned(sizeof(int) * (out_pixels + 1));
    int *out_key = aligned(sizeof(int) * (out_pixels * CHANNELS + LANES));
    int events = 0, spikes = 0;
    double times[RUNS];
    srand(1);
    for (int i = 0; i < taps * CHANNELS; i++) {
        weights[i] = (rand() / (float) RAND_MAX - 0.5f) * 0.17f;
    }
    for (int pixel = 0; pixel < pixels; pixel++) {
        start[pixel] = events;
        for (int channel = 0; channel < CHANNELS; channel++) {
            if (rand() / (RAND_MAX + 1.0) < density) {
                key[events++] = pixel % side * CHANNELS + channel;
            }
        }
    }
    start[pixels] = events;
    long accumulates = 0;
    for (int y = 0; y < out_side; y++) {
        for (int x = 0; x < out_side; x++) {
            for (int ky = 0; ky < KERNEL; ky++) {
                accumulates += (long) CHANNELS * (start[(y + ky) * side + x + KERNEL] - start[(y + ky) * side + x]);
            }
        }
    }
    for (int run = 0; run < RUNS; run++) {
        const double begin = milliseconds();
        spikes = reference_step(side, 0.5f, 0.3f, weights, start, key, membrane, out_start, out_key);
        times[run] = milliseconds() - begin;
    }
    qsort(times, RUNS, sizeof(double), ascending);
    printf("{\"density\": %g, \"side\": %d, \"accumulates\": %ld, \"spikes\": %d, \"ms\": %.4f, \"best_ms\": %.4f}\n",
        density, side, accumulates, spikes, times[RUNS / 2], times[0]);
    return 0;
}
