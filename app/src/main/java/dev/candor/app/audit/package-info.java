/**
 * {@code candor audit}: an application under a script of troubles, what it did, and what to mend.
 */
@NullMarked
package dev.candor.app.audit;

import org.jspecify.annotations.NullMarked;
