package org.kernfield.io.internal;

import org.kernfield.format.Codec;
import org.kernfield.io.internal.camera.ColmapCodec;
import org.kernfield.io.internal.camera.LlffCodec;
import org.kernfield.io.internal.camera.OpenSfmCodec;
import org.kernfield.io.internal.camera.TransformsCodec;
import org.kernfield.io.internal.mesh.MeshPlyCodec;
import org.kernfield.io.internal.mesh.ObjCodec;
import org.kernfield.io.internal.npy.NpyCodec;
import org.kernfield.io.internal.picture.PictureCodec;
import org.kernfield.io.internal.picture.PictureFormat;
import org.kernfield.io.internal.ply.PointPlyCodec;
import org.kernfield.io.internal.safetensors.SafetensorsCodec;
import org.kernfield.io.internal.splat.CompressedPlyCodec;
import org.kernfield.io.internal.splat.GltfCodec;
import org.kernfield.io.internal.splat.KsplatCodec;
import org.kernfield.io.internal.splat.PlyCodec;
import org.kernfield.io.internal.splat.RecordCodec;
import org.kernfield.io.internal.splat.SogCodec;
import org.kernfield.io.internal.splat.SpzCodec;
import org.kernfield.io.internal.table.CsvCodec;
import org.osgi.service.component.annotations.Component;

/** The codecs of this bundle as services, one a format; ServiceLoader finds the same classes. */
public final class Registered {
    private Registered() {}

    @Component(service = Codec.class)
    public static final class Safetensors extends SafetensorsCodec {}

    @Component(service = Codec.class)
    public static final class Npy extends NpyCodec {}

    @Component(service = Codec.class)
    public static final class Csv extends CsvCodec {}

    @Component(service = Codec.class)
    public static final class Png extends PictureCodec {
        public Png() {
            super(PictureFormat.PNG);
        }
    }

    @Component(service = Codec.class)
    public static final class Jpeg extends PictureCodec {
        public Jpeg() {
            super(PictureFormat.JPEG);
        }
    }

    @Component(service = Codec.class)
    public static final class Gif extends PictureCodec {
        public Gif() {
            super(PictureFormat.GIF);
        }
    }

    @Component(service = Codec.class)
    public static final class Bmp extends PictureCodec {
        public Bmp() {
            super(PictureFormat.BMP);
        }
    }

    @Component(service = Codec.class)
    public static final class Tiff extends PictureCodec {
        public Tiff() {
            super(PictureFormat.TIFF);
        }
    }

    @Component(service = Codec.class)
    public static final class Webp extends PictureCodec {
        public Webp() {
            super(PictureFormat.WEBP);
        }
    }

    @Component(service = Codec.class)
    public static final class Psd extends PictureCodec {
        public Psd() {
            super(PictureFormat.PSD);
        }
    }

    @Component(service = Codec.class)
    public static final class Pnm extends PictureCodec {
        public Pnm() {
            super(PictureFormat.PNM);
        }
    }

    @Component(service = Codec.class)
    public static final class Tga extends PictureCodec {
        public Tga() {
            super(PictureFormat.TGA);
        }
    }

    @Component(service = Codec.class)
    public static final class Wbmp extends PictureCodec {
        public Wbmp() {
            super(PictureFormat.WBMP);
        }
    }

    @Component(service = Codec.class)
    public static final class PlyBinary extends PlyCodec {
        public PlyBinary() {
            super(false);
        }
    }

    @Component(service = Codec.class)
    public static final class PlyText extends PlyCodec {
        public PlyText() {
            super(true);
        }
    }

    @Component(service = Codec.class)
    public static final class CompressedPly extends CompressedPlyCodec {}

    @Component(service = Codec.class)
    public static final class SplatRecords extends RecordCodec {}

    @Component(service = Codec.class)
    public static final class Ksplat extends KsplatCodec {}

    @Component(service = Codec.class)
    public static final class Spz extends SpzCodec {
        public Spz() {
            super(4);
        }
    }

    @Component(service = Codec.class)
    public static final class SpzVersion3 extends SpzCodec {
        public SpzVersion3() {
            super(3);
        }
    }

    @Component(service = Codec.class)
    public static final class PointPly extends PointPlyCodec {}

    @Component(service = Codec.class)
    public static final class MeshPly extends MeshPlyCodec {}

    @Component(service = Codec.class)
    public static final class Obj extends ObjCodec {}

    @Component(service = Codec.class)
    public static final class Sog extends SogCodec {
        public Sog() {
            super(true);
        }
    }

    @Component(service = Codec.class)
    public static final class SogFiles extends SogCodec {
        public SogFiles() {
            super(false);
        }
    }

    @Component(service = Codec.class)
    public static final class Glb extends GltfCodec {
        public Glb() {
            super(true);
        }
    }

    @Component(service = Codec.class)
    public static final class Gltf extends GltfCodec {
        public Gltf() {
            super(false);
        }
    }

    @Component(service = Codec.class)
    public static final class Transforms extends TransformsCodec {}

    @Component(service = Codec.class)
    public static final class OpenSfm extends OpenSfmCodec {}

    @Component(service = Codec.class)
    public static final class Llff extends LlffCodec {}

    @Component(service = Codec.class)
    public static final class ColmapBinary extends ColmapCodec {
        public ColmapBinary() {
            super(false);
        }
    }

    @Component(service = Codec.class)
    public static final class ColmapText extends ColmapCodec {
        public ColmapText() {
            super(true);
        }
    }
}
