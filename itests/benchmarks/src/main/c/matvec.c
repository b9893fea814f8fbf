/*
 * Sums of Gaussians written by hand with AVX2 intrinsics, the yardstick for the Java beside them:
 * out_i += sum over j of 2^(-|x_i - p_j|^2) w_j, coordinates scaled beforehand.
 *
 * A strip of targets lies in the first-level cache. For every two sources one loop writes the
 * exponents of the strip and a second one takes the exponentials: a single loop would carry chains
 * of some 45 cycles, of which the schedulers cannot hold enough at once to fill the pipes.
 */
#include <immintrin.h>
#include <string.h>

#define STRIP 512
#define STRIP64 256
#define ROUND 0x1.8p23f
#define ROUND64 0x1.8p52

/* 2^r on [-1/2, 1/2], minimax; relative error 7.5e-8 */
static const float C[] = {1.0000000716546822f,  0.6931469670647331f,   0.24022119723848476f,
                          0.05550713273542589f, 0.009675541334216184f, 0.0013276471979479397f};

/* the same through Chebyshev's points, degree 10; relative error 3e-16 */
static const double C64[] = {1.0,
                             0.6931471805599499829,
                             0.2402265069591009822,
                             0.05550410866444771917,
                             0.009618129107606888527,
                             0.00133335582301649739,
                             0.0001540353044173605015,
                             0.00001525265726020083706,
                             1.321544258792168965e-6,
                             1.020869029995830583e-7,
                             7.0725859492692237e-9};

static inline __attribute__((always_inline)) __m256 all(float a) { return _mm256_set1_ps(a); }

/* 2^-q, q >= 0; q of more than 126 counts as 126 */
static inline __attribute__((always_inline)) __m256 exp2neg(__m256 q) {
    q = _mm256_castsi256_ps(
        _mm256_min_epi32(_mm256_castps_si256(q), _mm256_castps_si256(all(126))));
    __m256 t = _mm256_add_ps(q, all(ROUND));
    __m256 r = _mm256_sub_ps(_mm256_sub_ps(t, all(ROUND)), q);
    __m256 p = _mm256_fmadd_ps(all(C[5]), r, all(C[4]));
    p = _mm256_fmadd_ps(p, r, all(C[3]));
    p = _mm256_fmadd_ps(p, r, all(C[2]));
    p = _mm256_fmadd_ps(p, r, all(C[1]));
    p = _mm256_fmadd_ps(p, r, all(C[0]));
    return _mm256_castsi256_ps(
        _mm256_sub_epi32(_mm256_castps_si256(p), _mm256_slli_epi32(_mm256_castps_si256(t), 23)));
}

static inline __attribute__((always_inline)) void exponentials(
    const float *q, float w0, float w1, float *out) {
    for (long i = 0; i < STRIP; i += 8) {
        __m256 e0 = exp2neg(_mm256_loadu_ps(q + i));
        __m256 e1 = exp2neg(_mm256_loadu_ps(q + STRIP + i));
        __m256 sum = _mm256_fmadd_ps(e0, all(w0), _mm256_loadu_ps(out + i));
        _mm256_storeu_ps(out + i, _mm256_fmadd_ps(e1, all(w1), sum));
    }
}

/*
 * Brings planes' pieces of one strip together. Planes a multiple of 4 KB apart would share cache
 * sets, and nine of them thrash eight ways.
 */
static void gather(const float *x, long n, int planes, float *to) {
    for (int k = 0; k < planes; k++) memcpy(to + k * STRIP, x + k * n, STRIP * sizeof(float));
}

