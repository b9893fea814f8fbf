/*
 * A picture as a sum of Gaussians cut off at three deviations, and its gradient, by hand with AVX2
 * intrinsics: f(x) = sum over j of w_j 2^(-q), q = (a (dx + b dy))^2 + (c dy)^2 <= CUT, else 0.
 *
 * Boxes are taken in bands of one to three vectors of columns, each band row by row: what depends
 * on the column alone stays in registers, and the loop down a band is long where one along a row
 * would hardly begin. Rows of the picture are `width` floats apart, planes width * height.
 */
#include <immintrin.h>

#define ROUND 0x1.8p23f
#define CUT 6.4921276840f /* 9/2 / ln 2 */

static const float C[] = {1.0000000716546822f,  0.6931469670647331f,   0.24022119723848476f,
                          0.05550713273542589f, 0.009675541334216184f, 0.0013276471979479397f};

static inline __attribute__((always_inline)) __m256 all(float a) { return _mm256_set1_ps(a); }

/* 2^-q where q <= CUT, 0 elsewhere */
static inline __attribute__((always_inline)) __m256 bell(__m256 q) {
    __m256 t = _mm256_add_ps(q, all(ROUND));
    __m256 r = _mm256_sub_ps(_mm256_sub_ps(t, all(ROUND)), q);
    __m256 p = _mm256_fmadd_ps(all(C[5]), r, all(C[4]));
    p = _mm256_fmadd_ps(p, r, all(C[3]));
    p = _mm256_fmadd_ps(p, r, all(C[2]));
    p = _mm256_fmadd_ps(p, r, all(C[1]));
    p = _mm256_fmadd_ps(p, r, all(C[0]));
    __m256i e =
        _mm256_sub_epi32(_mm256_castps_si256(p), _mm256_slli_epi32(_mm256_castps_si256(t), 23));
    return _mm256_and_ps(_mm256_castsi256_ps(e), _mm256_cmp_ps(q, all(CUT), _CMP_LE_OQ));
}

/* records of 8: x, y, a, a b, c, three weights */
enum { X, Y, A, AB, CC, W, RECORD = 8 };

static inline __attribute__((always_inline)) void band(
    const float *g, long x, long from, long to, float *image, long width, long plane, int vectors) {
    const __m256 iota = _mm256_setr_ps(0.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f, 6.5f, 7.5f);
    __m256 column[3];
    for (int t = 0; t < vectors; t++)
        column[t] = _mm256_mul_ps(
            all(g[A]), _mm256_add_ps(iota, all((float)(x + 8 * t) - g[X])));
    __m256 w0 = all(g[W]), w1 = all(g[W + 1]), w2 = all(g[W + 2]);
    for (long y = from; y < to; y++) {
        float dy = (float)y + 0.5f - g[Y];
        __m256 shift = all(g[AB] * dy), v2 = all(g[CC] * dy * g[CC] * dy);
        float *at = image + y * width + x;
        for (int t = 0; t < vectors; t++, at += 8) {
            __m256 u = _mm256_add_ps(column[t], shift);
            __m256 e = bell(_mm256_fmadd_ps(u, u, v2));
            _mm256_storeu_ps(at, _mm256_fmadd_ps(e, w0, _mm256_loadu_ps(at)));
            float *second = at + plane, *third = at + 2 * plane;
            _mm256_storeu_ps(second, _mm256_fmadd_ps(e, w1, _mm256_loadu_ps(second)));
            _mm256_storeu_ps(third, _mm256_fmadd_ps(e, w2, _mm256_loadu_ps(third)));
        }
    }
}

/*
 * Adds sources to the rows first to last - 1 of the picture. box: first and end column, first and
 * end row of each source, the width a multiple of 8.
 */
static void strip(const float *records, const int *box, const int *list, long from, long to,
                  long first, long last, float *image, long width, long plane) {
    for (long l = from; l < to; l++) {
        const float *g = records + RECORD * list[l];
        const int *b = box + 4 * list[l];
        long y0 = b[2] > first ? b[2] : first, y1 = b[3] < last ? b[3] : last;
        long x = b[0];
        for (; x + 16 < b[1]; x += 24) band(g, x, y0, y1, image, width, plane, 3);
        if (x + 8 < b[1])
            band(g, x, y0, y1, image, width, plane, 2);
        else if (x < b[1])
            band(g, x, y0, y1, image, width, plane, 1);
    }
}

