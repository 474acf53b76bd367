/** Commands: flags in, exit codes out. */
@NullMarked
package dev.candor.app.cli;

import org.jspecify.annotations.NullMarked;
