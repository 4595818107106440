package io.regrade.execute.patch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.regrade.execute.Check;
import io.regrade.execute.Errand;
import io.regrade.execute.Executor;
import io.regrade.execute.NoAnswerException;
import io.regrade.execute.Order;
import io.regrade.execute.RefusedByCloudException;
import io.regrade.execute.Sighting;
import io.regrade.execute.Sighting.What;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Writes what is to be changed in Terraform files as a unified diff, and waits until somebody has brought it in. The files are
 * read and never written. Thread-safe.
 */
public final class PatchExecutor implements Executor {

    /** How long a patch may wait for people. */
    private static final Duration PATIENCE = Duration.ofDays(30);

    private static final int AROUND = 3;

    private final Path files;
    private final Path patches;

    /** A machine's declaration and where it is. */
    private record Place(Path file, List<String> lines, Declaration declaration) {}

    /**
     * One for a directory.
     *
     * @param files holds the {@code .tf} files, also below it
     * @param patches where patches are put; made when it is missing
     */
    public PatchExecutor(Path files, Path patches) {
        this.files = files;
        this.patches = patches;
    }

    @Override
    public String name() {
        return "patch";
    }

    @Override
    public Duration patience(Duration usual) {
        return PATIENCE;
    }

    private List<Place> places(Order order) throws NoAnswerException {
        List<Place> places = new ArrayList<>();
        try (Stream<Path> all = Files.walk(files)) {
            for (Path file : all.filter(one -> one.toString().endsWith(".tf"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList()) {
                List<String> lines = Files.readAllLines(file, UTF_8);
                Declaration.of(order, lines).forEach(one -> places.add(new Place(file, lines, one)));
            }
            return places;
        } catch (IOException e) {
            throw new NoAnswerException("the files below `" + files.getFileName() + "` cannot be read", e);
        }
    }

    @Override
    public List<Check> check(Order order) throws NoAnswerException {
        List<Place> places = places(order);
        if (places.size() != 1) {
            return List.of(Check.fails(
                    "declaration",
                    (places.isEmpty() ? "no resource declares" : places.size() + " resources declare") + " `"
                            + order.before().name() + "`. Maybe say which in the machine's tag `"
                            + Declaration.ADDRESS_TAG + "`"));
        }
        Place place = places.get(0);
        String where =
                files.relativize(place.file()) + ":" + (place.declaration().line() + 1);
        String says = place.declaration().type();
        return List.of(
                says.equals(order.from())
                        ? Check.holds("declaration", where + " says `" + says + "`")
                        : Check.fails("declaration", where + " says `" + says + "`, not `" + order.from() + "`"));
    }

    @Override
    public String mark(Order order) {
        return "";
    }

    private Place only(Order order) throws NoAnswerException, RefusedByCloudException {
        List<Place> places = places(order);
        if (places.size() != 1) {
            throw new RefusedByCloudException(
                    "not one resource declares `" + order.before().name() + "`, but " + places.size());
        }
        return places.get(0);
    }

    private List<String> diff(Place place, Order order) {
        List<String> after = new ArrayList<>(place.lines());
        int line = place.declaration().line();
        after.set(line, Declaration.changed(after.get(line), String.valueOf(order.to())));
        String name = files.relativize(place.file()).toString().replace('\\', '/');
        return UnifiedDiffUtils.generateUnifiedDiff(
                "a/" + name, "b/" + name, place.lines(), DiffUtils.diff(place.lines(), after), AROUND);
    }

    @Override
    public void act(Errand errand) throws RefusedByCloudException, NoAnswerException {
        write(errand.key() + ".patch", errand.order());
    }

    @Override
    public void revert(Errand errand) throws RefusedByCloudException, NoAnswerException {
        write(errand.key() + "-revert.patch", errand.order().reversed());
    }

    private void write(String name, Order order) throws RefusedByCloudException, NoAnswerException {
        List<String> lines = diff(only(order), order);
        try {
            Files.createDirectories(patches);
            Path part = patches.resolve("." + name + ".part");
            Files.writeString(part, String.join("\n", lines) + "\n", UTF_8);
            Files.move(part, patches.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new NoAnswerException("the patch could not be written", e);
        }
    }

    @Override
    public void confirm(Errand errand) {
        // whoever brought the patch in has made it final
    }

    @Override
    public Sighting look(Errand errand) throws NoAnswerException {
        Order order = errand.order();
        List<Place> places = places(order);
        if (places.size() != 1) {
            return new Sighting(What.GONE, places.size() + " resources declare it");
        }
        String says = places.get(0).declaration().type();
        if (says.equals(order.to())) {
            return new Sighting(What.DONE, "the files say so; when it is applied is their tool's matter");
        }
        if (!Objects.equals(says, order.from())) {
            return new Sighting(What.ELSEWHERE, "the files say `" + says + "`");
        }
        String name = errand.key() + ".patch";
        return Files.exists(patches.resolve(name))
                ? new Sighting(What.UNDER_WAY, name + " waits to be brought in")
                : Sighting.of(What.AS_BEFORE);
    }

    @Override
    public List<String> preview(Order order) {
        try {
            return diff(only(order), order);
        } catch (NoAnswerException | RefusedByCloudException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }
}
