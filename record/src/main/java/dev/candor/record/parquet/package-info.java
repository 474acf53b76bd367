/**
 * Writes Parquet files of numbers, texts and lists of numbers, row by row in bounded memory.
 * Nothing of Candor's records is known here.
 */
@NullMarked
package dev.candor.record.parquet;

import org.jspecify.annotations.NullMarked;
