/**
 * Production traffic as others record it, record by record: bytes, then records, then requests.
 * What a format means is known here; nothing here knows of the corpus that is made of it.
 */
@NullMarked
package dev.candor.corpus.read;

import org.jspecify.annotations.NullMarked;