/* q_ki (+)= |x|^2 + |p|^2 + four products; two sources' coordinates stay in registers */
static inline __attribute__((always_inline)) void four(
    const float *near, const float *norm, const float *at, float *q) {
    for (long i = 0; i < STRIP; i += 8) {
        __m256 s0, s1;
        if (norm) {
            s0 = _mm256_add_ps(_mm256_load_ps(norm + i), all(at[8]));
            s1 = _mm256_add_ps(_mm256_load_ps(norm + i), all(at[17]));
        } else {
            s0 = _mm256_load_ps(q + i);
            s1 = _mm256_load_ps(q + STRIP + i);
        }
        for (int k = 0; k < 4; k++) {
            __m256 x = _mm256_load_ps(near + k * STRIP + i);
            s0 = _mm256_fmadd_ps(x, all(at[k]), s0);
            s1 = _mm256_fmadd_ps(x, all(at[9 + k]), s1);
        }
        if (!norm) { /* rounding may leave the square of a small distance below 0 */
            __m256i zero = _mm256_setzero_si256();
            s0 = _mm256_castsi256_ps(_mm256_max_epi32(_mm256_castps_si256(s0), zero));
            s1 = _mm256_castsi256_ps(_mm256_max_epi32(_mm256_castps_si256(s1), zero));
        }
        _mm256_store_ps(q + i, s0);
        _mm256_store_ps(q + STRIP + i, s1);
    }
}

/*
 * Eight dimensions by |x|^2 + |p|^2 - 2 x.p. x: 9 planes of n targets, the last |x|^2;
 * p: 9 numbers a source, -2 p and |p|^2.
 */
void gaussian8(const float *x, long n, const float *p, const float *w, long m, float *out) {
    float q[2 * STRIP] __attribute__((aligned(32)));
    float near[9 * STRIP] __attribute__((aligned(32)));
    for (long s = 0; s < n; s += STRIP) {
        gather(x + s, n, 9, near);
        for (long j = 0; j < m; j += 2) {
            four(near, near + 8 * STRIP, p + 9 * j, q);
            four(near + 4 * STRIP, 0, p + 9 * j + 4, q);
            exponentials(q, w[j], w[j + 1], out + s);
        }
    }
}

/* rows of squared distances to sources j and j + 1 of 3 planes of m */
static inline __attribute__((always_inline)) void distances(
    const float *near, const float *p, long m, long j, float *q) {
    for (long i = 0; i < STRIP; i += 8) {
        for (int k = 0; k < 2; k++) {
            const float *at = p + j + k;
            __m256 d = _mm256_sub_ps(_mm256_load_ps(near + i), all(at[0]));
            __m256 sum = _mm256_mul_ps(d, d);
            d = _mm256_sub_ps(_mm256_load_ps(near + STRIP + i), all(at[m]));
            sum = _mm256_fmadd_ps(d, d, sum);
            d = _mm256_sub_ps(_mm256_load_ps(near + 2 * STRIP + i), all(at[2 * m]));
            _mm256_store_ps(q + k * STRIP + i, _mm256_fmadd_ps(d, d, sum));
        }
    }
}

/* x: 3 planes of n targets, p: 3 planes of m sources; n a multiple of STRIP, m of 2 */
void gaussian3(const float *x, long n, const float *p, const float *w, long m, float *out) {
    float q[2 * STRIP] __attribute__((aligned(32)));
    float near[3 * STRIP] __attribute__((aligned(32)));
    for (long s = 0; s < n; s += STRIP) {
        gather(x + s, n, 3, near);
        for (long j = 0; j < m; j += 2) {
            distances(near, p, m, j, q);
            exponentials(q, w[j], w[j + 1], out + s);
        }
    }
}

static inline float folded(__m256 v) {
    float lanes[8];
    _mm256_storeu_ps(lanes, v);
    for (int h = 4; h > 0; h /= 2)
        for (int k = 0; k < h; k++) lanes[k] += lanes[k + h];
    return lanes[0];
}

