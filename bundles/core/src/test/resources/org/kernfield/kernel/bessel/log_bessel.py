"""Reference values of log K, log I and their derivatives: python3 log_bessel.py 30 > log_bessel.csv

mpmath 1.3.0 with 40 digits: besselk and besseli up to h = sqrt(nu^2 + x^2) = 60, beyond it forty
terms of DLMF 10.41.3 and 10.41.4; derivatives by the order from central differences.
"""
import random
import sys
from mpmath import *

mp.dps = 40


def debye():
    u = [[mpf(1)]]
    for k in range(40):
        n = [mpf(0)] * (len(u[-1]) + 1)
        for j, c in enumerate(u[-1]):
            power = k + 2 * j
            n[j] += c * (mpf(power) / 2 + mpf(1) / (8 * (power + 1)))
            n[j + 1] -= c * (mpf(power) / 2 + mpf(5) / (8 * (power + 3)))
        u.append(n)
    return u


U = debye()


def uniform(v, x, sign):
    h = sqrt(v * v + x * x)
    tau = (v / h) ** 2
    total = fsum(polyval(c[::-1], tau) * (sign / h) ** k for k, c in enumerate(U))
    phase = h - v * asinh(v / x)
    if sign > 0:
        return phase - log(2 * pi * h) / 2 + log(total)
    return -phase + log(pi / (2 * h)) / 2 + log(total)


def log_k(v, x):
    return uniform(v, x, -1) if hypot(v, x) > 60 else log(besselk(v, x))


def log_i(v, x):
    return uniform(v, x, 1) if hypot(v, x) > 60 else log(besseli(v, x))


def points(n):
    for _ in range(n):
        x = 10 ** random.uniform(-10, 6)
        yield 10 ** random.uniform(-3, 4), x
        yield random.uniform(0, 30), 10 ** random.uniform(-1, 1.6)
        yield random.choice([0, 0.5, 1, 1.5, 2, 2.5, 3, 7, 10, 20, 29, 30]), 10 ** random.uniform(-10, 2)
        near = random.randint(1, 40) + random.choice([-1, 1]) * 10 ** random.uniform(-12, -3)
        yield near, 10 ** random.uniform(-3, 1)
        yield random.uniform(0, 10), 10 ** random.uniform(-3, 1)
        v = 10 ** random.uniform(1, 4)
        yield v, v * 0.6627434 * (1 + random.uniform(-0.003, 0.003))
        yield random.uniform(0, 1e4), 10 ** random.uniform(2, 4)
        h, a = 30 * (1 + random.uniform(-0.01, 0.01)), random.uniform(0, 1.5707)
        yield float(h * sin(a)), float(h * cos(a))
        yield random.uniform(0, 29), 2 * (1 + random.uniform(-1e-3, 1e-3))
        yield random.uniform(0, 22), random.uniform(2, 22)
        yield random.uniform(0, 2), random.choice([2, 4, 8]) * (1 + random.uniform(-0.1, 0.1))
        yield 10 ** random.uniform(-5, 0), 10 ** random.uniform(-9, 0.3)


def slope(f, v, x):
    e = mpf(10) ** -13
    if v > 2 * e:
        return (f(v + e, x) - f(v - e, x)) / (2 * e)
    return (-3 * f(v, x) + 4 * f(v + e, x) - f(v + 2 * e, x)) / (2 * e)


random.seed(1)
print("# nu, x, log K, d/dx, d/dnu, log I, d/dx, d/dnu")
for v, x in points(int(sys.argv[1])):
    v, x = mpf(float(v)), mpf(float(x))
    k, i = log_k(v, x), log_i(v, x)
    row = (v, x, k, v / x - exp(log_k(v + 1, x) - k), slope(log_k, v, x) if v else mpf(0),
           i, v / x + exp(log_i(v + 1, x) - i), slope(log_i, v, x))
    print(",".join(nstr(q, 20) for q in row), flush=True)
