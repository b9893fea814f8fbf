package org.kernfield.gp;

/** How a hyper-parameter v becomes a coordinate u in which an optimiser walks. */
public enum Transform {
    /** u = v. */
    IDENTITY {
        @Override
        public double coordinate(double value, double lower, double upper) {
            return value;
        }

        @Override
        public double value(double coordinate, double lower, double upper) {
            return coordinate;
        }

        @Override
        public double slope(double value, double lower, double upper) {
            return 1;
        }
    },
    /** u = log v, for v above 0. */
    LOG {
        @Override
        public double coordinate(double value, double lower, double upper) {
            return Math.log(value);
        }

        @Override
        public double value(double coordinate, double lower, double upper) {
            return Math.exp(coordinate);
        }

        @Override
        public double slope(double value, double lower, double upper) {
            return value;
        }
    },
    /** u = log((v − lower)/(upper − v)), for v between finite bounds. */
    LOGIT {
        @Override
        public double coordinate(double value, double lower, double upper) {
            return Math.log((value - lower) / (upper - value));
        }

        @Override
        public double value(double coordinate, double lower, double upper) {
            return lower + (upper - lower) / (1 + Math.exp(-coordinate));
        }

        @Override
        public double slope(double value, double lower, double upper) {
            return (value - lower) * (upper - value) / (upper - lower);
        }
    };

    /** The coordinate of a value; ±∞ at a bound that the transform never reaches. */
    public abstract double coordinate(double value, double lower, double upper);

    /** The value at a coordinate. */
    public abstract double value(double coordinate, double lower, double upper);

    /** dv/du. */
    public abstract double slope(double value, double lower, double upper);
}