/* lists of the sources of each strip of 16 rows, one after the other; image cleared beforehand */
void field(const float *records, const int *box, const int *list, const int *start, float *image,
           long width, long height) {
    for (long s = 0; s * 16 < height; s++) {
        long last = s * 16 + 16 < height ? s * 16 + 16 : height;
        for (long k = 0; k < 3; k++)
            __builtin_memset(image + k * width * height + s * 16 * width, 0,
                             (last - s * 16) * width * sizeof(float));
        strip(records, box, list, start[s], start[s + 1], s * 16, last, image, width,
              width * height);
    }
}

enum { E_U, E_UY, E_UU, E_Y, E_YY, D0, D1, D2, SUMS };

static inline __attribute__((always_inline)) void band_back(
    const float *g, long x, long from, long to, const float *d, long width, long plane, int vectors,
    __m256 *sums) {
    const __m256 iota = _mm256_setr_ps(0.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f, 6.5f, 7.5f);
    __m256 column[2];
    for (int t = 0; t < vectors; t++)
        column[t] = _mm256_mul_ps(
            all(g[A]), _mm256_add_ps(iota, all((float)(x + 8 * t) - g[X])));
    __m256 s[SUMS];
    for (int k = 0; k < SUMS; k++) s[k] = sums[k];
    for (long y = from; y < to; y++) {
        float dy = (float)y + 0.5f - g[Y];
        __m256 shift = all(g[AB] * dy), v2 = all(g[CC] * dy * g[CC] * dy);
        const float *at = d + y * width + x;
        __m256 e0, e1, e2;
        for (int t = 0; t < vectors; t++, at += 8) {
            __m256 u = _mm256_add_ps(column[t], shift);
            __m256 e = bell(_mm256_fmadd_ps(u, u, v2));
            __m256 c0 = _mm256_loadu_ps(at);
            __m256 c1 = _mm256_loadu_ps(at + plane);
            __m256 c2 = _mm256_loadu_ps(at + 2 * plane);
            s[D0] = _mm256_fmadd_ps(e, c0, s[D0]);
            s[D1] = _mm256_fmadd_ps(e, c1, s[D1]);
            s[D2] = _mm256_fmadd_ps(e, c2, s[D2]);
            __m256 h = _mm256_mul_ps(c0, all(g[W]));
            h = _mm256_fmadd_ps(c1, all(g[W + 1]), h);
            h = _mm256_mul_ps(e, _mm256_fmadd_ps(c2, all(g[W + 2]), h));
            __m256 hu = _mm256_mul_ps(h, u);
            e0 = t ? _mm256_add_ps(e0, h) : h;
            e1 = t ? _mm256_add_ps(e1, hu) : hu;
            e2 = t ? _mm256_fmadd_ps(hu, u, e2) : _mm256_mul_ps(hu, u);
        }
        s[E_U] = _mm256_add_ps(s[E_U], e1);
        s[E_UU] = _mm256_add_ps(s[E_UU], e2);
        s[E_UY] = _mm256_fmadd_ps(e1, all(dy), s[E_UY]);
        s[E_Y] = _mm256_fmadd_ps(e0, all(dy), s[E_Y]);
        s[E_YY] = _mm256_fmadd_ps(e0, all(dy * dy), s[E_YY]);
    }
    for (int k = 0; k < SUMS; k++) sums[k] = s[k];
}

static inline __attribute__((always_inline)) float folded(__m256 v) {
    __m128 a = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    a = _mm_add_ps(a, _mm_movehl_ps(a, a));
    return _mm_cvtss_f32(_mm_add_ss(a, _mm_shuffle_ps(a, a, 1)));
}

/* d: the derivative by the picture; out: SUMS numbers a source, from which all gradients follow */
void field_back(const float *records, const int *box, long count, const float *d, long width,
                long height, float *out) {
    for (long j = 0; j < count; j++) {
        const float *g = records + RECORD * j;
        const int *b = box + 4 * j;
        __m256 sums[SUMS];
        for (int k = 0; k < SUMS; k++) sums[k] = _mm256_setzero_ps();
        long x = b[0];
        for (; x + 8 < b[1]; x += 16)
            band_back(g, x, b[2], b[3], d, width, width * height, 2, sums);
        if (x < b[1]) band_back(g, x, b[2], b[3], d, width, width * height, 1, sums);
        for (int k = 0; k < SUMS; k++) out[SUMS * j + k] = folded(sums[k]);
    }
}
