package org.kernfield.splat.train;

import org.kernfield.field.Compute;
import org.kernfield.scene.Photograph;

import java.util.List;

/**
 * The targets of all photographs: each stays in the backend's memory once it was used, as long as
 * enough is left for the rest of the work; the others are made anew each time.
 */
final class Targets implements AutoCloseable {
    /** Part of the memory left that targets leave to the rest. */
    private static final double RESERVED = 0.5;

    private final List<Photograph> photographs;
    private final int halvings;
    private final AlphaReading reading;
    private final PhotometricLoss loss = new PhotometricLoss();
    private final Target[] kept;
    private Target passing; // the one that is not kept; null if there is none

    /**
     * @param halvings how many times photographs are halved
     * @param reading what is read of alpha
     */
    Targets(List<Photograph> photographs, int halvings, AlphaReading reading) {
        this.photographs = photographs;
        this.halvings = halvings;
        this.reading = reading;
        this.kept = new Target[photographs.size()];
    }

    PhotometricLoss loss() {
        return loss;
    }

    /** The target of a photograph; valid until the next call. */
    Target of(int index, Compute compute) {
        if (passing != null) {
            passing.close();
            passing = null;
        }
        if (kept[index] != null) {
            return kept[index];
        }
        Photograph photograph = photographs.get(index);
        for (int k = 0; k < halvings; k++) {
            photograph = Halved.of(photograph);
        }
        boolean hasRoom = Target.bytes(photograph, reading) < (1 - RESERVED) * compute.memoryLeft();
        Target target = new Target(photograph, reading, loss, compute);
        if (hasRoom) {
            kept[index] = target;
        } else {
            passing = target;
        }
        return target;
    }

    @Override
    public void close() {
        for (Target target : kept) {
            if (target != null) {
                target.close();
            }
        }
        if (passing != null) {
            passing.close();
        }
    }
}
