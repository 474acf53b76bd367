package dev.candor.report.junit;

import dev.candor.analysis.compare.RunComparison;
import dev.candor.analysis.compare.RunComparison.Change;
import dev.candor.analysis.compare.RunComparison.Verdict;
import dev.candor.report.console.CompareWords;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A comparison as JUnit XML: a test case per figure, failed where it is worse, skipped where
 * nothing can be said.
 */
public final class CompareJunit {
  private CompareJunit() {}

  public static String text(RunComparison comparison) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "candor compare");
      xml.writeAttribute("tests", Long.toString(comparison.changes().count()));
      xml.writeAttribute("failures", Long.toString(comparison.count(Verdict.WORSE)));
      xml.writeAttribute(
          "skipped",
          Long.toString(comparison.count(Verdict.UNDECIDED) + comparison.count(Verdict.UNKNOWN)));
      for (RunComparison.Side side : comparison.sides()) {
        for (RunComparison.PhaseChanges phase : side.phases()) {
          for (Change change : phase.changes()) {
            testCase(xml, side.name(), phase.name(), change);
          }
        }
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  private static void testCase(XMLStreamWriter xml, String side, String phase, Change change)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", JunitXml.clean(side + " " + phase));
    xml.writeAttribute("name", change.metric().key());
    switch (change.verdict()) {
      case WORSE -> message(xml, "failure", words(change));
      case UNDECIDED ->
          message(xml, "skipped", "undecided: %s %s".formatted(words(change), needed(change)));
      case UNKNOWN -> message(xml, "skipped", CompareWords.verdict(change));
      case BETTER, SAME -> {
        // It passed.
      }
    }
    xml.writeEndElement();
  }

  private static String needed(Change change) {
    String needed = CompareWords.needed(change);
    return needed.isEmpty() ? "" : "(to decide: " + needed + ")";
  }

  private static String words(Change change) {
    return "%s -> %s, %s (%s)"
        .formatted(
            CompareWords.value(change.metric(), change.base()),
            CompareWords.value(change.metric(), change.side()),
            CompareWords.change(change.metric(), change.change()),
            CompareWords.interval(change));
  }

  private static void message(XMLStreamWriter xml, String element, String text)
      throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeAttribute("message", JunitXml.clean(text.strip()));
    xml.writeEndElement();
  }
}
