package dev.candor.corpus.read;

import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/** A source's own ids of prompt blocks, made ids of all up to the end of each. */
final class BlockIds {
  private BlockIds() {}

  /**
   * Reads {@code hash_ids}.
   *
   * @param scope start of the chain: equal ids mean equal blocks within the same one alone
   */
  static long[] read(JsonNode record, long scope, int inputTokens, int blockTokens) {
    JsonNode ids = record.path("hash_ids");
    if (!ids.isArray()) {
      if (ids.isMissingNode() || ids.isNull()) {
        return SourceRequest.NO_BLOCKS;
      }
      throw new BadRecord(
          Reason.BAD_FIELDS, "found hash_ids that are no list, must be a list of whole numbers");
    }
    long[] blocks = new long[ids.size()];
    long hash = scope;
    int count = 0;
    for (JsonNode id : ids) {
      if (!id.isIntegralNumber()) {
        throw new BadRecord(
            Reason.BAD_FIELDS, "found hash_ids that are no numbers, must be whole numbers");
      }
      hash = Fingerprint.chain(hash, id.bigIntegerValue().longValue());
      blocks[count++] = hash;
    }
    int most = (int) Math.ceilDiv((long) inputTokens, blockTokens);
    return count > most ? Arrays.copyOf(blocks, most) : blocks;
  }
}
