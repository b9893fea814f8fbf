package org.kernfield.io.internal;

import org.kernfield.format.Codec;
import org.kernfield.io.internal.splat.SomeSplats;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.Scene;
import org.kernfield.scene.Splats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A small valid file of every format that is read, of each version. */
final class FuzzSubjects {
    private static final int SPLATS = 40;

    private final List<Codec<?>> codecs;
    private final Path folder;
    private final long seed;
    private final List<FuzzSubject> subjects = new ArrayList<>();

    private FuzzSubjects(List<Codec<?>> codecs, Path folder, long seed) {
        this.codecs = codecs;
        this.folder = folder;
        this.seed = seed;
    }

    /**
     * @param folder empty
     * @param seed of the splats
     */
    static List<FuzzSubject> of(List<Codec<?>> codecs, Path folder, long seed) throws IOException {
        var all = new FuzzSubjects(codecs, folder, seed);
        all.addResources();
        all.addSplats();
        all.addScenes();
        return all.subjects;
    }

    /** The files beside the tests, and what is written in a line. */
    private void addResources() throws IOException {
        var samples = new TreeMap<String, List<byte[]>>();
        for (String resources : List.of("arrays", "pictures")) {
            try (var files = Files.list(Resources.of(resources))) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    String ending = name.substring(name.lastIndexOf('.') + 1);
                    if (codecs.stream().anyMatch(c -> c.extensions().contains(ending))) {
                        samples.computeIfAbsent(ending, e -> new ArrayList<>())
                                .add(Files.readAllBytes(file));
                    }
                }
            }
        }
        samples.put("csv", List.of("x,y\n1,2\n3.5,-4e2\n".getBytes(StandardCharsets.UTF_8)));
        samples.put("psd", List.of(Fixtures.psd()));
        samples.put("wbmp", List.of(Fixtures.wbmp()));
        samples.put("ksplat", List.of(Fixtures.ksplat()));
        samples.forEach((ending, files) -> add(FuzzSubject.alone(ending, ending, files)));
        String table = "x,y\n1,2\n";
        add(
                FuzzSubject.packed(
                        "csv.gz",
                        "csv.gz",
                        table.getBytes(StandardCharsets.UTF_8),
                        Fixtures::gzip));
    }

    private void addSplats() throws IOException {
        for (Codec<?> codec : codecs) {
            if (codec.canWrite() && codec.type() == Splats.class) {
                boolean isFolder = codec.extensions().contains("meta.json");
                String ending = codec.extensions().getFirst();
                String name = isFolder ? "meta.json" : "damaged." + ending;
                addFolder(codec.name(), write(codec, SomeSplats.of(SPLATS, 1, seed), name));
            }
        }
        for (int version = 1; version <= 3; version++) {
            byte[] plain = Fixtures.spz(version);
            add(FuzzSubject.packed("spz-" + version, "spz", plain, Fixtures::gzip));
        }
        Path first = write(new Registered.SogFiles(), SomeSplats.of(30, 0, seed), "meta.json");
        Files.writeString(first, Fixtures.SOG_1);
        addFolder("sog-1", first);
    }

    private void addScenes() throws IOException {
        Scene scene = Fixtures.scene(Fixtures.points());
        addFolder("colmap", write(new Registered.ColmapBinary(), scene, "images.bin"));
        addFolder("colmap-text", write(new Registered.ColmapText(), scene, "cameras.txt"));
        Scene views = Fixtures.scene(PointCloud.empty());
        Path transforms = write(new Registered.Transforms(), views, "transforms.json");
        String named = Files.readString(transforms).replaceFirst("\\{", POINTS_NAMED);
        Files.writeString(transforms, named);
        new Registered.PointPly().write(Fixtures.points(), transforms.resolveSibling("pc.ply"));
        addFolder("transforms", transforms);
        addFolder("opensfm", Fixtures.openSfm(place()));
        addFolder("llff", Fixtures.llff(place()));
        addFolder("ply-points", write(new Registered.PointPly(), Fixtures.points(), "damaged.ply"));
    }

    private static final String POINTS_NAMED = "{\"ply_file_path\": \"pc.ply\", ";

    private Path place() throws IOException {
        return Files.createTempDirectory(folder, "sample");
    }

    @SuppressWarnings("unchecked")
    private Path write(Codec<?> codec, Object value, String name) throws IOException {
        Path file = place().resolve(name);
        ((Codec<Object>) codec).write(value, file);
        return file;
    }

    private void add(FuzzSubject subject) {
        subjects.add(subject);
    }

    private void addFolder(String kind, Path read) throws IOException {
        subjects.addAll(FuzzSubject.folder(kind, read));
    }
}
