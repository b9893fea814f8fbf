/*
 * What sums of Gaussians in three dimensions and pictures of Gaussians cost in C with sixteen
 * lanes, on one thread, everything prepared beforehand: how far the generated code could get.
 *
 *     gcc -O3 -march=native -ffp-contract=off lanes16.c -o /tmp/lanes16 -lm && /tmp/lanes16
 *
 * (-ffast-math deletes the rounding of the exponential and measures nothing.) Thread processor time,
 * the best of many rounds.
 */
#include <immintrin.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define INLINE static inline __attribute__((always_inline))
#define ROUND 0x1.8p23f

/* 2^r on [-1/2, 1/2], minimax; relative error 7.5e-8 */
static const float C[] = {1.0000000716546822f,  0.6931469670647331f,   0.24022119723848476f,
                          0.05550713273542589f, 0.009675541334216184f, 0.0013276471979479397f};

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

INLINE __m512 all(float a) { return _mm512_set1_ps(a); }

INLINE __m512 times_power(__m512 r, __m512 t) {
    __m512 p = _mm512_fmadd_ps(all(C[5]), r, all(C[4]));
    p = _mm512_fmadd_ps(p, r, all(C[3]));
    p = _mm512_fmadd_ps(p, r, all(C[2]));
    p = _mm512_fmadd_ps(p, r, all(C[1]));
    p = _mm512_fmadd_ps(p, r, all(C[0]));
    __m512i shifted = _mm512_slli_epi32(_mm512_castps_si512(t), 23);
    return _mm512_castsi512_ps(_mm512_add_epi32(_mm512_castps_si512(p), shifted));
}

/* 2^-s */
INLINE __m512 power(__m512 s) {
    __m512 t = _mm512_sub_ps(all(ROUND), s);
    return times_power(_mm512_sub_ps(_mm512_sub_ps(all(ROUND), t), s), t);
}

/* e^(k s) with the factor in the exponent: two multiplications more */
INLINE __m512 exponential(__m512 s, float k) {
    __m512 t = _mm512_fmadd_ps(s, all(k), all(ROUND));
    return times_power(_mm512_fmadd_ps(s, all(k), _mm512_sub_ps(all(ROUND), t)), t);
}

/* ---- sums in three dimensions: a strip of targets, sources that go by ROWS at a time ---- */

enum { STRIP = 512, SOURCES = 2048 };

#define SUMS(name, ROWS, value)                                                                   \
    __attribute__((noinline)) static void name(float *strip, const float *sources) {              \
        for (int j = 0; j < SOURCES; j += ROWS)                                                   \
            for (int i = 0; i < STRIP; i += 16) {                                                 \
                __m512 x = _mm512_loadu_ps(strip + i), y = _mm512_loadu_ps(strip + STRIP + i);    \
                __m512 z = _mm512_loadu_ps(strip + 2 * STRIP + i);                                \
                __m512 sum = _mm512_loadu_ps(strip + 3 * STRIP + i);                              \
                for (int r = 0; r < ROWS; r++) {                                                  \
                    const float *p = sources + 4 * (j + r);                                       \
                    __m512 dx = _mm512_sub_ps(x, all(p[0])), dy = _mm512_sub_ps(y, all(p[1]));    \
                    __m512 dz = _mm512_sub_ps(z, all(p[2]));                                      \
                    __m512 s = _mm512_mul_ps(dx, dx);                                             \
                    s = _mm512_fmadd_ps(dz, dz, _mm512_fmadd_ps(dy, dy, s));                      \
                    sum = _mm512_fmadd_ps(value, all(p[3]), sum);                                 \
                }                                                                                 \
                _mm512_storeu_ps(strip + 3 * STRIP + i, sum);                                     \
            }                                                                                     \
    }

SUMS(factor2, 2, exponential(s, -0.72f))
SUMS(factor4, 4, exponential(s, -0.72f))
SUMS(scaled2, 2, power(s))
SUMS(scaled4, 4, power(s))

