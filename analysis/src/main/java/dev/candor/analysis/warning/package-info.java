/** Which of the server's signals told of trouble ahead of it, and by how long. */
@NullMarked
package dev.candor.analysis.warning;

import org.jspecify.annotations.NullMarked;
