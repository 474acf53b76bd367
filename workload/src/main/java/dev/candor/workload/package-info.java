/** What is asked, by whom, in which order. */
@NullMarked
package dev.candor.workload;

import org.jspecify.annotations.NullMarked;
