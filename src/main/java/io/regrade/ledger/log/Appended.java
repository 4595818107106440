package io.regrade.ledger.log;

import java.util.List;

/**
 * What an append made.
 *
 * @param edge the edge after it
 * @param full the tiles it filled, of each level in the order of their index, lower levels first
 */
public record Appended(TreeEdge edge, List<FullTile> full) {}
