/** Production traffic as one Parquet file: what was asked, when, in which conversation. */
@NullMarked
package dev.candor.corpus;

import org.jspecify.annotations.NullMarked;
