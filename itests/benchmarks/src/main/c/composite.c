/*
 * Splats laid over each other front to back, written by hand with AVX2 intrinsics. Splats sorted by
 * depth lie as rows of 16 floats:
 *
 *   0 x, 1 a, 2..4 colour, 5 b, 6 log2 opacity, 7 c, 8 y
 *                       alpha = 2^(a dx^2 + b dx dy + c dy^2 + log2 opacity)
 *   9 w, 10 k, 11 s     the row at dy has alpha >= 1/255 for |x - x_0 + s dy| <= sqrt(w - k dy^2)
 *   12 top, 13 bottom   rows with alpha >= 1/255
 *
 * and list[start[t]] to list[start[t + 1] - 1] are the splats that meet tile t, in that order.
 *
 * A tile of 64 x 16 pixels is 128 vectors. Splats go by in batches. For each batch three loops:
 * spans() turns the rows of all its splats into one flat list of vectors that they cover, so that no
 * branch has to guess where a row ends; alphas() computes the opacities of all of these, which do
 * not depend on each other; over() lays them over the tile in the order of the list.
 */
#include <immintrin.h>
#include <string.h>

#define TILE_W 64
#define TILE_H 16
#define ACROSS (TILE_W / 8)
#define VECTORS (ACROSS * TILE_H)
#define BATCH 16
#define ROWS (BATCH * TILE_H)
#define RECORD 16

#define ALPHA_MAX 0.99f
#define ALPHA_MIN (1 / 255.f)
#define LEAST 1e-4f
#define ROUND 0x1.8p23f

/* T, then three colours of eight pixels; T of a pixel that is done is negative */
static float tile[VECTORS][32] __attribute__((aligned(64)));
static float columns[TILE_W] __attribute__((aligned(64)));
/* a record's first eight numbers, with b dy for b and c dy^2 + log2 opacity for log2 opacity */
static float rows[ROWS][8] __attribute__((aligned(64)));
static unsigned items[ROWS * ACROSS + 16];
static float alpha[ROWS * ACROSS + 16][8] __attribute__((aligned(64)));

static inline __attribute__((always_inline)) __m256 all(float a) { return _mm256_set1_ps(a); }

static int clamp(float v, int most) { return v < 0 ? 0 : v > most ? most : (int)v; }

/*
 * The vectors that splats from..to of the list cover, as row << 16 | vector of the tile; ends of
 * rows are rounded outwards. Vectors whose pixels are all done are left out where open is given.
 */
static int spans(const float *splats, const int *list, int from, int to, int x0, int y0,
                 const int *open) {
    const __m256 iota = _mm256_setr_ps(.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f, 6.5f, 7.5f);
    int begins[8] __attribute__((aligned(32))), many[8] __attribute__((aligned(32)));
    float slopes[8] __attribute__((aligned(32))), offsets[8] __attribute__((aligned(32)));
    int count = 0, row = 0;
    for (int l = from; l < to; l++) {
        const float *g = splats + (long)RECORD * list[l];
        int first = clamp(g[12] - y0 + .5f, TILE_H), last = clamp(g[13] - y0 + .5f, TILE_H);
        __m256 head = _mm256_loadu_ps(g);
        for (int y = first; y < last; y += 8) {
            __m256 dy = _mm256_add_ps(iota, all(y0 + y - g[8]));
            __m256 square = _mm256_mul_ps(dy, dy);
            __m256 reach = _mm256_fnmadd_ps(all(g[10]), square, all(g[9]));
            __m256 half = _mm256_sqrt_ps(_mm256_max_ps(reach, all(0)));
            __m256 middle = _mm256_fnmadd_ps(all(g[11]), dy, all(g[0] - x0));
            __m256 left = _mm256_sub_ps(middle, _mm256_add_ps(half, all(.5f)));
            __m256 right = _mm256_add_ps(middle, half);
            __m256 any = _mm256_and_ps(_mm256_cmp_ps(reach, all(0), _CMP_GE_OQ),
                                       _mm256_and_ps(_mm256_cmp_ps(right, all(0), _CMP_GE_OQ),
                                                     _mm256_cmp_ps(left, all(TILE_W), _CMP_LT_OQ)));
            __m256i begin = _mm256_srli_epi32(
                _mm256_cvttps_epi32(_mm256_max_ps(left, all(0))), 3);
            __m256i end = _mm256_srli_epi32(
                _mm256_cvttps_epi32(_mm256_min_ps(right, all(TILE_W - 1))), 3);
            __m256i width = _mm256_sub_epi32(_mm256_add_epi32(end, _mm256_set1_epi32(1)), begin);
            _mm256_store_si256((__m256i *)begins, begin);
            _mm256_store_si256((__m256i *)many,
                               _mm256_and_si256(width, _mm256_castps_si256(any)));
            _mm256_store_ps(slopes, _mm256_mul_ps(all(g[5]), dy));
            _mm256_store_ps(offsets, _mm256_fmadd_ps(all(g[7]), square, all(g[6])));
            for (int r = 0; r < 8 && y + r < last; r++) {
                _mm256_store_ps(rows[row], head);
                rows[row][5] = slopes[r];
                rows[row][6] = offsets[r];
                __m128i code = _mm_set1_epi32((row << 16) | ((y + r) * ACROSS + begins[r]));
                _mm_storeu_si128((__m128i *)(items + count),
                                 _mm_add_epi32(code, _mm_setr_epi32(0, 1, 2, 3)));
                if (many[r] > 4)
                    _mm_storeu_si128((__m128i *)(items + count + 4),
                                     _mm_add_epi32(code, _mm_setr_epi32(4, 5, 6, 7)));
                count += many[r];
                row++;
            }
        }
    }
    if (open) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            items[kept] = items[i];
            kept += open[items[i] & 0xffff];
        }
        count = kept;
    }
    return count;
}