static void sums(const char *what, void (*run)(float *, const float *)) {
    float *sources = aligned_alloc(64, 16 * SOURCES);
    float *strip = aligned_alloc(64, 16 * STRIP);
    for (int k = 0; k < 4 * SOURCES; k++) sources[k] = drand48();
    for (int k = 0; k < 4 * STRIP; k++) strip[k] = k < 3 * STRIP ? drand48() : 0;
    double best = 1e9;
    for (int k = 0; k < 400; k++) {
        double t = now();
        run(strip, sources);
        t = now() - t;
        best = t < best ? t : best;
    }
    printf("%-66s %5.2f 10^9 pairs/s\n", what, 1e-9 * STRIP * SOURCES / best);
    free(sources);
    free(strip);
}

/* ---- a megapixel of 100,000 Gaussians in three colours, as `kernfield bench rbf` has it ---- */

enum { SIDE = 1000, KERNELS = 100000, HEIGHT = 64, BATCH = 32 };
enum { X, Y, A, AB, CC, W, RECORD = 8 };

#define CUT 6.4921276840f /* 9/2 / ln 2 */

static float *records;
static int *boxes;
static float values[2][BATCH];

INLINE void row(const float *g, __m512 column, __m512 shift, __m512 v2, float *at) {
    __m512 u = _mm512_add_ps(column, shift);
    __m512 s = _mm512_fmadd_ps(u, u, v2);
    __m512 e = _mm512_maskz_mov_ps(_mm512_cmp_ps_mask(s, all(CUT), _CMP_LE_OQ), power(s));
    for (int c = 0; c < 3; c++, at += SIDE * SIDE)
        _mm512_storeu_ps(at, _mm512_fmadd_ps(e, all(g[W + c]), _mm512_loadu_ps(at)));
}

/* isBatched: what depends on the row alone for sixteen rows at once, otherwise row by row */
INLINE void band(const float *g, long x, long from, long to, float *image, int isBatched) {
    __m512 iota = _mm512_setr_ps(.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f, 6.5f, 7.5f, 8.5f, 9.5f, 10.5f,
                                 11.5f, 12.5f, 13.5f, 14.5f, 15.5f);
    __m512 column = _mm512_mul_ps(all(g[A]), _mm512_add_ps(iota, all((float)x - g[X])));
    if (!isBatched) {
        for (long y = from; y < to; y++) {
            float dy = (float)y + 0.5f - g[Y];
            row(g, column, all(g[AB] * dy), all(g[CC] * dy * g[CC] * dy), image + y * SIDE + x);
        }
        return;
    }
    for (long begin = from; begin < to; begin += BATCH) {
        long end = begin + BATCH < to ? begin + BATCH : to;
        for (long y = begin; y < end; y += 16) {
            __m512 dy = _mm512_sub_ps(_mm512_add_ps(all((float)y), iota), all(g[Y]));
            __m512 v = _mm512_mul_ps(dy, all(g[CC]));
            _mm512_storeu_ps(values[0] + y - begin, _mm512_mul_ps(dy, all(g[AB])));
            _mm512_storeu_ps(values[1] + y - begin, _mm512_mul_ps(v, v));
        }
        for (long y = begin; y < end; y++)
            row(g, column, all(values[0][y - begin]), all(values[1][y - begin]),
                image + y * SIDE + x);
    }
}

#define FIELD(name, isBatched)                                                                    \
    __attribute__((noinline)) static void name(const int *list, const int *start, float *image) { \
        for (long s = 0; s * HEIGHT < SIDE; s++) {                                                \
            long first = s * HEIGHT, last = first + HEIGHT < SIDE ? first + HEIGHT : SIDE;        \
            for (long c = 0; c < 3; c++)                                                          \
                memset(image + (c * SIDE + first) * SIDE, 0, (last - first) * SIDE * 4);          \
            for (long l = start[s]; l < start[s + 1]; l++) {                                      \
                const int *b = boxes + 4 * list[l];                                               \
                long y0 = b[2] > first ? b[2] : first, y1 = b[3] < last ? b[3] : last;            \
                for (long x = b[0]; x < b[1]; x += 16)                                            \
                    band(records + RECORD * list[l], x, y0, y1, image, isBatched);                \
            }                                                                                     \
        }                                                                                         \
    }

FIELD(rows_one_by_one, 0)
FIELD(rows_at_once, 1)

/* ---- the way back: eight sums of each source over its box, kept in registers down a band ---- */

