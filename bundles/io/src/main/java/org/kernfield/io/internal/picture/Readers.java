package org.kernfield.io.internal.picture;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.pnm.PNMImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.psd.PSDImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tga.TGAImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.BigTIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;

import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;

/**
 * Makes ImageIO readers without registering anything: what the global registry holds would keep
 * this bundle's class loader alive. The JDK's own readers can be had from nowhere else, so those
 * are looked up in it; the others are instantiated.
 */
final class Readers {
    private Readers() {}

    static ImageReader of(PictureFormat format, byte[] file) throws IOException {
        return spi(format, file).createReaderInstance();
    }

    private static ImageReaderSpi spi(PictureFormat format, byte[] file) {
        return switch (format) {
            case JPEG -> withDelegate(new JPEGImageReaderSpi(), "jpeg");
            case BMP -> withDelegate(new BMPImageReaderSpi(), "bmp");
            case TIFF ->
                    file.length > 3 && (file[2] == 43 || file[3] == 43)
                            ? new BigTIFFImageReaderSpi()
                            : new TIFFImageReaderSpi();
            case WEBP -> new WebPImageReaderSpi();
            case PSD -> new PSDImageReaderSpi();
            case PNM -> new PNMImageReaderSpi();
            case TGA -> new TGAImageReaderSpi();
            case PNG, GIF, WBMP -> ofJdk(format.name());
        };
    }

    /** Some readers find the JDK's one, which they build on, in the registry they are put into. */
    private static ImageReaderSpi withDelegate(ImageReaderSpi reader, String format) {
        var registry = new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator());
        registry.registerServiceProvider(ofJdk(format), ImageReaderSpi.class);
        registry.registerServiceProvider(reader, ImageReaderSpi.class);
        return reader;
    }

    private static ImageReaderSpi ofJdk(String format) {
        Iterator<ImageReaderSpi> all =
                IIORegistry.getDefaultInstance()
                        .getServiceProviders(
                                ImageReaderSpi.class,
                                spi ->
                                        spi.getClass().getModule() == ImageReader.class.getModule()
                                                && List.of(((ImageReaderSpi) spi).getFormatNames())
                                                        .contains(format),
                                true);
        if (!all.hasNext()) {
            throw new IllegalStateException("this Java has no reader for " + format);
        }
        return all.next();
    }
}
