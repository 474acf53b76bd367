/**
 * What other load testers would have said of the same run: their definitions, a file each, computed
 * from our records. docs/other-tools.md has the formulas and where they come from; nothing here is
 * used for our own figures.
 */
@NullMarked
package dev.candor.analysis.foreign;

import org.jspecify.annotations.NullMarked;
