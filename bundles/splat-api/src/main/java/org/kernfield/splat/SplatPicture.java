package org.kernfield.splat;

import org.kernfield.backend.Tape;

import java.util.Map;

/**
 * What a camera sees, as nodes of the tape that it was recorded on.
 *
 * @param width pixels in a row
 * @param height rows
 * @param image pixels × 3, over the background, unclipped
 * @param transmittance pixels × 1, what is left of the background; 1 less the accumulated opacity
 * @param centres n × 2, where the splats' means are, in pixels; of those left out 0
 * @param shapes n × k, see {@link Primitive#shape}
 * @param opacities n × 1, largest α of each splat; of those left out 0
 * @param channels pixels × k each, composited as the colours, over 0
 */
public record SplatPicture(
        int width,
        int height,
        Tape.Node image,
        Tape.Node transmittance,
        Tape.Node centres,
        Tape.Node shapes,
        Tape.Node opacities,
        Map<Channel, Tape.Node> channels) {
    public SplatPicture {
        channels = Map.copyOf(channels);
    }
}
