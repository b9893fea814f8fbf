package org.kernfield.cpu.internal.plan;

import org.kernfield.backend.Compositing;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Output;
import org.kernfield.kernel.Program;
import org.kernfield.kernel.Slot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A composite's kernel taken apart: α and channels first, then, where their derivatives go into the
 * sources, what reads the cotangents of both.
 */
public final class BlendPlan {
    /** Number of α among {@link #cotangent}s, the channels being 0 on. */
    public static final int ALPHA = -1;

    /** Vector operations of one method, which also blends. */
    private static final int LONGEST = 2 * Segments.LONGEST;

    /** Whether it is too long for one method; then nothing is taken apart. */
    public final boolean isLong;

    public final PairPlan pairs;
    public final Compositing compositing;

    /** The line with α. */
    public final int alpha;

    /** The lines with the channels' components, in the order of the outputs. */
    public final List<Integer> channels;

    /** Lines of the pixel loop that α and channels need, in order. */
    public final List<Integer> first;

    /** The other lines of the pixel loop; empty unless derivatives are asked for. */
    public final List<Integer> second;

    /** Components of the cotangents, by slot name, before the first of that slot. */
    private final Map<String, Integer> cotangents = new HashMap<>();

    public BlendPlan(Reduction reduction, String raster) {
        Kernel kernel = reduction.kernel();
        compositing = reduction.compositing();
        boolean intoSources = reduction.kind().isIntoSources();
        var channelNames = reduction.channels().stream().map(Output::name).toList();
        var forward = new HashSet<Integer>();
        var numbers = new ArrayList<Integer>();
        int alphaNumber = 0;
        int component = 0;
        for (Output output : kernel.outputs()) {
            boolean isAlpha = output.name().equals(compositing.alpha());
            boolean isChannel = channelNames.contains(output.name());
            if (isAlpha) {
                alphaNumber = component;
                cotangents.put(Reduction.cotangent(output.name()), ALPHA);
            } else if (isChannel) {
                cotangents.put(Reduction.cotangent(output.name()), numbers.size());
            }
            for (int k = 0; k < output.width(); k++, component++) {
                if (isAlpha || isChannel) {
                    forward.add(component);
                }
                if (isChannel) {
                    numbers.add(component);
                }
            }
        }
        PairPlan apart =
                intoSources
                        ? PairPlan.divided(kernel, raster, forward, false)
                        : PairPlan.gatherByColumns(kernel, raster);
        isLong = apart.cost() > LONGEST;
        pairs =
                !isLong
                        ? apart
                        : intoSources
                                ? PairPlan.divided(kernel, raster, forward, true)
                                : PairPlan.plain(kernel, raster, false);
        List<Integer> results = pairs.outputs;
        alpha = results.get(alphaNumber);
        channels = numbers.stream().map(results::get).toList();
        var roots = new LinkedHashSet<>(channels);
        roots.add(alpha);
        var early = Set.copyOf(pairs.ssa.needed(List.copyOf(roots)));
        List<Integer> inner = Levels.with(pairs.ssa, pairs.needed, Levels.QUERY, 0);
        first = inner.stream().filter(early::contains).toList();
        second = inner.stream().filter(line -> !early.contains(line)).toList();
    }

    /** Whether derivatives are summed into the sources. */
    public boolean intoSources() {
        return pairs.finish != null;
    }

    /** Whether the channels are the same at every pixel. */
    public boolean hasConstantChannels() {
        return channels.stream().noneMatch(c -> (pairs.ssa.dependence(c) & ~Levels.SOURCE) != 0);
    }

    /** α, then the channels. */
    public Program forward() {
        var lines = new ArrayList<Integer>();
        lines.add(alpha);
        lines.addAll(channels);
        return pairs.ssa.extract(lines);
    }

    /** What is summed into the sources, from cotangents too. */
    public Program backward() {
        return pairs.ssa.extract(pairs.rowTerms);
    }

    /** Which channel's component a pair slot carries the cotangent of, or {@link #ALPHA}. */
    public int cotangent(Instruction.Load load) {
        if (load.slot().role() != Slot.Role.PAIR) {
            throw new IllegalArgumentException(load.text() + ": no cotangent of a composite");
        }
        int first = cotangents.get(load.slot().name());
        return first == ALPHA ? ALPHA : first + load.component();
    }
}
