/** Reports as Markdown, for the page of a job. */
@NullMarked
package dev.candor.report.markdown;

import org.jspecify.annotations.NullMarked;
