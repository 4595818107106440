package io.regrade.ledger.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InclusionProofTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 255, 256, 257, 300, 511, 512, 513, 700})
    void proof_isThatOfTheDefinition_forEveryLeaf(int size) {
        NaiveTree tree = NaiveTree.numbered(size);
        InclusionProof proofs = new InclusionProof(tree, size);

        for (int leaf = 0; leaf < size; leaf += size > 300 ? 7 : 1) {
            assertThat(proofs.of(leaf)).as("leaf %d of %d", leaf, size).containsExactlyElementsOf(tree.path(leaf));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {65_535, 65_536, 65_793})
    void proof_overTwoLevels_isThatOfTheDefinition(int size) {
        NaiveTree tree = NaiveTree.numbered(size);
        InclusionProof proofs = new InclusionProof(tree, size);

        for (int leaf : new int[] {0, 255, 256, 40_000, size - 2, size - 1}) {
            assertThat(proofs.of(leaf)).as("leaf %d of %d", leaf, size).containsExactlyElementsOf(tree.path(leaf));
        }
    }

    @Test
    void proof_ofALeafThatIsNotThere_isRefused() {
        assertThatThrownBy(() -> new InclusionProof(NaiveTree.numbered(5), 5).of(5))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("leaf 5 of a tree of 5");
    }

    @Test
    void proof_withoutATile_saysWhichIsMissing() {
        TileSource none = new TileSource() {
            @Override
            public Optional<byte[]> tile(int level, long index, int width) {
                return Optional.empty();
            }

            @Override
            public Optional<byte[]> entries(long index, int width) {
                return Optional.empty();
            }
        };

        assertThatThrownBy(() -> new InclusionProof(none, 600).of(5))
                .hasMessage("tile 0 of level 0 with 256 hashes is missing");
    }
}
