/** Pictures as data: what report and dashboard draw, put in a table and hand out as CSV. */
@NullMarked
package dev.candor.report.picture;

import org.jspecify.annotations.NullMarked;
