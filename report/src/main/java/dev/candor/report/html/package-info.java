/** One file that opens offline. */
@NullMarked
package dev.candor.report.html;

import org.jspecify.annotations.NullMarked;