/* 2^e by a polynomial of degree 4, relative error 2.6e-6; e below -30 counts as -30: 2^-30 is no
   opacity that is seen, and products with it stay above the denormal numbers */
static inline __attribute__((always_inline)) __m256 opacity(unsigned item) {
    const float *r = rows[item >> 16];
    __m256 dx = _mm256_sub_ps(_mm256_load_ps(columns + 8 * (item % ACROSS)), all(r[0]));
    __m256 e = _mm256_fmadd_ps(_mm256_fmadd_ps(all(r[1]), dx, all(r[5])), dx, all(r[6]));
    e = _mm256_max_ps(e, all(-30));
    __m256 t = _mm256_add_ps(e, all(ROUND));
    __m256 f = _mm256_sub_ps(e, _mm256_sub_ps(t, all(ROUND)));
    __m256 p = _mm256_fmadd_ps(all(0.009570101908084362f), f, all(0.05591786031930516f));
    p = _mm256_fmadd_ps(p, f, all(0.2402474482794395f));
    p = _mm256_fmadd_ps(p, f, all(0.6931218147367705f));
    p = _mm256_fmadd_ps(p, f, all(0.9999992614457144f));
    p = _mm256_castsi256_ps(
        _mm256_add_epi32(_mm256_castps_si256(p), _mm256_slli_epi32(_mm256_castps_si256(t), 23)));
    p = _mm256_min_ps(p, all(ALPHA_MAX));
    return _mm256_and_ps(p, _mm256_cmp_ps(p, all(ALPHA_MIN), _CMP_GE_OQ));
}

static void alphas(int count) {
    for (int i = 0; i < count; i += 2) {
        __m256 a = opacity(items[i]), b = opacity(items[i + 1]);
        _mm256_store_ps(alpha[i], a);
        _mm256_store_ps(alpha[i + 1], b);
    }
}

static void over(int count) {
    for (int i = 0; i < count; i++) {
        const float *r = rows[items[i] >> 16];
        float *to = tile[items[i] & 0xffff];
        __m256 t0 = _mm256_load_ps(to);
        __m256 w = _mm256_mul_ps(_mm256_load_ps(alpha[i]), t0);
        __m256 t1 = _mm256_sub_ps(t0, w);
        __m256 done = _mm256_cmp_ps(t1, all(LEAST), _CMP_LT_OQ);
        w = _mm256_andnot_ps(done, w);
        _mm256_store_ps(to, _mm256_blendv_ps(t1, _mm256_or_ps(t0, all(-0.f)), done));
        for (int c = 1; c < 4; c++)
            _mm256_store_ps(to + 8 * c,
                            _mm256_fmadd_ps(w, all(r[1 + c]), _mm256_load_ps(to + 8 * c)));
    }
}

/* image: planes of what is left and of three colours, width a multiple of 64, height of 16 */
void composite(const float *splats, const int *list, const int *start, long width, long height,
               float *image) {
    int open[VECTORS];
    for (long y0 = 0, t = 0; y0 < height; y0 += TILE_H) {
        for (long x0 = 0; x0 < width; x0 += TILE_W, t++) {
            for (int x = 0; x < TILE_W; x++) columns[x] = x0 + x + .5f;
            memset(tile, 0, sizeof tile);
            for (int v = 0; v < VECTORS; v++)
                for (int x = 0; x < 8; x++) tile[v][x] = 1;
            int shut = 0, batch = 0;
            for (int l = start[t]; l < start[t + 1] && shut < VECTORS; l += BATCH) {
                int to = l + BATCH < start[t + 1] ? l + BATCH : start[t + 1];
                for (int k = to; k < to + BATCH && k < start[t + 1]; k++)
                    _mm_prefetch((const char *)(splats + (long)RECORD * list[k]), _MM_HINT_T0);
                int count = spans(splats, list, l, to, x0, y0, shut ? open : 0);
                alphas(count);
                over(count);
                if (++batch % 4 == 0) {
                    shut = 0;
                    for (int v = 0; v < VECTORS; v++) {
                        open[v] = _mm256_movemask_ps(_mm256_load_ps(tile[v])) != 255;
                        shut += 1 - open[v];
                    }
                }
            }
            for (int v = 0; v < VECTORS; v++) {
                float *to = image + (y0 + v / ACROSS) * width + x0 + 8 * (v % ACROSS);
                __m256 left = _mm256_andnot_ps(all(-0.f), _mm256_load_ps(tile[v]));
                _mm256_storeu_ps(to, left);
                for (int c = 1; c < 4; c++)
                    _mm256_storeu_ps(to + c * width * height, _mm256_load_ps(tile[v] + 8 * c));
            }
        }
    }
}
