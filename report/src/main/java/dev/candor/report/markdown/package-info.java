/** Reports as Markdown: for a job's summary, a ticket, a repository. */
@NullMarked
package dev.candor.report.markdown;

import org.jspecify.annotations.NullMarked;