enum { TERMS = 8, TOGETHER = 16 };

static float *lanes; /* of TOGETHER sources, lane by lane */
static float rows_of_band[3][BATCH];

INLINE void back_row(const float *g, __m512 column, long y, const float *at, __m512 *sum) {
    __m512 dy = all(rows_of_band[0][y]), d = _mm512_add_ps(column, all(rows_of_band[1][y]));
    __m512 u = _mm512_mul_ps(all(g[A]), d);
    __m512 s = _mm512_fmadd_ps(u, u, all(rows_of_band[2][y]));
    __m512 e = power(s), by[3], dot = _mm512_setzero_ps();
    for (int c = 0; c < 3; c++) by[c] = _mm512_loadu_ps(at + (long)c * SIDE * SIDE);
    dot = _mm512_fmadd_ps(all(g[W]), by[0],
                          _mm512_fmadd_ps(all(g[W + 1]), by[1], _mm512_mul_ps(all(g[W + 2]), by[2])));
    __mmask16 inside = _mm512_cmp_ps_mask(s, all(CUT), _CMP_LE_OQ);
    __m512 slope = _mm512_maskz_mov_ps(inside, _mm512_mul_ps(e, dot));
    e = _mm512_maskz_mov_ps(inside, e);
    for (int c = 0; c < 3; c++) sum[c] = _mm512_fmadd_ps(by[c], e, sum[c]);
    __m512 down = _mm512_mul_ps(slope, dy), across = _mm512_mul_ps(slope, d);
    sum[3] = _mm512_fmadd_ps(d, across, sum[3]);
    sum[4] = _mm512_add_ps(sum[4], down);
    sum[5] = _mm512_fmadd_ps(dy, down, sum[5]);
    sum[6] = _mm512_fmadd_ps(dy, across, sum[6]);
    sum[7] = _mm512_add_ps(sum[7], across);
}

INLINE void back_band(const float *g, long x, long from, long to, const float *image, float *out) {
    __m512 iota = _mm512_setr_ps(.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f, 6.5f, 7.5f, 8.5f, 9.5f, 10.5f,
                                 11.5f, 12.5f, 13.5f, 14.5f, 15.5f);
    __m512 column = _mm512_add_ps(iota, all((float)x - g[X])), sum[TERMS];
    for (int k = 0; k < TERMS; k++) sum[k] = _mm512_setzero_ps();
    for (long begin = from; begin < to; begin += BATCH) {
        long end = begin + BATCH < to ? begin + BATCH : to;
        for (long y = begin; y < end; y += 16) {
            __m512 dy = _mm512_sub_ps(_mm512_add_ps(all((float)y), iota), all(g[Y]));
            __m512 v = _mm512_mul_ps(dy, all(g[CC]));
            _mm512_storeu_ps(rows_of_band[0] + y - begin, dy);
            _mm512_storeu_ps(rows_of_band[1] + y - begin, _mm512_mul_ps(dy, all(g[AB] / g[A])));
            _mm512_storeu_ps(rows_of_band[2] + y - begin, _mm512_mul_ps(v, v));
        }
        for (long y = begin; y < end; y++)
            back_row(g, column, y - begin, image + y * SIDE + x, sum);
    }
    for (int k = 0; k < TERMS; k++) {
        float *place = out + 16 * k;
        _mm512_storeu_ps(place, _mm512_add_ps(_mm512_loadu_ps(place), sum[k]));
    }
}

__attribute__((noinline)) static void back(const float *image, float *gradient) {
    for (long first = 0; first < KERNELS; first += TOGETHER) {
        memset(lanes, 0, sizeof(float) * 16 * TERMS * TOGETHER);
        for (long j = first; j < first + TOGETHER; j++) {
            const int *b = boxes + 4 * j;
            float *out = lanes + 16 * TERMS * (j - first);
            for (long x = b[0]; x < b[1]; x += 16)
                back_band(records + RECORD * j, x, b[2], b[3], image, out);
        }
        for (long j = 0; j < TOGETHER; j++)
            for (long k = 0; k < TERMS; k++)
                gradient[k * KERNELS + first + j] =
                    _mm512_reduce_add_ps(_mm512_loadu_ps(lanes + 16 * (TERMS * j + k)));
    }
}

