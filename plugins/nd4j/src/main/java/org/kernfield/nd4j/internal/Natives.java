package org.kernfield.nd4j.internal;

import org.kernfield.kernel.Op;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarAdd;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarDivision;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarReverseDivision;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarReverseSubtraction;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarSubtraction;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.DivOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.MulOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.SubOp;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.same.Floor;
import org.nd4j.linalg.api.ops.impl.transforms.same.Negative;
import org.nd4j.linalg.api.ops.impl.transforms.strict.ACos;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Cos;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sin;
import org.nd4j.linalg.factory.Nd4j;

import java.util.EnumSet;
import java.util.Set;

/**
 * The operations that ND4J 1.0.0-M2.1 computes rightly, within 3 units in the last place and with
 * NaN and infinity as IEEE 754 has them. Its tanh, expm1, log1p and softplus are not among them:
 * they lose all digits of small arguments, and softplus overflows.
 */
final class Natives {
    static final Set<Op> OPERATIONS =
            EnumSet.of(
                    Op.ADD,
                    Op.SUBTRACT,
                    Op.MULTIPLY,
                    Op.DIVIDE,
                    Op.NEGATE,
                    Op.ABS,
                    Op.FLOOR,
                    Op.SQRT,
                    Op.EXP,
                    Op.LOG,
                    Op.SIN,
                    Op.COS,
                    Op.ERF,
                    Op.ACOS,
                    Op.SIGMOID);

    private Natives() {}

    /** z ← op(x). */
    static void apply(Op op, INDArray x, INDArray z) {
        switch (op) {
            case NEGATE -> Nd4j.exec(new Negative(x, z));
            case ABS -> Nd4j.exec(new Abs(x, z));
            case FLOOR -> Nd4j.exec(new Floor(x, z));
            case SQRT -> Nd4j.exec(new Sqrt(x, z));
            case EXP -> Nd4j.exec(new Exp(x, z));
            case LOG -> Nd4j.exec(new Log(x, z));
            case SIN -> Nd4j.exec(new Sin(x, z));
            case COS -> Nd4j.exec(new Cos(x, z));
            case ERF -> Nd4j.exec(new Erf(x, z));
            case ACOS -> Nd4j.exec(new ACos(x, z));
            case SIGMOID -> Nd4j.exec(new Sigmoid(x, z));
            default -> throw unknown(op);
        }
    }

    /** z ← op(x, y), x and y broadcast to z. */
    static void apply(Op op, INDArray x, INDArray y, INDArray z) {
        var operands = new INDArray[] {x, y};
        var result = new INDArray[] {z};
        switch (op) {
            case ADD -> Nd4j.exec(new AddOp(operands, result));
            case SUBTRACT -> Nd4j.exec(new SubOp(operands, result));
            case MULTIPLY -> Nd4j.exec(new MulOp(operands, result));
            case DIVIDE -> Nd4j.exec(new DivOp(operands, result));
            default -> throw unknown(op);
        }
    }

    /** z ← op(x, number). */
    static void apply(Op op, INDArray x, double number, INDArray z) {
        switch (op) {
            case ADD -> Nd4j.exec(new ScalarAdd(x, null, z, number));
            case SUBTRACT -> Nd4j.exec(new ScalarSubtraction(x, null, z, number));
            case MULTIPLY -> Nd4j.exec(new ScalarMultiplication(x, null, z, number));
            case DIVIDE -> Nd4j.exec(new ScalarDivision(x, null, z, number));
            default -> throw unknown(op);
        }
    }

    /** z ← op(number, x). */
    static void apply(Op op, double number, INDArray x, INDArray z) {
        switch (op) {
            case ADD, MULTIPLY -> apply(op, x, number, z);
            case SUBTRACT -> Nd4j.exec(new ScalarReverseSubtraction(x, null, z, number));
            case DIVIDE -> Nd4j.exec(new ScalarReverseDivision(x, null, z, number));
            default -> throw unknown(op);
        }
    }

    private static IllegalArgumentException unknown(Op op) {
        return new IllegalArgumentException(
                op + ": not one of ND4J's; compute it element by element");
    }
}
