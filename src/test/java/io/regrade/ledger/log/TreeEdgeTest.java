package io.regrade.ledger.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TreeEdgeTest {

    private static final HexFormat HEX = HexFormat.of();

    /** The trees of Certificate Transparency's own tests, which every implementation of RFC 6962 is held against. */
    @Test
    void root_isThatOfTheKnownTrees() {
        List<String> entries = List.of(
                "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
        List<String> roots = List.of(
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

        TreeEdge edge = TreeEdge.EMPTY;
        List<String> found = new ArrayList<>(List.of(HEX.formatHex(edge.root())));
        for (String entry : entries) {
            edge = edge.append(List.of(TreeEdge.leafHash(HEX.parseHex(entry)))).edge();
            found.add(HEX.formatHex(edge.root()));
        }

        assertThat(found).isEqualTo(roots);
    }

    @Test
    void root_isThatOfTheDefinition_forEverySize() {
        TreeEdge edge = TreeEdge.EMPTY;
        NaiveTree all = NaiveTree.numbered(1100);
        List<byte[]> hashes = all.leafHashes();

        for (int size = 1; size <= 1100; size++) {
            edge = edge.append(List.of(hashes.get(size - 1))).edge();
            assertThat(edge.root()).as("size %d", size).isEqualTo(all.root(0, size));
            assertThat(edge.size()).isEqualTo(size);
        }
    }

    @Property(tries = 60)
    void append_inAnyPortions_makesTheSameTreeAndTiles(
            @ForAll @Size(max = 12) List<@IntRange(max = 900) Integer> portions) {
        int size = portions.stream().mapToInt(Integer::intValue).sum();
        NaiveTree tree = NaiveTree.numbered(size);
        List<byte[]> hashes = tree.leafHashes();

        TreeEdge edge = TreeEdge.EMPTY;
        List<FullTile> full = new ArrayList<>();
        int at = 0;
        for (int portion : portions) {
            Appended appended = edge.append(hashes.subList(at, at + portion));
            edge = TreeEdge.of(appended.edge().size(), appended.edge().partialHashesPerLevel());
            full.addAll(appended.full());
            at += portion;
        }

        assertThat(edge.root()).isEqualTo(tree.root());
        assertThat(full).hasSize(size / 256 + size / 65_536);
        for (FullTile tile : full) {
            assertThat(tile.hashes())
                    .isEqualTo(tree.tile(tile.level(), tile.index(), 256).orElseThrow());
            int span = 256 << 8 * tile.level();
            int from = (int) tile.index() * span;
            assertThat(tile.root()).isEqualTo(tree.root(from, from + span));
        }
    }

    @Test
    void append_ofAHundredThousand_fillsTilesOfTwoLevels() {
        byte[][] hashes = new byte[100_000][32];
        Random random = new Random(1);
        for (byte[] hash : hashes) {
            random.nextBytes(hash);
        }
        List<byte[]> leaves = List.of(hashes);

        Appended atOnce = TreeEdge.EMPTY.append(leaves);
        TreeEdge inTwo = TreeEdge.EMPTY
                .append(leaves.subList(0, 70_001))
                .edge()
                .append(leaves.subList(70_001, 100_000))
                .edge();

        assertThat(atOnce.full().stream().filter(tile -> tile.level() == 0)).hasSize(390);
        assertThat(atOnce.full().stream().filter(tile -> tile.level() == 1)).hasSize(1);
        assertThat(inTwo.root()).isEqualTo(atOnce.edge().root());
        assertThat(atOnce.edge().partialHashesPerLevel().stream().map(level -> level.length / 32))
                .containsExactly(160, 134, 1);
    }

    @Test
    void of_wrongNumberOfHashes_isRefused() {
        assertThatThrownBy(() -> TreeEdge.of(257, List.of(new byte[64], new byte[32])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a tree of 257 leaves has 1 hashes in the incomplete tile of level 0, not 64 bytes");
        assertThatThrownBy(() -> TreeEdge.of(257, List.of(new byte[32]))).hasMessageContaining("level 1, not 0 bytes");
    }

    @Test
    void leafHash_isSeparatedFromNodes() {
        assertThat(HEX.formatHex(TreeEdge.leafHash("hello".getBytes(UTF_8))))
                .isEqualTo("8a2a5c9b768827de5a9552c38a044c66959c68f6d2f21b5260af54d2f87db827");
    }
}
