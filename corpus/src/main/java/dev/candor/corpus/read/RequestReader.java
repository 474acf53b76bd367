package dev.candor.corpus.read;

import tools.jackson.databind.JsonNode;

/** Makes requests of a record of one format. May know the records before it. For one thread. */
@FunctionalInterface
interface RequestReader {

  /**
   * Hands the record's requests over.
   *
   * @throws BadRecord where the record is not of the format
   */
  void read(JsonNode record, Requests to);
}
