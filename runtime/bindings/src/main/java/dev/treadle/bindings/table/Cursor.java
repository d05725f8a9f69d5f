package dev.treadle.bindings.table;

import dev.treadle.TableKey;
import dev.treadle.TableScan;
import dev.treadle.TableSchema;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Where a page begins, and on which side of that it is.
 *
 * @param isBack whether the page is before the place, in the order of its scan
 * @param isInclusive whether the row of the place belongs to it
 * @param place clustering values
 */
record Cursor(boolean isBack, boolean isInclusive, TableKey place) {
    private static final int BACK = 1;
    private static final int INCLUSIVE = 2;

    /** As callers keep it. */
    String text(TableSchema schema) {
        int flags = (isBack ? BACK : 0) | (isInclusive ? INCLUSIVE : 0);
        ByteRun out = new ByteRun(new byte[] {(byte) flags});
        KeyBytes.write(List.copyOf(schema.clustering().values()), place.values(), 0, out);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
    }

    static Cursor read(String text, TableSchema schema) {
        try {
            ByteBuffer in = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            int flags = in.get();
            TableKey place = new TableKey(KeyBytes.read(schema.clustering().values(), in));
            if (in.hasRemaining() || flags < 0 || flags > (BACK | INCLUSIVE)) {
                throw new IllegalArgumentException("more than a place");
            }
            return new Cursor((flags & BACK) != 0, (flags & INCLUSIVE) != 0, place);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "'%s' is no cursor of a page of this table".formatted(text), e);
        }
    }

    /** The rows of a scan on this side of the place: never more than the scan's own. */
    TableStore.Range range(TableScan scan, TableKeys keys) {
        boolean isBackward = scan.isBackward() != isBack;
        TableScan.Bound here = new TableScan.Bound(place, isInclusive);
        TableKey partition = scan.partition();
        Optional<TableScan.Bound> lower = scan.lower();
        Optional<TableScan.Bound> upper = scan.upper();
        if (isBackward) {
            byte[] own = keys.end(partition, Optional.of(here));
            upper = less(own, keys.end(partition, upper)) ? Optional.of(here) : upper;
        } else {
            byte[] own = keys.begin(partition, Optional.of(here));
            lower = less(keys.begin(partition, lower), own) ? Optional.of(here) : lower;
        }
        return new TableStore.Range(partition, lower, upper, isBackward, scan.limit());
    }

    private static boolean less(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b) < 0;
    }
}
