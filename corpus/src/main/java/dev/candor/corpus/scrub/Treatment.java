package dev.candor.corpus.scrub;

/** What is done with each text of a file. */
interface Treatment {

  /**
   * @param before what stands before the text, and is only read
   * @param line of the file, on which the text begins, from 1
   * @return what stands in its place; itself where nothing is to be changed
   */
  String text(String before, String text, long line);

  /** As {@link #text}, for the value of a field, whose name may be empty. */
  String field(String name, String value, long line);

  /** The last place up to {@code at} where {@code text} can be cut without parting a value. */
  int cut(String text, int at);
}
