package dev.candor.protocol.serve;

/** An event whose one changing part is a text in it; made once, written for each token. */
record DeltaFrame(String before, String after) {
  void append(String text, StringBuilder out) {
    out.append(before);
    JsonStrings.append(text, out);
    out.append(after);
  }
}
