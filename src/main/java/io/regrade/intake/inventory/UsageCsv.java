package io.regrade.intake.inventory;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import io.regrade.intake.telemetry.Decimals;
import io.regrade.intake.telemetry.Measure;
import io.regrade.intake.telemetry.SampleBlock;
import io.regrade.intake.telemetry.Timestamps;
import java.nio.CharBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads usage samples straight from the parser's characters: no object is made for a cell or a row. Samples go to a
 * {@link SampleSink} in blocks of one machine each.
 */
final class UsageCsv extends CsvCallbackHandler<Object> {

    private static final int TIME = -1;
    private static final int VM = -2;
    private static final int IGNORED = -3;
    private static final int NO_VM = -1;

    private final Source source;
    private final Problems problems;
    private final @Nullable Map<String, Integer> vms;
    private final SampleSink sink;
    private final Timestamps timestamps = new Timestamps();
    private final List<String> header = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final double[] row = SampleBlock.emptyRow();
    private int[] roles = {};
    private boolean headerRead;
    private boolean readable = true;
    private boolean empty;
    private boolean fine;
    private long line = 1;
    private int cell;
    private long time;

    private char[] vm = {};
    private int vmIndex = NO_VM;
    /** Rows of a machine that was reported are checked, but not kept. */
    private boolean vmReported;

    private long lastTime = Timestamps.MALFORMED;
    private SampleBlock block;

    private UsageCsv(Source source, Problems problems, @Nullable Map<String, Integer> vms, SampleSink sink) {
        this.source = source;
        this.problems = problems;
        this.vms = vms;
        this.sink = sink;
        this.block = sink.take();
    }

    /**
     * Reads a whole usage file.
     *
     * @param vms each known machine's place, null when it is not known which there are
     */
    static void read(Source source, Problems problems, @Nullable Map<String, Integer> vms, SampleSink sink) {
        UsageCsv usage = new UsageCsv(source, problems, vms, sink);
        boolean whole = CsvTable.run(source, usage, () -> usage.line, problems);
        if (whole && !usage.headerRead) {
            problems.add(
                    source.name(),
                    1,
                    "the file has no header. Maybe `" + String.join(",", Schema.USAGE.required()) + "`");
        }
        usage.endVm();
    }

    @Override
    protected RecordType getRecordType() {
        return empty ? RecordType.EMPTY : RecordType.DATA;
    }

    @Override
    protected int getFieldCount() {
        return cell;
    }

    @Override
    protected void beginRecord(long startingLine) {
        line = startingLine;
        cell = 0;
        fine = true;
        empty = false;
    }

    @Override
    protected void setComment(char[] text, int offset, int length) {
        throw new IllegalStateException("comments are not asked for");
    }

    @Override
    protected void setEmpty() {
        empty = true;
    }

    @Override
    protected void addField(char[] text, int offset, int length, boolean quoted) {
        int column = cell++;
        if (!headerRead) {
            header.add(new String(text, offset, length).strip());
        } else if (column < roles.length) {
            int role = roles[column];
            if (role >= 0) {
                measure(role, text, offset, length);
            } else if (role == TIME) {
                time(text, offset, length);
            } else if (role == VM) {
                vm(text, offset, length);
            }
        }
    }

    private void measure(int role, char[] text, int offset, int length) {
        if (length == 0) {
            row[role] = Double.NaN;
            return;
        }
        double amount = Decimals.parse(text, offset, length);
        if (Fields.isAmount(amount)) {
            row[role] = amount;
            return;
        }
        String cellText = new String(text, offset, length).strip();
        double stripped = Decimals.parse(cellText);
        row[role] = stripped;
        if (!cellText.isEmpty() && !Fields.isAmount(stripped)) {
            report(text, offset, length, Fields.amountProblem(header.get(cell - 1), cellText, stripped));
        }
    }

    private void time(char[] text, int offset, int length) {
        time = timestamps.parse(text, offset, length);
        if (time == Timestamps.MALFORMED) {
            report(text, offset, length, timeProblem(new String(text, offset, length)));
        }
    }

    /** What is said of a text that is no time. */
    static String timeProblem(String text) {
        return "`timestamp` is `" + Fields.shorten(text) + "`, which is not a time. Maybe `2024-05-31T23:59:00Z`";
    }

    private void vm(char[] text, int offset, int length) {
        if (!Arrays.equals(text, offset, offset + length, vm, 0, vm.length)) {
            endVm();
            vm = Arrays.copyOfRange(text, offset, offset + length);
            beginVm(new String(vm).strip());
        }
    }

    private void beginVm(String id) {
        lastTime = Timestamps.MALFORMED;
        vmIndex = NO_VM;
        vmReported = true;
        if (id.isEmpty()) {
            report(vm, 0, vm.length, "`vm` has no value");
        } else if (!seen.add(id)) {
            report(
                    vm,
                    0,
                    vm.length,
                    "the samples of `" + Fields.shorten(id)
                            + "` are not all together. Maybe the file is not sorted by VM, then by time");
        } else if (vms == null) {
            vmReported = false;
        } else {
            Integer index = vms.get(id);
            if (index == null) {
                report(vm, 0, vm.length, unknownVm(id));
            } else {
                vmIndex = index;
                vmReported = false;
            }
        }
    }

    /** What is said of a machine that the inventory lacks. */
    static String unknownVm(String id) {
        return "`" + Fields.shorten(id)
                + "` is not in `vms.csv`. Maybe it was removed there, or is written differently";
    }

    private void endVm() {
        if (vmIndex != NO_VM || block.size() > 0) {
            block = sink.put(vmIndex, block, true);
        }
        vmIndex = NO_VM;
    }

    private void report(char[] text, int offset, int length, String message) {
        fine = false;
        boolean malformed = CsvTable.isMalformed(CharBuffer.wrap(text, offset, length));
        problems.add(source.name(), line, malformed ? CsvTable.NOT_UTF8 : message);
    }

    @Override
    protected @Nullable Object buildRecord() {
        if (empty || !readable) {
            return null;
        }
        if (!headerRead) {
            readHeader();
        } else if (cell != roles.length) {
            problems.add(source.name(), line, CsvTable.cellCount(cell, roles.length));
        } else if (fine && !vmReported) {
            sample();
        }
        return null;
    }

    private void readHeader() {
        headerRead = true;
        if (header.stream().anyMatch(CsvTable::isMalformed)) {
            problems.add(source.name(), line, CsvTable.NOT_UTF8);
            readable = false;
            return;
        }
        readable = Schema.USAGE.checkHeader(header, message -> problems.add(source.name(), line, message));
        roles = header.stream()
                .mapToInt(name -> switch (name) {
                    case "timestamp" -> TIME;
                    case "vm" -> VM;
                    default -> Measure.byKey(name).map(Measure::ordinal).orElse(IGNORED);
                })
                .toArray();
    }

    private void sample() {
        if (time <= lastTime) {
            problems.add(source.name(), line, orderProblem(new String(vm), time, lastTime));
            return;
        }
        lastTime = time;
        block.add(time, row);
        if (block.isFull()) {
            block = sink.put(vmIndex, block, false);
        }
    }

    /** What is said of a sample that is not later than the one before. */
    static String orderProblem(String vm, long time, long lastTime) {
        String at = Instant.ofEpochSecond(time).toString();
        return time == lastTime
                ? "`" + at + "` is there twice for `" + Fields.shorten(vm) + "`. Maybe one of the two is too much"
                : "`" + at + "` of `" + Fields.shorten(vm) + "` comes after a later sample, `"
                        + Instant.ofEpochSecond(lastTime) + "`. Maybe sort the samples by time";
    }
}
