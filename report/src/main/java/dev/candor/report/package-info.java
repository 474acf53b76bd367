/** Console, HTML, JUnit XML. */
@NullMarked
package dev.candor.report;

import org.jspecify.annotations.NullMarked;
