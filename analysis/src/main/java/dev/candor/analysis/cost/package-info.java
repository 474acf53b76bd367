/**
 * What requests cost, and what of it nobody had anything of: from attempts and prices to money by
 * request, by answer, by token and by cause.
 */
@NullMarked
package dev.candor.analysis.cost;

import org.jspecify.annotations.NullMarked;