/* The sources are the targets: each strip meets itself and the points behind it. */
void symmetric3(const float *x, long n, const float *w, float *out) {
    float q[2 * STRIP] __attribute__((aligned(32)));
    float near[3 * STRIP] __attribute__((aligned(32)));
    for (long s = 0; s < n; s += STRIP) {
        gather(x + s, n, 3, near);
        for (long j = s; j < s + STRIP; j += 2) {
            distances(near, x, n, j, q);
            exponentials(q, w[j], w[j + 1], out + s);
        }
        for (long j = s + STRIP; j < n; j += 2) {
            distances(near, x, n, j, q);
            __m256 back0 = _mm256_setzero_ps(), back1 = back0;
            for (long i = 0; i < STRIP; i += 8) {
                __m256 e0 = exp2neg(_mm256_load_ps(q + i));
                __m256 e1 = exp2neg(_mm256_load_ps(q + STRIP + i));
                __m256 own = _mm256_loadu_ps(w + s + i);
                back0 = _mm256_fmadd_ps(e0, own, back0);
                back1 = _mm256_fmadd_ps(e1, own, back1);
                float *to = out + s + i;
                __m256 sum = _mm256_fmadd_ps(e0, all(w[j]), _mm256_loadu_ps(to));
                _mm256_storeu_ps(to, _mm256_fmadd_ps(e1, all(w[j + 1]), sum));
            }
            out[j] += folded(back0);
            out[j + 1] += folded(back1);
        }
    }
}

static inline __attribute__((always_inline)) __m256d exp2neg64(__m256d q) {
    /* only the upper halves are compared: whatever is above 1022 becomes about 1022 */
    __m256i top = _mm256_set1_epi64x(0x408FE0007FFFFFFFL);
    q = _mm256_castsi256_pd(_mm256_min_epi32(_mm256_castpd_si256(q), top));
    __m256d t = _mm256_add_pd(q, _mm256_set1_pd(ROUND64));
    __m256d r = _mm256_sub_pd(_mm256_sub_pd(t, _mm256_set1_pd(ROUND64)), q);
    __m256d p = _mm256_set1_pd(C64[10]);
    for (int k = 9; k >= 0; k--) p = _mm256_fmadd_pd(p, r, _mm256_set1_pd(C64[k]));
    return _mm256_castsi256_pd(
        _mm256_sub_epi64(_mm256_castpd_si256(p), _mm256_slli_epi64(_mm256_castpd_si256(t), 52)));
}

void gaussian3_f64(const double *x, long n, const double *p, const double *w, long m, double *out) {
    double q[2 * STRIP64] __attribute__((aligned(32)));
    double near[3 * STRIP64] __attribute__((aligned(32)));
    for (long s = 0; s < n; s += STRIP64) {
        for (int k = 0; k < 3; k++)
            memcpy(near + k * STRIP64, x + k * n + s, STRIP64 * sizeof(double));
        for (long j = 0; j < m; j += 2) {
            for (long i = 0; i < STRIP64; i += 4) {
                for (int k = 0; k < 2; k++) {
                    const double *at = p + j + k;
                    __m256d d =
                        _mm256_sub_pd(_mm256_load_pd(near + i), _mm256_set1_pd(at[0]));
                    __m256d sum = _mm256_mul_pd(d, d);
                    d = _mm256_sub_pd(_mm256_load_pd(near + STRIP64 + i), _mm256_set1_pd(at[m]));
                    sum = _mm256_fmadd_pd(d, d, sum);
                    d = _mm256_sub_pd(_mm256_load_pd(near + 2 * STRIP64 + i),
                                      _mm256_set1_pd(at[2 * m]));
                    _mm256_store_pd(q + k * STRIP64 + i, _mm256_fmadd_pd(d, d, sum));
                }
            }
            for (long i = 0; i < STRIP64; i += 4) {
                __m256d e0 = exp2neg64(_mm256_load_pd(q + i));
                __m256d e1 = exp2neg64(_mm256_load_pd(q + STRIP64 + i));
                __m256d sum =
                    _mm256_fmadd_pd(e0, _mm256_set1_pd(w[j]), _mm256_loadu_pd(out + s + i));
                _mm256_storeu_pd(out + s + i, _mm256_fmadd_pd(e1, _mm256_set1_pd(w[j + 1]), sum));
            }
        }
    }
}