static void way_back(void) {
    float *image = aligned_alloc(64, sizeof(float) * 3 * SIDE * SIDE);
    float *gradient = aligned_alloc(64, sizeof(float) * TERMS * KERNELS);
    lanes = aligned_alloc(64, sizeof(float) * 16 * TERMS * TOGETHER);
    for (long i = 0; i < 3L * SIDE * SIDE; i++) image[i] = drand48() - 0.5;
    double best = 1e9;
    for (int k = 0; k < 100; k++) {
        double t = now();
        back(image, gradient);
        t = now() - t;
        best = t < best ? t : best;
    }
    printf("%-66s %5.1f Mpx/s\n", "picture, way back", 1e-6 * SIDE * SIDE / best);
    free(image);
    free(gradient);
    free(lanes);
}

static int by_cell(const void *a, const void *b) {
    const float *p = a, *q = b;
    return ((int)p[Y] / 16 - (int)q[Y] / 16) * SIDE + (int)p[X] / 16 - (int)q[X] / 16;
}

static int clamped(double a) { return a < 0 ? 0 : a > SIDE ? SIDE : (int)a; }

static void place(void) {
    double root = sqrt(0.5 / log(2));
    records = aligned_alloc(64, sizeof(float) * RECORD * KERNELS);
    boxes = malloc(sizeof(int) * 4 * KERNELS);
    for (int j = 0; j < KERNELS; j++) {
        float *g = records + RECORD * j;
        g[X] = drand48() * SIDE;
        g[Y] = drand48() * SIDE;
        g[A] = root / (1 + 2 * drand48());
        g[AB] = g[A] * (0.6 * drand48() - 0.3);
        g[CC] = root / (1 + 2 * drand48());
        for (int c = 0; c < 3; c++) g[W + c] = drand48() - 0.5;
    }
    qsort(records, KERNELS, sizeof(float) * RECORD, by_cell);
    for (int j = 0; j < KERNELS; j++) {
        float *g = records + RECORD * j;
        double down = 3 * root / g[CC], slope = g[AB] / g[A];
        double across = hypot(3 * root / g[A], slope * down);
        int *b = boxes + 4 * j, x0 = clamped(ceil(g[X] - across - 0.5));
        int width = (clamped(floor(g[X] + across - 0.5) + 1) - x0 + 15) / 16 * 16;
        b[0] = x0 > SIDE - width ? SIDE - width : x0;
        b[1] = b[0] + width;
        b[2] = clamped(ceil(g[Y] - down - 0.5));
        b[3] = clamped(floor(g[Y] + down - 0.5) + 1);
    }
}

static void field(const char *what, void (*run)(const int *, const int *, float *)) {
    enum { STRIPS = (SIDE + HEIGHT - 1) / HEIGHT };
    int start[STRIPS + 1] = {0};
    int *list = malloc(sizeof(int) * 4 * KERNELS);
    for (int s = 0; s < STRIPS; s++) {
        start[s + 1] = start[s];
        for (int j = 0; j < KERNELS; j++)
            if (boxes[4 * j + 2] < (s + 1) * HEIGHT && boxes[4 * j + 3] > s * HEIGHT)
                list[start[s + 1]++] = j;
    }
    float *image = aligned_alloc(64, sizeof(float) * 3 * SIDE * SIDE);
    double best = 1e9;
    for (int k = 0; k < 100; k++) {
        double t = now();
        run(list, start, image);
        t = now() - t;
        best = t < best ? t : best;
    }
    printf("%-66s %5.1f Mpx/s\n", what, 1e-6 * SIDE * SIDE / best);
    free(list);
    free(image);
}

int main(void) {
    sums("d = 3, factor in the exponent, two sources at a time", factor2);
    sums("d = 3, factor in the exponent, four", factor4);
    sums("d = 3, factor in the coordinates, two", scaled2);
    sums("d = 3, factor in the coordinates, four", scaled4);
    place();
    field("picture, forward, what depends on the row alone row by row", rows_one_by_one);
    field("picture, forward, that for all rows of a box at once", rows_at_once);
    way_back();
    return 0;
}
